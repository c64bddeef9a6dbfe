import type { Counter } from '../../model/counter';
import type { SnapshotIndex } from '../../index/snapshotIndex';
import { label, say } from '../../wording/statement';
import type { Text } from '../../wording/text';
import { changesOfLast, type CounterChanges } from '../time/counterChanges';
import type { Confirmation, Evidence } from './draft';
import type { RuleContext } from './ruleContext';

const TEXTS = {
  moved: label('counter.moved', '`{name}`: from {from} to {to}.'),
  movedIn: label('counter.moved-in', '`{name}`: from {from} to {to} in {time}.'),
  total: label('counter.total', '`{name}`: {value}.'),
  again: say(
    'counter.again',
    'Run this twice: what grows is happening now.',
    'linux-snmp-counter',
    'measured',
  ),
  perNamespace: say(
    'counter.namespace',
    'Linux counts for each network namespace: what happens in a container is not in these counters.',
    'measured',
  ),
  once: say(
    'counter.once',
    'A counter is a sum since boot: it may have happened long ago. A second output some seconds later shows whether it still does.',
    'linux-snmp-counter',
    'measured',
  ),
};

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
      const text: Text =
        seconds === null
          ? context.localizer.format(TEXTS.moved, { name, from, to })
          : context.localizer.format(TEXTS.movedIn, {
              name,
              from,
              to,
              time: context.measured(seconds),
            });
      return [{ text, row: null, line: counter.line, counter }];
    });
  }
}

const known = new WeakMap<SnapshotIndex, Moved | null>();

/**
 * How the counters moved up to this snapshot, since the last one of the host that has some; null
 * where there is none before, or nothing can be compared.
 */
export function movedIn(context: RuleContext): Moved | null {
  let moved = known.get(context.index);
  if (moved === undefined) {
    moved = find(context);
    known.set(context.index, moved);
  }
  return moved;
}

function find({ past, at }: RuleContext): Moved | null {
  const changes = changesOfLast(past, number => at(number).snapshot);
  return changes === null || changes.restarted ? null : new Moved(changes);
}

/** A sum that a snapshot shows; undefined where an earlier one shows more of it than the sum does. */
export function totalOf(context: RuleContext, name: string): Counter | undefined {
  const { index, past, at } = context;
  if (past.slice(0, -1).some(one => at(one).snapshot.counted.length > 0)) {
    return undefined;
  }
  for (const { source, counters } of index.snapshot.counted) {
    const counter =
      source.increments === true ? undefined : counters.find(one => one.name === name);
    if (counter !== undefined) {
      return counter;
    }
  }
  return undefined;
}

/** A sum as evidence. */
export function totalEvidence({ localizer }: RuleContext, counter: Counter): Evidence {
  const { name, value, line } = counter;
  return { text: localizer.format(TEXTS.total, { name, value }), row: null, line, counter };
}

/** What a sum of one moment cannot show. */
export function onlyOnce(context: RuleContext): Text {
  return context.say(TEXTS.once);
}

/** How to see whether counters go on growing, on Linux. */
export function confirmGrowth(context: RuleContext, ...names: readonly string[]): Confirmation[] {
  return context.index.linux
    ? [{ text: context.say(TEXTS.again), command: `nstat -asz ${names.join(' ')}` }]
    : [];
}

/** What counters leave out. */
export function counterCaveats(context: RuleContext): Text[] {
  return context.index.linux ? [context.say(TEXTS.perNamespace)] : [];
}
