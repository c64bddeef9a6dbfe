import type { Dump } from '../../reading/dump';
import { isTcpWord } from '../../vocabulary/protocol';
import { NONE } from '../../model/row';
import { firstIndex } from '../../model/search';
import { TimerKind } from '../../vocabulary/timer';
import { State } from '../../vocabulary/state';
import { inBlocks, type Task } from '../../model/task';
import type { Addresses } from '../../index/ownAddresses';
import { roomFor } from '../../index/buckets';
import { portKey } from '../../index/equalEnds';
import { type Hosts, epochOf } from '../hosts/hosts';
import {
  COMPARED,
  handedOver,
  identityOf,
  isSameSocket,
  mayBeHandedOver,
} from '../../index/identity';

/** Seconds that Linux keeps a TIME_WAIT; its timer shows what is left (TCP_TIMEWAIT_LEN). */
const TIME_WAIT_LIFE = 60;

const CONNECTION = 0;
const LISTENER = 1;
const OTHER = 2;
/** A listing may have rows of one kind only. */
const KINDS = [CONNECTION, LISTENER, OTHER] as const;

/** The rows of a snapshot by the hashes of their ends. */
interface Entered {
  readonly firstRow: number;
  readonly filtered: boolean;
  readonly slots: Int32Array;
  /** Rows with the ends of more than {@link COMPARED} before them, by ends and identity. */
  readonly crowded: Map<string, number>;
}

/**
 * Sockets followed from snapshot to snapshot of one host, by four-tuple and identity: through
 * changes of state and owner, but not across a port that was used again (see isSameSocket). A
 * snapshot that lists nothing of a socket's kind, or stands behind a filter, does not end it.
 */
export class History {
  /** The same socket's row in the snapshot before that lists it; NONE if it was not there. */
  private readonly before: Int32Array;
  /** In how many snapshots, up to its own, a socket has been in its state all along. */
  private readonly runs: Uint32Array;
  /** The row in which it was first in its state. */
  private readonly firsts: Uint32Array;
  /** Seconds since the epoch of each snapshot; NaN where the dump does not tell. */
  private readonly times: Float64Array;

  private constructor(
    private readonly dump: Dump,
    private readonly addresses: Addresses,
    public readonly hosts: Hosts,
  ) {
    this.times = Float64Array.from(dump.snapshots, one => (epochOf(one) ?? NaN) / 1000);
    const several = hosts.list.some(({ snapshots }) => snapshots.length > 1);
    this.before = new Int32Array(several ? dump.table.length : 0).fill(NONE);
    this.runs = new Uint32Array(several ? dump.table.length : 0).fill(1);
    this.firsts = new Uint32Array(several ? dump.table.length : 0);
  }

  public static *of(dump: Dump, addresses: Addresses, hosts: Hosts): Task<History> {
    const history = new History(dump, addresses, hosts);
    for (const { snapshots } of hosts.list) {
      if (snapshots.length > 1) {
        yield* history.follow(snapshots);
      }
    }
    return history;
  }

  /** The same socket in the snapshot before that lists it; NONE if it was not there. */
  public previous(row: number): number {
    return this.before[row] ?? NONE;
  }

  /** In how many snapshots, up to its own, the socket has been in this state all along. */
  public run(row: number): number {
    return this.runs[row] ?? 1;
  }

  /** The longest {@link run} of some rows; 0 if there are none. */
  public longestRun(rows: Uint32Array | readonly number[]): number {
    let longest = Math.min(1, rows.length);
    if (this.runs.length > 0) {
      for (const row of rows) {
        longest = Math.max(longest, this.run(row));
      }
    }
    return longest;
  }

  /** The rows of the socket since it was first seen in this state, this one last. */
  public rowsUpTo(row: number): Uint32Array {
    const rows = new Uint32Array(this.run(row));
    let earlier = row;
    for (let i = rows.length - 1; i >= 0; i--) {
      rows[i] = earlier;
      earlier = this.previous(earlier);
    }
    return rows;
  }

  /** Whether the socket has been there since an earlier snapshot of its host. */
  public lasts(row: number, since: number): boolean {
    const place = this.hosts.place(since);
    let earlier = row;
    while (earlier !== NONE && this.hosts.place(this.snapshotOf(earlier)) > place) {
      earlier = this.previous(earlier);
    }
    return earlier !== NONE;
  }

  /** The snapshot that a row is of. */
  public snapshotOf(row: number): number {
    const { snapshots } = this.dump;
    return firstIndex(snapshots.length, i => snapshots[i]!.endRow > row);
  }

  /** The snapshot since which the socket has been in its state, as seen. */
  public since(row: number): number {
    return this.snapshotOf(this.firsts[row] ?? row);
  }

  /** Seconds since the epoch of a snapshot; null where the dump does not tell. */
  public secondsOf(snapshot: number): number | null {
    const seconds = this.times[snapshot] ?? NaN;
    return Number.isNaN(seconds) ? null : seconds;
  }

  /** Seconds between two snapshots; null where the dump does not tell the times. */
  public secondsBetween(earlier: number, later: number): number | null {
    const from = this.secondsOf(earlier);
    const to = this.secondsOf(later);
    return from === null || to === null || to < from ? null : to - from;
  }

  /** Seconds between two snapshots of any hosts, whichever is earlier; null as above. */
  public secondsBetweenHosts(one: number, other: number): number | null {
    return this.secondsBetween(one, other) ?? this.secondsBetween(other, one);
  }

  /** Seconds that the socket in a row of a snapshot has at least been in its state, as seen. */
  public secondsSeen(row: number, snapshot: number): number | null {
    return this.secondsBetween(this.since(row), snapshot);
  }

  /** The same, by what the row itself tells as well; null where neither says. */
  public secondsAtLeast(row: number, snapshot: number): number | null {
    const seen = this.secondsSeen(row, snapshot);
    const told = toldSeconds(this.dump, row);
    return seen === null ? told : Math.max(seen, told ?? 0);
  }

  private *follow(snapshots: readonly number[]): Task<void> {
    const { table } = this.dump;
    const { state } = table;
    /** By kind, the latest snapshot that lists some, and where it is filtered one that is not. */
    let known: readonly (readonly Entered[])[] = KINDS.map(() => []);
    for (const number of snapshots) {
      const { firstRow, endRow, listing, listsBoth } = this.dump.snapshots[number]!;
      const listed = KINDS.map(() => false);
      const others: { before: number; after: number }[] = [];
      yield* inBlocks(firstRow, endRow, (from, end) => {
        for (let row = from; row < end; row++) {
          const kind = kindOf(state[row]!);
          listed[kind] = true;
          this.link(row, this.findIn(known[kind]!, row, isSameSocket));
          if (this.before[row] === NONE && state[row] === State.CloseWait) {
            const before = this.findIn(known[kind]!, row, mayBeHandedOver);
            if (before !== NONE) {
              others.push({ before, after: row });
            }
          }
        }
      });
      for (const { before, after } of handedOver(others, table, table)) {
        this.link(after, before);
      }
      if (listsBoth && (listed[CONNECTION] === true || listed[LISTENER] === true)) {
        // One without TCP, as of `ss -ua`, lists neither.
        listed[CONNECTION] = true;
        listed[LISTENER] = true;
      }
      const kept = known.map((all, kind) =>
        listed[kind] ? all.filter(one => listing.filtered && !one.filtered) : all,
      );
      const spare = known.flat().find(one => !kept.flat().includes(one));
      const entered = yield* this.enter(number, spare?.slots);
      known = kept.map((all, kind) => (listed[kind] ? [entered, ...all] : all));
    }
  }

  private link(row: number, before: number): void {
    const { state } = this.dump.table;
    const lasts = before !== NONE && state[before] === state[row];
    this.before[row] = before;
    this.runs[row] = lasts ? this.runs[before]! + 1 : 1;
    this.firsts[row] = lasts ? this.firsts[before]! : row;
  }

  /** Enters the rows of a snapshot into a hash table, in the room of one that is not used any more. */
  private *enter(snapshot: number, spare: Int32Array | undefined): Task<Entered> {
    const { firstRow, endRow, listing } = this.dump.snapshots[snapshot]!;
    const crowded = new Map<string, number>();
    const size = roomFor(endRow - firstRow);
    const slots = spare?.length === size * 2 ? spare.fill(0) : new Int32Array(size * 2);
    const mask = size - 1;
    yield* inBlocks(firstRow, endRow, (from, end) => {
      for (let row = from; row < end; row++) {
        const hash = this.hash(row);
        let slot = (hash ^ (hash >>> 15)) & mask;
        let taken = slots[slot * 2]!;
        let alike = 0;
        while (taken !== 0 && alike < COMPARED) {
          if (slots[slot * 2 + 1] === hash) {
            // The first of equal rows counts, unless they are two sockets on the same ends.
            if (this.isSame(firstRow + taken - 1, row, isSameSocket)) {
              break;
            }
            alike++;
          }
          slot = (slot + 1) & mask;
          taken = slots[slot * 2]!;
        }
        if (alike === COMPARED) {
          const key = this.keyOf(hash, row);
          crowded.set(key, crowded.get(key) ?? row);
        } else if (taken === 0) {
          slots[slot * 2] = row - firstRow + 1;
          slots[slot * 2 + 1] = hash;
        }
      }
    });
    return { firstRow, filtered: listing.filtered, slots, crowded };
  }

  private findIn(known: readonly Entered[], row: number, decide: typeof isSameSocket): number {
    let found: number = NONE;
    for (let i = 0; i < known.length && found === NONE; i++) {
      found = this.find(known[i]!, row, decide);
    }
    return found;
  }

  private find(
    { slots, firstRow, crowded }: Entered,
    row: number,
    decide: typeof isSameSocket,
  ): number {
    const mask = slots.length / 2 - 1;
    const hash = this.hash(row);
    let slot = (hash ^ (hash >>> 15)) & mask;
    let alike = 0;
    for (let taken = slots[slot * 2]!; taken !== 0 && alike < COMPARED; taken = slots[slot * 2]!) {
      if (slots[slot * 2 + 1] === hash) {
        if (this.isSame(firstRow + taken - 1, row, decide)) {
          return firstRow + taken - 1;
        }
        alike++;
      }
      slot = (slot + 1) & mask;
    }
    const found = alike === COMPARED ? crowded.get(this.keyOf(hash, row)) : undefined;
    return found !== undefined && this.isSame(found, row, decide) ? found : NONE;
  }

  private keyOf(hash: number, row: number): string {
    return `${hash} ${identityOf(this.dump.table, row)}`;
  }

  private hash(row: number): number {
    const { table } = this.dump;
    const { canonical } = this.addresses;
    let hash = Math.imul(canonical[table.localAddress[row]!]!, 0x9e3779b1);
    hash = Math.imul(hash ^ table.localPort[row]!, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13) ^ canonical[table.remoteAddress[row]!]!, 0xc2b2ae35);
    hash = Math.imul(hash ^ (hash >>> 16) ^ table.remotePort[row]!, 0x27d4eb2f);
    if (table.localPort[row] === NONE) {
      // What has no port has often no name either: its inode or handle tells it from the others.
      hash ^= Math.imul((table.inode?.[row] ?? 0) ^ (table.handle?.[row] ?? 0), 0x9e3779b1);
    }
    return hash ^ (hash >>> 15);
  }

  private isSame(a: number, b: number, decide: typeof isSameSocket): boolean {
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
        portKey(table.remotePort[b]!, table.remoteService?.[b]) &&
      decide(table, a, table, b)
    );
  }
}

function kindOf(state: State): (typeof KINDS)[number] {
  return state > State.Listen ? CONNECTION : state === State.Listen ? LISTENER : OTHER;
}

/** Seconds that a row itself says it has at least been in its state; null if it does not. */
export function toldSeconds({ table }: Dump, row: number): number | null {
  const state = table.state[row] as State;
  if (state === State.CloseWait) {
    // The peer's FIN is an ACK, too: none has come since, or it was one after the FIN.
    const last = table.lastAck?.[row] ?? NONE;
    return last === NONE ? null : last / 1000;
  }
  const left = table.timerSeconds?.[row] ?? NONE;
  return state === State.TimeWait &&
    table.timer?.[row] === TimerKind.TimeWait &&
    left !== NONE &&
    left <= TIME_WAIT_LIFE
    ? TIME_WAIT_LIFE - left
    : null;
}
