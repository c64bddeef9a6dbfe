import { isAnyAddress, unmapped } from '../vocabulary/address';
import { INTERNET_PROTOCOLS, protocolWord } from '../vocabulary/protocol';
import type { Snapshot } from '../model/snapshot';
import type { SocketTable } from '../model/socketTable';
import { bothListings } from './snapshots';

/*
 * `netstat` and then `ss`, pasted into one text: two tools that list the same sockets right after
 * one another, with no time between them, are one moment. Each socket counts once, by its first
 * row, which then says what either of the two tools told. Two listings of one tool stay two
 * moments: that is how people watch.
 */

/** Rows and snapshots, of which those of one moment are one. */
export interface ByMoment {
  readonly table: SocketTable;
  readonly snapshots: readonly Snapshot[];
}

/** Lines between two cuts that may share no row: "and with ss:". */
const NEAR = 8;

/** Puts neighbors together that several tools printed of one moment; in one pass over their rows. */
export function byMoment(table: SocketTable, snapshots: readonly Snapshot[]): ByMoment {
  const found: Snapshot[] = [];
  const repeats = new Map<number, number>();
  const names = new Names(table);
  for (const below of snapshots) {
    const above = found.at(-1);
    const joined = above && mayBeOneMoment(above, below) && together(table, names, above, below);
    if (joined) {
      found[found.length - 1] = joined;
      joined.repeats.forEach((first, row) => repeats.set(row, first));
    } else {
      found.push(below);
    }
  }
  return found.length === snapshots.length
    ? { table, snapshots }
    : { table: table.completed(repeats), snapshots: found };
}

/** Whether nothing that is said of two snapshots tells them apart but their tools. */
function mayBeOneMoment(above: Snapshot, below: Snapshot): boolean {
  return (
    (below.time === null || below.time === above.time) &&
    above.source === below.source &&
    (above.host === null || below.host === null || above.host === below.host) &&
    (above.system === null || below.system === null || above.system === below.system) &&
    above.endRow > above.firstRow &&
    below.endRow > below.firstRow &&
    !below.dialects.some(
      ({ flows, id }) => flows === true || above.dialects.some(one => one.id === id),
    ) &&
    !above.dialects.some(({ flows }) => flows === true)
  );
}

/** Both as one snapshot; undefined where their sockets are not the same. */
function together(
  table: SocketTable,
  names: Names,
  above: Snapshot,
  below: Snapshot,
): Snapshot | undefined {
  if (!hasPorts(table, above) || !hasPorts(table, below)) {
    return undefined;
  }
  const pairs = pairsOf(table, names, above, below);
  let same = 0;
  pairs.forEach((first, row) => (same += table.state[first] === table.state[row] ? 1 : 0));
  const cuts = above.listing.filtered && below.listing.filtered;
  const fewer = Math.min(above.endRow - above.firstRow, below.endRow - below.firstRow);
  const isNear = table.line[below.firstRow]! - table.line[above.endRow - 1]! <= NEAR;
  if (pairs.size === 0 ? !(cuts && isNear) : same * 2 < (cuts ? pairs.size : fewer)) {
    return undefined;
  }
  return {
    ...above,
    endLine: below.endLine,
    endRow: below.endRow,
    host: above.host ?? below.host,
    system: above.system ?? below.system,
    dialects: [...above.dialects, ...below.dialects],
    unprivileged: above.unprivileged && below.unprivileged,
    listing: bothListings(above.listing, below.listing)!,
    repeats: new Map([...above.repeats, ...pairs]),
    counted: [...above.counted, ...below.counted],
  };
}

/** Whether all rows have ports, by which they are known again. */
function hasPorts({ protocol }: SocketTable, { firstRow, endRow }: Snapshot): boolean {
  for (let row = firstRow; row < endRow; row++) {
    if (!INTERNET_PROTOCOLS.has(protocolWord(protocol[row]!).protocol)) {
      return false;
    }
  }
  return true;
}

/** The rows below that show a socket of a row above, with that row. Of equal rows each has one. */
function pairsOf(
  table: SocketTable,
  names: Names,
  above: Snapshot,
  below: Snapshot,
): Map<number, number> {
  const pairs = new Map<number, number>();
  const taken = new Set<number>(above.repeats.keys());
  // Where no connection is, one tool prints `*` for what the other prints `0.0.0.0` and `::` for.
  for (const anyIsOne of [false, true]) {
    const keys = new Keys(table, names, anyIsOne);
    for (let row = above.endRow - 1; row >= above.firstRow; row--) {
      if (!taken.has(row)) {
        keys.add(row, row - above.firstRow);
      }
    }
    for (let row = below.firstRow; row < below.endRow; row++) {
      const first = pairs.has(row) ? -1 : keys.take(row);
      if (first >= 0) {
        pairs.set(row, first + above.firstRow);
        taken.add(first + above.firstRow);
      }
    }
  }
  return pairs;
}

/** Addresses by pool number, where an IPv4-mapped one is the IPv4 one that it is. */
class Names {
  private readonly known = new Map<number, number>();

  public constructor(private readonly table: SocketTable) {}

  /** The number of an address; 0 for none, and for all addresses where `anyIsNone`. */
  public of(id: number, anyIsNone: boolean): number {
    let number = this.known.get(id);
    if (number === undefined) {
      const { pool } = this.table;
      const name = pool.get(id);
      number = pool.intern(unmapped(name));
      if (isAnyAddress(name)) {
        number = -1 - number;
      }
      this.known.set(id, number);
    }
    return number >= 0 ? number : anyIsNone ? 0 : -1 - number;
  }
}

const EMPTY = -1;

/** Rows by protocol and ends. */
class Keys {
  /** The parts of the keys of all rows added, side by side. */
  private readonly parts: number[] = [];
  /** By slot the key, one for each that is different; by key its first row, by row the next one. */
  private slots = new Int32Array(1024).fill(EMPTY);
  private readonly hashes: number[] = [];
  private readonly heads: number[] = [];
  private readonly nexts = new Map<number, number>();
  private readonly key = new Int32Array(KEY_PARTS);

  public constructor(
    private readonly table: SocketTable,
    private readonly names: Names,
    private readonly anyIsOne: boolean,
  ) {}

  /** Adds a row under its key, before those there. */
  public add(row: number, name: number): void {
    const hash = this.read(row);
    let slot = this.find(hash);
    let key = this.slots[slot]!;
    if (key === EMPTY) {
      if (this.hashes.length * 2 > this.slots.length) {
        this.grow();
        slot = this.find(hash);
      }
      key = this.hashes.length;
      this.slots[slot] = key;
      this.hashes.push(hash);
      this.heads.push(EMPTY);
      this.parts.push(...this.key);
    }
    this.nexts.set(name, this.heads[key]!);
    this.heads[key] = name;
  }

  /** Removes the first row that has the key of a row; −1 where none has. */
  public take(row: number): number {
    const key = this.slots[this.find(this.read(row))]!;
    const name = key === EMPTY ? EMPTY : this.heads[key]!;
    if (name !== EMPTY) {
      this.heads[key] = this.nexts.get(name)!;
    }
    return name;
  }

  /** Reads the key of a row; gives its hash. */
  private read(row: number): number {
    const { key, names, table } = this;
    const { localAddress, localPort, localService, remoteAddress, remotePort, remoteService } =
      table;
    const isConnected = remotePort[row]! > 0 || (remoteService?.[row] ?? 0) > 0;
    const anyIsOne = this.anyIsOne && !isConnected;
    const { protocol } = protocolWord(table.protocol[row]!);
    key[0] = PROTOCOLS.indexOf(protocol);
    key[1] = names.of(localAddress[row]!, anyIsOne);
    key[2] = localPort[row]! >= 0 ? localPort[row]! : -1 - (localService?.[row] ?? 0);
    // What is printed where no connection is, is each tool's own.
    key[3] = isConnected ? names.of(remoteAddress[row]!, false) : 0;
    key[4] =
      isConnected && remotePort[row]! >= 0 ? remotePort[row]! : -1 - (remoteService?.[row] ?? 0);
    let hash = 0;
    for (const part of key) {
      hash = Math.imul(hash ^ part, 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    return hash;
  }

  /** The slot of the key that was read last, or the free one where it belongs. */
  private find(hash: number): number {
    const { hashes, slots } = this;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (let key = slots[slot]!; key !== EMPTY; key = slots[slot]!) {
      if (hashes[key] === hash && this.isKey(key)) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private isKey(key: number): boolean {
    const { parts, key: wanted } = this;
    const start = key * KEY_PARTS;
    for (let i = 0; i < KEY_PARTS; i++) {
      if (parts[start + i] !== wanted[i]) {
        return false;
      }
    }
    return true;
  }

  private grow(): void {
    this.slots = new Int32Array(this.slots.length * 2).fill(EMPTY);
    const mask = this.slots.length - 1;
    this.hashes.forEach((hash, key) => {
      let slot = hash & mask;
      while (this.slots[slot] !== EMPTY) {
        slot = (slot + 1) & mask;
      }
      this.slots[slot] = key;
    });
  }
}

const KEY_PARTS = 5;
const PROTOCOLS = [...INTERNET_PROTOCOLS];
