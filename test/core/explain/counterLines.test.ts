import { strict as assert } from 'node:assert';
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
});
