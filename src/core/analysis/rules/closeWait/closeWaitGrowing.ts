import { label, say } from '../../../wording/statement';
import {
  CLOSE_WAIT_ERROR,
  CLOSE_WAIT_WARNING,
  closeWaitByHolder,
  closeWaitCounts,
} from '../../kit/closeWait';
import { ANSWERED, mayAnswer, otherReadings, PASSING } from '../../kit/closeWaitReadings';
import { isSuspendable } from '../../kit/suspendedApps';
import { course } from '../../kit/growth';
import { subjectOfHolder } from '../../../index/holder';
import { remedyFor } from '../../kit/remedy';
import type { Draft, Severity } from '../../kit/draft';
import { each, rule } from '../../kit/rule';
import { threshold } from '../../kit/threshold';
import type { RuleContext } from '../../kit/ruleContext';
import { checkDescriptors, descriptorLimit } from '../../kit/commonLimits';

/** A fall of this share is noise: connections that are just being closed come on top of a leak. */
const NOISE = 0.1;

const TEXTS = {
  title: say(
    'cw-3.title',
    '{program} leaks more and more connections: {first}, then {count} in CLOSE_WAIT in {snapshots} snapshots',
    'rfc9293-3.6',
  ),
  more: say(
    'cw-3.more',
    '{program} has more and more in CLOSE_WAIT: {first}, then {count} in {snapshots} snapshots',
    'rfc9293-3.6',
  ),
  why: say(
    'cw-3.why',
    'The number in CLOSE_WAIT is growing, and earlier connections are still there.',
    'rfc9293-3.6',
  ),
  leaked: say('cw-3.leaked', 'New connections are leaked, too.', 'general-practice'),
};

/** CLOSE_WAIT of one owner while it grew. */
interface Growing {
  /** The snapshots, the first being the last before it grew. */
  readonly snapshots: readonly number[];
  readonly counts: readonly number[];
}

const THRESHOLDS = {
  ...CLOSE_WAIT_WARNING,
  ...CLOSE_WAIT_ERROR,
  growingSnapshots: threshold.snapshots(
    3,
    'Report a growing leak after this many snapshots, each with more CLOSE_WAIT sockets.',
  ),
};
type Context = RuleContext<keyof typeof THRESHOLDS>;

export const closeWaitGrowing = rule({
  code: 'CW-3',
  id: 'close-wait-growing',
  title: label('rule.CW-3', 'Growing number of CLOSE_WAIT sockets'),
  thresholds: THRESHOLDS,
  needs: { time: true },
  find(context) {
    return each(closeWaitByHolder.of(context.index), ([number, rows]) => {
      const growing = growingTo(context, subjectOfHolder(context.index, number));
      return isLeak(context, growing, rows) ? draft(context, number, rows, growing) : undefined;
    });
  },
});

/** The snapshots up to this one in which a subject's CLOSE_WAIT grew. */
function growingTo(context: RuleContext, subject: string): Growing {
  const { past } = context;
  const counts: number[] = [];
  let first = past.length;
  for (let i = past.length - 1; i >= 0; i--) {
    const count = closeWaitCounts.of(context.at(past[i]!)).get(subject) ?? 0;
    const later = counts[0];
    if (later !== undefined && count - later > Math.max(1, count * NOISE)) {
      break;
    }
    counts.unshift(count);
    first = i;
  }
  let flat = 0;
  while (flat + 1 < counts.length && counts[flat + 1] === counts[flat]) {
    flat++;
  }
  return { snapshots: past.slice(first + flat), counts: counts.slice(flat) };
}

/** Chance makes small numbers grow too: most steps must grow, and old rows must still be there. */
function isLeak(
  { history, thresholds }: Context,
  { snapshots, counts }: Growing,
  rows: Uint32Array,
): boolean {
  const steps = snapshots.length - 1;
  const rises = counts.map((count, i) => i > 0 && count > counts[i - 1]!);
  const risen = rises.filter(Boolean).length;
  if (
    snapshots.length < thresholds.growingSnapshots ||
    risen < 2 ||
    risen * 2 < steps ||
    counts.at(-1)! <= counts[0]! ||
    // A leak that has stopped grows no more, however much it grew.
    !rises.slice(1 - thresholds.growingSnapshots).includes(true)
  ) {
    return false;
  }
  const middle = Math.ceil(steps / 2);
  const stayed = rows.filter(row => history.run(row) > steps - middle).length;
  return stayed > 0 && stayed * 2 >= counts[middle]!;
}

function severityOf(context: Context, rows: Uint32Array, seconds: number | null): Severity {
  const { index, thresholds } = context;
  if (seconds === null) {
    return 'warning';
  }
  if (seconds < PASSING) {
    return rows.length >= thresholds.closeWaitError ? 'warning' : 'info';
  }
  return rows.length >= thresholds.closeWaitError ||
    (rows.length >= thresholds.closeWaitWarning && (seconds >= ANSWERED || !mayAnswer(index, rows)))
    ? 'error'
    : 'warning';
}

function draft(
  context: Context,
  number: number,
  rows: Uint32Array,
  { snapshots, counts }: Growing,
): Draft {
  const { index, history } = context;
  const { owner, program, subject } = context.holder(number);
  const count = rows.length;
  const seconds = history.secondsBetween(snapshots[0]!, index.number);
  const severity = isSuspendable(context, owner) ? 'info' : severityOf(context, rows, seconds);
  const leaks = severity === 'error' && owner !== null;
  return {
    cause: 'close-wait',
    subject,
    severity,
    confidence: leaks ? 'high' : severity === 'info' || seconds === null ? 'low' : 'medium',
    rows,
    owner,
    describe: () => {
      const used = number < 0 ? count : Math.max(count, index.owners.count(number));
      const { growth, texts } = course(
        context,
        snapshots,
        snapshot => closeWaitCounts.of(context.at(snapshot)).get(subject) ?? 0,
        // Elsewhere the limit is another one, or there is none.
        index.linux ? { limit: descriptorLimit(context, used) } : {},
      );
      return {
        title: context.say(leaks ? TEXTS.title : TEXTS.more, {
          program,
          first: counts[0]!,
          count,
          snapshots: snapshots.length,
        }),
        why: [context.say(TEXTS.why), ...(leaks ? [context.say(TEXTS.leaked)] : [])],
        evidence: [...texts.map(text => context.evidence(text)), ...context.examples(rows)],
        confirm: checkDescriptors(context, owner?.pid ?? null),
        remedy: remedyFor(context, 'CLOSE-WAIT', owner, rows),
        alternatives: otherReadings(context, rows, seconds),
        caveats: context.caveats({ owner }),
        growth,
      };
    },
  };
}
