import { isIncrement } from '../../model/counter';
import type { Format } from '../../model/format';
import type { Snapshot } from '../../model/snapshot';
import type { SocketTable } from '../../model/socketTable';
import { Bits } from '../../model/tally';
import { Tuples } from '../../model/tuples';
import { isIpv6, parseAddress } from '../../vocabulary/address';
import { State } from '../../vocabulary/state';

/*
 * What was pasted twice is no second moment, and no second socket. Listings that tell the very same
 * are one, if no time of day tells them apart. Within a listing, no host has two TCP connections
 * with the same ends (RFC 9293 §3.3.10: the four numbers are the connection's name), so that a row
 * which has those of another is that one again. All else may be alike and yet be several sockets:
 * listeners with SO_REUSEPORT, UDP and UNIX sockets. Such a row counts as a copy only where a
 * connection beside it is one.
 */

/** A listing that tells the same as the one above it becomes part of it, in which each row repeats. */
export function withoutCopies(table: SocketTable, snapshots: readonly Snapshot[]): Snapshot[] {
  const found: Snapshot[] = [];
  /** Those of the last one found, which grow with each copy: a log may have thousands. */
  let repeats: Map<number, number> | undefined;
  for (const below of snapshots) {
    const above = found.at(-1);
    if (above !== undefined && isCopy(table, above, below)) {
      repeats ??= new Map(above.repeats);
      found[found.length - 1] = joined(above, below, repeats);
    } else {
      found.push(below);
      repeats = undefined;
    }
  }
  return found;
}

function isCopy(table: SocketTable, above: Snapshot, below: Snapshot): boolean {
  const rows = below.endRow - below.firstRow;
  // Above there may be copies already, behind the rows that they repeat.
  const more = above.endRow - above.firstRow - rows;
  return (
    // Counters alone may be the same a moment later.
    rows > 0 &&
    isOneMoment(above, below) &&
    (more === 0 || (more > 0 && above.repeats.has(above.endRow - 1))) &&
    above.system === below.system &&
    above.dialects.every((dialect, i) => below.dialects[i] === dialect) &&
    tellsSame(above, below) &&
    table.areEqual(above.endRow - rows, below.firstRow, rows)
  );
}

/** Whether nothing that is said of two snapshots tells them apart. */
export function isOneMoment(above: Snapshot, below: Snapshot): boolean {
  return (
    ((below.time === null && below.clock === null) ||
      (below.time === above.time && below.clock === above.clock)) &&
    above.source === below.source &&
    (above.host === null || below.host === null || above.host === below.host)
  );
}

/** @param repeats Those of the one above, to which those of the one below are added. */
function joined(above: Snapshot, below: Snapshot, repeats: Map<number, number>): Snapshot {
  const distance = below.endRow - above.endRow;
  for (let row = below.firstRow; row < below.endRow; row++) {
    const first = row - distance;
    repeats.set(row, repeats.get(first) ?? first);
  }
  return {
    ...above,
    endLine: below.endLine,
    endRow: below.endRow,
    host: above.host ?? below.host,
    repeats,
  };
}

/** Whether counters, interfaces and routes are the same. What counts from its last output on is never. */
function tellsSame(above: Snapshot, below: Snapshot): boolean {
  return (
    !below.counted.some(isIncrement) &&
    isAlike(above.counted, below.counted) &&
    isAlike(above.interfaces, below.interfaces) &&
    isAlike(above.routes, below.routes) &&
    isAlike(above.rules, below.rules)
  );
}

/** Whether two values are the same but for the lines on which they stand. */
function isAlike(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return a === b;
  }
  const entries = Object.entries(a);
  const others = new Map(Object.entries(b));
  return (
    a === b ||
    (entries.length === others.size &&
      entries.every(([key, value]) => key === 'line' || isAlike(value, others.get(key))))
  );
}

/** Slots for each row, of which most rows then have one of their own. */
const SLOTS_A_ROW = 32;

/**
 * Of so many rows all are looked at. Of more only those whose ports differ in no bit of
 * {@link SAMPLED}, as long as none of these repeats: what is pasted again is more than a few rows.
 */
const FEW = 16_384;
const SAMPLED = 31;

/** Rows of a snapshot that show a connection again, each with the row that stands for it. */
export function repeatedRows(table: SocketTable, snapshot: Snapshot): Map<number, number> {
  const repeats = new Map<number, number>();
  const { dialects, firstRow, endRow } = snapshot;
  // What is seen passing may pass twice.
  if (dialects.some(({ flows }) => flows === true)) {
    return repeats;
  }
  if (endRow - firstRow > FEW && sameEnds(table, snapshot, SAMPLED).length === 0) {
    return repeats;
  }
  for (const same of sameEnds(table, snapshot, 0)) {
    addRepeats(table, snapshot, same, repeats);
  }
  for (const [row, first] of [...repeats]) {
    if (table.areEqual(first, row, 1)) {
      addNeighbors(table, snapshot, row, first, repeats);
    }
  }
  return repeats;
}

/** The rows that have both ends of another, together, of all whose ports differ in no bit of `bits`. */
function sameEnds(
  table: SocketTable,
  { dialects, firstRow, endRow }: Snapshot,
  bits: number,
): number[][] {
  const { localPort, remotePort } = table;
  let room = SLOTS_A_ROW;
  while (room < ((endRow - firstRow) * SLOTS_A_ROW) / (bits + 1)) {
    room *= 2;
  }
  const taken = new Bits(room);
  const shared = new Bits(room);
  let some = false;
  for (let row = firstRow; row < endRow; row++) {
    if (((localPort[row]! ^ remotePort[row]!) & bits) === 0 && isConnection(table, row)) {
      const slot = slotOf(table, row) & (room - 1);
      if (taken.has(slot)) {
        shared.add(slot);
        some = true;
      } else {
        taken.add(slot);
      }
    }
  }
  if (!some) {
    return [];
  }
  const ends = new Ends(table, dialects);
  for (let row = firstRow; row < endRow; row++) {
    if (((localPort[row]! ^ remotePort[row]!) & bits) === 0 && isConnection(table, row)) {
      if (shared.has(slotOf(table, row) & (room - 1))) {
        ends.add(row);
      }
    }
  }
  return ends.several;
}

function slotOf({ localPort, remotePort, remoteAddress }: SocketTable, row: number): number {
  const ports = Math.imul(localPort[row]!, 0x9e3779b1) ^ Math.imul(remotePort[row]!, 0x85ebca6b);
  const hash =
    Math.imul(ports ^ (ports >>> 15), 0xc2b2ae35) ^ Math.imul(remoteAddress[row]!, 0x27d4eb2f);
  return hash ^ (hash >>> 13);
}

function isConnection(table: SocketTable, row: number): boolean {
  return (
    table.remotePort[row]! > 0 &&
    table.localPort[row]! > 0 &&
    table.state[row] !== State.None &&
    table.state[row] !== State.Listen
  );
}

/** Rows by both ends. */
class Ends {
  private readonly locals = new Tuples();
  private readonly ends = new Tuples();
  private readonly whole = new Map<number, boolean>();
  private readonly rows: number[][] = [];

  public constructor(
    private readonly table: SocketTable,
    private readonly formats: readonly Format[],
  ) {}

  /** Adds a row, if its addresses are those of one host each. */
  public add(row: number): void {
    const { localAddress, localPort, remoteAddress, remotePort } = this.table;
    const [address, port] = [localAddress[row]!, localPort[row]!];
    const [other, otherPort] = [remoteAddress[row]!, remotePort[row]!];
    if (this.isWhole(address, port) && this.isWhole(other, otherPort)) {
      const number = this.ends.add(this.locals.add(0, address, port), other, otherPort);
      (this.rows[number] ??= []).push(row);
    }
  }

  /** The rows that have both ends alike, in their order, where they are several. */
  public get several(): number[][] {
    return this.rows.filter(({ length }) => length > 1);
  }

  /** Whether an address is one of a host, and no digit of it was cut off. */
  private isWhole(id: number, port: number): boolean {
    const key = id * 8 + String(port).length;
    let whole = this.whole.get(key);
    if (whole === undefined) {
      const address = this.table.pool.get(id);
      whole = parseAddress(address) !== null && !(isIpv6(address) && this.mayBeCut(address, port));
      this.whole.set(key, whole);
    }
    return whole;
  }

  /** Whether an address is as long as one whose end a format cut off. */
  private mayBeCut({ length }: string, port: number): boolean {
    const ofEndpoint = length + String(port).length;
    return this.formats.some(
      ({ cutsAt }) => cutsAt?.characters === (cutsAt?.of === 'address' ? length : ofEndpoint),
    );
  }
}

/** Adds the rows of one connection; its state is the last, told by the first row of a run of it. */
function addRepeats(
  table: SocketTable,
  { dialects }: Snapshot,
  rows: readonly number[],
  repeats: Map<number, number>,
): void {
  const last = rows.at(-1)!;
  const prints = dialects.some(({ perFile }) => perFile === true)
    ? (row: number) => table.areEqual(row, last, 1)
    : (row: number) => isSame(table, row, last);
  const same = rows.filter(row => row === last || prints(row));
  let first = same.length - 1;
  while (first > 0 && table.state[same[first - 1]!] === table.state[last]) {
    first--;
  }
  same.forEach((row, i) => {
    if (i !== first) {
      repeats.set(row, same[first]!);
    }
  });
}

/** Whether two rows with the same ends may be one socket: not if they are of two network namespaces. */
function isSame(table: SocketTable, a: number, b: number): boolean {
  const differ = (column: Readonly<Record<number, number>> | undefined): boolean =>
    column !== undefined && column[a]! > 0 && column[b]! > 0 && column[a] !== column[b];
  return (
    table.protocol[a] === table.protocol[b] &&
    table.haveSameScopes(a, b) &&
    !differ(table.inode) &&
    !differ(table.handle) &&
    !differ(table.pid)
  );
}

/** Adds what stands right above and below the two rows of a connection, and is alike there. */
function addNeighbors(
  table: SocketTable,
  { firstRow, endRow }: Snapshot,
  row: number,
  first: number,
  repeats: Map<number, number>,
): void {
  for (const step of [-1, 1]) {
    for (let at = 1; ; at++) {
      const copy = row + at * step;
      const original = first + at * step;
      if (
        original < firstRow ||
        copy <= first ||
        copy >= endRow ||
        original >= row ||
        isConnection(table, copy) ||
        repeats.has(copy) ||
        repeats.has(original) ||
        !table.areEqual(original, copy, 1)
      ) {
        break;
      }
      repeats.set(copy, original);
    }
  }
}
