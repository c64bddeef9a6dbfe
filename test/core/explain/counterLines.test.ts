import { strict as assert } from 'node:assert';
import { explainAt } from '../../../src/core/explain/explain';
import { plain } from '../../../src/core/wording/text';
import { readDump } from '../../../src/core/reading/reader';
import { localizer } from './rows';

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
        title: 'TcpExtListenOverflows',
      });
    }
    assert.equal(hover(NETSTAT, 3, 'TCPTimeouts')?.title, 'TcpExtTCPTimeouts');
  });

  it('explain the name above and the number below in /proc/net/snmp', () => {
    assert.deepEqual(hover(PROC_SNMP, 0, 'PassiveOpens'), {
      on: 'PassiveOpens',
      title: 'TcpPassiveOpens',
    });
    assert.deepEqual(hover(PROC_SNMP, 1, '34'), { on: '34', title: 'TcpPassiveOpens' });
    assert.deepEqual(hover(PROC_SNMP, 3, '6'), { on: '6', title: 'UdpNoPorts' });
  });

  it('explain the word and the number of a pair in sockstat', () => {
    for (const at of ['alloc', '8']) {
      assert.deepEqual(hover(SOCKSTAT, 1, at), { on: 'alloc 8', title: 'TCP: alloc' });
    }
  });

  it('explain a line behind a prefix, or in color', () => {
    const quoted = NETSTAT.replace(/^/gm, '> ');
    assert.deepEqual(hover(quoted, 1, 'listen'), {
      on: '28 times the listen queue of a socket overflowed',
      title: 'TcpExtListenOverflows',
    });
    const colored = NETSTAT.replace('listen', '\x1b[01;31mlisten\x1b[m');
    assert.equal(hover(colored, 1, 'overflowed')?.title, 'TcpExtListenOverflows');
  });

  it('explain the states of a count', () => {
    assert.deepEqual(hover('    120 CLOSE_WAIT\n     15 ESTABLISHED', 0, '120'), {
      on: '120 CLOSE_WAIT',
      title: 'CLOSE-WAIT',
    });
  });
});
