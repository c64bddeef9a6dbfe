import { Field } from '../../model/field';
import { NONE, type Row } from '../../model/row';
import { isSpace, type Line, pidAt } from '../../parsing/line';

/**
 * Reads `("name",pid=1,fd=2),("name",3,4))` from `from` on, quotes first: names may hold blanks,
 * commas, parentheses and quotes. Gives where it ends.
 */
export function readUsers(line: Line, from: number, row: Row): number {
  const { text } = line;
  // `users:((` is read; the first entry's parenthesis is the second of the two.
  let i = from;
  for (;;) {
    if (text.charCodeAt(i) !== 34) {
      return endOfWord(line, i);
    }
    const nameStart = i + 1;
    const nameEnd = endOfName(text, nameStart, line.end);
    if (nameEnd === NONE) {
      return endOfWord(line, i);
    }
    const owner = row.addOwner();
    owner.nameStart = nameStart;
    owner.nameEnd = nameEnd;
    i = readOwnerNumbers(line, nameEnd + 2, row);
    if (row.ownerCount === 1) {
      row.span(Field.Process, nameStart, nameEnd);
    } else {
      row.detail(Field.Process, nameStart, nameEnd);
    }
    if (text.charCodeAt(i) === 44 && text.charCodeAt(i + 1) === 40 && i + 2 < line.end) {
      i += 2;
      continue;
    }
    return Math.min(line.end, i + 1);
  }
}

/** The end of a quoted name: a quote that `,pid=` follows, or the two numbers of old versions. */
function endOfName(text: string, start: number, lineEnd: number): number {
  for (
    let quote = text.indexOf('"', start);
    quote !== -1 && quote < lineEnd;
    quote = text.indexOf('"', quote + 1)
  ) {
    if (
      text.startsWith(',pid=', quote + 1) ||
      OLD_NUMBERS.test(text.slice(quote + 1, quote + 27))
    ) {
      return quote;
    }
  }
  return NONE;
}

/** With what must follow them: a name may hold a quote and numbers itself. */
const OLD_NUMBERS = /^,\d{1,10},\d{1,10}\)(?:\)|,\()/;

/** Reads `pid=1,fd=2` or `1,2` up to the closing parenthesis; returns where it ends, past it. */
function readOwnerNumbers(line: Line, from: number, row: Row): number {
  const { text } = line;
  const owner = row.owners[row.ownerCount - 1];
  let i = from;
  let place = 0;
  while (owner !== undefined && i < line.end) {
    let end = i;
    while (end < line.end && text.charCodeAt(end) !== 44 && text.charCodeAt(end) !== 41) {
      end++;
    }
    if (end === line.end) {
      // The line was cut here, perhaps within the number.
      return end;
    }
    const equals = text.indexOf('=', i);
    const named = equals !== -1 && equals < end;
    const valueStart = named ? equals + 1 : i;
    if (named ? text.startsWith('pid=', i) : place === 0) {
      owner.pid = pidAt(text, valueStart, end);
      owner.pidStart = valueStart;
      owner.pidEnd = end;
      if (row.ownerCount === 1) {
        row.span(Field.Pid, valueStart, end);
      } else {
        row.detail(Field.Pid, valueStart, end);
      }
    } else if (named ? text.startsWith('fd=', i) : place === 1) {
      owner.fd = pidAt(text, valueStart, end);
      owner.fdStart = valueStart;
      owner.fdEnd = end;
      if (row.ownerCount === 1) {
        row.span(Field.Fd, valueStart, end);
      } else {
        row.detail(Field.Fd, valueStart, end);
      }
    }
    place++;
    i = end + 1;
    if (text.charCodeAt(end) === 41) {
      break;
    }
  }
  return i;
}

function endOfWord(line: Line, from: number): number {
  let i = from;
  while (i < line.end && !isSpace(line.text.charCodeAt(i))) {
    i++;
  }
  return i;
}
