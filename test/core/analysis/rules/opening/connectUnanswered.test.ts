import assert from 'node:assert/strict';

import {
  assertNeverSaid,
  everythingSaid,
  expectFinding,
  expectHealthy,
  loop,
  many,
  netstat,
  row,
  windows,
} from '../../scene';

const syn = (i: number, b: number, remote = '203.0.113.9:443'): string =>
  row('SYN_SENT', `192.0.2.1:${40_000 + i}`, remote, {
    sendQ: 1,
    owner: '31/app',
    timer: `on (1.00/${b}/0)`,
  });

describe('SS-1', () => {
  it('tells a connect that goes nowhere', () => {
    expectFinding(netstat(syn(0, 4)), 'SS-1', {
      severity: 'warning',
      confidence: 'high',
      pid: 31,
      title: 'app (31) is getting no answer from 203.0.113.9:443: 1 in SYN_SENT',
    });
  });

  it('grows with the number to one remote', () => {
    expectFinding(netstat(...many(4, i => syn(i, 1))), 'SS-1', { severity: 'info' });
    expectFinding(netstat(...many(5, i => syn(i, 1))), 'SS-1', {
      severity: 'warning',
      confidence: 'medium',
      title: 'app (31) is most likely getting no answer from 203.0.113.9:443: 5 in SYN_SENT',
    });
    expectFinding(netstat(...many(20, i => syn(i, 1))), 'SS-1', { severity: 'error' });
  });

  it('does not accuse connects that are younger than a second, of however many', () => {
    expectHealthy(netstat(...many(30, i => syn(i, 0))));
  });

  it('is quiet about a handshake', () => {
    expectHealthy(netstat(syn(0, 0), syn(1, 1, '198.51.100.2:80')));
    expectHealthy(windows('SYN_SENT 192.0.2.1:50000 203.0.113.9:443 31'));
  });

  it('names the program that several processes run', () => {
    const workers = many(5, i => syn(i, 3).replace('31/app', `${31 + i}/php-fpm8.2`));
    expectFinding(netstat(...workers), 'SS-1', {
      title: 'php-fpm8.2 (5 processes) is getting no answer from 203.0.113.9:443: 5 in SYN_SENT',
    });
    const several = 'More than one process is getting no answer from 203.0.113.9:443';
    const hidden = syn(9, 3).replace('31/app', '-');
    expectFinding(netstat(...workers, hidden), 'SS-1', { title: `${several}: 6 in SYN_SENT` });
  });

  it('names no program where several connect, and does not say that none is shown', () => {
    const rows = many(5, i => syn(i, 3).replace('31/app', `${31 + i}/curl${i}`));
    expectFinding(netstat(...rows), 'SS-1', {
      title: 'More than one process is getting no answer from 203.0.113.9:443: 5 in SYN_SENT',
    });
    expectFinding(netstat(...many(5, i => syn(i, 3).replace('31/app', '-'))), 'SS-1', {
      title: /^An unidentified program is getting no answer/,
    });
  });

  it('sends no one to another host where both ends are on this one', () => {
    for (const address of ['127.0.0.1', '192.0.2.1']) {
      const here = (again: number): string =>
        netstat(
          ...many(5, i => syn(i, again, `${address}:8080`).replace('192.0.2.1:4', `${address}:4`)),
        );
      const found = expectFinding(here(3), 'SS-1', { severity: 'warning' });
      assert.deepEqual(
        found.confirm.map(({ command }) => command),
        ["ss -tlnp 'sport = :8080'"],
      );
      for (const text of [here(3), here(0)]) {
        assertNeverSaid(
          text,
          /another host|route|security group|network of this host|the host is down/,
        );
      }
    }
    // Elsewhere that advice is right.
    const elsewhere = expectFinding(netstat(syn(0, 4)), 'SS-1');
    assert.match(everythingSaid(elsewhere).join(' '), /from another host/);
    assert.match(everythingSaid(elsewhere).join(' '), /security group/);
  });

  it('counts a second snapshot', () => {
    const output = windows('SYN_SENT 192.0.2.1:50000 203.0.113.9:443 31');
    expectFinding(loop(output, output), 'SS-1', { severity: 'warning' });
  });
});
