import { NONE } from '../model/row';
import type { SocketTable } from '../model/socketTable';
import { ANYTHING, NOTHING, type Operator } from './words';
import { type Predicate, type FieldKind, problem } from './condition';

type NumberTest = (value: number) => boolean;

type NumberField = (table: SocketTable, test: NumberTest) => Predicate;

/** A field of whole numbers: compared, spanned (`10-20`), or missing. */
export function number(field: NumberField): FieldKind {
  return {
    comparable: true,
    read: (value, operator) => {
      const test = numberTest(value.text, operator);
      return test === undefined
        ? problem('number', value, value.text)
        : table => field(table, test);
    },
  };
}

export function column(values: (table: SocketTable) => (row: number) => number): NumberField {
  return (table, test) => {
    const valueOf = values(table);
    return row => test(valueOf(row));
  };
}

export function numberTest(text: string, operator: Operator): NumberTest | undefined {
  if (text === NOTHING) {
    return own => own === NONE;
  }
  if (text === ANYTHING) {
    return own => own !== NONE;
  }
  const span = /^(\d{0,15})(?:-|\.\.)(\d{0,15})$/.exec(text);
  if (span !== null && text.length > 1 && (operator === ':' || operator === '=')) {
    const from = Number(span[1]);
    const to = span[2] === '' ? Infinity : Number(span[2]);
    return own => own >= from && own <= to;
  }
  if (!/^\d{1,15}$/.test(text)) {
    return undefined;
  }
  const wanted = Number(text);
  switch (operator) {
    case '>':
      return own => own > wanted;
    case '>=':
      return own => own >= wanted;
    case '<':
      return own => own !== NONE && own < wanted;
    case '<=':
      return own => own !== NONE && own <= wanted;
    default:
      return own => own === wanted;
  }
}

export function pidIs(table: SocketTable, test: NumberTest): Predicate {
  return row =>
    test(table.pid[row]!) ||
    (table.sharedOwners.get(row)?.some(({ pid }) => test(pid ?? NONE)) ?? false);
}
