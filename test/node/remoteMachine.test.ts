import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import type { Capture } from '../../src/core/capture/capture';
import { quoted } from '../../src/core/capture/shellWords';
import { viaOf } from '../../src/core/capture/via';
import { readDump } from '../../src/core/reading/reader';
import { CaptureError, Capturer, CaptureStopped, thisMachine } from '../../src/node/capturer';
import { RemoteMachine } from '../../src/node/remoteMachine';

/** What container runtimes say of a program that an image lacks. */
const NO_SUCH = {
  docker: (program: string): string =>
    `OCI runtime exec failed: exec failed: unable to start container process: exec: "${program}": executable file not found in $PATH: unknown`,
  podman: (program: string): string =>
    `Error: crun: executable file \`${program}\` not found in $PATH: No such file or directory: OCI runtime attempted to invoke a command that was not found`,
  kubectl: (program: string): string =>
    `error: Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "5f0c": OCI runtime exec failed: exec failed: unable to start container process: exec: "${program}": executable file not found in $PATH: unknown`,
};

describe('a machine elsewhere', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(path.join(tmpdir(), 'netstat-lens-via-'));
  const server: Server = createServer();
  let port: number;
  const machines: RemoteMachine[] = [];

  before(async function () {
    if (process.platform !== 'linux') this.skip();
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as { port: number });
  });
  afterEach(() => machines.splice(0).forEach(machine => machine.close()));
  after(() => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Makes a stand-in for a program, which is found before any other. */
  function program(name: string, ...lines: string[]): void {
    const file = path.join(folder, name);
    writeFileSync(file, `#!/bin/sh\n${lines.join('\n')}\n`);
    chmodSync(file, 0o755);
  }

  function reached(prefix: string, timeout = 30_000): RemoteMachine {
    const places = {
      platform: process.platform,
      env: process.env,
      distrusted: [process.cwd()],
      systemFolders: [folder, '/usr/sbin', '/usr/bin', '/sbin', '/bin'],
    };
    const machine = new RemoteMachine(viaOf(prefix), { places, cwd: '/', timeout });
    machines.push(machine);
    return machine;
  }

  function own({ dump: { table } }: Capture) {
    const sockets = Array.from({ length: table.length }, (_, row) => table.socket(row));
    return sockets.filter(({ local, state }) => local.port === port && state === 'LISTEN');
  }

  async function failure(prefix: string, timeout?: number): Promise<CaptureError> {
    try {
      await new Capturer(reached(prefix, timeout)).capture();
    } catch (error) {
      assert.ok(error instanceof CaptureError, String(error));
      return error;
    }
    return assert.fail('it is reached');
  }

  for (const tool of ['auto', 'ss', 'netstat', 'proc'] as const) {
    it(`shows our own listening socket and us as its owner, by ${tool}`, async function () {
      let captured: Capture;
      try {
        captured = await new Capturer(reached('env'), tool, true).capture();
      } catch (error) {
        if (error instanceof CaptureError && error.message.includes('not installed')) this.skip();
        throw error;
      }
      assert.equal(readDump(captured.text).lines.unrecognized, 0);
      const [socket, ...more] = own(captured);
      assert.equal(more.length, 0);
      assert.equal(socket?.owners[0]?.pid, process.pid);
      assert.match(captured.counters, /==> \/proc\/net\/snmp <==\nIp: [^]*RetransSegs/);
      assert.equal(captured.host, thisMachine(() => []).host);
    });
  }

  it('has the rows of /proc that this machine has', async () => {
    const rows = ({ text }: Capture): string[] =>
      text
        .split('\n')
        .filter(line => line.includes(`:${port} `))
        // A shell knows a program by the name that it gave itself.
        .map(line =>
          line.replace(/\d+\/\S+/, owner => String(parseInt(owner, 10)).padEnd(owner.length)),
        );
    const there = await new Capturer(reached('env'), 'proc').capture();
    const here = await new Capturer(
      thisMachine(() => []),
      'proc',
    ).capture();
    assert.deepEqual(rows(there).length, 1);
    assert.deepEqual(rows(there), rows(here));
  });

  it('is connected to once for many captures, and left with nothing behind', async () => {
    const starts = path.join(folder, 'starts');
    program('into', `echo $$ >> ${starts}`, 'exec "$@"');
    const machine = reached('into');
    const capturer = new Capturer(machine);
    for (let i = 0; i < 3; i++) {
      assert.equal(own(await capturer.capture()).length, 1);
    }
    const pids = readFileSync(starts, 'utf8').trim().split('\n').map(Number);
    assert.equal(pids.length, 1);
    assert.equal(isRunning(pids[0]!), true);
    machine.close();
    assert.ok(await ends(pids[0]!));
  });

  it('is connected to again after the connection has ended', async () => {
    const starts = path.join(folder, 'again');
    program('ending', `echo $$ >> ${starts}`, 'exec "$@"');
    const capturer = new Capturer(reached('ending'));
    await capturer.capture();
    const [first = 0] = readFileSync(starts, 'utf8').trim().split('\n').map(Number);
    process.kill(first, 'SIGKILL');
    assert.ok(await ends(first));
    await delay(500);
    assert.equal(own(await capturer.capture()).length, 1);
    assert.equal(readFileSync(starts, 'utf8').trim().split('\n').length, 2);
  });

  it('is captured through a prefix that passes no input on', async () => {
    program('deaf', 'exec "$@" </dev/null');
    const capturer = new Capturer(reached('deaf'));
    assert.equal(own(await capturer.capture()).length, 1);
    assert.equal(own(await capturer.capture()).length, 1);
  });

  it('may greet, warn, and end its lines with CR', async () => {
    program('noisy', 'echo Welcome', 'echo "Warning: x" >&2', '"$@" | sed -u "s/$/\\r/"');
    assert.equal(own(await new Capturer(reached('noisy')).capture()).length, 1);
  });

  it('that hangs is given up and ended, with what it has started', async () => {
    const started = path.join(folder, 'hangs');
    program('hanging', `sleep 300 & echo $! > ${started}`, 'wait');
    assert.match((await failure('hanging', 1500)).message, /took longer than/);
    assert.ok(await ends(Number(readFileSync(started, 'utf8'))));
  });

  it('that never ends its answer is given up', async () => {
    program('endless', 'yes 0123456789012345678901234567890123456789');
    assert.match((await failure('endless')).message, /printed more than 32 MB/);
  });

  it('is left when it is told to', async () => {
    program('slow', 'sleep 300');
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 300);
    const capturing = new Capturer(reached('slow')).capture(stop.signal);
    await assert.rejects(capturing, CaptureStopped);
    await assert.rejects(new Capturer(reached('env')).capture(AbortSignal.abort()), CaptureStopped);
  });

  it('that cannot be reached says why', async () => {
    program('refusing', 'echo banner >&2; echo "connect: Connection refused" >&2', 'exit 255');
    assert.equal((await failure('refusing')).message, 'banner connect: Connection refused');
    program('silent', 'exit 7');
    assert.equal((await failure('silent')).message, 'it ended with status 7');
  });

  it('that repeats what it was to run does not have it repeated', async () => {
    program('echoing', 'echo "$@"');
    const script = /T=netstat|uname/;
    const echoed = await failure('echoing');
    assert.equal(echoed.message, 'it printed the command that it was to run');
    program('complaining', 'echo "no cipher: $*" >&2; echo "Unknown cipher type" >&2', 'exit 1');
    const complained = await failure('complaining');
    assert.equal(complained.message, 'Unknown cipher type');
    assert.doesNotMatch(echoed.message + complained.message, script);
  });

  it('is never reached by a program of the workspace, or a relative path', async () => {
    for (const prefix of ['no-such-program x', './env', 'x/env', '../bin/env']) {
      assert.match((await failure(prefix)).message, /is not found; .* give its whole path/);
    }
    program('named', 'exec "$@"');
    assert.equal(own(await new Capturer(reached(path.join(folder, 'named'))).capture()).length, 1);
  });

  it('asks for no password', async () => {
    program(
      'sudo',
      'echo "sudo: a terminal is required to read the password; either use the -S option to read from standard input or configure an askpass helper" >&2; exit 1',
    );
    assert.match((await failure('sudo')).message, /a terminal is required.*NOPASSWD/);
    rmSync(path.join(folder, 'sudo'));
  });

  describe('without a shell', () => {
    for (const tool of ['docker', 'podman', 'kubectl'] as const) {
      const prefix = `${tool} exec api${tool === 'kubectl' ? ' --' : ''}`;
      const first = tool === 'kubectl' ? 4 : 3;
      const lacks = (name: string): string => `echo ${quoted(NO_SUCH[tool](name))} >&2; exit 127;;`;

      it(`is listed by its own tools, without processes (${tool})`, async () => {
        program(
          tool,
          `while [ "$2" = -i ]; do a=$1; shift 2; set -- "$a" "$@"; done; case "$${first}" in`,
          `cat) exec cat "$${first + 1}";;`,
          ...['sh', 'ss', 'netstat'].map(name => `${name}) ${lacks(name)}`),
          'esac',
        );
        const capture = await new Capturer(reached(prefix), 'auto', true).capture();
        assert.equal(capture.command.tool, 'proc');
        assert.equal(capture.host, 'api');
        assert.equal(own(capture).length, 1);
        assert.match(capture.counters, /RetransSegs/);
        assert.ok((capture.missing?.sockets ?? 0) > 0);
        assert.match(
          capture.missing?.command.command ?? '',
          tool === 'kubectl'
            ? /^kubectl debug -it api --image=busybox --target=CONTAINER -- netstat -tunap$/
            : /^sudo nsenter -t "\$\((?:docker|podman) inspect .* api\)" -n ss -tunapoeim$/,
        );
      });

      it(`and without any tool has another way offered (${tool})`, async () => {
        program(
          tool,
          `while [ "$2" = -i ]; do a=$1; shift 2; set -- "$a" "$@"; done; case "$${first}" in`,
          ...['sh', 'ss', 'netstat', 'cat'].map(name => `${name}) ${lacks(name)}`),
          'esac',
        );
        const { message, offer } = await failure(prefix);
        assert.match(message, /ss -tunapoeim: it is not installed/);
        assert.match(offer ?? '', /^kubectl debug|^sudo nsenter/);
      });
    }

    it('of Windows is asked by netstat', async () => {
      const sample = path.join(__dirname, '../../samples/windows-netstat-anob.netstat');
      program(
        'windows',
        'case "$1" in',
        `sh) echo "'sh' is not recognized as an internal or external command," >&2; exit 1;;`,
        `netstat.exe) cat ${sample};;`,
        'esac',
      );
      const { command, dump } = await new Capturer(reached('windows')).capture();
      assert.equal(command.program, 'netstat.exe');
      assert.ok(dump.table.length > 0);
    });
  });

  it('may be a network namespace', async function () {
    const name = `netstat-lens-${process.pid}`;
    if (spawnSync('ip', ['netns', 'add', name]).status !== 0) {
      console.warn('      SKIPPED: no network namespace can be made here');
      this.skip();
    }
    try {
      const capture = await new Capturer(reached(`ip netns exec ${name}`)).capture();
      assert.equal(own(capture).length, 0);
      assert.ok(capture.host.endsWith(`-netns-${name}`), capture.host);
    } finally {
      spawnSync('ip', ['netns', 'delete', name]);
    }
  });

  it('may be the namespace of a process', async function () {
    const child = spawn('unshare', ['-n', 'sleep', '60'], { stdio: 'ignore' });
    const [started] = await Promise.race([
      once(child, 'error').then(() => [false]),
      once(child, 'exit').then(() => [false]),
      delay(1000).then(() => [true]),
    ]);
    if (!started) {
      console.warn('      SKIPPED: no network namespace can be made here');
      this.skip();
    }
    try {
      const capture = await new Capturer(reached(`nsenter -t ${child.pid} -n`)).capture();
      assert.equal(own(capture).length, 0);
      assert.ok(capture.host.endsWith(`-pid-${child.pid}`), capture.host);
    } finally {
      child.kill('SIGKILL');
    }
  });

  describe('behind ssh', () => {
    let daemon: ChildProcess | undefined;
    let ssh: string;
    const file = (name: string): string => path.join(folder, name);

    before(async function () {
      const sshd = ['/usr/sbin/sshd', '/usr/bin/sshd'].find(
        one => spawnSync('test', ['-x', one]).status === 0,
      );
      if (sshd === undefined || spawnSync('ssh-keygen', ['-?']).error !== undefined) {
        console.warn('      SKIPPED: no sshd is installed here');
        this.skip();
      }
      for (const key of ['host', 'key']) {
        execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file(key)]);
      }
      const sshPort = await freePort();
      const config = {
        Port: sshPort,
        ListenAddress: '127.0.0.1',
        HostKey: file('host'),
        AuthorizedKeysFile: file('key.pub'),
        PidFile: 'none',
        StrictModes: 'no',
        UsePAM: 'no',
        PasswordAuthentication: 'no',
        KbdInteractiveAuthentication: 'no',
        PermitRootLogin: 'yes',
      };
      const lines = Object.entries(config).map(([name, value]) => `${name} ${value}\n`);
      writeFileSync(file('sshd_config'), lines.join(''));
      daemon = spawn(sshd, ['-D', '-e', '-f', file('sshd_config')], { stdio: 'ignore' });
      const known = readFileSync(file('host.pub'), 'utf8').split(' ').slice(0, 2).join(' ');
      writeFileSync(file('known'), `[127.0.0.1]:${sshPort} ${known}\n`);
      ssh = `ssh -F none -p ${sshPort} -o UserKnownHostsFile=${file('known')}`;
      if (!(await answers(sshPort))) {
        console.warn('      SKIPPED: sshd does not start here');
        this.skip();
      }
    });
    after(() => daemon?.kill('SIGTERM'));

    it('is captured twice through one connection', async () => {
      const capturer = new Capturer(reached(`${ssh} -i ${file('key')} 127.0.0.1`), 'auto', true);
      const [socket] = own(await capturer.capture());
      assert.equal(socket?.owners[0]?.pid, process.pid);
      assert.match((await capturer.capture()).counters, /RetransSegs/);
    });

    it('has its words quoted for each shell on the way', async () => {
      const step = `${ssh} -i ${file('key')} 127.0.0.1`;
      assert.equal(own(await new Capturer(reached(`${step} ${step}`)).capture()).length, 1);
      assert.equal(own(await new Capturer(reached(`${step} 'cd / && env'`)).capture()).length, 1);
    });

    it('says what to do where it would ask for a password, or for a key', async () => {
      assert.match(
        (await failure(`${ssh} -o IdentitiesOnly=yes -i ${file('host')} 127.0.0.1`)).message,
        /Permission denied .*ssh-agent/,
      );
      const unknown = ssh.replace(file('known'), file('unknown'));
      assert.match((await failure(`${unknown} 127.0.0.1`)).message, /connect once in a terminal/);
    });
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function ends(pid: number): Promise<boolean> {
  for (let i = 0; i < 100 && isRunning(pid); i++) {
    await delay(100);
  }
  return !isRunning(pid);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise(resolve => server.close(resolve));
  return port;
}

async function answers(port: number): Promise<boolean> {
  for (let i = 0; i < 50; i++) {
    const outcome = spawnSync('ssh-keyscan', ['-T', '2', '-p', String(port), '127.0.0.1']);
    if (outcome.error === undefined && outcome.stdout.length > 0) {
      return true;
    }
    await delay(100);
  }
  return false;
}
