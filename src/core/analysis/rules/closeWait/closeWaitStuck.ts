import type { Text } from '../../../wording/text';
import { label, say } from '../../../wording/statement';
import { NONE } from '../../../model/row';
import { State } from '../../../vocabulary/state';
import { closeWaitByHolder } from '../../kit/closeWait';
import { listState } from '../../kit/commands';
import { where } from '../../../index/grouping';
import { remedyFor } from '../../kit/remedy';
import type { Draft, Severity } from '../../kit/draft';
import { each, rule } from '../../kit/rule';
import { threshold } from '../../kit/threshold';
import type { RuleContext } from '../../kit/ruleContext';

/** Seconds after which a connection in CLOSE_WAIT is certainly not just being closed. */
const LONG = 60;

/** Seconds that a slow program may take to close, however many snapshots were made of it. */
const SHORT = 10;

const TEXTS = {
  title: say(
    'cw-2.title',
    '{program} has not closed {count} CLOSE_WAIT in {snapshots} snapshots',
    'rfc9293-3.6',
  ),
  titleTime: say(
    'cw-2.title-time',
    '{program} has not closed {count} CLOSE_WAIT in {snapshots} snapshots, for at least {time}',
    'rfc9293-3.6',
  ),
  some: say(
    'cw-2.some',
    '{program} has not closed {count} CLOSE_WAIT, {oldest} of them in {snapshots} snapshots',
    'rfc9293-3.6',
  ),
  someTime: say(
    'cw-2.some-time',
    '{program} has not closed {count} CLOSE_WAIT, {oldest} of them in {snapshots} snapshots, for at least {time}',
    'rfc9293-3.6',
  ),
  all: say('cw-2.all', '{connections} in CLOSE_WAIT in all {snapshots} snapshots.', 'rfc9293-3.6'),
  allTime: say(
    'cw-2.all-time',
    '{connections} in CLOSE_WAIT in all {snapshots} snapshots, at least {time}.',
    'rfc9293-3.6',
  ),
  why: say(
    'cw-2.why',
    'The same addresses and ports are in CLOSE_WAIT again and again: they are stuck, not passing.',
    'rfc9293-3.3.2',
    'general-practice',
  ),
  half: say(
    'cw-2.half-close',
    'The peer still holds its end (FIN_WAIT2 with a process): it may have half-closed on purpose and still wait for data.',
    'rfc9293-3.6',
    'measured',
  ),
  list: say('cw-2.list', 'Lists them as they are now.', 'ss.8'),
};

const THRESHOLDS = {
  stuckSnapshots: threshold.snapshots(
    3,
    'Snapshots in which the same connection is in CLOSE_WAIT that make an error.',
  ),
};
type Context = RuleContext<keyof typeof THRESHOLDS>;

export const closeWaitStuck = rule({
  code: 'CW-2',
  id: 'close-wait-stuck',
  title: label('rule.CW-2', 'The same connection is in CLOSE_WAIT in several snapshots'),
  thresholds: THRESHOLDS,
  needs: { time: true },
  find(context) {
    return each(closeWaitByHolder.of(context.index), ([holder, rows]) => {
      const stuck = where(rows, row => context.history.run(row) > 1);
      return stuck.length > 0 ? draft(context, holder, stuck) : undefined;
    });
  },
});

function draft(context: Context, number: number, rows: Uint32Array): Draft {
  const { index, history } = context;
  const { owner, program, subject } = context.holder(number);
  const snapshots = history.longestRun(rows);
  const oldest = rows.filter(row => history.run(row) === snapshots);
  const seconds = history.secondsSeen(oldest[0]!, index.number);
  const halfClosed = rows.every(row => isHeldByPeer(context, row));
  return {
    cause: 'close-wait',
    subject,
    severity: severityOf(context, snapshots, seconds, halfClosed),
    confidence: halfClosed
      ? 'low'
      : severityOf(context, snapshots, seconds, false) === 'error'
        ? 'high'
        : 'medium',
    rows,
    owner,
    describe: () => ({
      title: titleText(context, program, rows.length, oldest.length, snapshots, seconds),
      why: [context.say(TEXTS.why)],
      evidence: [
        ...(snapshots === context.past.length
          ? [context.evidence(allText(context, oldest.length, snapshots, seconds))]
          : []),
        ...context.examples(oldest),
      ],
      confirm: [
        { text: context.say(TEXTS.list), command: listState(index.system, 'CLOSE-WAIT', owner) },
      ],
      remedy: remedyFor(context, 'CLOSE-WAIT', owner),
      alternatives: rows.some(row => isHeldByPeer(context, row)) ? [context.say(TEXTS.half)] : [],
      caveats: context.caveats({ owner }),
    }),
  };
}

function titleText(
  context: RuleContext,
  program: Text,
  count: number,
  oldest: number,
  snapshots: number,
  seconds: number | null,
): Text {
  const args = { program, count, snapshots };
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

function severityOf(
  { thresholds }: Context,
  snapshots: number,
  seconds: number | null,
  halfClosed: boolean,
): Severity {
  const long =
    (seconds ?? 0) >= LONG ||
    (snapshots >= thresholds.stuckSnapshots && (seconds === null || seconds >= SHORT));
  return long && !halfClosed ? 'error' : 'warning';
}

/** Whether the other end is in the dump as FIN_WAIT2 that a process still holds: a half-close. */
function isHeldByPeer({ index }: RuleContext, row: number): boolean {
  const peer = index.otherEnd(row);
  return (
    peer !== NONE && index.table.state[peer] === State.FinWait2 && index.owners.of(peer) !== NONE
  );
}
