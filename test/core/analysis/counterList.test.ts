import assert from 'node:assert/strict';

import { counterList } from '../../../src/core/analysis/counterList';
import { analysed, loop, statistics } from './scene';

/** The counters of the last snapshot that are worth a look, with what moved. */
function worth(text: string): (readonly [name: string, value: number, change: number | null])[] {
  const analysis = analysed(text);
  const { worthALook } = counterList(analysis, analysis.snapshots.length - 1);
  return worthALook.map(({ counter, change }) => [counter.name, counter.value, change]);
}

describe('the counters worth a look', () => {
  it('are of one moment those that are a sign of trouble and above 0, the rare ones first', () => {
    const values = {
      TcpActiveOpens: 500,
      TcpRetransSegs: 3,
      TcpExtTCPMD5Failure: 7,
      TcpExtTCPBacklogDrop: 0,
    };
    assert.deepEqual(worth(statistics(values)), [
      ['TcpExtTCPMD5Failure', 7, null],
      ['TcpRetransSegs', 3, null],
    ]);
  });

  it('begin with those that findings name, and leave out what did not move', () => {
    const before = { TcpRetransSegs: 3, TcpOutRsts: 1, TcpExtTCPMD5Failure: 7, TcpExtTW: 1 };
    const after = { ...before, TcpOutRsts: 2, TcpExtTCPReqQFullDrop: 31 };
    const text = loop(statistics(before), statistics(after));
    assert.deepEqual(
      analysed(text).findings.map(({ code }) => code),
      ['CT-2'],
    );
    assert.deepEqual(worth(text), [
      ['TcpExtTCPReqQFullDrop', 31, 31],
      ['TcpOutRsts', 2, 1],
      // Each one counts, also an old one.
      ['TcpExtTCPMD5Failure', 7, 0],
    ]);
  });

  it('have no difference where a sum got smaller, though they stand above 0', () => {
    const text = loop(
      statistics({ TcpActiveOpens: 500, TcpRetransSegs: 3 }),
      statistics({ TcpActiveOpens: 5, TcpRetransSegs: 9 }),
    );
    const analysis = analysed(text);
    const list = counterList(analysis, 1);
    assert.equal(list.changes?.restarted, true);
    assert.ok(list.all.every(({ change, perSecond }) => change === null && perSecond === null));
    assert.deepEqual(worth(text), [['TcpRetransSegs', 9, null]]);
  });

  it('stand once, though two tools print them', () => {
    const text = `TcpExt:
    TCPMD5Failure: 7
#kernel
TcpExtTCPMD5Failure       7                  0.0
TcpExtTCPBacklogDrop            0                  0.0
`;
    assert.deepEqual(worth(text), [['TcpExtTCPMD5Failure', 7, null]]);
  });
});

describe('the counters of a snapshot', () => {
  it('are compared with the snapshot before that has some, with a rate where times are known', () => {
    const sockets = 'tcp 0 0 192.0.2.1:80 0.0.0.0:* LISTEN 1/x\n';
    const head = 'Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name\n';
    const text = [
      `2026-01-05 10:00:00\n${head}${sockets}${statistics({ TcpActiveOpens: 500 })}`,
      `2026-01-05 10:00:05\n${head}${sockets}`,
      `2026-01-05 10:00:10\n${head}${sockets}${statistics({ TcpActiveOpens: 525 })}`,
    ].join('\n');
    const analysis = analysed(text);
    assert.equal(analysis.snapshots.length, 3);
    const { changes, all } = counterList(analysis, 2);
    assert.equal(changes?.since, 0);
    assert.deepEqual(
      all.map(({ counter, change, perSecond }) => [counter.name, change, perSecond]),
      [
        ['TcpActiveOpens', 25, 2.5],
        ['TcpExtTCPPureAcks', 0, 0],
      ],
    );
    assert.equal(counterList(analysis, 0).changes, null);
    assert.deepEqual(counterList(analysis, 1).all, []);
  });

  it('have no rate where they go up and down', () => {
    const sockstat = (used: number): string =>
      `sockets: used ${used}\nTCP: inuse 5 orphan 0 tw 2\n`;
    const text = `2026-01-05 10:00:00\n${sockstat(90)}\n2026-01-05 10:00:10\n${sockstat(70)}`;
    const [used] = counterList(analysed(text), 1).all;
    assert.deepEqual([used?.gauge, used?.change, used?.perSecond], [true, -20, null]);
  });
});
