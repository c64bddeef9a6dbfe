import assert from 'node:assert/strict';

import { WordsError } from '../../../src/core/capture/shellWords';
import { adviceVia, commandVia, hostVia, viaOf, viaOfWords } from '../../../src/core/capture/via';
import { processorTime } from '../processorTime';

const BATCH = '-o BatchMode=yes';

/** What is run for `sh -c 'echo $x'` through a prefix. */
function line(prefix: string, input = false): string {
  return commandVia(viaOf(prefix), ['sh', '-c', 'echo $x'], input).join(' ');
}

describe('a prefix', () => {
  for (const [prefix, expected] of [
    ['sudo -n', 'sudo -n sh -c echo $x'],
    // ssh joins its words, and the shell there parts them again.
    ['ssh web-1', `ssh ${BATCH} web-1 sh -c 'echo $x'`],
    ['ssh -p 22 -l root web-1', `ssh ${BATCH} -p 22 -l root web-1 sh -c 'echo $x'`],
    ['ssh web-1 -p 22', `ssh ${BATCH} web-1 -p 22 sh -c 'echo $x'`],
    ['ssh -o BatchMode=no web-1', `ssh -o BatchMode=no web-1 sh -c 'echo $x'`],
    ['/usr/bin/ssh web-1', `/usr/bin/ssh ${BATCH} web-1 sh -c 'echo $x'`],
    ['sudo -u app ssh web-1', `sudo -u app ssh ${BATCH} web-1 sh -c 'echo $x'`],
    ['ssh web-1 sudo -n', `ssh ${BATCH} web-1 sudo -n sh -c 'echo $x'`],
    ['ssh jump ssh web-1', `ssh ${BATCH} jump ssh ${BATCH} web-1 sh -c ''\\''echo $x'\\'''`],
    [`ssh jump 'ssh web-1'`, `ssh ${BATCH} jump ssh web-1 sh -c ''\\''echo $x'\\'''`],
    [
      `ssh web-1 'cd /x && docker exec -i'`,
      `ssh ${BATCH} web-1 cd /x && docker exec -i sh -c 'echo $x'`,
    ],
    ['ssh web-1 docker exec -it api', `ssh ${BATCH} web-1 docker exec -i api sh -c 'echo $x'`],
    ['docker exec api', 'docker exec api sh -c echo $x'],
    ['docker exec -it api', 'docker exec -i api sh -c echo $x'],
    ['docker compose exec api', 'docker compose exec -T api sh -c echo $x'],
    ['kubectl exec -n prod deploy/api --', 'kubectl exec -n prod deploy/api -- sh -c echo $x'],
    ['kubectl exec api-7', 'kubectl exec api-7 -- sh -c echo $x'],
    ['wsl --', 'wsl --exec sh -c echo $x'],
    ['wsl -d Debian', 'wsl -d Debian --exec sh -c echo $x'],
    ['nsenter -t 4711 -n', 'nsenter -t 4711 -n sh -c echo $x'],
  ] as const) {
    it(`is run without a terminal: ${prefix}`, () => {
      assert.equal(line(prefix), expected);
    });
  }

  for (const [prefix, expected] of [
    ['docker exec -u root api', 'docker exec -i -u root api'],
    ['docker exec -i api', 'docker exec -i api'],
    ['docker exec --interactive api', 'docker exec --interactive api'],
    ['podman --url x exec api', 'podman --url x exec -i api'],
    ['docker compose exec api', 'docker compose exec -T api'],
    ['kubectl --context c exec api-7 -c app --', 'kubectl --context c exec -i api-7 -c app --'],
    ['ssh web-1 docker exec api', `ssh ${BATCH} web-1 docker exec -i api`],
    ['ssh web-1', `ssh ${BATCH} web-1`],
  ] as const) {
    it(`passes its input on: ${prefix}`, () => {
      assert.ok(line(prefix, true).startsWith(`${expected} sh -c `), line(prefix, true));
    });
  }

  for (const [prefix, own, name] of [
    ['ssh web-1', 'web-1.corp', 'web-1.corp'],
    ['ssh root@web-1', '', 'web-1'],
    ['ssh ssh://root@web-1:22', '', 'web-1:22'],
    ['docker exec -u root api', '3f2a9c81d0be', 'api'],
    ['docker exec --user root api', '', 'api'],
    ['kubectl exec -n prod deploy/api --', 'api-7d9-x2', 'api-7d9-x2'],
    ['kubectl exec -n prod deploy/api --', '', 'api'],
    // A network namespace has its host's name.
    ['ip netns exec blue', 'web-1', 'web-1-netns-blue'],
    ['nsenter -t 4711 -n', 'web-1', 'web-1-pid-4711'],
    ['nsenter --target=4711 -n', 'web-1', 'web-1-pid-4711'],
    ['nsenter -t 4711 -a', 'api', 'api'],
    ['sudo -n', 'web-1', 'web-1'],
    ['wsl -d Debian --', 'DESK', 'DESK-wsl-Debian'],
    ['custom', '', 'elsewhere'],
    // Whatever a machine calls itself, it is one word.
    ['ssh web-1', 'a b\u001b[31m<==/../x', 'a-b--31m----..-x'],
  ] as const) {
    it(`names what it reaches: ${prefix}, ${JSON.stringify(own)}`, () => {
      assert.equal(hostVia(viaOf(prefix), own), name);
    });
  }

  for (const [prefix, reason] of [
    ['', /it is empty/],
    ['   ', /it is empty/],
    ["''", /it is empty/],
    ['-x web', /begins with an option, -x/],
    ["ssh 'web", /closing '/],
    ['ssh web\nrm x', /a line end/],
    ["ssh 'web\nrm x'", /a line end/],
    ['ssh web\0', /a control character/],
    ['ssh \u001b[31m', /a control character/],
    ['ssh', /no host behind ssh$/],
    ['ssh -p 22', /no host behind ssh$/],
    ['ssh -o BatchMode=yes -l', /no host behind ssh$/],
    ['ssh root@', /no host behind ssh$/],
    ['sudo -u app ssh', /no host behind ssh$/],
    ['ssh jump ssh', /no host behind ssh$/],
    ['docker exec', /no container behind docker exec$/],
    ['docker exec -it -u root', /no container behind docker exec$/],
    ['docker compose exec', /no container behind docker exec$/],
    ['docker', /no container behind docker$/],
    ['kubectl -n prod exec --', /no pod behind kubectl exec$/],
    ['ip netns exec', /no namespace behind ip netns exec$/],
  ] as const) {
    it(`is refused with the reason: ${JSON.stringify(prefix)}`, () => {
      assert.throws(
        () => viaOf(prefix),
        (error: Error) => error instanceof WordsError && reason.test(error.message),
      );
    });
  }

  it('of words is taken as it is, and refused alike', () => {
    assert.deepEqual(viaOfWords(['docker', 'exec', 'my api']).words, ['docker', 'exec', 'my api']);
    assert.throws(() => viaOfWords([]), /it is empty/);
    assert.throws(() => viaOfWords(['ssh', 'a\nb']), /a line end/);
  });

  for (const [prefix, command] of [
    [
      'kubectl exec -n prod api-7 -c app --',
      'kubectl debug -it -n prod api-7 --image=busybox --target=app -- netstat -tunap',
    ],
    [
      'kubectl --context=c exec deploy/api --',
      'kubectl debug -it --context=c POD --image=busybox --target=CONTAINER -- netstat -tunap',
    ],
    [
      `docker exec 'a;b'`,
      `sudo nsenter -t "$(docker inspect -f '{{.State.Pid}}' 'a;b')" -n ss -tunapoeim`,
    ],
    ['docker compose exec api', 'sudo nsenter -t PID -n ss -tunapoeim'],
    ['ssh web-1', undefined],
  ] as const) {
    it(`has a way of the node's where it reaches no tool: ${prefix}`, () => {
      assert.equal(viaOf(prefix).instead?.command, command);
    });
  }

  it('that cannot ask for a password says what to do', () => {
    const denied = 'root@web-1: Permission denied (publickey,password).';
    assert.match(adviceVia(viaOf('ssh web-1'), denied), /ssh-agent/);
    assert.match(adviceVia(viaOf('ssh web-1'), 'Host key verification failed.'), /accept its key/);
    for (const said of [
      'sudo: a password is required',
      'sudo: a terminal is required to read the password; either use the -S option',
      'sudo: no tty present and no askpass program specified',
    ]) {
      assert.match(adviceVia(viaOf('sudo'), said), /NOPASSWD/);
    }
    assert.equal(adviceVia(viaOf('docker exec api'), denied), '');
    assert.equal(adviceVia(viaOf('ssh web-1'), 'Connection refused'), '');
  });

  it('is read in one pass, however long', () => {
    const start = process.cpuUsage();
    viaOf(`docker exec ${'-e x '.repeat(50_000)}api`);
    viaOf(`env ${'a=b '.repeat(50_000)}sh`);
    assert.ok(processorTime(start) < 5000);
  });
});
