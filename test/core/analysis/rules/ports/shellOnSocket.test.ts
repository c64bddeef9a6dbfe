import assert from 'node:assert/strict';

import { everythingSaid, expectFinding, expectSilence, ss, titles } from '../../scene';

const SSHD = 'LISTEN 0 128 0.0.0.0:22 0.0.0.0:* users:(("sshd",pid=812,fd=3))';
const has = (name: string, fds: readonly number[], pid = 66): string =>
  fds.map(fd => `("${name}",pid=${pid},fd=${fd})`).join();
const connection = (local: string, remote: string, users: string, state = 'ESTAB'): string =>
  `${state} 0 0 ${local} ${remote} users:(${users})`;
const out = (users: string, remote = '20.0.0.9:443'): string =>
  connection('192.0.2.1:48122', remote, users);

describe('BDR-2', () => {
  it('warns of a shell whose input and output are a connection, whatever the port', () => {
    expectFinding(ss(SSHD, out(has('sh', [2, 1, 0]))), 'BDR-2', {
      severity: 'warning',
      title: 'sh (66) is a shell whose input and output are a connection to 20.0.0.9:443',
      pid: 66,
      rows: 1,
    });
    expectFinding(ss(SSHD, out(has('bash', [0, 1, 2]), '10.0.0.9:8080')), 'BDR-2');
    // The shell that another program has started on its own connection.
    const started = `${has('python3', [3, 2, 1, 0], 65)},${has('sh', [0, 1, 2])}`;
    expectFinding(ss(SSHD, out(started)), 'BDR-2', { pid: 66, process: 'sh' });
  });

  it('is what there is to say of a port of back doors, too', () => {
    assert.equal(titles(ss(SSHD, out(has('bash', [0, 1, 2]), '20.0.0.9:4444'))).length, 1);
    expectFinding(ss(SSHD, out(has('bash', [3]), '20.0.0.9:4444')), 'BDR-1');
    expectSilence(ss(SSHD, out(has('bash', [3]), '20.0.0.9:4444')), 'BDR-2');
  });

  it('is no program that forgets to close', () => {
    const closed = connection(
      '192.0.2.1:48122',
      '20.0.0.9:443',
      has('sh', [0, 1, 2]),
      'CLOSE-WAIT',
    );
    assert.equal(titles(ss(SSHD, closed)).length, 1);
    const found = expectFinding(ss(SSHD, closed), 'BDR-2', { code: 'BDR-2', severity: 'warning' });
    assert.doesNotMatch(everythingSaid(found).join('\n'), /pool|end of the stream/);
  });

  it('reads lsof', () => {
    const rows = ['0u', '1u', '2u'].map(
      fd => `sh 66 root ${fd} IPv4 12345 0t0 TCP 192.0.2.1:48122->20.0.0.9:443 (ESTABLISHED)`,
    );
    const text = ['COMMAND PID USER FD TYPE DEVICE SIZE/OFF NODE NAME', ...rows, ''].join('\n');
    expectFinding(text, 'BDR-2', { pid: 66, rows: 1 });
  });

  it('is silent where a service has accepted it, or the shell only uses a connection', () => {
    const inetd = 'LISTEN 0 64 *:873 *:* users:(("xinetd",pid=700,fd=5))';
    const accepted = connection('192.0.2.1:873', '20.0.0.9:50122', has('sh', [0, 1, 2]));
    expectSilence(ss(inetd, accepted), 'BDR-2');
    expectSilence(ss(accepted), 'BDR-2');
    const high = 'LISTEN 0 64 *:48122 *:* users:(("systemd",pid=1,fd=50))';
    expectSilence(ss(high, out(has('bash', [0, 1, 2]))), 'BDR-2');
    // exec 3<>/dev/tcp/…, input alone, and what sshd has left to a child.
    for (const fds of [[3], [0], [0, 1], [4, 5, 6]]) {
      expectSilence(ss(SSHD, out(has('bash', fds))), 'BDR-2');
    }
    expectSilence(ss(SSHD, out(has('rsync', [0, 1, 2]))), 'BDR-2');
    const split = `${has('sh', [0, 1], 66)},${has('sh', [2], 67)}`;
    expectSilence(ss(SSHD, out(split)), 'BDR-2');
    // Within the host.
    expectSilence(
      ss(SSHD, connection('127.0.0.1:48122', '127.0.0.1:443', has('sh', [0, 1, 2]))),
      'BDR-2',
    );
  });
});
