import { counterCalled } from '../knowledge/counters';
import { sectionText } from '../knowledge/counters/sections';
import type { Counter } from '../knowledge/counters/counter';
import { type Counted, type FoundCounter, isIncrement, STATE_COUNTS } from '../model/counter';
import type { Snapshot } from '../model/snapshot';
import type { Span } from '../model/span';
import type { Dump } from '../reading/dump';
import { type CounterLine, locateCounters, snapshotAt } from '../reading/locateCounters';
import { stateFromAnySpelling } from '../vocabulary/stateSpellings';
import type { Localizer } from '../wording/text';
import { PHRASES } from '../wording/words';
import { type ExplainContext, noContext } from './context';
import { explainCounter, explainUnknownCounter, type ShownCounter } from './counter';
import type { Explanation } from './explanation';
import { simple } from './fields/simple';
import { explainState } from './state';
import type { Explained } from './target';

/** How the counters of a snapshot moved between it and another of its host. */
export type CounterMoves = (snapshot: Snapshot, counter: FoundCounter) => ShownCounter['moved'];

/** Explains what stands at a place of a line of counters; null if there is nothing to say. */
export function explainCounterLine(
  dump: Dump,
  number: number,
  character: number,
  textOf: (line: number) => string,
  localizer: Localizer,
  movesOf: CounterMoves,
): Explained | null {
  const line = locateCounters(dump, number, textOf);
  if (line === null) {
    return null;
  }
  const snapshot = snapshotAt(dump, number);
  const context = contextOf(line, snapshot);
  const counted = snapshot?.counted.find(({ source }) => source.id === line.source.id);
  const placed = line.counters.find(({ span }) => holds(span, character));
  if (placed !== undefined) {
    const moved = snapshot === undefined ? null : movesOf(snapshot, placed);
    return explained(placed.span, explainPlaced(placed, line, counted, moved, context, localizer));
  }
  const head = line.heads.find(({ span }) => holds(span, character));
  if (head !== undefined) {
    const below = belowHead(head.name, number, counted);
    const moved = snapshot === undefined || below === null ? null : movesOf(snapshot, below);
    const placed = below ?? { name: head.name, raw: head.name, value: null };
    return explained(head.span, explainPlaced(placed, line, counted, moved, context, localizer));
  }
  return explainTitle(line, textOf(number), character, localizer);
}

/** Explains the title of a section, also where the first counter or name stands behind it. */
function explainTitle(
  { title, isTitle, counters: [counter], heads: [head] }: CounterLine,
  text: string,
  character: number,
  localizer: Localizer,
): Explained | null {
  const known = title === null ? null : sectionText(title);
  const [word = ''] = /[A-Za-z].*/.exec(text) ?? [];
  const start = text.indexOf(word);
  const behind = head?.span.start ?? counter?.span.start;
  const end = text.slice(0, behind).trimEnd().length;
  if (
    known === null ||
    (!isTitle && counter === undefined) ||
    character < start ||
    character >= end
  ) {
    return null;
  }
  return explained(
    { start, end },
    simple(localizer.format(PHRASES.word, { word: text.slice(start, end).replace(/:$/, '') }), [
      localizer.say(known),
    ]),
  );
}

function holds({ start, end }: Span, character: number): boolean {
  return start <= character && character < end;
}

function explained({ start, end }: Span, explanation: Explanation | null): Explained | null {
  return explanation === null ? null : { start, end, row: null, explanation };
}

/** The counter of a column; null where several lines have one, or none. */
function belowHead(
  name: string,
  number: number,
  counted: Counted | undefined,
): FoundCounter | null {
  const below = counted?.counters.filter(one => one.name === name && one.line > number) ?? [];
  return below.length === 1 ? (below[0] ?? null) : null;
}

/** What a line or the head of a column has; without a value where several have one. */
type Placed = FoundCounter | (Pick<FoundCounter, 'name' | 'raw'> & { readonly value: null });

function explainPlaced(
  placed: Placed,
  { source, title }: CounterLine,
  counted: Counted | undefined,
  moved: ShownCounter['moved'],
  context: ExplainContext,
  localizer: Localizer,
): Explanation | null {
  if (source.id === STATE_COUNTS) {
    const state = stateFromAnySpelling(placed.name);
    return state === null ? null : explainState(state, context, localizer);
  }
  const known = knownCounter(placed, title);
  if (placed.value === null) {
    return known === null ? null : explainCounter(known, context, localizer);
  }
  const shown = {
    name: placed.name,
    raw: placed.raw,
    digits: placed.exact ?? String(placed.value),
    of: placed.interface ?? placed.family,
    increments: counted === undefined ? source.increments !== undefined : isIncrement(counted),
    moved,
  };
  return known === null
    ? explainUnknownCounter(shown, localizer)
    : explainCounter(known, context, localizer, shown);
}

/** What is known of a counter that a line has: by its name, else by its words. */
function knownCounter(
  { name, raw }: Pick<FoundCounter, 'name' | 'raw'>,
  title: string | null,
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
