import { holderOf } from '../../../index/holder';
import { ascending, groupBy, union, where, whereInSteps } from '../../../index/grouping';
import type { SnapshotIndex } from '../../../index/snapshotIndex';
import { NONE } from '../../../model/row';
import { inBlocks } from '../../../model/task';
import { State } from '../../../vocabulary/state';
import { TimerKind } from '../../../vocabulary/timer';
import { say } from '../../../wording/statement';
import type { Arg, Text } from '../../../wording/text';
import { closerOf } from '../closer';
import { PerSnapshot } from '../perSnapshot';
import { isUnchanged, openRows, unsentBytes } from './queues';
import type { RuleContext } from '../ruleContext';

const TEXTS = {
  left: say(
    'The probe timer has up to {time} left: nothing was taken for about that long, or longer.',
    'measured',
    'linux-tcp-timer',
  ),
  heldUp: say(
    '{program} has {unsent} to send that {remote} does not take. Most likely it reads on when it can send.',
    'measured',
    'rfc9293-3.8.6.1',
  ),
  bulk: say('A large upload looks like this while it is running.', 'general-practice'),
};

/** What much unacknowledged data also looks like. */
export const { bulk: BULK } = TEXTS;

/** Bytes on both ends of a connection that are more than what is under way at any moment. */
const MUCH = 65_536;

/** States in which unsent data can wait for the peer's window. */
const SENDING_STATES = [
  State.Established,
  State.CloseWait,
  State.FinWait1,
  State.Closing,
  State.LastAck,
] as const;

/**
 * Seconds left on a probe timer that are well above a retransmission timeout. Behind a reader that
 * is only slow the timer starts anew with that timeout each time the window opens (measured on
 * loopback: at most 0.22 s); across networks the timeout may be about a second.
 */
const LONG_HERE = 1;
const LONG_ELSEWHERE = 3;

/** Unanswered probes from which on the peer is silent; one is normal for a moment. */
export const SILENT_PROBES = 2;

/** Rows whose peer has closed its window, and takes no more data: zero-window probes are sent. */
export const probingRows = new PerSnapshot<Uint32Array>(function* (index) {
  const { timer } = index.table;
  const rows: number[] = [];
  if (timer !== undefined) {
    for (const state of SENDING_STATES) {
      const sending = index.sending.rowsIn(state);
      yield* inBlocks(0, sending.length, (from, end) => {
        for (let i = from; i < end; i++) {
          const row = sending[i]!;
          if (timer[row] === TimerKind.Probe && unsentBytes(index, row) > 0) {
            rows.push(row);
          }
        }
      });
    }
  }
  return ascending(rows);
});

/** The end of a row's connection that has data to read; NONE where it is not in the dump. */
export function readerOf(index: SnapshotIndex, row: number): number {
  const peer = index.otherEnd(row);
  return peer !== NONE && peer !== row && index.table.recvQ[peer]! > 0 ? peer : NONE;
}

/**
 * Rows that wait for a reader in the dump: those that probe its window. Where no timers are shown,
 * those with much to send to an end that has much to read.
 */
export const waitingForReader = new PerSnapshot<Uint32Array>(function* (index) {
  if (index.showsTimers) {
    return yield* whereInSteps(yield* probingRows.in(index), row => readerOf(index, row) !== NONE);
  }
  const { recvQ } = index.table;
  return yield* whereInSteps(openRows(index, index.sending), row => {
    const reader = unsentBytes(index, row) >= MUCH ? readerOf(index, row) : NONE;
    return reader !== NONE && recvQ[reader]! >= MUCH;
  });
});

/** Whether a row waits for the program at its other end, which is in the dump, to read. */
function waitsFor(index: SnapshotIndex, row: number, reader: number): boolean {
  const { recvQ, timer } = index.table;
  const unsent = unsentBytes(index, row);
  return index.showsTimers
    ? timer![row] === TimerKind.Probe && unsent > 0 && recvQ[reader]! > 0
    : unsent >= MUCH && recvQ[reader]! >= MUCH;
}

/** The end on another host that a row of this one waits for to read; NONE where none is known. */
export function readerElsewhere(context: RuleContext, row: number): number {
  const reader = context.fleet.otherEnd(row);
  return waitsAcross(context, row, reader) ? reader : NONE;
}

/** The end on another host that waits for a row of this one to read; NONE where none is known. */
export function senderElsewhere(context: RuleContext, row: number): number {
  const sender = context.fleet.otherEnd(row);
  return waitsAcross(context, sender, row) ? sender : NONE;
}

/** Whether one end waits for the other one, on another host, to read; either may be NONE. */
function waitsAcross(context: RuleContext, sender: number, reader: number): boolean {
  return (
    sender !== NONE &&
    reader !== NONE &&
    context.index.table.sendQ[sender]! > 0 &&
    waitsFor(context.indexOf(sender), sender, reader) &&
    isHeld(context, sender, reader)
  );
}

/** Seconds that clocks of two hosts may differ by. */
const CLOCKS = 10;

/** What the other end of a row that probes tells: that all was read since, that it may have been. */
export type Emptied = 'since' | 'perhaps';

/** Whether the other end of a row has nothing to read, and when; null where that is not known. */
export function emptiedOf(context: RuleContext, row: number): Emptied | null {
  const { history, index } = context;
  const reader = context.otherEnd(row);
  if (reader === NONE || reader === row || index.table.recvQ[reader] !== 0) {
    return null;
  }
  const { number } = context.indexOf(reader);
  const isLater = (history.secondsBetween(index.number, number) ?? 0) >= CLOCKS;
  const isEarlier = (history.secondsBetween(number, index.number) ?? 0) >= CLOCKS;
  return number === index.number || isLater ? 'since' : isEarlier ? null : 'perhaps';
}

/** Seconds between two hosts' listings up to which what one end holds back tells of the other. */
const APART = 600;

/** Whether what waits at a reader can be what its sender on another host waits for. */
function isHeld(context: RuleContext, sender: number, reader: number): boolean {
  const { history, index } = context;
  const apart = history.secondsBetweenHosts(
    context.indexOf(sender).number,
    context.indexOf(reader).number,
  );
  return (
    (index.table.recvQ[reader]! >= MUCH && (apart === null || apart <= APART)) ||
    (apart === null && unreadTogether(context, context.indexOf(sender)).has(sender)) ||
    isSameMoment(context, sender, reader)
  );
}

/** Connections of which not all have something to read by chance. */
const SEVERAL = 3;

/** Of what a remote address has not taken for long, the rows that all have unread data there. */
function unreadTogether(context: RuleContext, index: SnapshotIndex): ReadonlySet<number> {
  return index.once(unreadTogether, () => {
    const { recvQ, remoteAddress } = index.table;
    const stalled = where(
      probingRows.of(index),
      row => takenNothingFor(index, row) > 0 && context.fleet.otherEnd(row) !== NONE,
    );
    const unread = [...groupBy(stalled, row => index.plainAddress(remoteAddress[row]!))]
      .map(([, rows]) => rows)
      .filter(
        rows =>
          rows.length >= SEVERAL && rows.every(row => recvQ[context.fleet.otherEnd(row)]! > 0),
      );
    return new Set(union(unread));
  });
}

/** Whether two hosts were listed within the time for which the window between them was closed. */
export function isSameMoment(context: RuleContext, sender: number, reader: number): boolean {
  const sending = context.indexOf(sender);
  const apart = context.history.secondsBetweenHosts(sending.number, context.indexOf(reader).number);
  return apart !== null && apart <= takenNothingFor(sending, sender);
}

/**
 * For how many seconds about, or longer, the peer of a probing row has taken nothing: the probe
 * timer is doubled only while the window stays closed. 0 where a slow reader may be behind it.
 */
export function takenNothingFor(index: SnapshotIndex, row: number): number {
  const left = index.table.timerSeconds?.[row] ?? NONE;
  return left >= (index.isHere(row) ? LONG_HERE : LONG_ELSEWHERE) ? left : 0;
}

/** What {@link takenNothingFor} rests on. */
export function timerText(context: RuleContext, seconds: number): Text {
  return context.say(TEXTS.left, { time: context.duration(seconds) });
}

/** Whether a probing row shows more than a reader that is slower than the sender. */
export function isStalled(context: RuleContext, row: number): boolean {
  const { probes, sendQ } = context.index.table;
  return (
    takenNothingFor(context.index, row) > 0 ||
    (probes?.[row] ?? 0) >= SILENT_PROBES ||
    isUnchanged(context, row, sendQ)
  );
}

/**
 * The rows on which a holder cannot send, where they are enough to be why it does not read so many
 * others: it passes on what it reads, or its answers. Null where they are not. What waits both ways
 * on one connection is no such reason, as each end then waits for the other.
 */
export function heldUpBy(context: RuleContext, holder: number, unread: number): Uint32Array | null {
  if (holder < 0) {
    return null;
  }
  const { index } = context;
  const { recvQ, sendQ } = index.table;
  const groups = index.once(heldUpBy, () => {
    const waiting = new Set(waitingForReader.of(index));
    const rows = index.showsTimers
      ? probingRows.of(index).filter(row => isStalled(context, row))
      : openRows(index, index.sending).filter(
          row =>
            unsentBytes(index, row) >= MUCH &&
            (waiting.has(row) || isUnchanged(context, row, sendQ)),
        );
    return groupBy(
      rows.filter(row => !(recvQ[row]! > 0) && !isInner(index, row)),
      row => holderOf(index, row),
    );
  });
  const rows = groups.of(holder);
  return rows.length > 0 && rows.length * 2 >= unread ? rows : null;
}

/** Whether both ends of a connection are of one holder. */
function isInner(index: SnapshotIndex, row: number): boolean {
  const peer = index.otherEnd(row);
  return peer !== NONE && holderOf(index, peer) === holderOf(index, row);
}

/** That a program cannot send on some rows, and so does not read on. */
export function heldUpText(context: RuleContext, program: Arg, rows: Uint32Array): Text {
  const unsent = rows.reduce((sum, row) => sum + unsentBytes(context.index, row), 0);
  return context.say(TEXTS.heldUp, {
    program,
    unsent: context.bytes(unsent),
    remote: closerOf(context, rows),
  });
}

/** Whether the other end of a row is in the dump, and still sends as fast as this one reads. */
export function isReadSlowly(context: RuleContext, row: number): boolean {
  const { index } = context;
  const sender = index.otherEnd(row);
  return (
    sender !== NONE &&
    index.table.timer?.[sender] === TimerKind.Probe &&
    !isStalled(context, sender)
  );
}

/** Whether the other end of a row is in the dump, and waits for this one to read. */
export function isKeptWaiting(context: RuleContext, row: number): boolean {
  const { index } = context;
  const own = index.otherEnd(row);
  const sender = own === NONE ? senderElsewhere(context, row) : own;
  return (
    sender !== NONE && index.table.timer?.[sender] === TimerKind.Probe && isStalled(context, sender)
  );
}
