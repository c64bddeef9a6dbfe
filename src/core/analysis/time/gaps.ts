import { lacksFamilies } from '../../index/families';
import type { SnapshotIndex } from '../../index/snapshotIndex';
import { NONE } from '../../model/row';
import { RowFlag } from '../../model/socketTable';
import type { Snapshot } from '../../model/snapshot';
import { State } from '../../vocabulary/state';

/**
 * Why a listing need not show sockets that are there: rows were left out; its tool need not list
 * what another one does; it was taken with fewer rights; it shows nothing that listens, or nothing
 * else; a protocol or address family is missing; it is cut off, or has lines that cannot be read.
 */
export type Gap =
  'filtered' | 'tool' | 'rights' | 'listeners' | 'connections' | 'protocols' | 'cut';

/**
 * What speaks for it that a listing would not show some rows of another one of its host, though
 * their sockets are there.
 */
export function gapsOf(
  listing: SnapshotIndex,
  other: SnapshotIndex,
  rows: Iterable<number>,
): ReadonlySet<Gap> {
  const gaps = new Set<Gap>();
  const add = (holds: boolean, gap: Gap): void => {
    if (holds) {
      gaps.add(gap);
    }
  };
  const all = [...rows];
  const states = new Set(all.map(row => other.table.state[row] as State));
  const tcp = all.filter(row => other.table.isTcp(row));
  add(isFiltered(listing.snapshot, other.snapshot), 'filtered');
  add(!listTheSame(listing.snapshot, other.snapshot), 'tool');
  add(hasFewerRights(listing, other), 'rights');
  add(listing.counts[State.Listen] === 0 && other.counts[State.Listen]! > 0, 'listeners');
  add(
    [...states].some(state => state > State.Listen) && listsListenersOnly(listing),
    'connections',
  );
  add(
    (states.has(State.None) && listing.counts[State.None] === 0) ||
      (tcp.length > 0 && lacksFamilies(listing, other.table, tcp)),
    'protocols',
  );
  add(isCut(listing), 'cut');
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
function hasFewerRights(index: SnapshotIndex, other: SnapshotIndex): boolean {
  const { listing, unprivileged } = index.snapshot;
  return (
    (unprivileged && !other.snapshot.unprivileged) ||
    (other.snapshot.listing.root && listing.command !== null && !listing.root) ||
    (other.showsPids && index.showsPids && unowned(index) > unowned(other))
  );
}

function unowned(index: SnapshotIndex): number {
  return index.rowsIn(State.Listen).filter(row => index.owners.of(row) === NONE).length;
}

/** Whether what listens may be all that was asked for; Windows always lists both. */
export function listsListenersOnly({ snapshot, counts, system }: SnapshotIndex): boolean {
  return (
    counts.subarray(State.Listen + 1).every(count => count === 0) &&
    system !== 'windows' &&
    !snapshot.listsBoth &&
    !asksForAll(snapshot.listing.command)
  );
}

/** The short options of these long ones. */
const SHORT: Readonly<Partial<Record<string, string>>> = { '--all': 'a', '--listening': 'l' };

/**
 * Whether a command asks for connections, too: of `-a` and `-l`, ss takes the last (measured). `-L`
 * of macOS and FreeBSD lists accept queues.
 */
function asksForAll(command: string | null): boolean {
  const options = (command ?? '')
    .split(' ')
    .map(word => SHORT[word] ?? (/^-[^-]/.test(word) ? word : ''))
    .join('');
  return !options.includes('L') && options.lastIndexOf('a') > options.lastIndexOf('l');
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
