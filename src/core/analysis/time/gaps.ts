import type { SnapshotIndex } from '../../index/snapshotIndex';
import { NONE } from '../../model/row';
import { RowFlag, type SocketTable } from '../../model/socketTable';
import type { Snapshot } from '../../model/snapshot';
import { State } from '../../vocabulary/state';

/**
 * Why a listing need not show sockets that are there: rows were left out; its tool need not list
 * what another one does; it was taken with fewer rights; it shows nothing that listens, or nothing
 * else; a protocol or address family is missing; it is cut off, or has lines that cannot be read.
 */
export type Gap =
  'filtered' | 'tool' | 'rights' | 'listeners' | 'connections' | 'protocols' | 'cut';

/** States and address families of TCP that some rows have, a bit for each. */
export interface Kinds {
  readonly states: number;
  readonly families: number;
}

/** What a listing covers. */
export interface Coverage extends Kinds {
  readonly snapshot: Snapshot;
  readonly showsPids: boolean;
  readonly listsConnections: boolean;
  /** How many listeners have no owner. */
  readonly unowned: number;
  readonly isCut: boolean;
}

const IPV4 = 1;
const IPV6 = 2;

export function coverageOf(index: SnapshotIndex): Coverage {
  const { snapshot, table, showsPids, listsConnections } = index;
  const { firstRow, endRow } = snapshot;
  let families = 0;
  for (let row = firstRow; row < endRow && families !== (IPV4 | IPV6); row++) {
    if (table.isTcp(row)) {
      // ss prints `*` for what listens on IPv6 and IPv4.
      families |= table.familyOf(row) === 'ipv4' ? IPV4 : IPV6;
    }
  }
  return {
    snapshot,
    showsPids,
    listsConnections,
    states: index.counts.reduce((bits, count, state) => bits | (count > 0 ? 1 << state : 0), 0),
    families,
    unowned: index.rowsIn(State.Listen).filter(row => index.owners.of(row) === NONE).length,
    isCut: isCut(index),
  };
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
  const lacks = (state: State): boolean => (listing.states & (1 << state)) === 0;
  add(isFiltered(listing.snapshot, other.snapshot), 'filtered');
  add(!listTheSame(listing.snapshot, other.snapshot), 'tool');
  add(hasFewerRights(listing, other), 'rights');
  add(lacks(State.Listen) && (other.states & (1 << State.Listen)) !== 0, 'listeners');
  add(rows.states >> (State.Listen + 1) !== 0 && !listing.listsConnections, 'connections');
  add(
    ((rows.states & (1 << State.None)) !== 0 && lacks(State.None)) ||
      (rows.families & ~listing.families) !== 0,
    'protocols',
  );
  add(listing.isCut, 'cut');
  return gaps;
}

/** Filters that let the same rows pass each time, as the own words of a command do. `head` does not. */
const BY_TEXT = /^(?:\|\s*(?:[efz]?grep|rg|findstr)\s[^|]*)?$/i;

/** Whether rows were left out that another listing need not lack: the same filter did not let them pass. */
function isFiltered({ listing }: Snapshot, { listing: other }: Snapshot): boolean {
  const { command, filtered, filters } = listing;
  return (
    filtered &&
    !(
      filters.length > 0 &&
      command === other.command &&
      filters.length === other.filters.length &&
      filters.every((filter, i) => filter === other.filters[i] && BY_TEXT.test(filter))
    )
  );
}

/** Formats that list what the kernel of Linux lists: the same sockets. */
const SAME_SOCKETS: ReadonlySet<string> = new Set(['linux-net-tools', 'ss', 'proc-net']);

function listTheSame({ dialects: first }: Snapshot, { dialects: second }: Snapshot): boolean {
  const all = [...first, ...second];
  return (
    all.every(({ id }) => SAME_SOCKETS.has(id)) ||
    all.every(one => first.includes(one) && second.includes(one))
  );
}

/** By what is said, and by listeners without owner. */
function hasFewerRights(coverage: Coverage, other: Coverage): boolean {
  const { listing, unprivileged } = coverage.snapshot;
  return (
    (unprivileged && !other.snapshot.unprivileged) ||
    (other.snapshot.listing.root && listing.command !== null && !listing.root) ||
    (other.showsPids && coverage.showsPids && coverage.unowned > other.unowned)
  );
}

/** Whether lines could not be read, or the last row is not whole. */
function isCut({ dump, table, snapshot, showsPids }: SnapshotIndex): boolean {
  const { line, endLine, firstRow, endRow } = snapshot;
  if (dump.unrecognized.some(one => line <= one && one < endLine)) {
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
