import type { Arg, Text } from '../../../wording/text';
import { label, say } from '../../../wording/statement';
import { NONE } from '../../../model/row';
import { State } from '../../../vocabulary/state';
import { CLOSE_WAIT_WARNING, closeWaitByHolder } from '../../kit/closing/closeWait';
import {
  ANSWERED,
  mayAnswer,
  otherReadings,
  PASSING,
  standing,
} from '../../kit/closing/closeWaitReadings';
import { fallenFrom } from '../../kit/closing/closeWaitTurnover';
import { halfClosedPairs, isHeld } from '../../kit/closing/halfClosed';
import { isSuspendable } from '../../kit/suspendedApps';
import { listState } from '../../kit/commands';
import { where } from '../../../index/grouping';
import { closeWaitRemedy } from '../../kit/closing/closeWaitRemedy';
import { holderOfAll } from '../../kit/closing/inherited';
import { beforeRestart } from '../../kit/remedy';
import type { Draft, Severity } from '../../kit/draft';
import { each, rule } from '../../kit/rule';
import { threshold } from '../../kit/threshold';
import type { RuleContext } from '../../kit/ruleContext';

const TEXTS = {
  title: say(
    '{program} has not closed {connections} in CLOSE_WAIT: the same in {snapshots} snapshots',
    'rfc9293-3.6',
  ),
  titleTime: say(
    '{program} has not closed {connections} in CLOSE_WAIT: the same in {snapshots} snapshots, at least {time}',
    'rfc9293-3.6',
  ),
  some: say(
    '{program} has not closed {connections} in CLOSE_WAIT, {oldest} of them in {snapshots} snapshots',
    'rfc9293-3.6',
  ),
  someTime: say(
    '{program} has not closed {connections} in CLOSE_WAIT, {oldest} of them in {snapshots} snapshots, at least {time}',
    'rfc9293-3.6',
  ),
  all: say('{connections} in CLOSE_WAIT in all {snapshots} snapshots.', 'rfc9293-3.6'),
  allTime: say(
    '{connections} in CLOSE_WAIT in all {snapshots} snapshots, for at least {time}.',
    'rfc9293-3.6',
  ),
  why: say(
    'The same addresses and ports are in CLOSE_WAIT in each of these snapshots.',
    'rfc9293-3.3.2',
    'general-practice',
  ),
  fallen: say(
    'There were {most} in CLOSE_WAIT in an earlier snapshot, and there are {count} now: the program closes them, if late.',
    'rfc9293-3.6',
  ),
  stuck: say(
    'Connections that stay in CLOSE_WAIT for so long are stuck, not passing.',
    'general-practice',
  ),
  half: say(
    'The peer still holds its end (FIN_WAIT_2 with a process): it may have half-closed on purpose and be waiting for data.',
    'rfc9293-3.6',
    'measured',
  ),
  list: say('List what is in CLOSE_WAIT now.', 'ss.8'),
};

const THRESHOLDS = {
  ...CLOSE_WAIT_WARNING,
  stuckSnapshots: threshold.snapshots(
    3,
    'Report an error when the same connection is in CLOSE_WAIT in this many snapshots.',
  ),
};
type Context = RuleContext<keyof typeof THRESHOLDS>;

export const closeWaitStuck = rule({
  code: 'CW-2',
  id: 'close-wait-stuck',
  title: label('Connections stuck in CLOSE_WAIT over several snapshots'),
  thresholds: THRESHOLDS,
  needs: { states: [State.CloseWait], time: true },
  find(context) {
    return each(closeWaitByHolder.of(context.index), ([holder, all]) => {
      const stuck = where(standing(context, all), row => context.history.run(row) > 1);
      // What a half-closed pair explains is not said again.
      return stuck.length > 0 && !halfClosedPairs.of(context.index).has(holder)
        ? draft(context, holder, stuck, all.length)
        : undefined;
    });
  },
});

/** @param count How many the holder has in CLOSE_WAIT, of which these have lasted. */
function draft(context: Context, number: number, rows: Uint32Array, count: number): Draft {
  const { index, history } = context;
  const { owner, program, subject } = holderOfAll(context, number, rows);
  const snapshots = history.longestRun(rows);
  const oldest = rows.filter(row => history.run(row) === snapshots);
  const seconds = history.secondsSeen(oldest[0]!, index.number);
  const most = (seconds ?? 0) < ANSWERED ? fallenFrom(context, subject, count) : 0;
  const severity =
    most > 0 || isSuspendable(context, owner)
      ? 'info'
      : severityOf(context, oldest, snapshots, seconds);
  const doubtful = seconds === null || rows.every(row => isHeldByPeer(context, row));
  return {
    cause: 'close-wait',
    subject,
    severity,
    confidence:
      severity === 'error' ? 'high' : severity === 'warning' && !doubtful ? 'medium' : 'low',
    rows,
    owner,
    describe: () => ({
      title: titleText(context, program, rows.length, oldest.length, snapshots, seconds),
      why: [context.say(TEXTS.why), ...(severity === 'error' ? [context.say(TEXTS.stuck)] : [])],
      evidence: [
        ...(most > 0 ? [context.evidence(context.say(TEXTS.fallen, { most, count }))] : []),
        ...(snapshots === history.hosts.of(index.number).snapshots.length
          ? [context.evidence(allText(context, oldest.length, snapshots, seconds))]
          : []),
        ...context.examples(oldest),
      ],
      confirm: [
        context.check(TEXTS.list, listState(index.system, 'CLOSE-WAIT', owner)),
        ...beforeRestart(context, owner, severity),
      ],
      remedy: closeWaitRemedy(context, owner, rows, { severity }),
      alternatives: [
        ...(rows.some(row => isHeldByPeer(context, row)) ? [context.say(TEXTS.half)] : []),
        ...otherReadings(context, rows, seconds),
      ],
      caveats: context.caveats({ owner, time: true }),
    }),
  };
}

function titleText(
  context: RuleContext,
  program: Arg,
  count: number,
  oldest: number,
  snapshots: number,
  seconds: number | null,
): Text {
  const args = { program, connections: context.connections(count), snapshots };
  if (seconds === null || seconds === 0) {
    return oldest === count
      ? context.say(TEXTS.title, args)
      : context.say(TEXTS.some, { ...args, oldest });
  }
  const time = context.measured(seconds);
  return oldest === count
    ? context.say(TEXTS.titleTime, { ...args, time })
    : context.say(TEXTS.someTime, { ...args, oldest, time });
}

function allText(
  context: RuleContext,
  oldest: number,
  snapshots: number,
  seconds: number | null,
): Text {
  const args = { connections: context.connections(oldest), snapshots };
  return seconds === null || seconds === 0
    ? context.say(TEXTS.all, args)
    : context.say(TEXTS.allTime, { ...args, time: context.measured(seconds) });
}

/** @param oldest The rows that have been in CLOSE_WAIT in the most snapshots, up to this one. */
function severityOf(
  context: Context,
  oldest: Uint32Array,
  snapshots: number,
  seconds: number | null,
): Severity {
  const { index, thresholds } = context;
  const often = snapshots >= thresholds.stuckSnapshots;
  // Without times, several snapshots may be of one second.
  if (seconds === null ? !often : seconds < PASSING) {
    return 'info';
  }
  return seconds !== null &&
    oldest.length >= thresholds.closeWaitWarning &&
    (often || seconds >= ANSWERED) &&
    !oldest.every(row => isHeldByPeer(context, row)) &&
    (seconds >= ANSWERED || !mayAnswer(index, oldest))
    ? 'error'
    : 'warning';
}

/** Whether the other end is in the dump as FIN_WAIT_2 that a process still holds: a half-close. */
function isHeldByPeer({ index }: RuleContext, row: number): boolean {
  const peer = index.otherEnd(row);
  return peer !== NONE && index.table.state[peer] === State.FinWait2 && isHeld(index, peer);
}
