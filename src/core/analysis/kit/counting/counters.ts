import { getOrAdd } from '../../../model/maps';
import { type Counter, isIncrement } from '../../../model/counter';
import { NONE } from '../../../model/row';
import { firstIndex } from '../../../model/search';
import type { Dump } from '../../../reading/dump';
import { label, say } from '../../../wording/statement';
import type { Text } from '../../../wording/text';
import type { Snapshot } from '../../../model/snapshot';
import type { Host } from '../../hosts/hosts';
import type { History } from '../../time/history';
import { changesUpTo, type CounterChanges } from '../../time/counterChanges';
import type { Confirmation, Evidence } from '../draft';
import type { RuleContext } from '../ruleContext';

const TEXTS = {
  moved: label('`{name}`: from {from} to {to}.'),
  movedIn: label('`{name}`: from {from} to {to} in {time}.'),
  movedRate: label('`{name}`: from {from} to {to} in {time}, about {rate} per second.'),
  total: label('`{name}`: {value}.'),
  again: say('Run this twice. What grows is happening now.', 'linux-snmp-counter', 'measured'),
  perNamespace: say(
    'Linux counts for each network namespace: what happens in a container is not in these counters.',
    'measured',
  ),
  once: say(
    'A counter is a sum since boot: what it counts may have happened long ago. A second output some seconds later shows whether it still happens.',
    'linux-snmp-counter',
    'measured',
  ),
};

/** Events below which a share says little. */
const ENOUGH = 20;

/** How the counters of a host moved from an earlier snapshot to one. */
export class Moved {
  private readonly byName = new Map<string, CounterChanges['list'][number]>();
  private readonly sums = new Map<string, number>();

  public constructor(private readonly changes: CounterChanges) {
    for (const change of changes.list) {
      const { name } = change.counter;
      this.byName.set(name, this.byName.get(name) ?? change);
      this.sums.set(name, (this.sums.get(name) ?? 0) + change.to - change.from);
    }
  }

  /** By how much a counter grew, of both families together; 0 where it is not known. */
  public by(...names: readonly string[]): number {
    return names.reduce((sum, name) => sum + (this.sums.get(name) ?? 0), 0);
  }

  /** Seconds between the two snapshots; null where their times are not known. */
  public get seconds(): number | null {
    return this.changes.seconds;
  }

  /** What part some are of others that grew, in percent; null where these are too few to say. */
  public share(part: number, ...names: readonly string[]): number | null {
    const all = this.by(...names);
    return all < ENOUGH ? null : (part / all) * 100;
  }

  /** Whether both snapshots tell a counter. */
  public knows(name: string): boolean {
    return this.sums.has(name);
  }

  /** The counters that grew, as evidence. */
  public evidence(context: RuleContext, ...names: readonly string[]): Evidence[] {
    const { seconds } = this.changes;
    return names.flatMap(name => {
      const change = this.byName.get(name);
      if (change === undefined || change.to <= change.from) {
        return [];
      }
      const { counter, from, to } = change;
      const args = { name, from, to };
      const { localizer } = context;
      return [
        {
          text:
            seconds === null ? localizer.format(TEXTS.moved, args) : inTime(context, args, seconds),
          row: null,
          line: counter.line,
          counter,
        },
      ];
    });
  }
}

function inTime(
  context: RuleContext,
  args: { readonly name: string; readonly from: number; readonly to: number },
  seconds: number,
): Text {
  const time = context.measured(seconds);
  const rate = (args.to - args.from) / seconds;
  return seconds > 0 && rate >= 1
    ? context.localizer.format(TEXTS.movedRate, {
        ...args,
        time,
        rate: rate < 10 ? Math.round(rate * 10) / 10 : Math.round(rate),
      })
    : context.localizer.format(TEXTS.movedIn, { ...args, time });
}

/**
 * How the counters moved up to this snapshot, since the last one of the host that has some; null
 * where there is none before, or nothing can be compared.
 */
export function movedIn(context: RuleContext): Moved | null {
  return context.index.once(movedIn, () => find(context));
}

function find({ index: { dump, number }, history }: RuleContext): Moved | null {
  const changes = changesUpTo(number, history.hosts, dump.snapshots);
  return changes === null || changes.restarted || mayBeOne(changes) ? null : new Moved(changes);
}

/** Whether two outputs may be one that was pasted twice: nothing moved, and no time tells them apart. */
function mayBeOne({ seconds, list }: CounterChanges): boolean {
  return seconds === null && list.every(({ from, to }) => from === to);
}

function earlierIn({ index: { dump, number }, history }: RuleContext): Snapshot | null {
  const { snapshots } = dump;
  const earlier = history.hosts.lastBefore(number, one => snapshots[one]!.counted.length > 0);
  return earlier === NONE ? null : snapshots[earlier]!;
}

/**
 * A sum as the last snapshot that has it shows it: this one, or the one before where this one was
 * cut off. Undefined where both have it, since how it moved says more than the sum does.
 */
export function totalOf(context: RuleContext, name: string): Counter | undefined {
  if (movedIn(context)?.knows(name) === true) {
    return undefined;
  }
  return [context.index.snapshot, earlierIn(context)]
    .flatMap(snapshot => snapshot?.counted ?? [])
    .filter(counted => !isIncrement(counted))
    .flatMap(({ counters }) => counters)
    .find(counter => counter.name === name);
}

/** What a snapshot tells of a number that is no sum, of each family where they are apart. */
export function gaugesOf({ index }: RuleContext, name: string): Counter[] {
  return gaugesIn(index.snapshot, name);
}

/** The same of any snapshot. */
export function gaugesIn({ counted }: Snapshot, name: string): Counter[] {
  for (const { counters } of counted) {
    const found = counters.filter(counter => counter.name === name);
    if (found.length > 0) {
      return found;
    }
  }
  return [];
}

/** The same where there is but one. */
export function gaugeOf(context: RuleContext, name: string): Counter | undefined {
  return gaugesOf(context, name)[0];
}

/** A setting as this snapshot of the host shows it, or the last one that does. */
export function settingOf(context: RuleContext, name: string): number | undefined {
  const { hosts } = context.history;
  const { number } = context.index;
  const shown = shownOf(context, name).get(hosts.of(number)) ?? [];
  const place = hosts.place(number);
  return shown[firstIndex(shown.length, i => shown[i]!.place > place) - 1]?.value;
}

/** A setting, and the place of the snapshot that shows it among those of its host. */
interface Shown {
  readonly place: number;
  readonly value: number;
}

/** Found once for each name: a watch has thousands of snapshots, and most show no setting. */
const SHOWN = new WeakMap<History, Map<string, ReadonlyMap<Host, readonly Shown[]>>>();

function shownOf(
  { history, index: { dump } }: RuleContext,
  name: string,
): ReadonlyMap<Host, readonly Shown[]> {
  return getOrAdd(
    getOrAdd(SHOWN, history, () => new Map()),
    name,
    () => findShown(history, dump, name),
  );
}

function findShown(
  history: History,
  dump: Dump,
  name: string,
): ReadonlyMap<Host, readonly Shown[]> {
  const found = new Map<Host, Shown[]>();
  for (const host of history.hosts.list) {
    const shown = host.snapshots.flatMap((snapshot, place) =>
      gaugesIn(dump.snapshots[snapshot]!, name)
        .slice(0, 1)
        .map(({ value }) => ({ place, value })),
    );
    if (shown.length > 0) {
      found.set(host, shown);
    }
  }
  return found;
}

/** A number of one moment as evidence. */
export function totalEvidence({ localizer }: RuleContext, counter: Counter): Evidence {
  const { name, value, line } = counter;
  return { text: localizer.format(TEXTS.total, { name, value }), row: null, line, counter };
}

/** The gauges that a snapshot tells, as evidence. */
export function gaugeEvidence(context: RuleContext, names: readonly string[]): Evidence[] {
  return names
    .map(name => gaugeOf(context, name))
    .filter(gauge => gauge !== undefined)
    .map(gauge => totalEvidence(context, gauge));
}

/** What a sum of one moment cannot show. */
export function onlyOnce(context: RuleContext): Text {
  return context.say(TEXTS.once);
}

/** How to see whether counters go on growing; all systems but Linux print them with one command. */
export function confirmGrowth(context: RuleContext, ...names: readonly string[]): Confirmation[] {
  return [
    context.check(
      TEXTS.again,
      context.index.linux ? `nstat -asz ${names.join(' ')}` : 'netstat -s',
    ),
  ];
}

/** What counters leave out. */
export function counterCaveats(context: RuleContext): Text[] {
  return context.index.linux ? [context.say(TEXTS.perNamespace)] : [];
}
