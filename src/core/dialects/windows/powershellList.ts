import { NONE, type Row } from '../../model/row';
import { isLetter, isSpace, skipBlanks } from '../../parsing/line';
import { endOfLine, nextLine } from '../../parsing/lines';
import type { RecordSink } from '../../parsing/dialect';
import { COLON } from '../../vocabulary/characters';
import {
  Property,
  PROPERTIES,
  hasRemote,
  readProperty,
  finishRow,
  isCapital,
} from './powershellValues';

/** Names of properties that begin a Format-List block: the first of the default view and of `*`. */
const LIST_STARTS: ReadonlySet<string> = new Set([
  ...PROPERTIES.keys(),
  'appliedsetting',
  'caption',
  'description',
  'elementname',
  'instanceid',
  'name',
]);

/** Whether the line at `text[start]` is a pair that a Format-List block begins with. */
export function beginsList(text: string, start: number): boolean {
  // Asked for every line of every dump: it must not look beyond this one.
  let head = start;
  while (isSpace(text.charCodeAt(head)) && !isLineEnd(text.charCodeAt(head))) {
    head++;
  }
  if (!isCapital(text.charCodeAt(head))) {
    return false;
  }
  const end = endOfName(text, head, text.length);
  return end !== NONE && LIST_STARTS.has(text.slice(head, end).toLowerCase());
}

/** Reads a Format-List block, `Name : value` lines up to an empty line. */
export function readList(text: string, start: number, sink: RecordSink): number {
  const { row } = sink;
  const seen: Property[] = [];
  let from = start;
  let end = start;
  let valid = true;
  for (let at = start; at < text.length;) {
    const lineEnd = endOfLine(text, at);
    const first = skipBlanks(text, at, lineEnd);
    const nameEnd = endOfName(text, first, lineEnd);
    if (nameEnd === NONE) {
      // A long value goes on below its beginning.
      if (seen.length === 0 || first === at || first === lineEnd) {
        break;
      }
    } else {
      const name = text.slice(first, nameEnd).toLowerCase();
      if (seen.length === 0) {
        from = first;
      }
      const property = PROPERTIES.get(name) ?? Property.Other;
      if (property !== Property.Other && seen.includes(property)) {
        break;
      }
      seen.push(property);
      valid = readListValue(property, text, nameEnd, lineEnd, row) && valid;
    }
    end = lineEnd;
    at = nextLine(text, lineEnd);
  }
  if (!valid || !finishRow(row, hasRemote(seen))) {
    row.reset();
    return start;
  }
  sink.socket(from, end);
  return end;
}

function readListValue(
  property: Property,
  text: string,
  nameEnd: number,
  lineEnd: number,
  row: Row,
): boolean {
  const value = skipBlanks(text, text.indexOf(':', nameEnd) + 1, lineEnd);
  let end = lineEnd;
  while (end > value && isSpace(text.charCodeAt(end - 1))) {
    end--;
  }
  if (readProperty(property, text, value, end, row)) {
    return true;
  }
  // People write remarks behind values.
  let first = value;
  while (first < end && !isSpace(text.charCodeAt(first))) {
    first++;
  }
  const remark = text.charCodeAt(skipBlanks(text, first, end));
  return REMARKS.has(remark) && readProperty(property, text, value, first, row);
}

/** What a remark behind a value begins with: `(`, `#`, `/`, `<`, `;`, `-`, an arrow or dash. */
const REMARKS: ReadonlySet<number> = new Set(
  Array.from('(#/<;-←–—', character => character.charCodeAt(0)),
);

/** Where the name of `Name   : value` ends; NONE where the line is not such a pair. */
function endOfName(text: string, start: number, lineEnd: number): number {
  let at = start;
  while (at < lineEnd && isLetter(text.charCodeAt(at))) {
    at++;
  }
  const colon = skipBlanks(text, at, lineEnd);
  const pair = at > start && colon > at && colon < lineEnd && text.charCodeAt(colon) === COLON;
  return pair && (colon + 1 === lineEnd || isSpace(text.charCodeAt(colon + 1))) ? at : NONE;
}

function isLineEnd(code: number): boolean {
  return code === 10 || code === 13;
}
