import { where } from '../../../index/grouping';
import type { SnapshotIndex } from '../../../index/snapshotIndex';
import { NONE } from '../../../model/row';
import { State } from '../../../vocabulary/state';
import { say } from '../../../wording/statement';
import { TimerKind } from '../../../vocabulary/timer';
import type { Text } from '../../../wording/text';
import { isRead, sentAfterFin } from '../transfer/queues';
import type { RuleContext } from '../ruleContext';
import { sidecarTexts } from './sidecars';
import { endOf } from '../whichEnd';

/**
 * Seconds within which nothing is accused: a busy program closes late, and one whose peer has only
 * half-closed first makes its answer (measured: a server that worked 25 s).
 */
export const PASSING = 60;

/** Seconds after which even a server is hardly still making the answer to a half-close. */
export const ANSWERED = 300;

/** Answers that a server is hardly making at one moment, each to a peer that has half-closed. */
const MANY_ANSWERS = 100;

const TEXTS = {
  answering: say(
    'A program looks like this while it is working on its answer to a peer that has only half-closed.',
    'rfc9293-3.6',
    'measured',
  ),
};

/** The rows that a program neither reads nor sends on: nothing has moved since the snapshot before. */
export function standing(context: RuleContext, rows: Uint32Array): Uint32Array {
  const { history, index } = context;
  return history.hosts.previous(index.number) === NONE && index.table.lastSent === undefined
    ? rows
    : index.onceFor(rows, standing, () =>
        where(rows, row => !isRead(context, row) && sentAfterFin(context, row) === null),
      );
}

/**
 * Whether a program may still be making its answers: it serves all of these rows, and has read each
 * to its end. A half-close looks so (RFC 9293 §3.6).
 */
export function mayAnswer(index: SnapshotIndex, rows: Uint32Array): boolean {
  const { recvQ } = index.table;
  return (
    rows.length < MANY_ANSWERS &&
    rows.every(row => !(recvQ[row]! > 0) && index.roleOf(row) === 'server')
  );
}

/** Whether a share of a program's sockets says something: none is missing from the listing. */
export function knowsShare(context: RuleContext): boolean {
  const { counts } = context.index;
  const tcp = counts.reduce((sum, count) => sum + count, 0) - counts[State.None]!;
  return !context.isFiltered && tcp > counts[State.CloseWait]!;
}

/** What else a program may be doing, or who else may have closed. */
export function otherReadings(
  context: RuleContext,
  rows: Uint32Array,
  seconds: number | null,
): Text[] {
  return [
    ...((seconds ?? 0) < ANSWERED &&
    endOf(context.index, rows) !== 'client' &&
    !nobodyWaits(context, rows)
      ? [context.say(TEXTS.answering)]
      : []),
    ...sidecarTexts(context, rows),
  ];
}

/** Whether the other ends of all of these are shown, and no program there waits for an answer. */
function nobodyWaits(context: RuleContext, rows: Uint32Array): boolean {
  return (
    (context.index.connections.hasLocal || context.history.hosts.several) &&
    rows.every(row => {
      const peer = context.otherEnd(row);
      return peer === NONE ? isGone(context, row) : isOrphan(context, peer);
    })
  );
}

/** Whether the other end of a row, which would be shown, is there no more. */
function isGone({ index, isFiltered }: RuleContext, row: number): boolean {
  const remote = index.plainAddress(index.table.remoteAddress[row]!);
  return !isFiltered && index.isLoopback(remote);
}

/** Whether the process of an end has called close(): the kernel alone keeps it. */
export function isOrphan(context: RuleContext, row: number): boolean {
  const index = context.indexOf(row);
  const { timer, inode } = index.table;
  return (
    index.owners.of(row) === NONE &&
    (timer?.[row] === TimerKind.TimeWait ||
      inode?.[row] === 0 ||
      (index.showsPids && !index.snapshot.unprivileged))
  );
}

/** Seconds that Linux keeps a FIN_WAIT2 without owner (tcp_fin_timeout, unless it was changed). */
const ORPHAN_LIFE = 60;

/** Seconds for which a row has been a FIN_WAIT2 without owner, by its timer; null where none tells. */
export function secondsOrphaned({ table }: SnapshotIndex, row: number): number | null {
  const { state, timer, timerSeconds } = table;
  const left = timerSeconds?.[row] ?? NONE;
  const tells = state[row] === State.FinWait2 && timer?.[row] === TimerKind.TimeWait;
  return tells && left !== NONE ? ORPHAN_LIFE - left : null;
}

/** Seconds within which a program is just about to close what its peer has closed. */
const JUST = 10;

/**
 * Whether the timers at the other ends of all rows show that these have closed moments ago. What an
 * earlier snapshot shows as well is judged by that.
 */
export function areJustClosed(context: RuleContext, rows: Uint32Array): boolean {
  const { history, index } = context;
  const isFirstSeen = history.longestRun(rows) === 1;
  return (
    isFirstSeen &&
    rows.every(row => {
      const peer = context.otherEnd(row);
      const other = peer === NONE ? index : context.indexOf(peer);
      const seconds = peer === NONE ? null : secondsOrphaned(other, peer);
      const apart =
        other.number === index.number ? 0 : history.secondsBetweenHosts(other.number, index.number);
      return seconds !== null && apart !== null && seconds + apart < JUST;
    })
  );
}
