import assert from 'node:assert/strict';

import { COLUMNS, type Column } from '../../../src/core/query/columns';
import { findRows } from '../../../src/core/query/find';
import { runToEnd } from '../../../src/core/model/task';
import { readDump } from '../../../src/core/reading/reader';

const DUMP = `Proto Recv-Q Send-Q Local Address           Foreign Address         State       User       Inode      PID/Program name    Timer
tcp        0      7 10.0.0.10:80            10.0.0.9:2000           ESTABLISHED 33         500        20/b                on (0.40/3/0)
tcp      900      0 10.0.0.9:9000           10.0.0.10:1000          CLOSE_WAIT  0          7          3/zeta              keepalive (12.00/0/0)
tcp6       0      0 ::1:80                  ::1:2000                TIME_WAIT   0          0          -                   timewait (9.00/0/0)
tcp        0      0 10.0.0.9:80             10.0.0.9:300            LISTEN      1000       12         100/Alpha           off (0.00/0/0)
`;

/** Lines in the order of a column. */
function order(text: string, column: Column, descending = false): number[] {
  const { table } = readDump(text);
  const rows = runToEnd(findRows(table, 0, table.length, [], { column, descending }));
  return Array.from(rows, row => (table.line[row] ?? 0) + 1);
}

describe('sorting sockets', () => {
  const cases: readonly (readonly [Column, readonly number[]])[] = [
    ['line', [2, 3, 4, 5]],
    ['protocol', [2, 3, 5, 4]],
    // In the order of a connection's life
    ['state', [5, 2, 3, 4]],
    // Addresses by number, then by port
    ['local', [5, 3, 2, 4]],
    ['remote', [5, 2, 3, 4]],
    ['recvQ', [2, 4, 5, 3]],
    ['sendQ', [3, 4, 5, 2]],
    // What is not printed comes first
    ['pid', [4, 3, 2, 5]],
    ['process', [4, 5, 2, 3]],
    ['user', [3, 4, 5, 2]],
    ['inode', [4, 3, 5, 2]],
    ['timer', [3, 5, 2, 4]],
  ];
  for (const [column, lines] of cases) {
    it(column, () => {
      assert.deepEqual(order(DUMP, column), lines);
    });
  }

  it('has a case for every column', () => {
    assert.deepEqual(cases.map(([column]) => column).sort(), [...COLUMNS].sort());
  });

  it('keeps the order of the dump among equals, in both directions', () => {
    assert.deepEqual(order(DUMP, 'recvQ', true), [3, 2, 4, 5]);
  });

  it('agrees with a plain sort for many rows', () => {
    const lines = Array.from({ length: 30_000 }, (_, i) => {
      const n = (i * 7919) % 30_011;
      return `tcp ${n % 977} 0 10.${n % 200}.${n % 7}.${n % 251}:${1 + (n % 60_000)} h${n % 12_007}:80 ESTABLISHED`;
    });
    const text = `Proto Recv-Q Send-Q Local Address Foreign Address State\n${lines.join('\n')}\n`;
    const { table } = readDump(text);
    assert.equal(table.length, lines.length);
    for (const column of ['recvQ', 'local', 'remote'] as const) {
      const rows = runToEnd(findRows(table, 0, table.length, [], { column, descending: false }));
      const key = (row: number): readonly (string | number)[] => {
        const { recvQ, local, remote } = table.socket(row);
        const end = column === 'local' ? local : remote;
        return column === 'recvQ'
          ? [recvQ ?? -1]
          : ([
              ...((column === 'local' ? end?.address.split('.').map(Number) : [end?.address]) ??
                []),
              end?.port ?? -1,
            ] as (string | number)[]);
      };
      const plain = Array.from(rows)
        .sort((a, b) => a - b)
        .map(row => ({ row, key: key(row) }))
        .sort((a, b) => {
          const at = a.key.findIndex((part, i) => part !== b.key[i]);
          return at < 0 ? a.row - b.row : a.key[at]! < b.key[at]! ? -1 : 1;
        });
      assert.deepEqual(
        Array.from(rows),
        plain.map(({ row }) => row),
        column,
      );
    }
  });
});
