import assert from 'node:assert/strict';

import { listingCommand } from '../../../src/core/capture/commandLine';
import { DumpReader } from '../../../src/core/reading/reader';
import { processorTime } from '../processorTime';

describe('command lines of a terminal', () => {
  const ours: readonly [line: string, host: string | null, command?: string][] = [
    ['netstat', null],
    ['ss -tanp', null],
    ['  ss -tanp  ', null, 'ss -tanp'],
    ['/usr/sbin/lsof -nP -i', null],
    [String.raw`C:\Windows\System32\netstat.exe -ano`, null],
    [String.raw`\ss -tanp`, null],
    ['sudo -u postgres ss -tanp', null],
    ['LC_ALL=C sudo netstat -s', null, 'sudo netstat -s'],
    ['sudo LC_ALL=C netstat -s', null],
    ['nstat -az', null],
    ['conntrack -L', null],
    ['Get-NetTCPConnection -State CloseWait | ft', null],
    ['cat /proc/net/tcp /proc/net/tcp6', null],
    ['sudo grep -i 1f90 /proc/4711/net/tcp', null],
    ['date; ss -s', null, 'ss -s'],
    ['dig example.org && ss -tn', null, 'ss -tn'],
    ['(cd /tmp; ss -tan)', null, 'ss -tan)'],
    ['yes | sudo lsof -i | grep CLOSE_WAIT', null, 'sudo lsof -i | grep CLOSE_WAIT'],
    ['while true; do ss -s; sleep 1; done', null, 'ss -s; sleep 1; done'],
    ['ss -tan 2>&1 | tee out.txt', null],
    ['ss -tan \\\n  state close-wait', null, 'ss -tan state close-wait'],
    ['time -p ss -tan', null, 'ss -tan'],
    ['timeout 5 netstat -c', null, 'netstat -c'],
    ["watch -n1 'ss -tan | head'", null, 'ss -tan | head'],
    ['sh -c "netstat -an | grep 8080"', null, 'netstat -an | grep 8080'],
    ['pwsh -NoProfile -Command Get-NetTCPConnection', null, 'Get-NetTCPConnection'],
    ['cmd /c netstat -ano', null, 'netstat -ano'],
    ['ssh web-1 ss -tanp', 'web-1', 'ss -tanp'],
    [
      'ssh -p 22 -J jump root@web-1.example.org -t -- sudo ss -tanp',
      'web-1.example.org',
      'sudo ss -tanp',
    ],
    ['ssh -tp22 ssh://root@web-1:22 ss', 'web-1', 'ss'],
    ["ssh web-1 'ss -tanp | grep CLOSE'", 'web-1', 'ss -tanp | grep CLOSE'],
    ['ssh web-1 ss -tanp | grep CLOSE', 'web-1', 'ss -tanp | grep CLOSE'],
    ['ssh jump ssh web-1 ss -tan', 'web-1', 'ss -tan'],
    ['ssh fe80::1%eth0 ss -tan', null, 'ss -tan'],
    ['docker exec -it -u root api ss -tanp', 'api', 'ss -tanp'],
    ['docker --context prod exec api netstat -ant', 'api', 'netstat -ant'],
    ['docker compose -f a.yml exec -T db ss -tan', 'db', 'ss -tan'],
    ['sudo podman exec api sh -c "ss -tan; true"', 'api', 'ss -tan; true'],
    ['kubectl exec -n prod api-7f -c app -- ss -tanp', 'prod/api-7f', 'ss -tanp'],
    ['kubectl -n prod exec -it deploy/api -- cat /proc/net/tcp', 'prod/api', 'cat /proc/net/tcp'],
    ['kubectl exec api-7f ss', 'api-7f', 'ss'],
    ['sudo nsenter -t 4711 -n ss -tan', 'pid-4711', 'ss -tan'],
    ['sudo nsenter -t 4711 -m ss -tan', null, 'ss -tan'],
    ['sudo ip netns exec blue ss -tan', 'netns-blue', 'ss -tan'],
    ['lxc exec web-1 -- ss -tan', 'web-1', 'ss -tan'],
    ['jexec web netstat -an', 'jail-web', 'netstat -an'],
    ['vagrant ssh web-1 -c "ss -tan | grep 80"', 'web-1', 'ss -tan | grep 80'],
    ['sudo systemd-run -qM web-1 --pipe ss -tan', 'web-1', 'ss -tan'],
    ['systemd-run --scope ss -tan', null, 'ss -tan'],
    ['pct exec 101 -- ss -tan', 'ct-101', 'ss -tan'],
    ['wsl -d Debian -- ss -tan', null, 'ss -tan'],
    ['ssh a ss; ssh b ss', null, 'ssh a ss; ssh b ss'],
  ];
  for (const [line, host, command = line] of ours) {
    it(`are ours: ${JSON.stringify(line)}`, () => {
      assert.deepEqual(listingCommand(line), { host, command });
    });
  }

  const others: readonly string[] = [
    '',
    'ls',
    'man ss',
    'which netstat',
    'vim netstat.txt',
    'cat netstat.txt',
    'cat /proc/meminfo',
    'echo /proc/net/tcp',
    'echo ss',
    'echo "; ss -tan"',
    "echo '| netstat'",
    String.raw`echo \; ss`,
    'echo $(ss -s)',
    'echo `ss -s`',
    'ls # ; ss',
    'git commit -m "fix ss"',
    'git commit -m "fix\nss -tan\n"',
    'sudo apt install conntrack',
    'sudo systemctl restart ss',
    'npm run ss',
    'ssh web-1',
    'ssh ss',
    'ssh -J ss web-1',
    'ssh web-1 tail -f /var/log/ss',
    'docker run ss',
    'docker exec ss',
    'docker exec -e ss api ls',
    'docker logs netstat',
    'kubectl logs ss',
    'kubectl exec -it ss -- env',
    'kubectl exec -it api -- bash',
    'vagrant ssh ss',
    'gcloud compute instances list ss',
    'bash ss',
    'bash -x netstat.sh',
    'sh -c "cat /etc/passwd"',
    'pwsh -File netstat.ps1',
    'timeout ss ls',
    'sudo -u ss ls',
    'env ss=1 ls',
    'cat > a.sh <<EOF\nss -tan\nEOF',
    'sss',
    'ss.txt',
    'mysql -p',
  ];
  for (const line of others) {
    it(`are not ours: ${JSON.stringify(line)}`, () => {
      assert.equal(listingCommand(line), undefined);
    });
  }

  it('show no host that a prompt cannot', () => {
    for (const name of ['`id`', 'a b', '$(id)', '\u001b[31m', 'x'.repeat(65), '../a$']) {
      assert.equal(listingCommand(`ssh '${name}' ss -tan`)?.host, null, name);
    }
  });

  it('are judged in time whatever they hold', () => {
    const began = process.cpuUsage();
    for (const part of [
      'sudo ',
      'sh -c ',
      'ssh a ',
      '"',
      '\\',
      '-',
      'a|',
      '$(',
      "sh -c '",
      'A=',
      '<',
    ]) {
      listingCommand(part.repeat(100_000));
      listingCommand(`sudo ${part.repeat(700)} ss`);
    }
    assert.ok(processorTime(began) < 1000);
  });

  it('name the host, the command and its filter as a prompt of the dump', () => {
    const found = listingCommand('ssh root@web-1 sudo ss -tan | grep CLOSE');
    assert.ok(found);
    const reader = new DumpReader();
    reader.readAll(
      `${found.host}$ ${found.command}\nCLOSE-WAIT 1 0 10.20.0.1:80 10.20.0.2:33260\n`,
    );
    const [snapshot] = reader.finish().snapshots;
    assert.equal(snapshot?.host, 'web-1');
    assert.equal(snapshot.listing.filtered, true);
    assert.equal(snapshot.listing.root, true);
  });
});
