import type { Dump } from '../model/dump';
import { isTcpWord } from '../model/protocol';
import { NONE } from '../model/row';
import type { Addresses } from './addresses';
import { portKey } from './connections';

/**
 * Sockets followed from snapshot to snapshot of one dump, by four-tuple and owner. A socket is the
 * same if its addresses and ports are, and neither its PID nor its inode says otherwise (a port
 * that was used again).
 */
export class History {
  /** The same socket's row in the snapshot before; NONE where it was not there. */
  private readonly before: Int32Array;
  /** In how many snapshots in a row, up to its own, a socket has been in its state. */
  private readonly runs: Uint32Array;

  public constructor(
    private readonly dump: Dump,
    private readonly addresses: Addresses,
  ) {
    const several = dump.snapshots.length > 1;
    this.before = new Int32Array(several ? dump.table.length : 0).fill(NONE);
    this.runs = new Uint32Array(several ? dump.table.length : 0);
    if (several) {
      this.follow();
    }
  }

  /** The same socket in the snapshot before; NONE where it was not there. */
  public previous(row: number): number {
    return this.before[row] ?? NONE;
  }

  /** In how many snapshots in a row, up to its own, the socket has been in this state. */
  public run(row: number): number {
    return this.runs[row] ?? 1;
  }

  /** The row in which the socket was first seen in this state, without a gap. */
  public firstSeen(row: number): number {
    let first = row;
    for (let left = this.run(row); left > 1; left--) {
      first = this.previous(first);
    }
    return first;
  }

  /** Seconds between two snapshots; null where the dump does not tell the times. */
  public secondsBetween(earlier: number, later: number): number | null {
    const from = momentOf(this.dump.snapshots[earlier]?.time ?? null);
    const to = momentOf(this.dump.snapshots[later]?.time ?? null);
    return from === null || to === null || to < from ? null : (to - from) / 1000;
  }

  private follow(): void {
    const { snapshots, table } = this.dump;
    const { state, pid, inode } = table;
    let slots = new Int32Array(0);
    let previous: { firstRow: number; endRow: number } | undefined;
    for (const snapshot of snapshots) {
      const { firstRow, endRow } = snapshot;
      for (let row = firstRow; row < endRow; row++) {
        this.runs[row] = 1;
        const found = previous === undefined ? NONE : this.find(slots, previous.firstRow, row);
        if (
          found !== NONE &&
          sameOrUnknown(pid[found]!, pid[row]!) &&
          (inode === undefined || sameOrUnknown(inode[found]!, inode[row]!))
        ) {
          this.before[row] = found;
          if (state[found] === state[row]) {
            this.runs[row] = this.runs[found]! + 1;
          }
        }
      }
      slots = this.fill(slots, firstRow, endRow);
      previous = snapshot;
    }
  }

  /** Enters the rows of a snapshot into a hash table; the first of equal ones counts. */
  private fill(old: Int32Array, firstRow: number, endRow: number): Int32Array<ArrayBuffer> {
    let size = 16;
    while (size < (endRow - firstRow) * 2) {
      size *= 2;
    }
    const slots =
      old.length === size * 2 ? (old as Int32Array<ArrayBuffer>).fill(0) : new Int32Array(size * 2);
    const mask = size - 1;
    for (let row = firstRow; row < endRow; row++) {
      const hash = this.hash(row);
      let slot = (hash ^ (hash >>> 15)) & mask;
      let taken = slots[slot * 2]!;
      while (
        taken !== 0 &&
        !(slots[slot * 2 + 1] === hash && this.same(firstRow + taken - 1, row))
      ) {
        slot = (slot + 1) & mask;
        taken = slots[slot * 2]!;
      }
      if (taken === 0) {
        slots[slot * 2] = row - firstRow + 1;
        slots[slot * 2 + 1] = hash;
      }
    }
    return slots;
  }

  private find(slots: Int32Array, firstRow: number, row: number): number {
    const mask = slots.length / 2 - 1;
    const hash = this.hash(row);
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (let taken = slots[slot * 2]!; taken !== 0; taken = slots[slot * 2]!) {
      if (slots[slot * 2 + 1] === hash && this.same(firstRow + taken - 1, row)) {
        return firstRow + taken - 1;
      }
      slot = (slot + 1) & mask;
    }
    return NONE;
  }

  private hash(row: number): number {
    const { table } = this.dump;
    const { canonical } = this.addresses;
    let hash = Math.imul(canonical[table.localAddress[row]!]!, 0x9e3779b1);
    hash = Math.imul(hash ^ table.localPort[row]!, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13) ^ canonical[table.remoteAddress[row]!]!, 0xc2b2ae35);
    hash = Math.imul(hash ^ (hash >>> 16) ^ table.remotePort[row]!, 0x27d4eb2f);
    return hash ^ (hash >>> 15);
  }

  private same(a: number, b: number): boolean {
    const { table } = this.dump;
    const { canonical } = this.addresses;
    return (
      table.localPort[a] === table.localPort[b] &&
      table.remotePort[a] === table.remotePort[b] &&
      canonical[table.localAddress[a]!] === canonical[table.localAddress[b]!] &&
      canonical[table.remoteAddress[a]!] === canonical[table.remoteAddress[b]!] &&
      (table.protocol[a] === table.protocol[b] ||
        (isTcpWord(table.protocol[a]!) && isTcpWord(table.protocol[b]!))) &&
      portKey(table.localPort[a]!, table.localService?.[a]) ===
        portKey(table.localPort[b]!, table.localService?.[b]) &&
      portKey(table.remotePort[a]!, table.remoteService?.[a]) ===
        portKey(table.remotePort[b]!, table.remoteService?.[b])
    );
  }
}

/** Whether two numbers are equal, or one of them says nothing (not printed, or 0). */
function sameOrUnknown(a: number, b: number): boolean {
  return a === b || a <= 0 || b <= 0;
}

/** A snapshot's time in milliseconds; times without an offset are compared as if all had one. */
function momentOf(time: string | null): number | null {
  if (time === null) {
    return null;
  }
  const moment = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(time) ? time : `${time}Z`);
  return Number.isNaN(moment) ? null : moment;
}
