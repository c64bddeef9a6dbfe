import type { Snapshot } from '../model/snapshot';
import type { Owner } from '../model/socket';
import type { SocketTable } from '../model/socketTable';
import { inBlocks, type Task } from '../model/task';
import { matchEqual } from './buckets';

const NOTHING: ReadonlySet<number> = new Set();

/**
 * The sockets of a snapshot that have several rows, as where a format prints a row for each open
 * file. Rows are one socket if they have the same inode or the same handle, never because their
 * addresses are equal: two listeners on one port are two sockets. What several tools listed at one
 * moment is put together where it is read (Snapshot.repeats).
 */
export class OpenFiles {
  private constructor(
    /** Rows that repeat an earlier one, in the order of the dump. */
    public readonly repeated: ReadonlySet<number>,
    /** All that hold a socket, by its first row; only of sockets that several rows or names have. */
    public readonly owners: ReadonlyMap<number, readonly Owner[]>,
  ) {}

  public static *of(table: SocketTable, snapshot: Snapshot): Task<OpenFiles> {
    return snapshot.dialects.some(dialect => dialect.perFile === true) ||
      snapshot.repeats.size > 0 ||
      areCuts(snapshot)
      ? new OpenFiles(...(yield* together(table, snapshot)))
      : new OpenFiles(NOTHING, table.sharedOwners);
  }
}

/** The rows of a snapshot that are keys of a map; not in their order. */
export function* keysWithin(
  map: ReadonlyMap<number, unknown>,
  { firstRow, endRow }: Snapshot,
): Task<number[]> {
  if (map.size <= endRow - firstRow) {
    return [...map.keys()].filter(row => firstRow <= row && row < endRow);
  }
  const rows: number[] = [];
  yield* inBlocks(firstRow, endRow, (from, end) => {
    for (let row = from; row < end; row++) {
      if (map.has(row)) {
        rows.push(row);
      }
    }
  });
  return rows;
}

/** Whether a snapshot is of several cuts of one listing, in which a row may stand twice. */
function areCuts({ listing }: Snapshot): boolean {
  return listing.filters.length > 1;
}

/** Puts the owners of each socket's rows together, and notes the rows after its first. */
function* together(
  table: SocketTable,
  snapshot: Snapshot,
): Task<[repeated: Set<number>, owners: Map<number, Owner[]>]> {
  const { firstRow, endRow } = snapshot;
  const { inode, handle, localPort, remotePort } = table;
  const cuts = areCuts(snapshot);
  const hashes = new Uint32Array(endRow - firstRow);
  yield* inBlocks(firstRow, endRow, (from, end) => {
    for (let row = from; row < end; row++) {
      const file = inode?.[row] ?? 0;
      const named = file > 0 ? file : (handle?.[row] ?? 0);
      const hash = spread(named);
      // Two connections of one moment have not both ends alike.
      hashes[row - firstRow] =
        named === 0 && cuts && isConnected(table, row) ? hash ^ endsHash(table, row) : hash;
    }
  });
  /** The first row of each row's socket, relative to the snapshot, plus one; 0 where it is the first. */
  const firsts = new Uint32Array(endRow - firstRow);
  yield* matchEqual(hashes, (number, earlier) => {
    const row = firstRow + number;
    const first = firstRow + earlier;
    const file = inode?.[row] ?? 0;
    const isSame =
      file > 0
        ? inode?.[first] === file
        : !((inode?.[first] ?? 0) > 0) &&
          handle?.[first] === handle?.[row] &&
          (!cuts ||
            (handle?.[row] ?? 0) > 0 ||
            !isConnected(table, row) ||
            isSameConnection(table, first, row));
    if (isSame && cuts && file <= 0 && isSameConnection(table, first, row)) {
      firsts[number] = earlier + 1;
      return true;
    }
    if (isSame && localPort[first] === localPort[row] && remotePort[first] === remotePort[row]) {
      const named = file > 0 || (handle?.[row] ?? 0) > 0;
      firsts[number] = named ? earlier + 1 : 0;
    }
    return isSame;
  });
  // One tool's row may stand for another's, and that for further rows of its own.
  snapshot.repeats.forEach((first, row) => (firsts[row - firstRow] = first - firstRow + 1));
  for (let i = 0; snapshot.repeats.size > 0 && i < firsts.length; i++) {
    const further = firsts[firsts[i]! - 1] ?? 0;
    firsts[i] = further === 0 ? firsts[i]! : further;
  }
  const repeated = new Set<number>();
  const owners = new Map<number, Owner[]>();
  for (const row of yield* keysWithin(table.sharedOwners, snapshot)) {
    owners.set(row, [...table.ownersOf(row)]);
  }
  yield* inBlocks(0, firsts.length, (from, end) => {
    for (let i = from; i < end; i++) {
      if (firsts[i] !== 0) {
        const row = firstRow + i;
        const first = firstRow + firsts[i]! - 1;
        repeated.add(row);
        const all = owners.get(first) ?? [...table.ownersOf(first)];
        if (!((cuts || snapshot.repeats.has(row)) && isSameOwner(table, first, row))) {
          for (const owner of owners.get(row) ?? table.ownersOf(row)) {
            all.push(owner);
          }
        }
        owners.set(first, all);
      }
    }
  });
  return [repeated, owners];
}

/** Spreads a number, which may have more than 32 bits, over 32 of them. */
function spread(number: number): number {
  let hash = Math.imul(number, 0x9e3779b1) ^ Math.imul(number / 2 ** 32, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
  return hash ^ (hash >>> 13);
}

function isConnected({ localPort, remotePort }: SocketTable, row: number): boolean {
  return localPort[row]! > 0 && remotePort[row]! > 0;
}

function endsHash(table: SocketTable, row: number): number {
  const { localAddress, localPort, remoteAddress, remotePort } = table;
  const addresses = Math.imul(localAddress[row]!, 0x85ebca6b) + remoteAddress[row]!;
  return spread(addresses ^ (localPort[row]! * 65_536 + remotePort[row]!));
}

function isSameConnection(table: SocketTable, a: number, b: number): boolean {
  const { localAddress, localPort, remoteAddress, remotePort, protocol, state } = table;
  return (
    isConnected(table, a) &&
    localPort[a] === localPort[b] &&
    remotePort[a] === remotePort[b] &&
    localAddress[a] === localAddress[b] &&
    remoteAddress[a] === remoteAddress[b] &&
    protocol[a] === protocol[b] &&
    state[a] === state[b]
  );
}

/** Whether two rows are of the same descriptor of the same process: the same row printed twice. */
function isSameOwner(table: SocketTable, a: number, b: number): boolean {
  const [one] = table.ownersOf(a);
  const [other] = table.ownersOf(b);
  return one?.pid === other?.pid && one?.fd === other?.fd;
}
