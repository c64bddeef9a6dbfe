import { counterCalled } from '../knowledge/counters';
import type { Counter } from '../knowledge/counters/counter';
import { STATE_COUNTS } from '../model/counter';
import type { Snapshot } from '../model/snapshot';
import type { Dump } from '../reading/dump';
import {
  type CounterLine,
  locateCounters,
  type PlacedCounter,
  snapshotAt,
} from '../reading/locateCounters';
import { stateFromAnySpelling } from '../vocabulary/stateSpellings';
import type { Localizer } from '../wording/text';
import { type ExplainContext, noContext } from './context';
import { explainCounter } from './counter';
import type { Explanation } from './explanation';
import { explainState } from './state';
import type { Explained } from './target';

/** Explains what stands at a place of a line of counters; null where there is nothing to say. */
export function explainCounterLine(
  dump: Dump,
  number: number,
  character: number,
  textOf: (line: number) => string,
  localizer: Localizer,
): Explained | null {
  const line = locateCounters(dump, number, textOf);
  if (line === null) {
    return null;
  }
  const context = contextOf(line, snapshotAt(dump, number));
  const at = line.counters.find(({ span }) => span.start <= character && character < span.end);
  if (at !== undefined) {
    return explained(at.span, explainPlaced(at, line, context, localizer));
  }
  const head = line.heads.find(({ span }) => span.start <= character && character < span.end);
  const counter = head === undefined ? null : counterCalled(head.name);
  return head === undefined || counter === null
    ? null
    : explained(head.span, explainCounter(counter, context, localizer));
}

function explained(
  { start, end }: PlacedCounter['span'],
  explanation: Explanation | null,
): Explained | null {
  return explanation === null ? null : { start, end, row: null, explanation };
}

function explainPlaced(
  placed: PlacedCounter,
  line: CounterLine,
  context: ExplainContext,
  localizer: Localizer,
): Explanation | null {
  if (line.source.id === STATE_COUNTS) {
    const state = stateFromAnySpelling(placed.name);
    return state === null ? null : explainState(state, context, localizer);
  }
  const counter = knownCounter(placed, line);
  return counter === null ? null : explainCounter(counter, context, localizer);
}

/** What is known of a counter that a line has: by its name, else by its words. */
function knownCounter(
  { name, raw }: Pick<PlacedCounter, 'name' | 'raw'>,
  { title }: Pick<CounterLine, 'title'>,
): Counter | null {
  return counterCalled(name) ?? counterCalled(`${title ?? ''}: ${raw}`) ?? counterCalled(raw);
}

/** What is known around a counter: the system that counts. */
function contextOf(
  { source: { systems } }: CounterLine,
  snapshot: Snapshot | undefined,
): ExplainContext {
  const system = snapshot?.system ?? (systems.length === 1 ? (systems[0] ?? null) : null);
  return { ...noContext, system };
}
