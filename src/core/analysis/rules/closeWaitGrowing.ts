import { say } from '../../knowledge/statement';
import { closeWaitRows } from '../closeWait';
import { subjectOfParty } from '../party';
import { remedyFor } from '../remedy';
import { type Draft, rule, type RuleContext } from '../ruleContext';
import type { SnapshotIndex } from '../snapshotIndex';

/** Descriptors that a process may have where nobody raised the limit (`ulimit -n`). */
const USUAL_LIMIT = 1024;

const TEXTS = {
  title: say(
    'cw-3.title',
    '{program} leaks more and more: CLOSE_WAIT grew from {first} to {count} in {snapshots} snapshots',
    'rfc9293-3.6',
  ),
  why: say(
    'cw-3.why',
    'The number never fell, and earlier ones are still there: each further one is leaked as well.',
    'general-practice',
  ),
  slope: say('cw-3.slope', '{perMinute} more each minute, over {time}.', 'general-practice'),
  limit: say(
    'cw-3.limit',
    'At this rate {limit} descriptors (`ulimit -n`, where nobody raised it) are used up in about {time}.',
    'general-practice',
  ),
  descriptors: say('cw-3.descriptors', 'Shows the limit of the process.', 'general-practice'),
};

/** CLOSE_WAIT of one owner since it last fell. */
interface Growth {
  /** Snapshot in which it was first. */
  readonly since: number;
  readonly first: number;
  readonly count: number;
  /** How many times it grew. */
  readonly steps: number;
}

const KNOWN = new WeakMap<SnapshotIndex, ReadonlyMap<string, Growth>>();

/** CW-3: CLOSE_WAIT that grows from snapshot to snapshot. */
export const closeWaitGrowing = rule(
  'CW-3',
  'A program has more CLOSE_WAIT in each snapshot',
  { time: true },
  function* (context) {
    const growths = growthIn(context);
    for (const [number, rows] of closeWaitRows(context.index).byParty) {
      const growth = growths.get(subjectOfParty(context.index, number));
      if (growth !== undefined && isLeak(context, growth, rows)) {
        yield draft(context, number, rows, growth);
      }
    }
  },
);

/** The growth of each owner up to this snapshot, by subject. */
function growthIn(context: RuleContext): ReadonlyMap<string, Growth> {
  const last = context.index.number;
  let before: ReadonlyMap<string, Growth> = new Map();
  for (let number = firstUnknown(context, last); number <= last; number++) {
    const index = context.earlier(number);
    before = number === 0 ? before : (KNOWN.get(context.earlier(number - 1)) ?? before);
    const growths = new Map<string, Growth>();
    for (const [party, rows] of closeWaitRows(index).byParty) {
      const subject = subjectOfParty(index, party);
      const previous = before.get(subject);
      const count = rows.length;
      growths.set(
        subject,
        previous === undefined || count < previous.count
          ? { since: number, first: count, count, steps: 0 }
          : { ...previous, count, steps: previous.steps + (count > previous.count ? 1 : 0) },
      );
    }
    KNOWN.set(index, growths);
  }
  return KNOWN.get(context.index) ?? new Map<string, Growth>();
}

function firstUnknown(context: RuleContext, last: number): number {
  let number = last;
  while (number > 0 && !KNOWN.has(context.earlier(number - 1))) {
    number--;
  }
  return number;
}

/** Chance makes small numbers grow too: most steps must grow, and old rows must still be there. */
function isLeak(
  { index, history, thresholds }: RuleContext,
  growth: Growth,
  rows: Uint32Array,
): boolean {
  const snapshots = index.number - growth.since + 1;
  if (
    snapshots < thresholds.growingSnapshots ||
    growth.steps * 2 < snapshots - 1 ||
    growth.steps < 2
  ) {
    return false;
  }
  let old = 0;
  for (const row of rows) {
    if (history.run(row) > 1) {
      old++;
    }
  }
  return old * 2 >= growth.first && old > 0;
}

function draft(context: RuleContext, number: number, rows: Uint32Array, growth: Growth): Draft {
  const { index, history } = context;
  const { owner, program, subject } = context.party(number);
  const { since, first, count } = growth;
  const seconds = history.secondsBetween(since, index.number) ?? 0;
  const perMinute = seconds > 0 ? ((count - first) * 60) / seconds : 0;
  const all = number < 0 ? count : Math.max(count, index.owners.counts[number] ?? count);
  const left = USUAL_LIMIT - all;
  const pid = owner?.pid ?? null;
  return {
    code: 'CW-3',
    cause: 'close-wait',
    subject,
    severity: 'error',
    confidence: owner === null ? 'medium' : 'high',
    rows,
    owner,
    tell: () => ({
      title: context.say(TEXTS.title, {
        program,
        first,
        count,
        snapshots: index.number - since + 1,
      }),
      why: [context.say(TEXTS.why)],
      evidence: [
        ...(perMinute > 0
          ? [
              context.evidence(
                context.say(TEXTS.slope, {
                  perMinute: Math.round(perMinute * 10) / 10,
                  time: context.duration(seconds),
                }),
              ),
            ]
          : []),
        ...(perMinute > 0 && left > 0
          ? [
              context.evidence(
                context.say(TEXTS.limit, {
                  limit: USUAL_LIMIT,
                  time: context.duration((left * 60) / perMinute),
                }),
              ),
            ]
          : []),
        ...context.examples(rows),
      ],
      confirm:
        index.linux && pid !== null
          ? [
              {
                text: context.say(TEXTS.descriptors),
                command: `grep 'open files' /proc/${pid}/limits`,
              },
            ]
          : [],
      remedy: remedyFor(context, 'CLOSE-WAIT', owner),
      caveats: context.caveats({ owner }),
    }),
  };
}
