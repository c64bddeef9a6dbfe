import { getOrAdd } from '../../../model/maps';
import { course, type Course } from '../growing/growth';
import type { ByState } from '../../../index/byState';
import { where } from '../../../index/grouping';
import type { SocketTable } from '../../../model/socketTable';
import type { SnapshotIndex } from '../../../index/snapshotIndex';
import { NONE } from '../../../model/row';
import { State } from '../../../vocabulary/state';
import type { History } from '../../time/history';
import type { RuleContext } from '../ruleContext';

/** Whether Recv-Q has fallen since the snapshot before. */
export function isRead({ history, index: { table } }: RuleContext, row: number): boolean {
  const earlier = history.previous(row);
  return earlier !== NONE && table.recvQ[row]! >= 0 && table.recvQ[earlier]! > table.recvQ[row]!;
}

/** The rows of some that may still be sent on, as neither end was closed here. */
export function openRows({ table: { state } }: SnapshotIndex, rows: ByState): Uint32Array {
  return where(
    rows.rowsBetween(State.Established, State.CloseWait + 1),
    row => state[row] === State.Established || state[row] === State.CloseWait,
  );
}

/** Bytes that a row has sent or still has to send: on Linux the FIN, the last of all, counts as one. */
export function unsentBytes({ table, linux }: SnapshotIndex, row: number): number {
  return table.sendQ[row]! - Number(linux && hasSentFin(table.state[row]!));
}

/** Whether the FIN was sent, or waits behind the data, and nothing has acknowledged it. */
export function hasSentFin(state: State): boolean {
  return state === State.FinWait1 || state === State.Closing || state === State.LastAck;
}

/** The bytes in a queue of some connections, through the snapshots in which all of them were. */
export function queueCourse(
  context: RuleContext,
  rows: Uint32Array,
  queue: ArrayLike<number>,
): Course {
  const { history } = context;
  const seen = new Map<number, { rows: number; bytes: number }>();
  for (const row of rows) {
    for (const earlier of history.rowsUpTo(row)) {
      const snapshot = history.snapshotOf(earlier);
      const sum = seen.get(snapshot) ?? { rows: 0, bytes: 0 };
      seen.set(snapshot, sum);
      sum.rows++;
      sum.bytes += Math.max(0, queue[earlier]!);
    }
  }
  const all = [...seen].filter(([, sum]) => sum.rows === rows.length);
  return course(
    context,
    all.map(([snapshot]) => snapshot),
    (_, i) => all[i]![1].bytes,
    { unit: value => context.bytes(value) },
  );
}

/** Whether a queue of a row held just as much in the snapshot before, and nothing passed it since. */
export function isUnchanged(
  { history, index: { table } }: RuleContext,
  row: number,
  queue: Queue,
): boolean {
  const before = history.previous(row);
  return before !== NONE && isSame(table, queue, before, row);
}

/** Whether a program has read some of what came since the snapshot before. */
export function isBeingRead({ history, index: { table } }: RuleContext, row: number): boolean {
  const before = history.previous(row);
  return before !== NONE && readBetween(table, before, row) > 0;
}

/** Milliseconds since the last data within which a row is being sent on, or data comes. */
const JUST = 2_000;

/** Seconds since the last data after which a program has stopped, whatever it sent before. */
const STOPPED = 60;

/**
 * What tells that a program sends on a row whose peer has closed, as it may (RFC 9293 §3.6): data
 * went out a moment ago, or the FIN is as young; or more was acknowledged since the snapshot before.
 */
export function sentAfterFin(
  { history, index: { table } }: RuleContext,
  row: number,
): 'just' | 'since' | null {
  const { bytesAcked, sendQ } = table;
  const sent = sentAgo(table, row);
  const before = history.run(row) > 1 ? history.previous(row) : NONE;
  return before !== NONE &&
    sent <= STOPPED * 1000 &&
    (grown(bytesAcked, before, row) > 0 || sendQ[before] !== sendQ[row])
    ? 'since'
    : sent !== NONE && sent < JUST
      ? 'just'
      : null;
}

/** Whether data still comes on a row, or came since the snapshot before, when its state was the same. */
export function isReceiving({ history, index: { table } }: RuleContext, row: number): boolean {
  const { bytesReceived, lastReceived, recvQ } = table;
  const before = history.run(row) > 1 ? history.previous(row) : NONE;
  const ago = lastReceived?.[row] ?? NONE;
  return (
    (ago !== NONE && ago < JUST) ||
    (before !== NONE &&
      ago <= STOPPED * 1000 &&
      (grown(bytesReceived, before, row) > 0 || recvQ[before] !== recvQ[row]))
  );
}

/** Milliseconds since data was last sent, which ss leaves out where it is 0; NONE if not shown. */
function sentAgo({ lastSent, lastReceived }: SocketTable, row: number): number {
  const sent = lastSent?.[row] ?? NONE;
  return sent === NONE && lastSent !== undefined && (lastReceived?.[row] ?? NONE) !== NONE
    ? 0
    : sent;
}

/** Whether a queue is in two rows of a connection as if nothing had happened in between. */
function isSame(table: SocketTable, queue: Queue, before: number, row: number): boolean {
  return (
    queue[before] === queue[row] &&
    (queue === table.recvQ
      ? readBetween(table, before, row) <= 0
      : grown(table.bytesAcked, before, row) <= 0)
  );
}

/** Bytes that were read between two rows of a connection, at least. */
function readBetween({ recvQ, bytesReceived }: SocketTable, before: number, row: number): number {
  return grown(bytesReceived, before, row) - (recvQ[row]! - recvQ[before]!);
}

/** By how much a count has grown; 0 where it is not shown. */
function grown(counts: Float64Array | undefined, before: number, row: number): number {
  return counts === undefined || counts[before] === NONE || counts[row] === NONE
    ? 0
    : counts[row]! - counts[before]!;
}

/** For how long a queue has held just as much. */
interface Unchanged {
  /** In how many snapshots in a row that list the socket, up to this one. */
  readonly run: number;
  /** Seconds since the first of them; null where the dump does not tell. */
  readonly seconds: number | null;
}

/** For how long some queue of the rows has held as much as now: the longest of them all. */
export function unchanged(
  { history, index }: RuleContext,
  rows: Uint32Array,
  queue: Queue,
): Unchanged {
  const known = getOrAdd(runs, queue, () => ({
    lengths: new Uint32Array(queue.length),
    firsts: new Uint32Array(queue.length),
  }));
  let longest = 0;
  let first = 0;
  for (const row of rows) {
    const run = runTo(history, index.table, row, queue, known);
    if (run > longest) {
      longest = run;
      first = known.firsts[row]!;
    }
  }
  return {
    run: longest,
    seconds: history.secondsBetween(history.snapshotOf(first), index.number),
  };
}

/** A column of the table. */
type Queue = Int32Array | Float64Array;

/** By row what runTo has found; 0 where it was not asked. */
interface Runs {
  readonly lengths: Uint32Array;
  readonly firsts: Uint32Array;
}

/** By column: else each snapshot would walk back over all earlier ones. */
const runs = new WeakMap<Queue, Runs>();

function runTo(
  history: History,
  table: SocketTable,
  row: number,
  queue: Queue,
  { lengths, firsts }: Runs,
): number {
  const walked: number[] = [];
  let at = row;
  while (lengths[at] === 0) {
    const before = history.previous(at);
    if (before === NONE || !isSame(table, queue, before, at)) {
      lengths[at] = 1;
      firsts[at] = at;
    } else {
      walked.push(at);
      at = before;
    }
  }
  let run = lengths[at]!;
  for (let i = walked.length - 1; i >= 0; i--) {
    lengths[walked[i]!] = ++run;
    firsts[walked[i]!] = firsts[at]!;
  }
  return run;
}
