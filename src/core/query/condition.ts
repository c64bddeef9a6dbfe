import type { SocketTable } from '../model/socketTable';
import type { Operator, Value } from './words';

/** Whether a row is meant. */
export type Predicate = (row: number) => boolean;

/** A condition ready to be put to any table. */
export type Condition = (table: SocketTable) => Predicate;

/** What is wrong with a filter. */
export interface FilterProblem {
  readonly code:
    'field' | 'state' | 'number' | 'network' | 'value' | 'quote' | 'compare' | 'operator';
  /** The part that is meant, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  readonly word: string;
  /** What could stand there. */
  readonly known: string;
}

export type Outcome = Condition | FilterProblem;

/** Reads one value of a field. */
type Reader = (value: Value, operator: Operator) => Outcome;

export interface FieldKind {
  readonly read: Reader;
  readonly comparable: boolean;
}

export function anyOf(conditions: readonly Condition[]): Condition {
  const [only] = conditions;
  if (only !== undefined && conditions.length === 1) {
    return only;
  }
  return table => {
    const predicates = conditions.map(condition => condition(table));
    return row => predicates.some(predicate => predicate(row));
  };
}

export function problem(
  code: FilterProblem['code'],
  { start, end }: { readonly start: number; readonly end: number },
  word: string,
  known = '',
): FilterProblem {
  return { code, start, end, word, known };
}
