import { Teller } from '../explain/text';
import type { Dump, System } from '../model/dump';
import { Addresses } from './addresses';
import { CONFIDENCES, type Finding, RULE_IDS, type RuleId, SEVERITIES } from './finding';
import { History } from './history';
import { lower, merge } from './merge';
import { type Draft, type Rule, RuleContext } from './ruleContext';
import { rules } from './rules';
import { SAYINGS } from './sayings';
import { SnapshotIndex } from './snapshotIndex';
import { type SnapshotSummary, summarise } from './summary';
import { type Thresholds, thresholdValues } from './thresholds';

export interface AnalysisOptions {
  readonly thresholds?: Partial<Thresholds>;
  /** The system, where it is known otherwise than from the dump. */
  readonly system?: System | null;
  readonly ignoredRules?: readonly RuleId[];
  /** Says the findings' texts; in English where it is not given. */
  readonly teller?: Teller;
}

/** A dump with what there is to say about it. */
export interface Analysis {
  readonly dump: Dump;
  /** One for each snapshot of the dump. */
  readonly snapshots: readonly SnapshotSummary[];
  /** The last snapshot; undefined where the dump has none. */
  readonly last: SnapshotSummary | undefined;
  /** The most urgent first. */
  readonly findings: readonly Finding[];
  /** The rows of a snapshot by state, owner, four-tuple and port. */
  index(snapshot: number): SnapshotIndex;
}

/** Looks for what is wrong in a dump. */
export function analyse(dump: Dump, options: AnalysisOptions = {}): Analysis {
  const addresses = new Addresses(dump.table);
  const indexes: SnapshotIndex[] = [];
  const index = (snapshot: number): SnapshotIndex =>
    (indexes[snapshot] ??= new SnapshotIndex(dump, snapshot, addresses, options.system ?? null));
  const snapshots = dump.snapshots.map((_, snapshot) => summarise(index(snapshot)));
  const history = new History(dump, addresses);
  const teller = options.teller ?? new Teller();
  const thresholds = thresholdValues(options.thresholds);
  const wanted = rules.filter(rule => options.ignoredRules?.includes(RULE_IDS[rule.code]) !== true);
  const perSnapshot = dump.snapshots.map((_, snapshot) => {
    const context = new RuleContext(index(snapshot), history, thresholds, teller, index);
    return findIn(context, wanted);
  });
  return {
    dump,
    snapshots,
    last: snapshots[snapshots.length - 1],
    findings: overTime(perSnapshot, teller).sort(byUrgency(dump)),
    index,
  };
}

/** Findings of one snapshot, by cause and subject. */
function findIn(context: RuleContext, wanted: readonly Rule[]): Map<string, Finding> {
  const drafts = new Map<string, Draft[]>();
  for (const rule of wanted) {
    if (canRun(rule, context)) {
      for (const draft of rule.run(context)) {
        const key = `${draft.cause} ${draft.subject}`;
        const same = drafts.get(key);
        if (same === undefined) {
          drafts.set(key, [draft]);
        } else {
          same.push(draft);
        }
      }
    }
  }
  const findings = new Map<string, Finding>();
  for (const [key, list] of drafts) {
    findings.set(key, merge(list, context.index.number));
  }
  return findings;
}

function canRun({ needs }: Rule, { index }: RuleContext): boolean {
  return (
    index.size > 0 &&
    !(needs.time && index.number === 0) &&
    !(needs.timers && !index.showsTimers) &&
    !(needs.queues && !index.showsQueues) &&
    !(needs.pids && !index.showsPids)
  );
}

/**
 * One finding for what several snapshots show: that of the last one. What the last snapshot of
 * the dump does not show any more weighs less, and is left out where it was only information.
 */
function overTime(perSnapshot: readonly Map<string, Finding>[], teller: Teller): Finding[] {
  const result = new Map<string, Finding>();
  for (const findings of perSnapshot) {
    for (const [key, finding] of findings) {
      result.set(key, { ...finding, since: result.get(key)?.since ?? finding.snapshot });
    }
  }
  const count = perSnapshot.length;
  const list: Finding[] = [];
  for (const finding of result.values()) {
    if (finding.snapshot === count - 1) {
      list.push(finding);
    } else if (finding.severity !== 'info') {
      const past = teller.say(SAYINGS.notInLast, { snapshot: finding.snapshot + 1, count });
      list.push({
        ...finding,
        severity: lower(finding.severity),
        caveats: [past, ...finding.caveats],
      });
    }
  }
  return list;
}

function byUrgency({ table }: Dump): (a: Finding, b: Finding) => number {
  return (a, b) =>
    SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) ||
    CONFIDENCES.indexOf(b.confidence) - CONFIDENCES.indexOf(a.confidence) ||
    b.rows.length - a.rows.length ||
    (table.line[a.rows[0] ?? 0] ?? 0) - (table.line[b.rows[0] ?? 0] ?? 0);
}
