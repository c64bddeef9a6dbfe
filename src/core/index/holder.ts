import { NONE } from '../model/row';
import type { OwnerIdentity } from './owners';
import type { SnapshotIndex } from './snapshotIndex';

/*
 * A holder is whoever answers for a row, as a number within its snapshot: the owner's number from
 * 0 on; where no owner is shown, one for each port that is listened on (below NONE); NONE for
 * all others.
 */

/** The holder of a row. */
export function holderOf(index: SnapshotIndex, row: number): number {
  const owner = index.owners.of(row);
  if (owner !== NONE) {
    return owner;
  }
  const port = index.table.localPort[row]!;
  return port > 0 && index.isServed(row) ? NONE - port : NONE;
}

/** The owner that a holder is; null where none is shown. */
export function ownerOfHolder(index: SnapshotIndex, holder: number): OwnerIdentity | null {
  return holder < 0 ? null : index.owners.get(holder);
}

/** The port that an unknown holder listens on; null for all others. */
export function portOfHolder(holder: number): number | null {
  return holder < NONE ? NONE - holder : null;
}

/** A holder under a name that is the same in every snapshot of a dump. */
export function subjectOfHolder(index: SnapshotIndex, holder: number): string {
  return subjectOf(ownerOfHolder(index, holder), portOfHolder(holder));
}

/** The same of a holder by its owner, or by the port that it listens on. */
export function subjectOf(owner: OwnerIdentity | null, port: number | null): string {
  if (owner === null) {
    return port === null ? '-' : `port ${port}`;
  }
  return owner.pid === null ? `name ${owner.process ?? ''}` : `pid ${owner.pid}`;
}
