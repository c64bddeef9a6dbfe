import assert from 'node:assert/strict';

import { plain } from '../../../../../src/core/wording/text';
import {
  assertNeverSaid,
  expectFinding,
  expectHealthy,
  expectSilence,
  many,
  netstat,
  row,
  titles,
  truth,
  windows,
} from '../../scene';

const LISTENS = 'LISTENING 0.0.0.0:4444 0.0.0.0:0 5832';
const CONNECTS = 'ESTABLISHED 192.0.2.20:50122 203.0.113.66:4444 6440';

describe('BDR-1', () => {
  it('names who listens and who connects', () => {
    const found = expectFinding(windows(LISTENS, CONNECTS), 'BDR-1', {
      severity: 'warning',
      confidence: 'low',
      pid: 5832,
      rows: 2,
      title:
        'Process 5832 listens on 4444, and process 6440 connects to 203.0.113.66:4444: a port that back doors use',
    });
    assert.deepEqual(
      found.confirm.map(({ command }) => command?.match(/ProcessId = (\d+)/)?.[1]),
      ['5832', '6440'],
    );
    assertNeverSaid(windows(LISTENS, CONNECTS), /password|127\.0\.0\.1/);
    expectSilence(windows(LISTENS, CONNECTS), 'EXP-1');
  });

  it('names no process alone where several connect', () => {
    const bash = (i: number): string =>
      row('ESTABLISHED', `192.0.2.1:${40_000 + i}`, `203.0.113.${66 + i}:4444`, {
        owner: `${3000 + i}/bash`,
      });
    const found = expectFinding(netstat(...many(6, bash)), 'BDR-1', {
      severity: 'warning',
      rows: 6,
      pid: null,
      title: /^bash \(6 processes\) connects to 6 remote addresses/,
    });
    assert.deepEqual(
      found.confirm.map(({ command }) => command?.match(/-p (\d+)/)?.[1]),
      ['3000', '3001'],
    );
  });

  it('speaks of either alone', () => {
    expectFinding(windows(LISTENS), 'BDR-1', { severity: 'warning', rows: 1 });
    expectFinding(windows(CONNECTS), 'BDR-1', {
      severity: 'warning',
      pid: 6440,
      title: /^Process 6440 connects to 203\.0\.113\.66:4444/,
    });
    expectFinding(windows('SYN_SENT 192.0.2.20:50122 203.0.113.66:31337 7'), 'BDR-1', {
      severity: 'warning',
    });
  });

  it('knows test tools', () => {
    expectFinding(truth('d2.txt'), 'BDR-1', {
      severity: 'info',
      title: 'java (900) listens on 4444 for other hosts: most likely Selenium Grid',
    });
    assert.doesNotMatch(titles(truth('d2.txt')).join(), /Metasploit|back door/);
    const other = netstat(row('LISTEN', '0.0.0.0:4444', '0.0.0.0:*', { owner: '9/xyz' }));
    expectFinding(other, 'BDR-1', { severity: 'warning' });
  });

  it('knows programs that use such a port by default, and says what else may', () => {
    const listens = (port: number, owner: string): string =>
      netstat(row('LISTEN', `0.0.0.0:${port}`, '0.0.0.0:*', { owner }));
    for (const [port, program, title, other] of [
      [31_337, 'kube-proxy', 'most likely a NodePort of Kubernetes', /30000 to 32767 \(NodePort\)/],
      [1337, 'node', 'it may be Strapi or another server of Node.js', /Strapi/],
      [5555, 'python3', 'it may be Flower, the monitor of Celery', /Android Debug Bridge.*Flower/],
      [12_345, 'alloy', 'most likely Grafana Alloy', /Grafana Alloy/],
      [4444, 'java', 'most likely Selenium Grid', /Selenium Grid/],
      [1337, 'docker-proxy', 'most likely a port that was published for a container', /Strapi/],
    ] as const) {
      const known = listens(port, `10/${program}`);
      expectFinding(known, 'BDR-1', {
        severity: 'info',
        title: `${program} (10) listens on ${port} for other hosts: ${title}`,
      });
      assertNeverSaid(known, /compromised/);
      const guilty = expectFinding(listens(port, '10/xyz'), 'BDR-1', { severity: 'warning' });
      assert.match(guilty.alternatives.map(plain).join(' '), other);
      // Whose program is not shown may be either.
      const hidden = expectFinding(listens(port, '-'), 'BDR-1', { severity: 'warning' });
      assert.match(hidden.alternatives.map(plain).join(' '), other);
    }
  });

  it('knows the nodes of a grid, which connect to the same port', () => {
    const grid = (remote: string, owner = '100/java'): string =>
      netstat(
        row('LISTEN', '0.0.0.0:4444', '0.0.0.0:*', { owner }),
        row('ESTABLISHED', '10.0.0.5:50001', `${remote}:4444`, { owner: '111/chrome' }),
      );
    expectHealthy(grid('10.0.0.8'));
    expectFinding(grid('203.0.113.66'), 'BDR-1', {
      severity: 'warning',
      title: /^chrome \(111\) connects to 203\.0\.113\.66:4444/,
    });
    expectFinding(grid('10.0.0.8', '100/xyz'), 'BDR-1', {
      severity: 'warning',
      title: /^xyz \(100\) listens on 4444, and chrome \(111\) connects to 10\.0\.0\.8:4444/,
    });
  });

  it('takes a port that the system gives to any program for less', () => {
    const freebsd = (port: number): string =>
      [
        'USER     COMMAND    PID   FD PROTO  LOCAL ADDRESS         FOREIGN ADDRESS',
        `root     xyz        803   3  tcp4   *:${port}                *:*`,
        '',
      ].join('\n');
    const options = { system: 'freebsd' } as const;
    const found = expectFinding(freebsd(31_337), 'BDR-1', { severity: 'info' }, options);
    assert.match(found.alternatives.map(plain).join(' '), /range of ports for outgoing/);
    expectFinding(freebsd(4444), 'BDR-1', { severity: 'warning' }, options);
    // Linux gives out others.
    expectFinding(freebsd(31_337), 'BDR-1', { severity: 'warning' }, { system: 'linux' });
  });

  it('is silent on loopback, about clients whose port it is, and within the house', () => {
    expectSilence(windows('LISTENING 127.0.0.1:4444 0.0.0.0:0 9'), 'BDR-1');
    const served = netstat(
      row('LISTEN', '0.0.0.0:50051', '0.0.0.0:*', { owner: '1/api' }),
      row('ESTABLISHED', '192.0.2.1:50051', '203.0.113.5:4444', { owner: '1/api' }),
    );
    expectSilence(served, 'BDR-1');
    expectSilence(netstat(row('ESTABLISHED', '192.0.2.1:443', '203.0.113.5:12345')), 'BDR-1');
    const server = netstat(
      ...many(2, i => row('ESTABLISHED', '192.0.2.1:50051', `203.0.113.${i}:4444`)),
    );
    expectSilence(server, 'BDR-1');
    expectHealthy(netstat(row('ESTABLISHED', '10.0.0.4:50051', '10.0.0.9:5555')));
  });
});
