import assert from 'node:assert/strict';

import { readFilter } from '../../../src/core/query/filter';
import { findRows } from '../../../src/core/query/find';
import { runToEnd } from '../../../src/core/model/task';
import { quoteValue } from '../../../src/core/query/words';
import { readDump } from '../../../src/core/reading/reader';

// Lines count from 1 in filters: the first socket is on line 2.
const NETSTAT = `Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name    Timer
tcp        0      0 0.0.0.0:443             0.0.0.0:*               LISTEN      811/nginx: master   off (0.00/0/0)
tcp       28      0 10.0.0.5:443            10.1.2.3:51044          CLOSE_WAIT  4321/java           keepalive (12.00/0/0)
tcp        1      0 10.0.0.5:8080           192.168.7.9:51045       CLOSE_WAIT  4321/java           off (0.00/0/0)
tcp6       0      0 ::ffff:10.0.0.5:443     2001:db8::7:51046       ESTABLISHED 99/JAVAWS           on (0.40/3/0)
tcp        0      0 10.0.0.5:51047          10.9.9.9:https          TIME_WAIT   -                   timewait (9.00/0/0)
udp        0      0 127.0.0.1:53            0.0.0.0:*                           53/none             off (0.00/0/0)
`;

const { table } = readDump(NETSTAT);

/** Lines of the rows that a filter finds. */
function linesFor(text: string): number[] {
  const filter = readFilter(text);
  assert.equal(filter.problem, null, `${text}: ${JSON.stringify(filter.problem)}`);
  const rows = runToEnd(findRows(table, 0, table.length, filter.conditions, null));
  return Array.from(rows, row => (table.line[row] ?? 0) + 1);
}

describe('the filter language', () => {
  it('reads the dump it is tried on', () => {
    assert.equal(table.length, 6);
  });

  const cases: readonly (readonly [filter: string, lines: readonly number[]])[] = [
    ['', [2, 3, 4, 5, 6, 7]],
    ['   ', [2, 3, 4, 5, 6, 7]],
    // States, in any system's spelling
    ['state:close-wait', [3, 4]],
    ['state:CLOSE_WAIT', [3, 4]],
    ['state:estab', [5]],
    ['state:wait', [3, 4, 6]],
    ['state:close-wait,listen', [2, 3, 4]],
    ['-state:close-wait', [2, 5, 6, 7]],
    ['state!=close-wait', [2, 5, 6, 7]],
    ['-state!=close-wait', [3, 4]],
    ['state:none', [7]],
    ['state:*', [2, 3, 4, 5, 6]],
    // Numbers
    ['pid:4321', [3, 4]],
    ['pid:none', [6]],
    ['pid:*', [2, 3, 4, 5, 7]],
    ['recvq>0', [3, 4]],
    ['recvq:>0', [3, 4]],
    ['recvq>=28', [3]],
    ['recvq<28', [2, 4, 5, 6, 7]],
    ['recvq<=0', [2, 5, 6, 7]],
    ['recvq=1', [4]],
    ['recvq:1-28', [3, 4]],
    ['recvq:1..', [3, 4]],
    ['line:3-4', [3, 4]],
    ['line:-3', [2, 3]],
    ['line:2,7', [2, 7]],
    ['retrans>2', [5]],
    // Programs
    ['process:java', [3, 4, 5]],
    ['process=java', [3, 4]],
    ['program:"nginx: master"', [2]],
    ['process:"none"', [7]],
    ['process:none', [6]],
    // Addresses: one, with port, networks, parts
    ['remote:10.0.0.0/8', [3, 6]],
    ['remote:192.168.7.9', [4]],
    ['remote:192.168.7.9:51045', [4]],
    ['remote:192.168.7.9:1', []],
    ['local:10.0.0.5', [3, 4, 5, 6]],
    ['local:::ffff:10.0.0.5', [3, 4, 5, 6]],
    ['remote:2001:db8:0:0::7', [5]],
    ['remote:[2001:db8::7]:51046', [5]],
    ['remote:2001:db8::/32', [5]],
    ['remote:10.', [3, 6]],
    ['address:127.0.0.1', [7]],
    ['remote=10.', []],
    // Ports, by number and by the name that is printed
    ['port:443', [2, 3, 5]],
    ['lport:443', [2, 3, 5]],
    ['rport:51044', [3]],
    ['port:51044-51045', [3, 4]],
    ['port:https', [6]],
    ['port>51045', [5, 6]],
    // Others
    ['protocol:udp', [7]],
    ['proto:tcp', [2, 3, 4, 5, 6]],
    ['proto=tcp6', [5]],
    ['timer:keepalive', [3]],
    ['timer:probe', []],
    ['timer:*', [2, 3, 4, 5, 6, 7]],
    // All of them, and free words
    ['state:close-wait recvq>1', [3]],
    ['java', [3, 4, 5]],
    ['close_wait', [3, 4]],
    ['4321', [3, 4]],
    ['443', [2, 3, 5]],
    ['10.0.0.5:443', [3, 5]],
    ['2001:db8', [5]],
    ['"nginx: m"', [2]],
    ['-java -udp', [2, 6]],
    ['https', [6]],
    ['cafe::1', []],
    ['a-b', []],
    ['-', [3, 4, 6]],
    ['local:::1', []],
    // As dumps and other tools spell fields
    ['recv-q>0', [3, 4]],
    ['Recv-Q > 0', [3, 4]],
    ['recvq >= 28', [3]],
    ['recv_q==1', [4]],
    ['Send-Q>0', []],
    ['local-port:443', [2, 3, 5]],
    ['sport:443 dst:10.1.2.3', [3]],
    ['state != close-wait', [2, 5, 6, 7]],
    ['my-host:443', []],
    ['my-java', []],
    // A port alone
    ['local:443', [2, 3, 5]],
    ['local::443', [2, 3, 5]],
    ['remote:51045', [4]],
    ['address:443', [2, 3, 5]],
    ['local=443', [2, 3, 5]],
    [':443', [2, 3, 5]],
    // Wildcards
    ['10.1.*', [3]],
    ['remote:10.*', [3, 6]],
    ['remote:10.*:51044', [3]],
    ['remote:10.*.3', [3]],
    ['remote:*.9', [4, 6]],
    ['local:*:443', [2, 3, 5]],
    ['remote:0.*.3', []],
    ['process:JAV*', [3, 4, 5]],
    ['process:*a', [3, 4]],
    ['process:a*a*a', []],
    ['process:"jav*"', []],
    ['jav*', [3, 4, 5]],
    ['-10.1.*', [2, 4, 5, 6, 7]],
    // A negation as other languages write it
    ['!state:close-wait', [2, 5, 6, 7]],
    ['!java !udp', [2, 6]],
    ['"not"', []],
    ['"or"', []],
  ];
  for (const [filter, lines] of cases) {
    it(filter === '' ? 'nothing' : filter, () => {
      assert.deepEqual(linesFor(filter), lines);
    });
  }

  const problems: readonly (readonly [filter: string, code: string, start: number, end: number])[] =
    [
      ['colour:red', 'field', 0, 10],
      ['pid:4321 colour:red', 'field', 9, 19],
      ['state:closewaitx', 'state', 6, 16],
      ['pid:abc', 'number', 4, 7],
      ['pid:>', 'value', 0, 5],
      ['recvq>', 'value', 0, 6],
      ['state:', 'value', 0, 6],
      ['state>listen', 'compare', 0, 12],
      ['process>a', 'compare', 0, 9],
      ['remote:10.0.0.0/99', 'network', 7, 18],
      ['port>https', 'number', 5, 10],
      ['timer:soon', 'value', 6, 10],
      ['process:"java', 'quote', 8, 13],
      ['not state:listen', 'operator', 0, 3],
      ['state:listen OR pid:1', 'operator', 13, 15],
      ['java && udp', 'operator', 5, 7],
      ['! java', 'operator', 0, 1],
      ['recv > 0', 'operator', 5, 6],
      ['recv-q>x', 'number', 7, 8],
    ];
  for (const [filter, code, start, end] of problems) {
    it(`${filter} is wrong (${code})`, () => {
      const { problem } = readFilter(filter);
      assert.deepEqual([problem?.code, problem?.start, problem?.end], [code, start, end]);
    });
  }

  it('takes quoted values literally', () => {
    for (const value of ['java', '*', 'none', 'a "b" \\ c', 'x,y', '', '10.0.0.1']) {
      const filter = `process=${quoteValue(value)}`;
      assert.equal(readFilter(filter).problem, null, filter);
      assert.deepEqual(
        linesFor(filter),
        value === 'java' ? [3, 4] : value === 'none' ? [7] : value === '' ? [6] : [],
      );
    }
  });
});
