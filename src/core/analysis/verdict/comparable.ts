import { lacksFamilies } from '../../index/families';
import type { SnapshotIndex } from '../../index/snapshotIndex';
import { NONE } from '../../model/row';
import { RowFlag } from '../../model/socketTable';
import type { Snapshot } from '../../model/snapshot';
import { State } from '../../vocabulary/state';
import { type Statement, say } from '../../wording/statement';
import { isCommonAddress } from '../hosts/hosts';
import type { Difference, Side } from '../time/difference';
import type { Rows } from './stuck';

/** Why two snapshots cannot be compared in full. */
export interface Obstacle {
  readonly text: Statement;
  /**
   * What cannot be told: anything; whether sockets of the first are gone; whether sockets of the
   * second are new; or only for how long it has been so.
   */
  readonly hides: 'all' | 'gone' | 'new' | 'both' | 'time';
}

const TEXTS = {
  emptyBefore: say('verdict.empty-first', 'The first snapshot has no socket.', 'general-practice'),
  emptyAfter: say('verdict.empty-second', 'The second snapshot has no socket.', 'general-practice'),
  flows: say(
    'verdict.flows',
    'This format lists connections that were seen passing, and not the sockets of a host.',
    'general-practice',
  ),
  hosts: say('verdict.hosts', 'The two snapshots are of different hosts.', 'general-practice'),
  addresses: say(
    'verdict.addresses',
    'The two snapshots have no local address in common: they are of different hosts or network namespaces.',
    'general-practice',
  ),
  older: say('verdict.older', 'The second snapshot is older than the first.', 'general-practice'),
  filtered: say(
    'verdict.filtered',
    'Rows may be missing from one of the snapshots, because the output was filtered.',
    'general-practice',
  ),
  tool: say(
    'verdict.tool',
    'The snapshots are of different tools, which need not list the same sockets.',
    'general-practice',
  ),
  rights: say(
    'verdict.rights',
    'The second snapshot was taken without the rights to see all processes.',
    'netstat.8',
    'ss.8',
  ),
  listening: say(
    'verdict.listening',
    'The second snapshot shows no listening socket, so other states may also be missing from it.',
    'netstat.8',
    'ss.8',
  ),
  protocols: say(
    'verdict.protocols',
    'The second snapshot does not show all protocols of the first.',
    'netstat.8',
    'ss.8',
  ),
  cut: say(
    'verdict.cut',
    'The second snapshot is cut off, or some of its lines could not be read.',
    'general-practice',
  ),
  fewer: say(
    'verdict.fewer',
    'The second snapshot has fewer than half of the other sockets, so it may be cut off.',
    'general-practice',
  ),
  times: say(
    'verdict.times',
    'The snapshots do not show when they were taken.',
    'general-practice',
  ),
};

/** Formats that list what the kernel of Linux lists: the same sockets. */
const SAME_SOCKETS: ReadonlySet<string> = new Set(['linux-net-tools', 'ss', 'proc-net']);

/** Filters that let the same rows pass each time, as the own words of a command do. `head` does not. */
const BY_TEXT = /^(?:\|\s*(?:[efz]?grep|rg|findstr)\s[^|]*)?$/i;

/** What keeps two snapshots from being compared, the most important first; `stuck` of the first. */
export function obstaclesTo(difference: Difference, stuck: Rows): Obstacle[] {
  const { before, after, seconds } = difference;
  const first = indexOf(before);
  const second = indexOf(after);
  const obstacles: Obstacle[] = [];
  const add = (holds: boolean, hides: Obstacle['hides'], text: Statement): void => {
    if (holds) {
      obstacles.push({ text, hides });
    }
  };
  add(first.size === 0, 'all', TEXTS.emptyBefore);
  add(second.size === 0, 'all', TEXTS.emptyAfter);
  add(first.hasFlows || second.hasFlows, 'all', TEXTS.flows);
  if (areDifferentHosts(before, after)) {
    add(true, 'all', TEXTS.hosts);
  } else {
    add(!shareAddresses(first, second), 'all', TEXTS.addresses);
  }
  add(seconds !== null && seconds < 0, 'all', TEXTS.older);
  if (obstacles.length > 0) {
    return obstacles;
  }
  const filters = filtersHide(first.snapshot, second.snapshot);
  if (filters !== null) {
    add(true, filters, TEXTS.filtered);
  }
  add(!listTheSame(first.snapshot, second.snapshot), 'both', TEXTS.tool);
  add(lacksRights(first, second), 'gone', TEXTS.rights);
  add(second.counts[State.Listen] === 0, 'gone', TEXTS.listening);
  add(lacksProtocols(before, after, stuck), 'gone', TEXTS.protocols);
  add(isCut(second), 'gone', TEXTS.cut);
  add(settled(second) * 2 < settled(first) - [...stuck].length, 'gone', TEXTS.fewer);
  add(seconds === null, 'time', TEXTS.times);
  return obstacles;
}

export function indexOf({ analysis, snapshot }: Side): SnapshotIndex {
  return analysis.index(snapshot);
}

function areDifferentHosts(before: Side, after: Side): boolean {
  if (before.analysis === after.analysis) {
    const { hosts } = before.analysis;
    return hosts.of(before.snapshot) !== hosts.of(after.snapshot);
  }
  const first = indexOf(before).snapshot.host?.toLowerCase();
  const second = indexOf(after).snapshot.host?.toLowerCase();
  return first !== undefined && second !== undefined && first !== second;
}

/** False where both show addresses of their own, and none of them is the same. */
function shareAddresses(first: SnapshotIndex, second: SnapshotIndex): boolean {
  const own = ownAddresses(first);
  const others = ownAddresses(second);
  return own.size === 0 || others.size === 0 || [...own].some(address => others.has(address));
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

/** What filters hide; null where there are none, or both times the same rows pass. */
function filtersHide(
  { listing: first }: Snapshot,
  { listing: second }: Snapshot,
): Obstacle['hides'] | null {
  if (!first.filtered && !second.filtered) {
    return null;
  }
  const { filters } = first;
  const same =
    filters.length > 0 &&
    first.command === second.command &&
    filters.length === second.filters.length &&
    filters.every((filter, i) => filter === second.filters[i] && BY_TEXT.test(filter));
  return same ? null : first.filtered && second.filtered ? 'both' : first.filtered ? 'new' : 'gone';
}

function listTheSame({ dialects: first }: Snapshot, { dialects: second }: Snapshot): boolean {
  const all = [...first, ...second];
  return (
    all.every(({ id }) => SAME_SOCKETS.has(id)) ||
    all.every(one => first.includes(one) && second.includes(one))
  );
}

/** Whether the second was taken with fewer rights, by what is said and by listeners without owner. */
function lacksRights(first: SnapshotIndex, second: SnapshotIndex): boolean {
  const { listing, unprivileged } = second.snapshot;
  return (
    (unprivileged && !first.snapshot.unprivileged) ||
    (first.snapshot.listing.root && listing.command !== null && !listing.root) ||
    (first.showsPids && second.showsPids && unowned(second) > unowned(first))
  );
}

function unowned(index: SnapshotIndex): number {
  return index.rowsIn(State.Listen).filter(row => index.owners.of(row) === NONE).length;
}

/** Whether protocols are missing, or the address family of a stuck socket is. */
function lacksProtocols(before: Side, after: Side, stuck: Rows): boolean {
  const first = before.analysis.snapshots[before.snapshot]!.protocolCounts;
  const second = after.analysis.snapshots[after.snapshot]!.protocolCounts;
  if (
    (['tcp', 'udp', 'unix'] as const).some(
      one => first[one] !== undefined && second[one] === undefined,
    )
  ) {
    return true;
  }
  return lacksFamilies(indexOf(after), before.analysis.dump.table, stuck);
}

/** Whether lines could not be read, or the last row is not whole. */
function isCut({ dump, table, snapshot, showsPids }: SnapshotIndex): boolean {
  const { line, endLine, endRow } = snapshot;
  if (dump.unrecognized.some(one => line <= one && one < endLine)) {
    return true;
  }
  const last = endRow - 1;
  if (!table.isTcp(last)) {
    return false;
  }
  // netstat of Linux prints `-` where it shows no process.
  const printsAlways = snapshot.dialects.every(({ id }) => id === 'linux-net-tools');
  const hasOwner = table.pid[last] !== NONE || (table.flags[last]! & RowFlag.OwnerUnknown) !== 0;
  return (table.state[last] as State) <= State.Unknown || (printsAlways && showsPids && !hasOwner);
}

/** Sockets without those that come and go with each connection. */
function settled(index: SnapshotIndex): number {
  return index.size - index.counts[State.TimeWait]!;
}
