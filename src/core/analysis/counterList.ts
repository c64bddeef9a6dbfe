import { getOrAdd } from '../model/maps';
import { counterCalled } from '../knowledge/counters';
import type { Counter as KnownCounter } from '../knowledge/counters/counter';
import { type Counter, counterKey, countersOf, isStateCount } from '../model/counter';
import type { Analysis } from './analyze';
import { type ChangesSince, changesUpTo, perSecond } from './time/counterChanges';

/** A counter of a snapshot, and how it moved. */
export interface ListedCounter {
  readonly counter: Counter;
  /** Whether it goes up and down, unlike a sum. */
  readonly gauge: boolean;
  /** What is known of it; null where nothing is. */
  readonly known: KnownCounter | null;
  /** Since the snapshot that it is compared with; null where that says nothing. */
  readonly change: number | null;
  /** Null also for what is no sum, and where times are not known. */
  readonly perSecond: number | null;
}

/** The counters of a snapshot. */
export interface CounterList {
  /** What they are compared with: the last snapshot of the same host that has some; null for none. */
  readonly changes: ChangesSince | null;
  /** In the order of the text, without counts of states. */
  readonly all: readonly ListedCounter[];
  /** Those that findings name, then those that are a sign of trouble, what moved first. */
  readonly worthALook: readonly ListedCounter[];
}

/** Counters that stand above all others at most. */
const MOST_WORTH_A_LOOK = 10;

/** What a report begins with: what is worth a look, else what goes up and down. */
export function foremost({ all, worthALook }: CounterList, most = MOST_WORTH_A_LOOK) {
  return (worthALook.length > 0 ? worthALook : all.filter(({ gauge }) => gauge)).slice(
    0,
    Math.min(most, MOST_WORTH_A_LOOK),
  );
}

/** Whether the changes of a list say something. */
export function isCompared({ changes }: CounterList): boolean {
  return changes !== null && !changes.restarted;
}

/** The lists of an analysis, which its findings stand for: the panel asks with every letter typed. */
const lists = new WeakMap<Analysis['findings'], Map<number, CounterList>>();

/** Lists the counters of a snapshot. */
export function counterList(
  analysis: Pick<Analysis, 'dump' | 'hosts' | 'findings'>,
  snapshot: number,
): CounterList {
  const known = getOrAdd(lists, analysis.findings, () => new Map());
  return getOrAdd(known, snapshot, () => makeList(analysis, snapshot));
}

function makeList(
  { dump, hosts, findings }: Pick<Analysis, 'dump' | 'hosts' | 'findings'>,
  snapshot: number,
): CounterList {
  const { counted } = dump.snapshots[snapshot]!;
  const changes = changesUpTo(snapshot, hosts, dump.snapshots);
  const moved = changes?.restarted === false ? changes.byKey : null;
  const gauges = new Set(
    counted.flatMap(({ source, counters }) => (source.gauges === true ? counters : [])),
  );
  // Each interface has the same names.
  const byName = new Map<string, KnownCounter | null>();
  const knownOf = ({ name, raw }: Counter): KnownCounter | null =>
    getOrAdd(byName, name, () => counterCalled(name) ?? counterCalled(raw));
  const all = countersOf(counted.filter(one => !isStateCount(one))).map(
    (counter): ListedCounter => {
      const change = moved?.get(counterKey(counter));
      return {
        counter,
        gauge: gauges.has(counter),
        known: knownOf(counter),
        change: change === undefined ? null : change.to - change.from,
        perSecond: change === undefined || changes === null ? null : perSecond(change, changes),
      };
    },
  );
  const named = new Set(
    findings
      .filter(({ since, snapshot: until }) => since <= snapshot && snapshot <= until)
      .flatMap(({ evidence }) => evidence)
      .flatMap(({ counter }) => (counter === undefined ? [] : [counterKey(counter)])),
  );
  return { changes, all, worthALook: worthALook(all, named) };
}

/** From what is looked at first to what is looked at last; null for what needs no look. */
function rankOf({ counter: { value }, known, change }: ListedCounter): number | null {
  if (known?.kind !== 'sum' || (known.verdict !== 'each' && known.verdict !== 'growth')) {
    return null;
  }
  const each = known.verdict === 'each';
  if (change !== null && change > 0) {
    return each ? 1 : 2;
  }
  // What has not moved while it was watched is past; that it happened at all may still count.
  return value > 0 && (each || change === null) ? (each ? 3 : 4) : null;
}

/** Each counter once, though several tools print it. */
function worthALook(
  all: readonly ListedCounter[],
  named: ReadonlySet<string>,
): readonly ListedCounter[] {
  const ranked: ListedCounter[][] = [[], [], [], [], []];
  const seen = new Set<string>();
  for (const one of all) {
    const key = counterKey(one.counter);
    const rank = named.has(key) ? 0 : rankOf(one);
    if (rank !== null && !seen.has(key)) {
      seen.add(key);
      ranked[rank]!.push(one);
    }
  }
  return ranked.flat();
}
