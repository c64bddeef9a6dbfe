import { getOrAdd } from '../../model/maps';
import type { Dump } from '../../reading/dump';
import { millisecondsOf } from '../../reading/around/timestamps';
import type { Snapshot } from '../../model/snapshot';
import { DisjointSets } from '../../model/disjointSets';
import { NONE } from '../../model/row';
import { inBlocks, type Task } from '../../model/task';
import type { Addresses } from '../../index/ownAddresses';
import { label } from '../../wording/statement';
import { plain, type Localizer } from '../../wording/text';
import { commonName, hostOfFileName } from './hostNames';

/** A machine that snapshots of a dump are of. */
export interface Host {
  readonly number: number;
  /** Null where nothing names it. */
  readonly name: string | null;
  /** Indexes of its snapshots, the oldest first. */
  readonly snapshots: readonly number[];
  /** Its own addresses as pool numbers in their plain form; empty if it is the only host. */
  readonly addresses: ReadonlySet<number>;
}

const UNNAMED = label('not named');

/** What a host is called. */
export function hostName({ name, number }: Host, localizer: Localizer): string {
  return name ?? `${plain(localizer.format(UNNAMED))} ${number + 1}`;
}

/** Snapshots that are of one machine by what the text says. */
interface Group {
  readonly named: string | null;
  readonly sources: Set<string>;
  readonly snapshots: number[];
  readonly addresses: Set<number>;
}

/** The machines that a dump is of. Each snapshot is of one. */
export class Hosts {
  public readonly list: readonly Host[];
  private readonly hosts: readonly Host[];
  /** By snapshot, its place among those of its host. */
  private readonly places: Int32Array;

  private constructor(dump: Dump, groups: readonly Group[]) {
    this.list = groups.map((group, number) => ({
      number,
      name: nameOf(group, groups.length),
      snapshots: chronological(dump, group.snapshots),
      addresses: group.addresses,
    }));
    const hosts: Host[] = [];
    this.places = new Int32Array(dump.snapshots.length);
    for (const host of this.list) {
      host.snapshots.forEach((snapshot, i) => {
        hosts[snapshot] = host;
        this.places[snapshot] = i;
      });
    }
    this.hosts = hosts;
  }

  public static *of(dump: Dump, addresses: Addresses): Task<Hosts> {
    return new Hosts(dump, yield* groupsOf(dump, addresses));
  }

  /** Whether there are several. */
  public get several(): boolean {
    return this.list.length > 1;
  }

  /** The host that a snapshot is of. */
  public of(snapshot: number): Host {
    const host = this.hosts[snapshot];
    if (host === undefined) {
      throw new RangeError(`no snapshot ${snapshot}`);
    }
    return host;
  }

  /** Its place among the snapshots of its host, from 0 on. */
  public place(snapshot: number): number {
    return this.places[snapshot]!;
  }

  /** The snapshot of the same host so many before this one; NONE if there are not as many. */
  public before(snapshot: number, count: number): number {
    return this.of(snapshot).snapshots[this.places[snapshot]! - count] ?? NONE;
  }

  /** The snapshot of the same host before this one; NONE if it is the first. */
  public previous(snapshot: number): number {
    return this.before(snapshot, 1);
  }

  /** The last snapshot of the same host before this one of which something holds; NONE for none. */
  public lastBefore(snapshot: number, holds: (snapshot: number) => boolean): number {
    const { snapshots } = this.of(snapshot);
    for (let i = this.places[snapshot]! - 1; i >= 0; i--) {
      if (holds(snapshots[i]!)) {
        return snapshots[i]!;
      }
    }
    return NONE;
  }

  /** Whether a snapshot is the last one of its host. */
  public isLast(snapshot: number): boolean {
    return this.of(snapshot).snapshots.at(-1) === snapshot;
  }

  /** The snapshots of a host up to this one, this one last. */
  public until(snapshot: number): readonly number[] {
    return this.of(snapshot).snapshots.slice(0, this.places[snapshot]! + 1);
  }
}

function* groupsOf(dump: Dump, addresses: Addresses): Task<Group[]> {
  const groups = new Map<string, Group>();
  const names = fullNames(new Set(dump.snapshots.map(({ host }) => host?.toLowerCase() ?? '')));
  dump.snapshots.forEach(({ host, source }, i) => {
    const key =
      host !== null
        ? `host ${names.get(host.toLowerCase())}`
        : source === null
          ? ''
          : `file ${source}`;
    const group = getOrAdd(groups, key, (): Group => ({
      named: host,
      sources: new Set(),
      snapshots: [],
      addresses: new Set(),
    }));
    group.snapshots.push(i);
    if (source !== null) {
      group.sources.add(source);
    }
  });
  const divided: Group[] = [];
  for (const group of groups.values()) {
    divided.push(...(yield* divide(dump, group, addresses)));
  }
  if (divided.length < 2) {
    return [...groups.values()];
  }
  for (const group of divided) {
    for (const snapshot of group.snapshots) {
      yield* learnAddresses(dump, snapshot, addresses, group.addresses);
    }
  }
  // What was divided differs in all addresses, and so is not put together again.
  return together(divided);
}

/** `web-1.example.com` for `web-1`, where no other of the names begins with that. */
function fullNames(names: ReadonlySet<string>): Map<string, string> {
  /** By what they begin with up to a dot; null where several do. */
  const longer = new Map<string, string | null>();
  for (const name of names) {
    for (let dot = name.indexOf('.'); dot !== -1; dot = name.indexOf('.', dot + 1)) {
      const start = name.slice(0, dot);
      longer.set(start, longer.has(start) ? null : name);
    }
  }
  return new Map([...names].map(name => [name, longer.get(name) ?? name]));
}

/**
 * Snapshots of one text that says neither where nor when they were taken are of several machines
 * where they have no local address in common. A listing that was cut may lack the common ones, but
 * not one of which nothing was left.
 */
function* divide(dump: Dump, group: Group, addresses: Addresses): Task<readonly Group[]> {
  const { named, sources, snapshots } = group;
  const isOpen = ({ time, clock, listing, firstRow, endRow }: Snapshot): boolean =>
    time === null && clock === null && (!listing.filtered || firstRow === endRow);
  if (
    named !== null ||
    snapshots.length < 2 ||
    !snapshots.every(one => isOpen(dump.snapshots[one]!))
  ) {
    return [group];
  }
  const parts = new DisjointSets();
  const owners = new Map<number, number>();
  let isKnown = false;
  for (const [i, snapshot] of snapshots.entries()) {
    const own = new Set<number>();
    yield* learnAddresses(dump, snapshot, addresses, own);
    parts.add();
    for (const address of own) {
      const owner = owners.get(address);
      if (owner === undefined) {
        owners.set(address, i);
      } else {
        parts.unite(owner, i);
      }
    }
    // What has no address of its own is of the machine of its neighbor.
    if (i > 0 && (own.size === 0 || !isKnown)) {
      parts.unite(i - 1, i);
    }
    isKnown ||= own.size > 0;
  }
  const found = new Map<number, Group>();
  for (const [i, snapshot] of snapshots.entries()) {
    const part = parts.find(i);
    const known = found.get(part);
    if (known === undefined) {
      found.set(part, { named, sources, snapshots: [snapshot], addresses: new Set() });
    } else {
      known.snapshots.push(snapshot);
    }
  }
  return [...found.values()];
}

/** Puts files together that are of one machine: by their addresses, else by their names. */
function together(groups: readonly Group[]): Group[] {
  const result: Group[] = [];
  for (const group of groups) {
    const same = result.find(
      other => (group.named === null || other.named === null) && isSameHost(group, other),
    );
    if (same === undefined) {
      result.push(group);
      continue;
    }
    group.snapshots.forEach(snapshot => same.snapshots.push(snapshot));
    group.sources.forEach(source => same.sources.add(source));
    group.addresses.forEach(address => same.addresses.add(address));
    if (same.named === null && group.named !== null) {
      result[result.indexOf(same)] = { ...same, named: group.named };
    }
  }
  return result;
}

function isSameHost(a: Group, b: Group): boolean {
  if (a.addresses.size > 0 && b.addresses.size > 0) {
    let shared = 0;
    for (const address of a.addresses) {
      if (b.addresses.has(address)) {
        shared++;
      }
    }
    // Machines of a cluster share one address of two; one machine shares most of its own.
    return shared * 2 > Math.min(a.addresses.size, b.addresses.size);
  }
  const name = nameOf(a, 2);
  return name !== null && name === nameOf(b, 2);
}

function nameOf({ named, sources }: Group, hosts: number): string | null {
  if (named !== null) {
    return named;
  }
  const names = [...new Set([...sources].map(hostOfFileName).filter(name => name !== null))];
  const common = names.length === 1 ? names[0]! : commonName(names);
  // The files of a single host need no name, unless they agree on one.
  return common ?? (hosts > 1 ? (names[0] ?? [...sources][0] ?? null) : null);
}

/** By time where all times are known, else as in the dump. */
function chronological(dump: Dump, snapshots: readonly number[]): number[] {
  const times = new Map(snapshots.map(i => [i, epochOf(dump.snapshots[i])]));
  return snapshots.every(i => times.get(i) !== null)
    ? [...snapshots].sort((a, b) => (times.get(a) ?? 0) - (times.get(b) ?? 0) || a - b)
    : [...snapshots];
}

/** A snapshot's time in milliseconds, for comparison with others of its host. */
export function epochOf(snapshot: Snapshot | undefined): number | null {
  const time = snapshot?.time ?? null;
  return time === null ? (snapshot?.clock ?? null) : millisecondsOf(time);
}

const COMMON = /^(?:172\.17\.0\.1$|192\.168\.122\.1$|169\.254\.|fe80:|ff|22[4-9]\.|23\d\.|255\.)/i;

/** Whether many machines have an address alike: it does not tell one from the other. */
export function isCommonAddress(address: string): boolean {
  return COMMON.test(address);
}

function* learnAddresses(
  { snapshots, table }: Dump,
  snapshot: number,
  addresses: Addresses,
  own: Set<number>,
): Task<void> {
  const { firstRow, endRow } = snapshots[snapshot]!;
  const { localAddress, localPort, pool } = table;
  const seen = addresses.tally();
  yield* inBlocks(firstRow, endRow, (from, end) => {
    for (let row = from; row < end; row++) {
      // What has no port is a path, not an address.
      if (localPort[row] !== NONE) {
        seen.add(addresses.canonical[localAddress[row]!]!);
      }
    }
  });
  for (let number = 0; number < seen.size; number++) {
    const plain = seen.get(number);
    const isOwn =
      !addresses.isAny(plain) && !addresses.isLoopback(plain) && !addresses.isHidden(plain);
    if (isOwn && !isCommonAddress(pool.get(plain))) {
      own.add(plain);
    }
  }
}
