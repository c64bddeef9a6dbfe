import { NONE } from '../../../model/row';
import { State } from '../../../vocabulary/state';
import { TimerKind } from '../../../vocabulary/timer';
import { groupByInSteps, type Groups, whereInSteps } from '../../../index/grouping';
import type { SnapshotIndex } from '../../../index/snapshotIndex';
import { closeWaitByHolder } from './closeWait';
import { PerSnapshot } from '../perSnapshot';

/** Rows of each kind from which on a program is said to hold pairs. */
const LEAST = 5;

/** Connections of one program from which on it is more than a transfer or two that end. */
export const MANY_HALF_CLOSED = 20;

/** Connections that a program has half-closed, and as many others whose peers have closed. */
export interface HalfClosedPairs {
  readonly closeWait: Uint32Array;
  readonly finWait2: Uint32Array;
}

/**
 * Whether a process still holds a FIN_WAIT_2 row. Windows and macOS go on naming the process that
 * has closed it; Linux does not, and lists of descriptors show what is held.
 */
export function isHeld({ linux, owners, table }: SnapshotIndex, row: number): boolean {
  return (
    owners.of(row) !== NONE &&
    table.pid[row] !== 0 &&
    table.timer?.[row] !== TimerKind.TimeWait &&
    (linux || (table.fd?.[row] ?? NONE) >= 0)
  );
}

/** The FIN_WAIT_2 rows that processes hold, by owner. */
export const heldFinWait2 = new PerSnapshot<Groups>(function* (index) {
  const held = yield* whereInSteps(index.rowsIn(State.FinWait2), row => isHeld(index, row));
  return yield* groupByInSteps(held, row => index.owners.of(row));
});

/**
 * Programs that hold CLOSE_WAIT and FIN_WAIT_2 in like numbers, by holder: proxies that have passed
 * a FIN on. Not those that are connected to themselves.
 */
export const halfClosedPairs = new PerSnapshot<ReadonlyMap<number, HalfClosedPairs>>(function* (
  index,
) {
  const pairs = new Map<number, HalfClosedPairs>();
  const held = yield* heldFinWait2.in(index);
  for (const [holder, closeWait] of yield* closeWaitByHolder.in(index)) {
    const finWait2 = held.of(holder);
    const less = Math.min(closeWait.length, finWait2.length);
    const more = Math.max(closeWait.length, finWait2.length);
    if (less >= LEAST && more <= 2 * less && !closeWait.some(row => isInner(index, row))) {
      pairs.set(holder, { closeWait, finWait2 });
    }
  }
  return pairs;
});

/** Of a program's half-closed connections, how many in a hundred must wait for another one. */
const MOST = 66;

/** The pairs of proxies that some CLOSE_WAIT rows keep open: the proxies only pass a close on. */
export function keptOpenBy(index: SnapshotIndex, rows: Uint32Array): Uint32Array[] {
  const pairs = halfClosedPairs.of(index);
  const waiting = new Map<number, number>();
  for (const row of pairs.size > 0 && index.connections.hasLocal ? rows : []) {
    const peer = index.otherEnd(row);
    const holder = peer === NONE ? NONE : index.owners.of(peer);
    if (holder !== NONE && index.table.state[peer] === State.FinWait2) {
      waiting.set(holder, (waiting.get(holder) ?? 0) + 1);
    }
  }
  return [...waiting].flatMap(([holder, count]) => {
    const pair = pairs.get(holder);
    return pair !== undefined && count * 100 >= pair.finWait2.length * MOST
      ? [pair.closeWait, pair.finWait2]
      : [];
  });
}

/** Whether both ends of a connection are of one program. */
function isInner(index: SnapshotIndex, row: number): boolean {
  const peer = index.otherEnd(row);
  return peer !== NONE && index.owners.of(peer) === index.owners.of(row);
}
