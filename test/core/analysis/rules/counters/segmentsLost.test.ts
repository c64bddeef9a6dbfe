import assert from 'node:assert/strict';
import {
  expectFinding,
  expectHealthy,
  expectSilence,
  loop,
  many,
  netstat,
  row,
  statistics,
} from '../../scene';

const before = statistics({ TcpOutSegs: 0, TcpRetransSegs: 0 });
const lost = (again: number, more: Readonly<Record<string, number>> = {}): string =>
  statistics({
    TcpOutSegs: 5000,
    TcpRetransSegs: again,
    TcpExtTCPOrigDataSent: 2000,
    ...more,
  });

const repeating = (remotes: readonly string[]): string =>
  netstat(
    ...remotes.map((remote, i) =>
      row('ESTABLISHED', `192.0.2.1:${40_000 + i}`, `${remote}:443`, {
        sendQ: 100,
        owner: '7/app',
        timer: 'on (0.30/1/0)',
      }),
    ),
  );

describe('CT-8 counter-retransmissions', () => {
  it('is graver the larger the part that was sent again', () => {
    for (const [again, severity] of [
      [30, 'info'],
      [110, 'warning'],
      [200, 'error'],
    ] as const) {
      const found = expectFinding(loop(before, lost(again)), 'CT-8', {
        severity,
        confidence: 'medium',
        title: `Segments are most likely lost on the path: ${again / 20}% were sent again`,
      });
      assert.equal(found.remote, null);
    }
    expectSilence(loop(before, lost(15)), 'CT-8');
  });

  it('names the remote that the connections that send again have in common', () => {
    const rows = repeating(many(4, () => '198.51.100.7'));
    const found = expectFinding(loop(before + rows, lost(110) + rows), 'CT-8', {
      title:
        'Segments are most likely lost on the path to 198.51.100.7: 5.5% of all were sent again',
      rows: 4,
    });
    assert.equal(found.remote, '198.51.100.7');
    const spread = repeating(many(4, i => `198.51.100.${i}`));
    expectFinding(loop(before + spread, lost(110) + spread), 'CT-8', {
      title: /^Segments are most likely lost on the path: 5\.5/,
    });
  });

  it('leaves out handshakes that a silent host does not answer', () => {
    expectHealthy(loop(before, lost(110, { TcpExtTCPSynRetrans: 110 })));
  });

  it('is information where peers had the data already', () => {
    expectFinding(loop(before, lost(110, { TcpExtTCPDSACKRecvSegs: 80 })), 'CT-8', {
      severity: 'info',
      title: /most of them needlessly/,
    });
  });

  it('says nothing of few segments', () => {
    expectSilence(loop(before, statistics({ TcpOutSegs: 900, TcpRetransSegs: 90 })), 'CT-8');
  });

  it('is at most a warning where handshakes cannot be told from data', () => {
    expectFinding(
      loop(
        'TCP Statistics for IPv4\n\n  a = 1\n  b = 1\n  c = 1\n  d = 1\n  e = 1\n  f = 1\n  g = 1000\n  h = 10\n',
        'TCP Statistics for IPv4\n\n  a = 1\n  b = 1\n  c = 1\n  d = 1\n  e = 1\n  f = 1\n  g = 3000\n  h = 410\n',
      ),
      'CT-8',
      { severity: 'warning' },
    );
  });
});
