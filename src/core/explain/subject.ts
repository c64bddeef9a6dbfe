import { stateWords } from '../knowledge/codes';
import { bareName, counterCalled, counterNames, COUNTERS } from '../knowledge/counters';
import type { Counter } from '../knowledge/counters/counter';
import { errorIn, NETWORK_ERRORS } from '../knowledge/errors';
import type { NetworkError } from '../knowledge/errors/networkError';
import { foldWords } from '../knowledge/folding';
import { TCP_STATES, type TcpState } from '../vocabulary/state';
import { stateFromAnySpelling } from '../vocabulary/stateSpellings';
import type { Localizer } from '../wording/text';
import type { ExplainContext } from './context';
import { explainCounter } from './counter';
import { explainError } from './error';
import type { Explanation } from './explanation';
import { distance } from './nearest';
import { explainState } from './state';

/** Something that is explained by itself, without a dump. */
export type Subject =
  | { readonly kind: 'state'; readonly state: TcpState }
  | { readonly kind: 'counter'; readonly counter: Counter }
  | { readonly kind: 'error'; readonly error: NetworkError };

/**
 * What a text is about: a TCP state in any spelling, a counter by any of its names, or the error
 * whose name, message or number stands in it. Null where that is not known.
 */
export function subjectOf(text: string): Subject | null {
  const state = stateFromAnySpelling(text);
  if (state !== null) {
    return { kind: 'state', state };
  }
  const counter = counterCalled(text);
  if (counter !== null) {
    return { kind: 'counter', counter };
  }
  const error = errorIn(text);
  return error === null ? null : { kind: 'error', error };
}

/** Explains what a text is about. */
export function explainSubject(
  subject: Subject,
  context: ExplainContext,
  localizer: Localizer,
): Explanation {
  switch (subject.kind) {
    case 'state':
      return explainState(subject.state, context, localizer);
    case 'counter':
      return explainCounter(subject.counter, context, localizer);
    case 'error':
      return explainError(subject.error, context, localizer);
  }
}

/** Letters of a text that are compared with names: none has more. */
const LONGEST_NAME = 100;

/** From so many letters on, names are also found by a part of them. */
const SHORTEST_PART = 4;

/** The names that are most like a text, the likest first; none where all differ too much. */
export function nearestNames(text: string, most = 4): string[] {
  const wanted = foldWords(text).slice(0, LONGEST_NAME);
  const words = foldWords(text, ' ').slice(0, LONGEST_NAME);
  const near: { readonly name: string; readonly rank: number }[] = [];
  for (const names of namesOfAll()) {
    let best: { name: string; rank: number } | null = null;
    for (const name of names) {
      const rank = rankOfPart(foldWords(name, ' '), words) ?? rankOf(foldWords(name), wanted);
      if (rank !== null && (best === null || rank < best.rank)) {
        best = { name, rank };
      }
    }
    if (best !== null) {
      near.push(best);
    }
  }
  return near
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ name }) => name);
}

/**
 * How much of a name is not wanted, below 1, where what is wanted is a part of it: in a sentence
 * from the start of a word on, in a name that is one word anywhere.
 */
function rankOfPart(name: string, wanted: string): number | null {
  const within = name.includes(' ') ? ` ${name}`.includes(` ${wanted}`) : name.includes(wanted);
  return within && wanted.length >= SHORTEST_PART ? 1 - wanted.length / name.length : null;
}

/** In how many letters a misspelled name differs; null for more than a quarter. */
function rankOf(name: string, wanted: string): number | null {
  return distance(wanted, name, Math.floor(wanted.length / 4));
}

/** All names of each thing that is known. */
function namesOfAll(): (readonly string[])[] {
  return [
    ...TCP_STATES.map(state => [state, ...stateWords(state).map(({ word }) => word)]),
    ...COUNTERS.map(counter => {
      const bare = bareName(counter);
      const own = bare !== null && counterCalled(bare) === counter;
      return [...counterNames(counter), ...(own ? [bare] : [])];
    }),
    ...NETWORK_ERRORS.map(({ name, phrases }) => [name, `WSA${name}`, ...phrases]),
  ];
}
