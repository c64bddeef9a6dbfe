import assert from 'node:assert/strict';

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
