import assert from 'node:assert/strict';

import { plain } from '../../../../../src/core/wording/text';
import { expectFinding, expectHealthy, expectSilence, loop, statistics } from '../../scene';

const ONCE =
  'A counter is a sum since boot: what it counts may have happened long ago. A second output some seconds later shows whether it still happens.';

describe('CT-26 counter-shares', () => {
  it('speaks of datagrams of which many were dropped since boot', () => {
    const found = expectFinding(
      statistics({
        UdpInDatagrams: 88_231_942,
        UdpInErrors: 1_922_031,
        UdpRcvbufErrors: 1_922_031,
      }),
      'CT-26',
      {
        severity: 'info',
        title:
          'Programs did not read datagrams fast enough; dropped at a full receive buffer: 1,922,031 (2.1%)',
      },
    );
    assert.equal(found.confirm[0]?.command, 'nstat -asz UdpRcvbufErrors UdpInDatagrams');
    assert.ok(found.caveats.some(({ id }) => id === ONCE));
  });

  it('speaks of segments of which many were sent again, on Windows too', () => {
    expectFinding(statistics({ TcpOutSegs: 1_288_202, TcpRetransSegs: 103_202 }), 'CT-26', {
      title: 'Many TCP segments were sent again: 103,202 (8%)',
    });
    const windows = (version: string, again: number): string[] => [
      `TCP Statistics for ${version}`,
      '',
      '  Segments Received                   = 80122033',
      '  Segments Sent                       = 70122033',
      `  Segments Retransmitted              = ${again}`,
      '',
    ];
    const found = expectFinding(
      [...windows('IPv4', 3_122_033), ...windows('IPv6', 3_000_000)].join('\r\n'),
      'CT-26',
      { severity: 'info', title: 'Many TCP segments were sent again: 6,122,033 (4.4%)' },
    );
    assert.equal(found.confirm[0]?.command, 'netstat -s');
  });

  it('speaks of cookies beside accepted connections, also since nstat ran last', () => {
    const found = expectFinding(
      '#kernel\nTcpPassiveOpens  912203  0.0\nTcpExtSyncookiesSent  1812033  0.0\n',
      'CT-26',
      { severity: 'info', title: /: 1,812,033, 198\.6 for every 100/ },
    );
    assert.ok(!found.caveats.some(({ id }) => id === ONCE));
  });

  it('tells cookies that real clients sent back from those that no client did', () => {
    const cookies = (sent: number, received: number, more = {}): string =>
      statistics({ TcpExtSyncookiesSent: sent, TcpExtSyncookiesRecv: received, ...more });
    expectFinding(cookies(184_201, 183_990), 'CT-26', {
      severity: 'info',
      title:
        'The half-open queue was too small for real clients; SYN cookies that came back: 183,990 (99.9%)',
    });
    for (const more of [{}, { TcpPassiveOpens: 90_000 }]) {
      const text = cookies(184_201, 12, more);
      const found = expectFinding(text, 'CT-26', {
        severity: 'info',
        title: /not finished; SYN cookies that did not come back: 184,189 \(100%\)$/,
      });
      assert.equal(found.merged.length, 0);
      // A way back that is broken looks the same.
      assert.match(found.alternatives.map(plain).join(' '), /flood.*loses SYN,ACKs/);
    }
    for (const text of [
      cookies(900, 12),
      cookies(900, 890),
      cookies(184_201, 12, { TcpPassiveOpens: 8_000_000 }),
      cookies(184_201, 183_990, { TcpPassiveOpens: 8_000_000 }),
      statistics({ TcpExtSyncookiesSent: 184_201 }),
    ]) {
      expectSilence(text, 'CT-26');
    }
  });

  it('says nothing of what is usual, of few, and of repeated handshakes', () => {
    for (const values of [
      { UdpInDatagrams: 88_231_942, UdpRcvbufErrors: 82_000 },
      { UdpInDatagrams: 5000, UdpRcvbufErrors: 900 },
      { TcpOutSegs: 1_288_202, TcpRetransSegs: 25_000 },
      { TcpOutSegs: 3, TcpRetransSegs: 15 },
      { TcpOutSegs: 1_000_000, TcpRetransSegs: 90_000, TcpExtTCPSynRetrans: 80_000 },
      { TcpPassiveOpens: 900_000, TcpExtSyncookiesSent: 5000 },
    ]) {
      const text = statistics(values);
      expectSilence(text, 'CT-26');
      expectHealthy(text);
    }
  });

  it('leaves two outputs to the rules of what grew', () => {
    const text = statistics({ TcpOutSegs: 1_288_202, TcpRetransSegs: 103_202 });
    expectSilence(loop(text, text), 'CT-26');
  });
});
