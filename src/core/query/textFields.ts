import { protocolWord } from '../vocabulary/protocol';
import type { SocketTable } from '../model/socketTable';
import { ANYTHING, NOTHING, type Operator, type Value } from './words';
import type { Predicate, FieldKind } from './condition';

export type TextTest = (text: string) => boolean;

type TextField = (table: SocketTable, test: TextTest) => Predicate;

/** A field of text: part of it with `:`, all of it with `=`. Upper and lower case are the same. */
export function words(field: TextField): FieldKind {
  return {
    comparable: false,
    read: (value, operator) => {
      const test = textTest(value, operator);
      return table => field(table, test);
    },
  };
}

export function textTest({ text, quoted }: Value, operator: Operator): TextTest {
  if (!quoted && text === NOTHING) {
    return own => own === '';
  }
  if (!quoted && text === ANYTHING) {
    return own => own !== '';
  }
  if (!quoted && text.includes(ANYTHING)) {
    return wildcardTest(text);
  }
  if (operator === '=') {
    return own => own === text;
  }
  const wanted = text.toLowerCase();
  return own => own.toLowerCase().includes(wanted);
}

/** A text in which each `*` stands for any characters. */
function wildcardTest(pattern: string): TextTest {
  const [first = '', ...others] = pattern.toLowerCase().split(ANYTHING);
  const last = others.pop() ?? '';
  return own => {
    const text = own.toLowerCase();
    const end = text.length - last.length;
    let at = first.length;
    for (const part of others) {
      const found = text.indexOf(part, at);
      if (found < 0) {
        return false;
      }
      at = found + part.length;
    }
    return text.startsWith(first) && text.endsWith(last) && at <= end;
  };
}

/** Puts a question to each string of a table once, not once per row. */
export function oncePerString(table: SocketTable, test: TextTest): (id: number) => boolean {
  const YES = 1;
  const NO = 2;
  const answers = new Uint8Array(table.pool.size);
  return id => {
    const known = answers[id];
    if (known !== 0) {
      return known === YES;
    }
    const answer = test(table.pool.get(id));
    answers[id] = answer ? YES : NO;
    return answer;
  };
}

export function pooled(ids: (table: SocketTable) => (row: number) => number): TextField {
  return (table, test) => {
    const idOf = ids(table);
    const meant = oncePerString(table, test);
    return row => meant(idOf(row));
  };
}

export function processMatches(table: SocketTable, test: TextTest): Predicate {
  const first = pooled(
    ({ process }) =>
      row =>
        process[row]!,
  )(table, test);
  return row =>
    first(row) ||
    (table.sharedOwners.get(row)?.some(({ process }) => test(process ?? '')) ?? false);
}

export function protocolMatches(table: SocketTable, test: TextTest): Predicate {
  const answers = new Map<number, boolean>();
  return row => {
    const id = table.protocol[row]!;
    let answer = answers.get(id);
    if (answer === undefined) {
      const { word, protocol } = protocolWord(id);
      answer = test(protocol) || test(word);
      answers.set(id, answer);
    }
    return answer;
  };
}
