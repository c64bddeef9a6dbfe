import { addTo } from '../../model/maps';
import { isAnyAddress, unmapped } from '../../vocabulary/address';
import { healthOf } from '../../knowledge/health';
import type { Dump } from '../../reading/dump';
import { listsSockets, type Snapshot } from '../../model/snapshot';
import { isTcpWord, protocolWord } from '../../vocabulary/protocol';
import { NONE } from '../../model/row';
import type { SocketTable } from '../../model/socketTable';
import { State, stateName, TCP_STATES } from '../../vocabulary/state';
import type { Analysis } from '../analyze';
import type { OwnerIdentity } from '../../index/owners';
import { epochOf } from '../hosts/hosts';
import { type CounterChanges, counterChanges } from './counterChanges';
import {
  COMPARED,
  handedOver,
  identityOf,
  isSameSocket,
  mayBeHandedOver,
} from '../../index/identity';
import type { CountedState } from '../summary';

/** One of the two snapshots that are compared. */
export interface Side {
  readonly analysis: Analysis;
  /** Index of the snapshot. */
  readonly snapshot: number;
}

/** A socket that both snapshots have. */
export interface Kept {
  /** Index in the table of the first. */
  readonly before: number;
  /** Index in the table of the second. */
  readonly after: number;
}

/** How many sockets of a kind the two snapshots have, and what became of them. */
interface Counts {
  readonly before: number;
  readonly after: number;
  /** Sockets that the first does not have. */
  readonly added: number;
  /** Sockets that the second does not have. */
  readonly gone: number;
}

export interface StateCounts extends Counts {
  readonly state: CountedState;
  /** Sockets that have come into this state from another one, and left it for another one. */
  readonly entered: number;
  readonly left: number;
}

export interface OwnerCounts extends Counts {
  readonly owner: OwnerIdentity | null;
  readonly closeWaitBefore: number;
  readonly closeWaitAfter: number;
}

/** What is different in the second of two snapshots. */
export interface Difference {
  readonly before: Side;
  readonly after: Side;
  /** Seconds between the two; null where their times are not known. */
  readonly seconds: number | null;
  /** Rows of the second that the first does not have, ascending. */
  readonly added: Uint32Array;
  /** Rows of the first that the second does not have, ascending. */
  readonly gone: Uint32Array;
  /** All sockets that both have, in the order of the second. */
  readonly kept: readonly Kept[];
  /** In another state than before. */
  readonly changed: readonly Kept[];
  /** Still in a state that passes in moments when all is well. */
  readonly stuck: readonly Kept[];
  /** All others that both have. */
  readonly same: number;
  /** By state, in life-cycle order; states that neither has are left out. */
  readonly states: readonly StateCounts[];
  /** By process, the most changed first; those of which nothing changed are left out. */
  readonly owners: readonly OwnerCounts[];
  /** Whether each lists sockets. Where only one does, sockets are not compared. */
  readonly listed: { readonly before: boolean; readonly after: boolean };
  readonly counters: CounterChanges;
}

/** Compares two snapshots, of one dump or of two. */
export function differenceOf(before: Side, after: Side): Difference {
  const listed = { before: hasList(before), after: hasList(after) };
  const comparable = listed.before && listed.after;
  const pairs = comparable ? new Matcher(before, after).match() : NO_PAIRS;
  const { dump: first } = before.analysis;
  const { dump: second } = after.analysis;
  const changed: Kept[] = [];
  const stuck: Kept[] = [];
  for (const pair of pairs.kept) {
    const from = first.table.state[pair.before] as State;
    const to = second.table.state[pair.after] as State;
    if (from !== to) {
      changed.push(pair);
    } else if (isPassing(to)) {
      stuck.push(pair);
    }
  }
  return {
    before,
    after,
    seconds: secondsBetween(first.snapshots[before.snapshot], second.snapshots[after.snapshot]),
    added: pairs.added,
    gone: pairs.gone,
    kept: pairs.kept,
    changed,
    stuck,
    same: pairs.kept.length - changed.length - stuck.length,
    states: comparable ? countStates(before, after, pairs.added, pairs.gone, changed) : [],
    owners: comparable ? countOwners(before, after, pairs.added, pairs.gone, changed) : [],
    listed,
    counters: counterChanges(first.snapshots[before.snapshot]!, second.snapshots[after.snapshot]!),
  };
}

/** Whether a snapshot is more than counters; a listing may well be empty. */
function hasList({ analysis, snapshot }: Side): boolean {
  return listsSockets(analysis.dump.snapshots[snapshot]!);
}

/** The row's state as reports name it; null for what has none. */
export function countedState(table: SocketTable, row: number): CountedState | null {
  const state = table.state[row] as State;
  return state === State.Unknown ? 'UNKNOWN' : stateName(state);
}

/** Whether a state lasts only for moments when all is well. */
function isPassing(state: State): boolean {
  const name = stateName(state);
  const health = name === null ? 'normal' : healthOf(name);
  return health === 'transient' || health === 'suspicious';
}

/** Seconds from one snapshot to another, of whatever dumps; null where their times do not tell. */
export function secondsBetween(
  from: Snapshot | undefined,
  to: Snapshot | undefined,
): number | null {
  const first = epochOf(from);
  const second = epochOf(to);
  const areAlike = ((from?.time ?? null) === null) === ((to?.time ?? null) === null);
  return first === null || second === null || !areAlike ? null : (second - first) / 1000;
}

interface Pairs {
  readonly kept: readonly Kept[];
  readonly added: Uint32Array;
  readonly gone: Uint32Array;
}

const NO_PAIRS: Pairs = { kept: [], added: new Uint32Array(), gone: new Uint32Array() };

/** Finds the sockets that two snapshots have both. */
class Matcher {
  private readonly first: Dump;
  private readonly second: Dump;
  /** Snapshots from the first to the second, where the dump has some between them. */
  private readonly steps: number;

  public constructor(
    private readonly before: Side,
    private readonly after: Side,
  ) {
    this.first = before.analysis.dump;
    this.second = after.analysis.dump;
    this.steps = this.between();
  }

  public match(): Pairs {
    const taken = new Uint8Array(this.first.table.length);
    const open = new Map<string, OpenRows>();
    for (const row of rowsOf(this.before)) {
      const key = keyOf(this.first.table, row);
      let rows = open.get(key);
      if (rows === undefined) {
        rows = new OpenRows(this.first.table, this.second.table, taken);
        open.set(key, rows);
      }
      rows.add(row);
    }
    const kept: Kept[] = [];
    const added = new Set<number>();
    const others: Kept[] = [];
    for (const row of rowsOf(this.after)) {
      const key = keyOf(this.second.table, row);
      const rows = this.lasted(row) ? open.get(key) : undefined;
      const found = rows?.take(row) ?? NONE;
      if (found !== NONE) {
        kept.push({ before: found, after: row });
        continue;
      }
      added.add(row);
      const other = rows?.other(row) ?? NONE;
      if (other !== NONE) {
        others.push({ before: other, after: row });
      }
    }
    for (const pair of handedOver(others, this.first.table, this.second.table)) {
      if (taken[pair.before] === 0) {
        taken[pair.before] = 1;
        added.delete(pair.after);
        kept.push(pair);
      }
    }
    kept.sort((a, b) => a.after - b.after);
    const gone = Uint32Array.from([...open.values()].flatMap(rows => rows.left())).sort();
    return { kept, added: Uint32Array.from(added), gone };
  }

  /** Whether a socket was there in all snapshots between the two. */
  private lasted(row: number): boolean {
    return this.steps < 2 || this.after.analysis.history.lasts(row, this.before.snapshot);
  }

  private between(): number {
    const { analysis, snapshot } = this.after;
    if (analysis !== this.before.analysis) {
      return 0;
    }
    const past = analysis.hosts.until(snapshot);
    const from = past.indexOf(this.before.snapshot);
    return from === -1 ? 0 : past.length - 1 - from;
  }
}

/** Rows of the first snapshot with the same ends, out of which those of the second are taken. */
class OpenRows {
  private readonly rows: number[] = [];
  /** The rows before it are taken. */
  private start = 0;
  /** All rows by identity, the last one first; made when they are too many to look at. */
  private byIdentity: Map<string, number[]> | undefined;

  public constructor(
    private readonly first: SocketTable,
    private readonly second: SocketTable,
    /** `1` for each row of the first that was taken. */
    private readonly taken: Uint8Array,
  ) {}

  public add(row: number): void {
    this.rows.push(row);
  }

  /** Takes the row that is the same socket as one of the second; NONE if none is. */
  public take(row: number): number {
    const { rows, taken } = this;
    while (this.start < rows.length && taken[rows[this.start]!] === 1) {
      this.start++;
    }
    const isOpen = (earlier: number | undefined): boolean =>
      earlier !== undefined &&
      taken[earlier] === 0 &&
      isSameSocket(this.first, earlier, this.second, row);
    let found = rows.slice(this.start, this.start + COMPARED).find(isOpen);
    if (found === undefined && rows.length > this.start + COMPARED) {
      this.byIdentity ??= this.identities();
      const alike = this.byIdentity.get(identityOf(this.second, row)) ?? [];
      while (alike.length > 0 && taken[alike.at(-1)!] === 1) {
        alike.pop();
      }
      found = isOpen(alike.at(-1)) ? alike.pop() : undefined;
    }
    if (found !== undefined) {
      taken[found] = 1;
    }
    return found ?? NONE;
  }

  /** A row that may be the same socket with another process; NONE if none is. */
  public other(row: number): number {
    const isOpen = (earlier: number): boolean =>
      this.taken[earlier] === 0 && mayBeHandedOver(this.first, earlier, this.second, row);
    return this.rows.slice(this.start, this.start + COMPARED).find(isOpen) ?? NONE;
  }

  /** The rows that were not taken. */
  public left(): number[] {
    return this.rows.filter(row => this.taken[row] === 0);
  }

  private identities(): Map<string, number[]> {
    const found = new Map<string, number[]>();
    for (let i = this.rows.length - 1; i >= 0; i--) {
      const row = this.rows[i]!;
      addTo(found, identityOf(this.first, row), row);
    }
    return found;
  }
}

/** The rows of a side's snapshot, each socket once. */
function* rowsOf({ analysis, snapshot }: Side): Generator<number> {
  const index = analysis.index(snapshot);
  const { firstRow, endRow } = index.snapshot;
  for (let row = firstRow; row < endRow; row++) {
    if (!index.files.repeated.has(row)) {
      yield row;
    }
  }
}

/** What two rows of one socket have in common, whichever tool printed them. */
function keyOf(table: SocketTable, row: number): string {
  const { pool, protocol, localPort } = table;
  const word = protocol[row]!;
  // What has no port may have no name either; its inode or handle tells it from others.
  const name =
    localPort[row] === NONE
      ? `${table.inode?.[row] ?? ''} ${pool.get(table.handle?.[row] ?? 0)}`
      : '';
  return `${isTcpWord(word) ? 'tcp' : protocolWord(word).protocol} ${endOf(table, row, 'local')} ${endOf(table, row, 'remote')} ${name}`;
}

/** An end of a row, the same whichever tool printed it. */
export function endOf(table: SocketTable, row: number, end: 'local' | 'remote'): string {
  const { pool } = table;
  const address = pool.get(table[`${end}Address`][row]!);
  const port = table[`${end}Port`][row]!;
  const service = pool.get(table[`${end}Service`]?.[row] ?? 0);
  return `${isAnyAddress(address) ? '*' : unmapped(address)} ${port > 0 ? port : service}`;
}

// #region Counts

class Tally {
  public before = 0;
  public after = 0;
  public added = 0;
  public gone = 0;
  public entered = 0;
  public left = 0;
  public closeWaitBefore = 0;
  public closeWaitAfter = 0;
}

function tallyOf<K>(tallies: Map<K, Tally>, key: K): Tally {
  let tally = tallies.get(key);
  if (tally === undefined) {
    tally = new Tally();
    tallies.set(key, tally);
  }
  return tally;
}

function countStates(
  before: Side,
  after: Side,
  added: Uint32Array,
  gone: Uint32Array,
  changed: readonly Kept[],
): StateCounts[] {
  const tallies = new Map<CountedState, Tally>();
  const first = before.analysis.dump.table;
  const second = after.analysis.dump.table;
  const count = (table: SocketTable, row: number, add: (tally: Tally) => void): void => {
    const state = countedState(table, row);
    if (state !== null) {
      add(tallyOf(tallies, state));
    }
  };
  for (const [state, value] of entries(before)) {
    tallyOf(tallies, state).before = value;
  }
  for (const [state, value] of entries(after)) {
    tallyOf(tallies, state).after = value;
  }
  added.forEach(row => count(second, row, tally => tally.added++));
  gone.forEach(row => count(first, row, tally => tally.gone++));
  for (const pair of changed) {
    count(first, pair.before, tally => tally.left++);
    count(second, pair.after, tally => tally.entered++);
  }
  return STATES.flatMap(state => {
    const tally = tallies.get(state);
    return tally === undefined
      ? []
      : [
          {
            state,
            before: tally.before,
            after: tally.after,
            added: tally.added,
            gone: tally.gone,
            entered: tally.entered,
            left: tally.left,
          },
        ];
  });
}

/** States in life-cycle order. */
const STATES: readonly CountedState[] = [...TCP_STATES, 'UNKNOWN'];

function entries({ analysis, snapshot }: Side): [CountedState, number][] {
  return Object.entries(analysis.snapshots[snapshot]!.stateCounts) as [CountedState, number][];
}

function countOwners(
  before: Side,
  after: Side,
  added: Uint32Array,
  gone: Uint32Array,
  changed: readonly Kept[],
): OwnerCounts[] {
  const tallies = new Map<string, Tally>();
  const owners = new Map<string, OwnerIdentity | null>();
  const tally = ({ analysis, snapshot }: Side, row: number): Tally => {
    const index = analysis.index(snapshot);
    const number = index.owners.of(row);
    const owner = number === NONE ? null : index.owners.get(number);
    const key = owner === null ? '' : owner.pid === null ? `${owner.process}` : `#${owner.pid}`;
    if (!owners.has(key)) {
      owners.set(key, owner);
    }
    return tallyOf(tallies, key);
  };
  const isCloseWait = ({ analysis }: Side, row: number): boolean =>
    analysis.dump.table.state[row] === State.CloseWait;
  for (const row of rowsOf(before)) {
    const own = tally(before, row);
    own.before++;
    own.closeWaitBefore += Number(isCloseWait(before, row));
  }
  for (const row of rowsOf(after)) {
    const own = tally(after, row);
    own.after++;
    own.closeWaitAfter += Number(isCloseWait(after, row));
  }
  added.forEach(row => tally(after, row).added++);
  gone.forEach(row => tally(before, row).gone++);
  changed.forEach(pair => tally(after, pair.after).entered++);
  return [...tallies]
    .filter(([, { added: more, gone: less, entered }]) => more + less + entered > 0)
    .map(([key, own]) => ({
      owner: owners.get(key) ?? null,
      before: own.before,
      after: own.after,
      added: own.added,
      gone: own.gone,
      closeWaitBefore: own.closeWaitBefore,
      closeWaitAfter: own.closeWaitAfter,
    }))
    .sort(
      (a, b) =>
        Math.abs(b.closeWaitAfter - b.closeWaitBefore) -
          Math.abs(a.closeWaitAfter - a.closeWaitBefore) || b.added + b.gone - (a.added + a.gone),
    );
}

// #endregion
