import { NO_ROWS, whereInSteps } from '../../../index/grouping';
import type { SnapshotIndex } from '../../../index/snapshotIndex';
import { NONE } from '../../../model/row';
import { inBlocks, type Task } from '../../../model/task';
import { State } from '../../../vocabulary/state';
import { PerSnapshot } from '../perSnapshot';

/** Connections that still wait in an accept queue. */
export interface Unaccepted {
  readonly established: Uint32Array;
  readonly closeWait: Uint32Array;
  /** By local port, a row that shows whose program it is; of the ports of rows without owner. */
  readonly owned: ReadonlyMap<number, number>;
}

/** Commands that ask for owners: `netstat -antp`, `ss -tap`. */
const ASKS_OWNERS = /^(?:\S*netstat|\S*ss)(?: \S+)*? -\w*p/;

/** Connections of Linux that no program has accepted yet. */
export const unaccepted = new PerSnapshot<Unaccepted>(function* (index) {
  if (!index.linux) {
    return { established: NO_ROWS, closeWait: NO_ROWS, owned: new Map() };
  }
  const ownerless = (row: number): boolean => hasNoOwner(index, row);
  const established = yield* whereInSteps(index.rowsIn(State.Established), ownerless);
  const closeWait = yield* whereInSteps(index.rowsIn(State.CloseWait), ownerless);
  const owned = yield* ownersByPort(index, [established, closeWait]);
  const waits = (row: number): boolean => isWaiting(index, owned, row);
  return {
    established: yield* whereInSteps(established, waits),
    closeWait: yield* whereInSteps(closeWait, waits),
    owned,
  };
});

/** Whether a connection still waits in an accept queue. */
export function isUnaccepted(index: SnapshotIndex, row: number): boolean {
  return index.linux && hasNoOwner(index, row) && isWaiting(index, unaccepted.of(index).owned, row);
}

/** A row that shows the program of a port: the listening one if it does; NONE where none does. */
export function ownerRowOf(
  index: SnapshotIndex,
  { listener, port }: { readonly listener: number; readonly port: number },
): number {
  const shown = listener !== NONE && index.owners.of(listener) !== NONE;
  return shown ? listener : (unaccepted.of(index).owned.get(port) ?? NONE);
}

function hasNoOwner(index: SnapshotIndex, row: number): boolean {
  const { table } = index;
  return index.owners.of(row) === NONE && !((table.inode?.[row] ?? NONE) > 0);
}

/**
 * Linux gives a connection in the accept queue neither process nor inode. As an accepted one has
 * no process to an ordinary user either, its port's program must be seen, or the dump be root's.
 */
function isWaiting(index: SnapshotIndex, owned: ReadonlyMap<number, number>, row: number): boolean {
  const { snapshot, table } = index;
  const listener = index.listenerOf(row);
  if (listener !== NONE && !(table.recvQ[listener]! > 0)) {
    return false;
  }
  if (table.inode?.[row] === 0) {
    return true;
  }
  if (snapshot.unprivileged) {
    return false;
  }
  const { command, root } = snapshot.listing;
  return (
    owned.has(table.localPort[row]!) ||
    (root &&
      command !== null &&
      ASKS_OWNERS.test(command) &&
      (listener !== NONE || index.roleOf(row) === 'server'))
  );
}

function* ownersByPort(
  index: SnapshotIndex,
  ownerless: readonly Uint32Array[],
): Task<Map<number, number>> {
  const { localPort } = index.table;
  const wanted = new Set<number>();
  for (const rows of ownerless) {
    yield* inBlocks(0, rows.length, (from, end) => {
      for (let i = from; i < end; i++) {
        wanted.add(localPort[rows[i]!]!);
      }
    });
  }
  const owned = new Map<number, number>();
  if (wanted.size === 0 || !index.showsPids) {
    return owned;
  }
  for (const state of [State.Listen, State.Established, State.CloseWait]) {
    const rows = index.rowsIn(state);
    yield* inBlocks(0, rows.length, (from, end) => {
      for (let i = from; i < end; i++) {
        const row = rows[i]!;
        const port = localPort[row]!;
        if (index.owners.of(row) !== NONE && wanted.has(port) && !owned.has(port)) {
          owned.set(port, row);
        }
      }
    });
  }
  return owned;
}
