import { NONE } from '../model/row';
import { State } from '../model/state';
import { inBlocks } from '../model/steps';
import { partyOf } from './party';
import { groupBy } from './grouping';
import { PerSnapshot } from './perSnapshot';
import type { SnapshotIndex } from './snapshotIndex';

/** The CLOSE_WAIT rows of a snapshot by what they wait for. */
export interface CloseWaitRows {
  /** The program here has to close them. */
  readonly open: Uint32Array;
  /** {@link open} by party (see partyOf). */
  readonly byParty: readonly (readonly [party: number, rows: Uint32Array])[];
  /** Still sending: the program may go on after the peer's half-close (RFC 9293 §3.6). */
  readonly sending: Uint32Array;
  /** Still in the accept queue: the program has to accept them first. */
  readonly unaccepted: Uint32Array;
}

/** The CLOSE_WAIT rows of a snapshot, told apart. */
export const closeWaitRows = new PerSnapshot<CloseWaitRows>(function* (index) {
  const open: number[] = [];
  const sending: number[] = [];
  const unaccepted: number[] = [];
  const { sendQ } = index.table;
  const all = index.rowsIn(State.CloseWait);
  yield* inBlocks(0, all.length, (from, end) => {
    for (let i = from; i < end; i++) {
      const row = all[i]!;
      if (isUnaccepted(index, row)) {
        unaccepted.push(row);
      } else if (sendQ[row]! > 0) {
        sending.push(row);
      } else {
        open.push(row);
      }
    }
  });
  const rows = new Uint32Array(open);
  return {
    open: rows,
    byParty: yield* groupBy(rows, row => partyOf(index, row)),
    sending: new Uint32Array(sending),
    unaccepted: new Uint32Array(unaccepted),
  };
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
