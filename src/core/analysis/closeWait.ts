import { NONE } from '../model/row';
import { State } from '../model/state';
import { partyOf } from './party';
import { groupBy, where } from './grouping';
import { PerSnapshot } from './perSnapshot';
import type { SnapshotIndex } from './snapshotIndex';

/** CLOSE_WAIT rows of one owner or party. */
type Part = readonly [number: number, rows: Uint32Array];

/** The CLOSE_WAIT rows of a snapshot by owner, NONE where none is shown. */
export const closeWaitByOwner = new PerSnapshot<readonly Part[]>(function* (index) {
  return [...(yield* groupBy(index.rowsIn(State.CloseWait), row => index.owners.of(row)))];
});

/**
 * The CLOSE_WAIT rows that a program here has to close, by party (see partyOf). Without those that
 * still send, which the program may do after the peer's half-close (RFC 9293 §3.6), and those that
 * it has to accept first.
 */
export const closeWaitByParty = new PerSnapshot<readonly Part[]>(function* (index) {
  const { sendQ } = index.table;
  const parts: Part[] = [];
  for (const [owner, rows] of yield* closeWaitByOwner.in(index)) {
    const open = yield* where(rows, row => !(sendQ[row]! > 0) && !isUnaccepted(index, row));
    if (owner === NONE) {
      parts.push(...(yield* groupBy(open, row => partyOf(index, row))));
    } else if (open.length > 0) {
      parts.push([owner, open]);
    }
  }
  return parts.sort(([, a], [, b]) => a[0]! - b[0]!);
});

/**
 * Whether a connection still waits in an accept queue. Linux gives it neither process nor inode;
 * as an accepted one has no process to an ordinary user either, the listener must be seen with
 * its owner and with something in its queue (FACTS L4, R5 to R7).
 */
export function isUnaccepted(index: SnapshotIndex, row: number): boolean {
  const { table } = index;
  if (!index.linux || table.pid[row] !== NONE || table.process[row] !== 0) {
    return false;
  }
  const inode = table.inode?.[row] ?? NONE;
  if (inode > 0) {
    return false;
  }
  const listener = index.listenerOf(row);
  if (listener === NONE || !(table.recvQ[listener]! > 0)) {
    return false;
  }
  return inode === 0 || (table.pid[listener] !== NONE && !index.snapshot.unprivileged);
}
