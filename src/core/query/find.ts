import type { SocketTable } from '../model/socketTable';
import type { Task } from '../model/task';
import type { Sort } from './columns';
import type { Condition } from './condition';
import { predicateOf } from './filter';
import { sortRows } from './sort';

/** Rows looked at between two pauses: some milliseconds' worth. */
const BATCH = 20_000;

/**
 * Finds the rows of `[first, end)` that meet all conditions, in the order wanted.
 */
export function* findRows(
  table: SocketTable,
  first: number,
  end: number,
  conditions: readonly Condition[],
  sort: Sort | null,
): Task<Uint32Array> {
  const rows = yield* filterRows(table, first, end, conditions);
  if (sort !== null) {
    yield* sortRows(table, rows, sort);
  }
  return rows;
}

function* filterRows(
  table: SocketTable,
  first: number,
  end: number,
  conditions: readonly Condition[],
): Task<Uint32Array> {
  const rows = new Uint32Array(end - first);
  let found = 0;
  const meant = predicateOf(conditions, table);
  for (let row = first; row < end;) {
    const stop = Math.min(row + BATCH, end);
    if (conditions.length === 0) {
      while (row < stop) {
        rows[found++] = row++;
      }
    } else {
      for (; row < stop; row++) {
        if (meant(row)) {
          rows[found++] = row;
        }
      }
    }
    yield;
  }
  return rows.slice(0, found);
}
