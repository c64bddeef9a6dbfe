import type { Snapshot } from '../model/dump';
import type { Owner } from '../model/socket';
import type { SocketTable } from '../model/socketTable';

/**
 * The sockets of a snapshot that have several rows, as where a format prints a row for each open
 * file. Rows are one socket if they have the same inode or the same handle, never because their
 * addresses are equal: two listeners on one port are two sockets.
 */
export class OpenFiles {
  /** Rows that repeat an earlier one, in the order of the dump. */
  public readonly repeated: ReadonlySet<number>;
  /** All that hold a socket, by its first row; only of sockets that several rows or names have. */
  public readonly owners: ReadonlyMap<number, readonly Owner[]>;

  public constructor(table: SocketTable, snapshot: Snapshot) {
    const repeated = new Set<number>();
    this.repeated = repeated;
    this.owners = snapshot.dialects.some(dialect => dialect.perFile === true)
      ? together(table, snapshot, repeated)
      : table.sharedOwners;
  }
}

/** Puts the owners of each socket's rows together, and notes the rows after its first. */
function together(
  table: SocketTable,
  { firstRow, endRow }: Snapshot,
  repeated: Set<number>,
): ReadonlyMap<number, readonly Owner[]> {
  const { inode, handle, localPort, remotePort } = table;
  const owners = new Map<number, readonly Owner[]>(table.sharedOwners);
  const byInode = new Map<number, number>();
  const byHandle = new Map<number, number>();
  for (let row = firstRow; row < endRow; row++) {
    const file = inode?.[row] ?? 0;
    const name = handle?.[row] ?? 0;
    const [known, key] = file > 0 ? [byInode, file] : [byHandle, name];
    if (key <= 0) {
      continue;
    }
    const first = known.get(key);
    if (first === undefined) {
      known.set(key, row);
    } else if (localPort[first] === localPort[row] && remotePort[first] === remotePort[row]) {
      repeated.add(row);
      owners.set(first, [
        ...(owners.get(first) ?? table.ownersOf(first)),
        ...(owners.get(row) ?? table.ownersOf(row)),
      ]);
    }
  }
  return owners;
}
