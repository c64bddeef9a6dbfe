import { State } from '../../../vocabulary/state';
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
import { ownerOfHolder, subjectOfHolder } from '../../../index/holder';
import type { SnapshotIndex } from '../../../index/snapshotIndex';
import { NONE } from '../../../model/row';
import { remedyFor } from '../../kit/remedy';
import type { Draft, Severity } from '../../kit/draft';
import { each, rule } from '../../kit/rule';
import { threshold } from '../../kit/threshold';
import type { RuleContext } from '../../kit/ruleContext';
import type { History } from '../../time/history';
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

/** CLOSE_WAIT of one subject while it grew, up to a snapshot; places count its host's snapshots. */
interface Rise {
  /** The last place before it grew. */
  readonly first: number;
  /** How many there are at the last place. */
  readonly count: number;
  /** Steps of it that went up, and the place of the last one. */
  readonly rises: number;
  readonly lastRise: number;
  /** Whether there was no step up or down. */
  readonly flat: boolean;
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
  needs: { states: [State.CloseWait], time: true },
  find(context) {
    return each(closeWaitByHolder.of(context.index), ([number, rows]) => {
      const rise = risesTo(context).get(subjectOfHolder(context.index, number))!;
      return isLeak(context, rise, rows, number) ? draft(context, number, rows, rise) : undefined;
    });
  },
});

type Rises = ReadonlyMap<string, Rise>;

/** By host, the rises up to the snapshot that was asked for last: a watch has thousands. */
const LAST = new WeakMap<History, Map<number, { readonly place: number; readonly rises: Rises }>>();

/** By subject. Each snapshot's is made from the one before. */
function risesTo({ history, index: { number }, at }: RuleContext): Rises {
  const { hosts } = history;
  const host = hosts.of(number);
  const place = hosts.place(number);
  const lasts = LAST.get(history) ?? new Map<number, { place: number; rises: Rises }>();
  LAST.set(history, lasts);
  const last = lasts.get(host.number);
  let rises = last !== undefined && last.place <= place ? last.rises : undefined;
  for (let i = rises === undefined ? 0 : last!.place + 1; i <= place; i++) {
    const before = i === 0 ? undefined : at(host.snapshots[i - 1]!);
    rises = risesIn(at(host.snapshots[i]!), i, before, rises);
  }
  lasts.set(host.number, { place, rises: rises! });
  return rises!;
}

function risesIn(
  index: SnapshotIndex,
  place: number,
  before: SnapshotIndex | undefined,
  risesBefore: Rises | undefined,
): Rises {
  const rises = new Map<string, Rise>();
  for (const [holder, { length: count }] of closeWaitByHolder.of(index)) {
    const subject = subjectOfHolder(index, holder);
    const pid = ownerOfHolder(index, holder)?.pid ?? null;
    const wasThere = before !== undefined && (pid === null || before.owners.find(pid) !== NONE);
    const last = risesBefore?.get(subject) ?? firstOf(place, count, wasThere);
    rises.set(subject, next(last, place, count));
  }
  return rises;
}

/** Where a subject starts: at none in the snapshot before, if its program was there already. */
function firstOf(place: number, count: number, wasThere: boolean): Rise {
  const none = { rises: 0, lastRise: NONE, flat: true };
  return wasThere ? { ...none, first: place - 1, count: 0 } : { ...none, first: place, count };
}

function next(last: Rise, place: number, count: number): Rise {
  if (last.count - count > Math.max(1, last.count * NOISE) || (last.flat && last.count === count)) {
    return { first: place, count, rises: 0, lastRise: NONE, flat: true };
  }
  const isUp = count > last.count;
  return {
    first: last.first,
    count,
    rises: last.rises + (isUp ? 1 : 0),
    lastRise: isUp ? place : last.lastRise,
    flat: false,
  };
}

/** Chance makes small numbers grow too: most steps must grow, and old rows must still be there. */
function isLeak(
  context: Context,
  { first, count, rises, lastRise }: Rise,
  rows: Uint32Array,
  holder: number,
): boolean {
  const { history, index, thresholds } = context;
  const place = history.hosts.place(index.number);
  const steps = place - first;
  const countAt = (at: number): number =>
    countIn(context, history.hosts.before(index.number, place - at), holder);
  if (
    steps + 1 < thresholds.growingSnapshots ||
    rises < 2 ||
    rises * 2 < steps ||
    count <= countAt(first) ||
    // A leak that has stopped grows no more, however much it grew.
    lastRise <= place - (thresholds.growingSnapshots - 1)
  ) {
    return false;
  }
  const middle = Math.ceil(steps / 2);
  const stayed = rows.filter(row => history.run(row) > steps - middle).length;
  return stayed > 0 && stayed * 2 >= countAt(first + middle);
}

/** How many are in CLOSE_WAIT of what holds some in the context's snapshot. */
function countIn(context: RuleContext, snapshot: number, holder: number): number {
  const subject = subjectOfHolder(context.index, holder);
  return closeWaitCounts.of(context.at(snapshot)).get(subject) ?? 0;
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

function draft(context: Context, number: number, rows: Uint32Array, { first }: Rise): Draft {
  const { index, history } = context;
  const { owner, program, subject } = context.holder(number);
  const count = rows.length;
  const start = history.hosts.of(index.number).snapshots[first]!;
  const seconds = history.secondsBetween(start, index.number);
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
      const snapshots = context.past.slice(first);
      const used = number < 0 ? count : Math.max(count, index.owners.count(number));
      const { growth, texts } = course(
        context,
        snapshots,
        snapshot => countIn(context, snapshot, number),
        // Elsewhere the limit is another one, or there is none.
        index.linux ? { limit: descriptorLimit(context, used) } : {},
      );
      return {
        title: context.say(leaks ? TEXTS.title : TEXTS.more, {
          program,
          first: countIn(context, start, number),
          count,
          snapshots: snapshots.length,
        }),
        why: [context.say(TEXTS.why), ...(leaks ? [context.say(TEXTS.leaked)] : [])],
        evidence: [...texts.map(text => context.evidence(text)), ...context.examples(rows)],
        confirm: checkDescriptors(context, owner?.pid ?? null),
        remedy: remedyFor(context, 'CLOSE-WAIT', owner, rows),
        alternatives: otherReadings(context, rows, seconds),
        caveats: context.caveats({ owner, time: true }),
        growth,
      };
    },
  };
}
