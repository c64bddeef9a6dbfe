import { course, type Course } from './growth';
import type { ByState } from '../../index/byState';
import { where } from '../../index/grouping';
import type { SnapshotIndex } from '../../index/snapshotIndex';
import { NONE } from '../../model/row';
import { State } from '../../vocabulary/state';
import type { RuleContext } from './ruleContext';

/** The rows of some that may still be sent on, as neither end was closed here. */
export function openRows({ table: { state } }: SnapshotIndex, rows: ByState): Uint32Array {
  return where(
    rows.rowsBetween(State.Established, State.CloseWait + 1),
    row => state[row] === State.Established || state[row] === State.CloseWait,
  );
}

/** The bytes in a queue of some connections, through the snapshots in which all of them were. */
export function queueCourse(
  context: RuleContext,
  rows: Uint32Array,
  queue: ArrayLike<number>,
): Course {
  const { history, past } = context;
  const length = rows.reduce((least, row) => Math.min(least, history.run(row)), past.length);
  const snapshots = past.slice(-length);
  return course(
    context,
    snapshots,
    snapshot => {
      const back = length - 1 - snapshots.indexOf(snapshot);
      return rows.reduce((sum, row) => sum + Math.max(0, queue[history.back(row, back)]!), 0);
    },
    { unit: value => context.bytes(value) },
  );
}

/** Whether a queue of a row held just as much in the snapshot before. */
export function isUnchanged(
  { history }: RuleContext,
  row: number,
  queue: ArrayLike<number>,
): boolean {
  const before = history.previous(row);
  return before !== NONE && queue[before] === queue[row];
}

/**
 * In how many snapshots in a row, up to this one, some queue of the rows has held as much as now:
 * the most of them all.
 */
export function unchangedRun(
  { history }: RuleContext,
  rows: Uint32Array,
  queue: ArrayLike<number>,
): number {
  let most = 1;
  for (const row of rows) {
    let run = 1;
    let earlier = history.previous(row);
    while (earlier >= 0 && queue[earlier] === queue[row]) {
      run++;
      earlier = history.previous(earlier);
    }
    most = Math.max(most, run);
  }
  return most;
}
