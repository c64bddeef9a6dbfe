import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { COUNTERS } from '../../../src/core/knowledge/counters';
import { locateCounters } from '../../../src/core/reading/locateCounters';
import { projectFolder } from '../../harness/paths';
import { explainAt } from '../../../src/core/explain/explain';
import { plainText } from '../../../src/core/explain/explanationText';
import { counterMoves } from '../../../src/core/analysis/time/counterMoves';
import { plain } from '../../../src/core/wording/text';
import { readDump } from '../../../src/core/reading/reader';
import { localizer } from './rows';

/** All that is said at the first place of `at` in line `number`. */
function said(text: string, number: number, at: string): string {
  const lines = text.split('\n');
  const dump = readDump(text);
  const textOf = (n: number): string => lines[n] ?? '';
  const character = textOf(number).indexOf(at);
  const found = explainAt(dump, number, character, textOf, localizer, counterMoves(dump));
  return found === null ? '' : plainText(found.explanation, 'full', localizer);
}

/** What is hovered at the first place of `at` in line `number`, and its title; null for nothing. */
function hover(text: string, number: number, at: string): { on: string; title: string } | null {
  const lines = text.split('\n');
  const line = lines[number]!;
  const character = line.indexOf(at);
  assert.notEqual(character, -1, `${at} in ${line}`);
  const found = explainAt(readDump(text), number, character, n => lines[n] ?? '', localizer);
  return (
    found && {
      on: line.slice(found.start, found.end),
      title: plain(found.explanation.title),
    }
  );
}

const NETSTAT = `TcpExt:
    28 times the listen queue of a socket overflowed
    28 SYNs to LISTEN sockets dropped
    TCPTimeouts: 24`;

const PROC_SNMP = `Tcp: RtoAlgorithm RtoMin RtoMax MaxConn ActiveOpens PassiveOpens
Tcp: 1 200 120000 -1 12 34
Udp: InDatagrams NoPorts InErrors
Udp: 5 6 7`;

const SOCKSTAT = `sockets: used 180
TCP: inuse 5 orphan 0 tw 2 alloc 8 mem 1`;

describe('hovers on lines of counters', () => {
  it('explain a sentence of netstat -s, wherever on it', () => {
    for (const at of ['28', 'queue', 'overflowed']) {
      assert.deepEqual(hover(NETSTAT, 1, at), {
        on: '28 times the listen queue of a socket overflowed',
        title: 'TcpExtListenOverflows 28',
      });
    }
    assert.equal(hover(NETSTAT, 3, 'TCPTimeouts')?.title, 'TcpExtTCPTimeouts 24');
  });

  it('explain the name above and the number below in /proc/net/snmp', () => {
    assert.deepEqual(hover(PROC_SNMP, 0, 'PassiveOpens'), {
      on: 'PassiveOpens',
      title: 'TcpPassiveOpens 34',
    });
    assert.deepEqual(hover(PROC_SNMP, 1, '34'), { on: '34', title: 'TcpPassiveOpens 34' });
    assert.deepEqual(hover(PROC_SNMP, 3, '6'), { on: '6', title: 'UdpNoPorts 6' });
  });

  it('explain the word and the number of a pair in sockstat', () => {
    for (const at of ['alloc', '8']) {
      assert.deepEqual(hover(SOCKSTAT, 1, at), { on: 'alloc 8', title: 'TCP: alloc 8' });
    }
  });

  it('explain a line behind a prefix, or in color', () => {
    const quoted = NETSTAT.replace(/^/gm, '> ');
    assert.deepEqual(hover(quoted, 1, 'listen'), {
      on: '28 times the listen queue of a socket overflowed',
      title: 'TcpExtListenOverflows 28',
    });
    const colored = NETSTAT.replace('listen', '\x1b[01;31mlisten\x1b[m');
    assert.equal(hover(colored, 1, 'overflowed')?.title, 'TcpExtListenOverflows 28');
  });

  it('explain the states of a count', () => {
    assert.deepEqual(hover('    120 CLOSE_WAIT\n     15 ESTABLISHED', 0, '120'), {
      on: '120 CLOSE_WAIT',
      title: 'CLOSE-WAIT',
    });
  });

  describe('with another snapshot of the host', () => {
    const at = (time: string, value: number): string =>
      `2026-11-29T${time}Z\nTcpExt:\n    ${value} times the listen queue of a socket overflowed\n`;

    it('say by how much a sum grew, and how fast', () => {
      const text = at('10:00:00', 4) + at('10:00:08', 32);
      assert.match(
        said(text, 5, 'queue'),
        /^- \+28 in the 8 s since the snapshot before: 3\.5 per/m,
      );
      assert.match(said(text, 2, 'queue'), /^- \+28 in the 8 s until the next snapshot: 3\.5 per/m);
    });

    it('say that it did not', () => {
      const text = at('10:00:00', 4) + at('10:00:08', 4);
      assert.match(said(text, 5, 'queue'), /^- 0 in the 8 s since the snapshot before\.$/m);
    });

    it('do not count what got smaller', () => {
      const text = at('10:00:00', 32) + at('10:00:08', 4);
      assert.match(said(text, 5, 'queue'), /^- It cannot be compared with the other snapshot/m);
    });

    it('say nothing of another host', () => {
      const text = `==> a.txt <==\n${at('10:00:00', 4)}\n==> b.txt <==\n${at('10:00:08', 32)}`;
      assert.doesNotMatch(said(text, 7, 'queue'), /snapshot/);
    });
  });

  it('say of a sum of 0 that it has not happened', () => {
    const text = 'Udp: InDatagrams NoPorts InErrors\nUdp: 5 6 0';
    assert.match(said(text, 1, '0'), /^UdpInErrors 0: .* It has not happened since counting began/);
    assert.doesNotMatch(said(text, 1, '6'), /It has not happened/);
  });

  it('say of the increments of nstat since when they count', () => {
    const text = '#kernel\nTcpExtListenOverflows           28                 0.0';
    assert.match(said(text, 1, '28'), /nstat shows what was added since it was run before/);
    assert.doesNotMatch(said(text, 1, '28'), /sum since boot\. One sample/);
  });

  it('say of a counter that is not known what the dump shows', () => {
    const text = 'TcpExt: NewOfTomorrow TWKilled\nTcpExt: 17 0';
    assert.match(said(text, 1, '17'), /^TcpExtNewOfTomorrow 17: Netstat Lens does not know/);
  });

  it('explain sentences of BSD by their section', () => {
    const text = `tcp:
\t114 packets sent
\t\t5 data packets (1234 bytes) retransmitted
\t1 listen queue overflow
udp:
\t1 dropped due to full socket buffers`;
    assert.equal(hover(text, 1, 'sent')?.title, 'TcpOutSegs 114');
    assert.deepEqual(hover(text, 2, '1234'), {
      on: '5 data packets (1234 bytes) retransmitted',
      title: 'TcpRetransSegs 5',
    });
    assert.equal(hover(text, 3, 'queue')?.title, 'listen queue overflow 1');
    assert.equal(hover(text, 5, 'full')?.title, 'UdpRcvbufErrors 1');
    assert.equal(hover(text, 4, 'udp')?.title, 'udp');
  });

  it('explain the titles of sections', () => {
    assert.deepEqual(hover(NETSTAT, 0, 'Ext'), { on: 'TcpExt:', title: 'TcpExt' });
    assert.deepEqual(hover(PROC_SNMP, 0, 'Tcp'), { on: 'Tcp:', title: 'Tcp' });
    assert.deepEqual(hover(PROC_SNMP, 3, 'Udp'), { on: 'Udp:', title: 'Udp' });
    assert.equal(hover(PROC_SNMP, 0, ' RtoMin'), null);
    const windows = 'TCP Statistics for IPv4\n\n  Active Opens                        = 46';
    assert.equal(hover(windows, 0, 'Statistics')?.on, 'TCP Statistics for IPv4');
    assert.equal(hover(windows, 2, 'Opens')?.title, 'TcpActiveOpens 46 (IPv4)');
  });

  it('explain every number in /proc/net/dev by its column', () => {
    const text = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo:    5000       6    7    8    9    10         11        12    13      14   15   16   17    18      19         20`;
    assert.equal(hover(text, 2, '5000')?.title, 'RX bytes 5000 (lo)');
    assert.equal(hover(text, 2, '8')?.title, 'RX-DRP 8 (lo)');
    assert.equal(hover(text, 2, '18')?.title, 'TX collisions 18 (lo)');
    assert.deepEqual(hover(text, 1, 'drop'), { on: 'drop', title: 'RX-DRP 8 (lo)' });
    assert.equal(hover(text, 1, 'colls')?.title, 'TX collisions 18 (lo)');
    const two = `${text}\n  eth0: 5000 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20`;
    assert.deepEqual(hover(two, 1, 'drop'), { on: 'drop', title: 'RX-DRP' });
  });

  it('explain the numbers of ss -s', () => {
    const text = `Total: 180 (kernel 0)
TCP:   12 (estab 5, closed 3, orphaned 0, synrecv 0, timewait 2/0), ports 7

Transport Total     IP        IPv6
UDP       8         6         2`;
    assert.deepEqual(hover(text, 0, '180'), { on: 'Total: 180', title: 'Total 180' });
    assert.deepEqual(hover(text, 0, 'kernel'), { on: 'kernel 0', title: 'kernel 0' });
    assert.deepEqual(hover(text, 1, '12'), { on: 'TCP:   12', title: 'TCP 12' });
    assert.deepEqual(hover(text, 1, 'closed'), { on: 'closed 3', title: 'closed 3' });
    assert.deepEqual(hover(text, 1, 'timewait'), { on: 'timewait 2', title: 'timewait 2' });
    assert.deepEqual(hover(text, 1, '7'), { on: 'ports 7', title: 'ports 7' });
    assert.equal(hover(text, 4, '6')?.title, 'UDP IP 6');
  });

  describe('explain what stands in every file of the captures', () => {
    const folder = path.join(projectFolder, 'test/core/statistics/captures');
    const scene = path.join(folder, '01-accept-queue-overflow/after');
    const seen = new Set<string>();
    for (const name of readdirSync(scene)) {
      it(name, () => {
        const lines = readFileSync(path.join(scene, name), 'utf8').split('\n');
        const dump = readDump(lines.join('\n'));
        const textOf = (n: number): string => lines[n] ?? '';
        for (const { counted } of dump.snapshots) {
          for (const { line } of counted.flatMap(({ counters }) => counters)) {
            const placed = locateCounters(dump, line, textOf)?.counters ?? [];
            assert.notEqual(placed.length, 0, textOf(line));
            for (const { span, name: own } of placed.filter(one => !seen.has(one.name))) {
              seen.add(own);
              const found = explainAt(dump, line, span.end - 1, textOf, localizer);
              assert.equal(found?.start, span.start, own);
              assert.doesNotMatch(
                plainText(found.explanation, 'short', localizer),
                /does not know/,
                own,
              );
            }
          }
        }
      });
    }
  });

  it('explain every counter that is known, by its name in nstat', () => {
    for (const { name, namedBy } of COUNTERS) {
      if (namedBy === 'linux' && !name.includes('*')) {
        const text = `#kernel\n${name.padEnd(32)}17                 0.0`;
        assert.equal(hover(text, 1, name)?.title, `${name} 17`);
      }
    }
  });
});
