import assert from 'node:assert/strict';

import { plain } from '../../../../../src/core/wording/text';
import {
  assertNeverSaid,
  expectFinding,
  expectSilence,
  netstat,
  row,
  ss,
  truth,
  windows,
} from '../../scene';

const listen = (local: string, owner: string): string =>
  row('LISTEN', local, '0.0.0.0:*', { owner });

describe('DUP-1', () => {
  it('informs of two programs on one port', () => {
    const text = netstat(listen('0.0.0.0:80', '1/nginx'), listen('127.0.0.1:80', '2/caddy'));
    expectFinding(text, 'DUP-1', {
      severity: 'info',
      title: '2 programs listen on port 80: nginx (1), caddy (2)',
    });
  });

  it('names two of many, and counts the others', () => {
    const listener = (pid: number): string =>
      row('LISTEN', `192.0.2.${pid}:80`, '0.0.0.0:*', { owner: `${pid}/web${pid}` });
    expectFinding(netstat(...[1, 2, 3, 4, 5].map(listener)), 'DUP-1', {
      title: '5 programs listen on port 80: web1 (1), web2 (2), and 3 more',
    });
  });

  it('is silent about one program with two addresses, and about one socket of several', () => {
    expectSilence(
      netstat(listen('0.0.0.0:80', '1/nginx'), listen('127.0.0.1:80', '1/nginx')),
      'DUP-1',
    );
    expectSilence(
      ss('LISTEN 0 128 0.0.0.0:80 0.0.0.0:* users:(("nginx",pid=1,fd=3),("nginx",pid=2,fd=3))'),
      'DUP-1',
    );
  });

  it('is silent about one process of a program for IPv4 and one for IPv6, as docker publishes', () => {
    const ends = (v4: string, v6: string, other = 'docker-proxy') =>
      ss(
        `LISTEN 0 4096 ${v4}:5432 0.0.0.0:* users:(("docker-proxy",pid=1201,fd=4))`,
        `LISTEN 0 4096 ${v6}:5432 [::]:* users:(("${other}",pid=1202,fd=4))`,
      );
    expectSilence(ends('0.0.0.0', '[::]'), 'DUP-1');
    expectSilence(ends('127.0.0.1', '[::1]'), 'DUP-1');
    expectFinding(ends('0.0.0.0', '[::]', 'postgres'), 'DUP-1');
    expectFinding(ends('192.0.2.1', '192.0.2.2'), 'DUP-1');
    expectFinding(
      ss(
        'LISTEN 0 4096 0.0.0.0:5432 0.0.0.0:* users:(("java",pid=1,fd=4))',
        'LISTEN 0 4096 0.0.0.0:5432 0.0.0.0:* users:(("java",pid=2,fd=4))',
        'LISTEN 0 4096 [::]:5432 [::]:* users:(("java",pid=2,fd=5))',
      ),
      'DUP-1',
    );
  });

  it('takes one socket that children have inherited for one', () => {
    const lsof = (...inodes: readonly number[]): string =>
      [
        'COMMAND PID USER   FD   TYPE DEVICE SIZE/OFF NODE NAME',
        ...inodes.map(
          (inode, i) => `nginx     ${i + 1} root    6u  IPv4  ${inode}      0t0  TCP *:80 (LISTEN)`,
        ),
        '',
      ].join('\n');
    expectSilence(lsof(81_234, 81_234, 81_234), 'DUP-1');
    expectFinding(lsof(81_234, 81_235), 'DUP-1');
  });

  it('takes workers of one program for its processes', () => {
    const worker = (pid: number, name = 'uvicorn'): string =>
      `LISTEN 0 2048 0.0.0.0:8000 0.0.0.0:* users:(("${name}",pid=${pid},fd=6))`;
    expectFinding(ss(...[900, 901, 902, 903].map(pid => worker(pid))), 'DUP-1', {
      severity: 'info',
      title: 'Several sockets of uvicorn (4 processes) listen on port 8000',
    });
    expectFinding(ss(worker(900), worker(901), worker(7, 'java')), 'DUP-1', {
      title: '3 programs listen on port 8000: uvicorn (900), uvicorn (901), and 1 more',
    });
  });

  it('warns of two programs on Windows, where it is not defined which one a connection reaches', () => {
    const named = (first: string, second: string, address = '0.0.0.0'): string =>
      windows('LISTENING 0.0.0.0:8080 0.0.0.0:0 4412', `LISTENING ${address}:8080 0.0.0.0:0 7720`)
        .replace('4412', `4412\r\n [${first}]`)
        .replace('7720', `7720\r\n [${second}]`);
    const found = expectFinding(named('java.exe', 'node.exe'), 'DUP-1', {
      severity: 'warning',
      confidence: 'medium',
    });
    assert.match(found.remedy.map(plain).join(' '), /another port/);
    expectFinding(named('java.exe', 'java.exe'), 'DUP-1', { severity: 'info' });
    expectFinding(named('java.exe', 'node.exe', '127.0.0.1'), 'DUP-1', { severity: 'info' });
    expectFinding(
      netstat(listen('0.0.0.0:80', '1/java'), listen('0.0.0.0:80', '2/node')),
      'DUP-1',
      {
        severity: 'info',
      },
    );
  });

  it('says for each system what it does with one address', () => {
    expectFinding(truth('d4.txt'), 'DUP-1', { severity: 'info', confidence: 'medium' });
    assertNeverSaid(truth('d4.txt'), /SO_REUSEPORT|divides/);
    assertNeverSaid(truth('d4b.txt'), /divides/);
    const mac = { system: 'macos' } as const;
    const found = expectFinding(truth('d4b.txt'), 'DUP-1', { severity: 'info' }, mac);
    assert.match(plain(found.why[0]!), /need not be divided evenly/);
    const linux = netstat(listen('0.0.0.0:80', '1/nginx'), listen('0.0.0.0:80', '2/nginx'));
    const there = expectFinding(linux, 'DUP-1', { confidence: 'high' });
    assert.match(plain(there.why[0]!), /SO_REUSEPORT: the kernel divides/);
  });
});
