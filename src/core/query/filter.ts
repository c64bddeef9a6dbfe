import type { SocketTable } from '../model/socketTable';
import { fieldNamed } from './columns';
import { readTerm } from './fields';
import type { Condition, FilterProblem, Predicate } from './condition';
import { readWords } from './words';

/** A filter that was understood, or what is wrong with it. */
export type Filter =
  | { readonly conditions: readonly Condition[]; readonly problem: null }
  | { readonly conditions: null; readonly problem: FilterProblem };

/**
 * Reads a filter: conditions that must all hold, such as
 * `state:close-wait pid:4321 remote:10.0.0.0/8 recvq>0 -process:java`. A word without a field is
 * looked for everywhere; an empty filter finds everything.
 */
export function readFilter(text: string): Filter {
  const words = readWords(text, name => fieldNamed(name) !== undefined);
  if ('openQuote' in words) {
    const { openQuote: start } = words;
    return {
      conditions: null,
      problem: { code: 'quote', start, end: text.length, word: text.slice(start), known: '' },
    };
  }
  const conditions: Condition[] = [];
  for (const term of words.terms) {
    const outcome = readTerm(term);
    if (typeof outcome !== 'function') {
      return { conditions: null, problem: outcome };
    }
    conditions.push(outcome);
  }
  return { conditions, problem: null };
}

/** All conditions together, put to one table. */
export function predicateOf(conditions: readonly Condition[], table: SocketTable): Predicate {
  const predicates = conditions.map(condition => condition(table));
  return row => {
    for (const predicate of predicates) {
      if (!predicate(row)) {
        return false;
      }
    }
    return true;
  };
}
