import assert from 'node:assert/strict';
import { analyze } from '../../../src/core/analysis/analyze';
import { counterList } from '../../../src/core/analysis/counterList';
import { counterSections } from '../../../src/core/reading/counterSections';
import { readDump } from '../../../src/core/reading/reader';

/** The sections of each snapshot: title or tool, lines, counters, how many are worth a look. */
function sections(text: string): string[][] {
  const lines = text.split('\n');
  const dump = readDump(text);
  const analysis = analyze(dump);
  return dump.snapshots.map((snapshot, number) => {
    const worth = new Set(counterList(analysis, number).worthALook.map(({ counter }) => counter));
    return counterSections(dump, snapshot, line => lines[line] ?? '').map(
      ({ title, source, line, endLine, counters }) =>
        `${title ?? source.title}: ${line}-${endLine - 1}, ${counters.length}, ` +
        String(counters.filter(counter => worth.has(counter)).length),
    );
  });
}

const NETSTAT_S = `Icmp:
    5 ICMP messages received
    ICMP input histogram:
        destination unreachable: 5
Tcp:
    17 active connection openings
    3 segments retransmitted
TcpExt:
    2 SYNs to LISTEN sockets dropped
    TCPBacklogDrop: 1`;

describe('the sections of counters', () => {
  it('begin with their titles, not with those of a histogram', () => {
    assert.deepEqual(sections(NETSTAT_S), [
      ['Icmp: 0-3, 2, 0', 'Tcp: 4-6, 2, 1', 'TcpExt: 7-9, 2, 2'],
    ]);
  });

  it('are pairs of lines in /proc/net/snmp', () => {
    const text = 'Tcp: ActiveOpens RetransSegs\nTcp: 1 0\nUdp: InErrors\nUdp: 2';
    assert.deepEqual(sections(text), [['Tcp: 0-1, 2, 0', 'Udp: 2-3, 1, 1']]);
  });

  it('are named for the tool where they have no title of words', () => {
    const text = `sockets: used 180
TCP: inuse 5 orphan 0 tw 2 alloc 8 mem 1
#kernel
TcpExtListenDrops               2                  0.0

Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo:       5       6    0    0    0     0          0         0        7       8    0    0    0     0       0          0`;
    assert.deepEqual(sections(text), [
      ['/proc/net/sockstat: 0-1, 6, 0', 'nstat: 2-3, 1, 1', '/proc/net/dev: 5-7, 16, 0'],
    ]);
  });

  it('end at sockets', () => {
    const text = `sockets: used 180
Proto Recv-Q Send-Q Local Address           Foreign Address         State
tcp        0      0 10.0.0.1:8080           10.0.0.2:33176          ESTABLISHED
TCP: inuse 5 orphan 0 tw 2 alloc 8 mem 1`;
    assert.deepEqual(sections(text), [
      ['/proc/net/sockstat: 0-0, 1, 0', '/proc/net/sockstat: 3-3, 5, 0'],
    ]);
  });

  it('are worth a look for what grew, where that is known', () => {
    const at = (time: string, retransmitted: number): string =>
      `2026-11-29T${time}Z\nTcp:\n    ${retransmitted} segments retransmitted\n`;
    const worth = (text: string): string => sections(text).at(-1)!.at(-1)!;
    assert.equal(worth(at('10:00:00', 4) + at('10:00:08', 32)), 'Tcp: 4-5, 1, 1');
    assert.equal(worth(at('10:00:00', 4) + at('10:00:08', 4)), 'Tcp: 4-5, 1, 0');
  });

  it('are none of counts of states', () => {
    assert.deepEqual(sections('    120 CLOSE_WAIT\n     15 ESTABLISHED'), [[]]);
  });
});
