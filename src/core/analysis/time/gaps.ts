import type { SnapshotIndex } from '../../index/snapshotIndex';
import { NONE } from '../../model/row';
import { RowFlag } from '../../model/socketColumns';
import type { SocketTable } from '../../model/socketTable';
import type { Snapshot } from '../../model/snapshot';
import { State } from '../../vocabulary/state';
import { isCommonAddress } from '../hosts/hosts';

/**
 * Why a listing need not show sockets that are there: it is of another host; rows were left out; its tool need not list
 * what another one does; it was taken with fewer rights; it shows nothing that listens, or nothing
 * else; a protocol or address family is missing; it is cut off, or has lines that cannot be read; it has fewer than half of the other sockets.
 */
export type Gap =
  | 'host'
  | 'filtered'
  | 'tool'
  | 'rights'
  | 'listeners'
  | 'connections'
  | 'protocols'
  | 'cut'
  | 'fewer';

/** States and address families of TCP that some rows have, a bit for each. */
export interface Kinds {
  readonly states: number;
  readonly families: number;
}

/** What a listing covers. */
export interface Coverage extends Kinds {
  readonly snapshot: Snapshot;
  /** How many rows are in each state. */
  readonly counts: Uint32Array;
  readonly showsPids: boolean;
  readonly listsConnections: boolean;
  /** How many listeners have no owner. */
  readonly unowned: number;
  readonly isCut: boolean;
  /** Addresses of its own that tell hosts apart. */
  readonly addresses: ReadonlySet<string>;
  /** Whose open files are listed; null of a tool that lists sockets, whoever has them. */
  readonly users: ReadonlySet<string> | null;
}

const IPV4 = 1;
const IPV6 = 2;

export function coverageOf(index: SnapshotIndex): Coverage {
  const { snapshot, showsPids, listsConnections } = index;
  return {
    snapshot,
    counts: index.counts,
    showsPids,
    listsConnections,
    states: index.counts.reduce((bits, count, state) => bits | (count > 0 ? 1 << state : 0), 0),
    families: familiesOf(index),
    unowned: index.rowsIn(State.Listen).filter(row => index.owners.of(row) === NONE).length,
    isCut: isCut(index),
    addresses: ownAddresses(index),
    users: listsFiles(snapshot) ? usersOf(index) : null,
  };
}

function usersOf({ snapshot: { firstRow, endRow }, table: { user, pool } }: SnapshotIndex) {
  return new Set(Array.from(user?.subarray(firstRow, endRow) ?? [], id => pool.get(id)));
}

/** The address families of TCP that a listing has rows of, as in {@link Kinds}. */
function familiesOf({ snapshot: { firstRow, endRow }, table }: SnapshotIndex): number {
  let families = 0;
  for (let row = firstRow; row < endRow && families !== (IPV4 | IPV6); row++) {
    if (table.isTcp(row)) {
      families |= bitOf(table, row);
    }
  }
  return families;
}

function bitOf(table: SocketTable, row: number): number {
  // ss prints `*` for what listens on IPv6 and IPv4.
  return table.familyOf(row) === 'ipv4' ? IPV4 : IPV6;
}

/** Whether a snapshot has TCP sockets of all these address families. */
export function listsFamilies(
  { snapshot: { firstRow, endRow }, table }: SnapshotIndex,
  families: number,
): boolean {
  let missing = families;
  for (let row = firstRow; row < endRow && missing !== 0; row++) {
    missing &= table.isTcp(row) ? ~bitOf(table, row) : missing;
  }
  return missing === 0;
}

export function kindsOf(table: SocketTable, rows: Iterable<number>): Kinds {
  let states = 0;
  let families = 0;
  for (const row of rows) {
    states |= 1 << table.state[row]!;
    if (families !== (IPV4 | IPV6) && table.isTcp(row)) {
      const family = table.familyOf(row);
      families |= family === null ? 0 : family === 'ipv4' ? IPV4 : IPV6;
    }
  }
  return { states, families };
}

/**
 * What speaks for it that a listing would not show some rows of another one of its host, though
 * their sockets are there.
 */
export function gapsOf(listing: Coverage, other: Coverage, rows: Kinds): ReadonlySet<Gap> {
  const gaps = new Set<Gap>();
  const add = (holds: boolean, gap: Gap): void => {
    if (holds) {
      gaps.add(gap);
    }
  };
  const isNone = listsNoneOf(listing.snapshot, other.snapshot);
  const isSame = isNone || isSameFilter(listing.snapshot, other.snapshot);
  const lacks = (state: State): boolean => !isNone && (listing.states & (1 << state)) === 0;
  add(!shareAddresses(listing, other), 'host');
  add(listing.snapshot.listing.filtered && !isSame, 'filtered');
  add(!isListedBy(listing, other, rows), 'tool');
  add(hasFewerRights(listing, other), 'rights');
  add(lacks(State.Listen) && (other.states & (1 << State.Listen)) !== 0, 'listeners');
  add(
    rows.states >> (State.Listen + 1) !== 0 && !listing.listsConnections && !isNone,
    'connections',
  );
  add(
    ((rows.states & (1 << State.None)) !== 0 && lacks(State.None)) ||
      ((rows.families & ~listing.families) !== 0 && !(isSame && isEmpty(listing.snapshot))),
    'protocols',
  );
  add(listing.isCut, 'cut');
  const most = isSameTool(listing.snapshot, other.snapshot) ? ALL : OF_ANY_TOOL;
  add(
    listing.listsConnections &&
      !isSame &&
      countOthers(listing, rows, most) * 2 < countOthers(other, rows, most),
    'fewer',
  );
  return gaps;
}

/** Whether a listing has addresses of its own that another one has, or either has none. */
export function shareAddresses({ addresses }: Coverage, { addresses: others }: Coverage): boolean {
  return (
    addresses.size === 0 || others.size === 0 || [...addresses].some(address => others.has(address))
  );
}

function ownAddresses(index: SnapshotIndex): Set<string> {
  const { firstRow, endRow } = index.snapshot;
  const { localAddress, localPort, pool } = index.table;
  const seen = new Set<number>();
  for (let row = firstRow; row < endRow; row++) {
    // What has no port is a path, not an address.
    if (localPort[row] !== NONE) {
      seen.add(index.plainAddress(localAddress[row]!));
    }
  }
  const own = new Set<string>();
  for (const plain of seen) {
    const address = pool.get(plain);
    if (!index.isAnyAddress(plain) && !index.isLoopback(plain) && !isCommonAddress(address)) {
      own.add(address);
    }
  }
  return own;
}

/** States by their bits: all but what comes and goes with each connection. */
const ALL = ~(1 << State.TimeWait);
/** What programs have, which any tool lists; whether UDP as well depends on its options. */
const OF_ANY_TOOL =
  (1 << State.Listen) | (1 << State.SynSent) | (1 << State.Established) | (1 << State.CloseWait);

/** Sockets in some states, other than those of some rows. */
function countOthers({ counts }: Coverage, { states }: Kinds, of: number): number {
  return counts.reduce(
    (sum, count, state) => ((((of & ~states) >> state) & 1) === 0 ? sum : sum + count),
    0,
  );
}

function isEmpty({ firstRow, endRow }: Snapshot): boolean {
  return firstRow === endRow;
}

/** Whether a listing shows that there is none of the sockets of another one, for it is empty. */
function listsNoneOf(listing: Snapshot, other: Snapshot): boolean {
  return (
    isEmpty(listing) &&
    listing.dialects.length > 0 &&
    isSameTool(listing, other) &&
    listing.listing.command === other.listing.command &&
    listing.listing.filters.join('') === other.listing.filters.join('')
  );
}

/** Filters that let the same rows pass each time, as the own words of a command do. */
const BY_TEXT = /^(?:\|\s*(?:[efz]?grep|rg|findstr)\s[^|]*)?$/i;
/** `head` does not, nor what stops at some number of lines. */
const UP_TO = /\s-\w*m|--max-count/;

/** Whether the same words left out rows of both listings, and would do so each time. */
export function isSameFilter({ listing }: Snapshot, { listing: other }: Snapshot): boolean {
  const { command, filters } = listing;
  return (
    filters.length > 0 &&
    command === other.command &&
    filters.length === other.filters.length &&
    filters.every(
      (filter, i) => filter === other.filters[i] && BY_TEXT.test(filter) && !UP_TO.test(filter),
    )
  );
}

/** Formats that list what the kernel lists, whoever has it: by system, the same sockets. */
const KERNEL_LISTS: readonly ReadonlySet<string>[] = [
  new Set(['linux-net-tools', 'ss', 'proc-net']),
  new Set(['windows-netstat', 'powershell']),
  ...['macos', 'freebsd', 'netbsd', 'openbsd', 'bsd', 'solaris', 'aix', 'hpux'].map(
    system => new Set([`${system}-netstat`]),
  ),
];

/** Whether all rows are open files: sockets that nobody has are not listed. */
function listsFiles({ dialects }: Snapshot): boolean {
  return dialects.length > 0 && dialects.every(({ perFile }) => perFile === true);
}

/** Whether the tool of a listing lists what the one of another one does, as far as rows need it. */
function isListedBy({ snapshot, states }: Coverage, other: Coverage, rows: Kinds): boolean {
  const listsAll = (ids: ReadonlySet<string>, of: Snapshot): boolean =>
    of.dialects.every(({ id }) => ids.has(id));
  return (
    isSameTool(snapshot, other.snapshot) ||
    // What is bound alone is listed on demand.
    ((rows.states & ~states & (1 << State.Bound)) === 0 &&
      KERNEL_LISTS.some(
        ids =>
          listsAll(ids, snapshot) && (listsFiles(other.snapshot) || listsAll(ids, other.snapshot)),
      ))
  );
}

function isSameTool({ dialects: first }: Snapshot, { dialects: second }: Snapshot): boolean {
  return [...first, ...second].every(one => first.includes(one) && second.includes(one));
}

/** Whether a listing of open files has those of all users: root sees them. */
export function isOfAll({ snapshot, users }: Coverage): boolean {
  return (
    users !== null &&
    (snapshot.listing.root || users.size > 1 || users.has('root') || users.has('0'))
  );
}

/**
 * Whether a listing has all sockets of each process that it shows: those that are found in the
 * memory of a machine need not be all.
 */
export function listsWhole({ snapshot: { dialects } }: Coverage): boolean {
  return dialects.every(({ id }) => id !== 'volatility');
}

/** By what is said, by whose files are listed, and by listeners without owner. */
function hasFewerRights(coverage: Coverage, other: Coverage): boolean {
  const { users, snapshot } = coverage;
  const { listing, unprivileged } = snapshot;
  if (users !== null) {
    return (
      !isOfAll(coverage) &&
      (other.users === null || [...other.users].some(user => !users.has(user)))
    );
  }
  return (
    (unprivileged && !other.snapshot.unprivileged) ||
    (other.snapshot.listing.root && listing.command !== null && !listing.root) ||
    (other.showsPids && coverage.showsPids && coverage.unowned > other.unowned)
  );
}

/** Whether lines could not be read, or the last row is not whole. */
function isCut({ dump, table, snapshot, showsPids }: SnapshotIndex): boolean {
  const { line, endLine, firstRow, endRow } = snapshot;
  if (snapshot.cut || dump.unrecognized.some(one => line <= one && one < endLine)) {
    return true;
  }
  const last = endRow - 1;
  if (last < firstRow || !table.isTcp(last)) {
    return false;
  }
  // netstat of Linux prints `-` where it shows no process.
  const printsAlways = snapshot.dialects.every(({ id }) => id === 'linux-net-tools');
  const hasOwner = table.pid[last] !== NONE || (table.flags[last]! & RowFlag.OwnerUnknown) !== 0;
  return (table.state[last] as State) <= State.Unknown || (printsAlways && showsPids && !hasOwner);
}
