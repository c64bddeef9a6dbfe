import { NONE } from '../model/row';
import type { SnapshotIndex } from './snapshotIndex';
import type { Tally } from '../model/tally';

/** How many remote ends are named; a dump can have a million. */
const MOST_REMOTES = 100;

/** A remote end, with how many rows have it. */
export interface RemoteCount {
  readonly address: string;
  /** The port where all rows have the same one. */
  readonly port: number | null;
  readonly count: number;
}

/** The remote ends of some rows. */
export interface Remotes {
  /** How many different addresses there are. */
  readonly total: number;
  /** How many there are at least: hidden ones that look alike may be of one host. */
  readonly least: number;
  /** The commonest that is not hidden, which a command may ask for; empty where there is none. */
  readonly whole: string;
  /** The commonest first, a hundred at most. */
  readonly top: readonly RemoteCount[];
}

/** The remote addresses of a list of rows, numbered from 0 on. */
export interface NumberedRemotes {
  /** By place in the list, the number of the row's remote address. */
  readonly numbers: Int32Array;
  /** How many different ones there are at least (see Remotes). */
  readonly least: number;
  /** How many rows have each, and which address in its plain form it is. */
  readonly groups: Pick<Tally, 'size' | 'counts' | 'commonest' | 'atLeast' | 'most' | 'get'>;
}

/**
 * Numbers the remote addresses of rows, once for each list of them: what is asked of each row's
 * address later is found in short lists one after the other, and not all over the table again.
 */
export function numberRemotes(index: SnapshotIndex, rows: Uint32Array): NumberedRemotes {
  return index.onceFor(rows, numberRemotes, () => {
    const { canonical } = index;
    const { remoteAddress } = index.table;
    const groups = index.tally();
    const numbers = new Int32Array(rows.length);
    let hidden: Set<number> | undefined;
    let apart = 0;
    for (let i = 0; i < rows.length; i++) {
      const address = canonical[remoteAddress[rows[i]!]!]!;
      if (index.isHidden(address)) {
        // Two hidden addresses may look alike and be of two hosts.
        numbers[i] = groups.addApart(address);
        (hidden ??= new Set()).add(address);
        apart++;
      } else {
        numbers[i] = groups.add(address);
      }
    }
    return { numbers, least: groups.size - apart + (hidden?.size ?? 0), groups };
  });
}

/** Whether rows have at least so many remote addresses; hidden ones that look alike count once. */
export function hasRemotes(index: SnapshotIndex, rows: Uint32Array, least: number): boolean {
  if (rows.length < least) {
    return false;
  }
  const { remoteAddress } = index.table;
  const addresses = index.tally();
  for (let i = 0; i < rows.length && addresses.size < least; i++) {
    addresses.add(index.canonical[remoteAddress[rows[i]!]!]!);
  }
  return addresses.size >= least;
}

/** The remote ends of rows, counted once for each list of them. */
export function countRemotes(index: SnapshotIndex, rows: Uint32Array): Remotes {
  return rows.length === 1
    ? remoteOf(index, rows[0]!)
    : index.onceFor(rows, countRemotes, () => remotesOf(index, rows, numberRemotes(index, rows)));
}

/** The same of one row, which is asked for as often as a dump has programs or services. */
function remoteOf(index: SnapshotIndex, row: number): Remotes {
  const { pool, remotePort } = index.table;
  const id = index.plainAddress(index.table.remoteAddress[row]!);
  const address = pool.get(id);
  const port = remotePort[row]! > 0 ? remotePort[row]! : null;
  return {
    total: 1,
    least: 1,
    whole: index.isHidden(id) ? '' : address,
    top: [{ address, port, count: 1 }],
  };
}

function remotesOf(
  index: SnapshotIndex,
  rows: Uint32Array,
  { numbers, least, groups }: NumberedRemotes,
): Remotes {
  const { table } = index;
  const commonest = groups.commonest(MOST_REMOTES);
  const places = new Int32Array(groups.size).fill(NONE);
  commonest.forEach((number, place) => (places[number] = place));
  const ports = new Int32Array(commonest.length);
  const seen = new Uint8Array(commonest.length);
  for (let i = 0; i < rows.length; i++) {
    const place = places[numbers[i]!]!;
    if (place !== NONE) {
      const port = table.remotePort[rows[i]!]!;
      if (seen[place] === 0) {
        seen[place] = 1;
        ports[place] = port;
      } else if (ports[place] !== port) {
        ports[place] = NONE;
      }
    }
  }
  const top = commonest.map((number, place) => ({
    address: table.pool.get(groups.get(number)),
    port: ports[place]! > 0 ? ports[place]! : null,
    count: groups.counts[number]!,
  }));
  const whole = commonest.find(number => !index.isHidden(groups.get(number)));
  return {
    total: groups.size,
    least,
    whole: whole === undefined ? '' : table.pool.get(groups.get(whole)),
    top,
  };
}
