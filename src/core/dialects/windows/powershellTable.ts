import { stateWordAt } from '../../vocabulary/stateSpellings';
import { NONE, type Row } from '../../model/row';
import { hiddenEnd } from '../../parsing/endpoint';
import { isDigit, type Line } from '../../parsing/line';
import { COLON, DOT, MINUS, PERCENT, QUOTE } from '../../vocabulary/characters';
import {
  Property,
  PROPERTIES,
  type Layout,
  hasRemote,
  readProperty,
  finishRow,
  isCapital,
} from './powershellValues';

/** The columns that a line of property names announces. */
export function namesOf(line: Line): Layout | undefined {
  if (line.end - line.start > 2000) {
    return undefined;
  }
  const text = line.rest(0);
  if (!/\bLocalPort\b/i.test(text) || !/\bLocalAddress\b/i.test(text)) {
    return undefined;
  }
  const csv = /^"?\w+"?([,;\t])/.exec(text)?.[1];
  const names = csv === undefined ? text.split(/\s+/) : text.split(csv);
  const columns: Property[] = [];
  for (const name of names) {
    const bare = /^"?(\w{1,80})"?$/.exec(name.trim())?.[1];
    if (bare === undefined) {
      return undefined;
    }
    columns.push(PROPERTIES.get(bare.toLowerCase()) ?? Property.Other);
  }
  return { columns, separator: csv?.charCodeAt(0) ?? NONE, rules: undefined };
}

/** Where the dashes of the line below the names stand; undefined if it is not that line. */
export function rulesOf(line: Line, layout: Layout): (readonly [number, number])[] | undefined {
  if (line.count !== layout.columns.length) {
    return undefined;
  }
  const rules: (readonly [number, number])[] = [];
  for (let i = 0; i < line.count; i++) {
    for (let at = line.wordStart(i); at < line.wordEnd(i); at++) {
      if (line.text.charCodeAt(at) !== MINUS) {
        return undefined;
      }
    }
    rules.push([line.wordStart(i) - line.start, line.wordEnd(i) - line.start]);
  }
  return rules;
}

/** A row by the places of its values; by their order where the blanks between them are lost. */
export function readTableRow(line: Line, layout: Layout, row: Row): boolean {
  if (readByPlace(line, layout, row)) {
    return true;
  }
  row.reset();
  const { columns } = layout;
  const missing = columns.length - line.count;
  // AppliedSetting is empty for a listener.
  const empty = missing === 1 ? columns.indexOf(Property.Other) : columns.length;
  if (missing < 0 || missing > 1 || empty === -1) {
    return false;
  }
  for (let i = 0; i < line.count; i++) {
    const column = columns[i < empty ? i : i + 1] ?? Property.Other;
    if (!readProperty(column, line.text, line.wordStart(i), line.wordEnd(i), row)) {
      return false;
    }
  }
  return finishRow(row, hasRemote(columns));
}

/** Reads each value by the column it stands below; several words below one are one value. */
function readByPlace(line: Line, layout: Layout, row: Row): boolean {
  const { columns, rules } = layout;
  if (rules === undefined) {
    return false;
  }
  let i = 0;
  while (i < line.count) {
    const column = columnAt(rules, line.wordStart(i) - line.start, line.wordEnd(i) - line.start);
    let last = i;
    while (
      last + 1 < line.count &&
      columnAt(
        rules,
        line.wordStart(last + 1) - line.start,
        line.wordEnd(last + 1) - line.start,
      ) === column
    ) {
      last++;
    }
    const property = columns[column] ?? Property.Other;
    if (!readProperty(property, line.text, line.wordStart(i), line.wordEnd(last), row)) {
      return false;
    }
    i = last + 1;
  }
  return finishRow(row, hasRemote(columns));
}

/**
 * The column of a value. Dashes are as long as the name, not as the column is wide; values are
 * aligned with their left end, numbers perhaps with their right one.
 */
function columnAt(
  rules: readonly (readonly [number, number])[],
  start: number,
  end: number,
): number {
  let column = 0;
  for (let i = 0; i < rules.length; i++) {
    const [ruleStart, ruleEnd] = rules[i] ?? [0, 0];
    if (end === ruleEnd && start < ruleStart) {
      return i;
    }
    if (start >= ruleStart) {
      column = i;
    }
  }
  return column;
}

/** How a connection is shown by default, the setting between them perhaps left out. */
const DEFAULT_COLUMNS = [
  Property.LocalAddress,
  Property.LocalPort,
  Property.RemoteAddress,
  Property.RemotePort,
  Property.State,
] as const;

/** A row of the default table without its header: no other tool prints ports in columns so. */
export function readBareRow(line: Line, row: Row): boolean {
  const { text, count } = line;
  const last = count - 1;
  if (
    count < 6 ||
    count > 7 ||
    !isIpAddress(line, 0) ||
    !isIpAddress(line, 2) ||
    line.number(1) === NONE ||
    line.number(3) === NONE ||
    line.number(last) === NONE ||
    stateWordAt(text, line.wordStart(4), line.wordEnd(4)) === 0 ||
    !isCapital(line.firstChar(4)) ||
    (count === 7 && !isCapital(line.firstChar(5)))
  ) {
    return false;
  }
  for (let i = 0; i < DEFAULT_COLUMNS.length; i++) {
    if (!readProperty(DEFAULT_COLUMNS[i]!, text, line.wordStart(i), line.wordEnd(i), row)) {
      return false;
    }
  }
  const pid = readProperty(Property.Pid, text, line.wordStart(last), line.wordEnd(last), row);
  return pid && finishRow(row, true);
}

/** Whether word `i` is an IP address, or the mark of one that was hidden, without a port. */
function isIpAddress(line: Line, i: number): boolean {
  const { text } = line;
  const start = line.wordStart(i);
  const end = line.wordEnd(i);
  if (hiddenEnd(text, start, end) === end) {
    return true;
  }
  let separators = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === COLON || code === DOT) {
      separators++;
    } else if (code === PERCENT) {
      break;
    } else if (!isDigit(code) && !((code | 32) >= 97 && (code | 32) <= 102)) {
      return false;
    }
  }
  return separators >= 2;
}

export function readCsvRow(line: Line, layout: Layout, row: Row): boolean {
  const { columns, separator } = layout;
  const { text } = line;
  let at = line.start;
  for (let i = 0; i < columns.length; i++) {
    if (at > line.end) {
      return false;
    }
    const quoted = text.charCodeAt(at) === QUOTE;
    const start = quoted ? at + 1 : at;
    const end = endOfCell(text, start, line.end, quoted ? QUOTE : separator);
    if (end === NONE || !readProperty(columns[i] ?? Property.Other, text, start, end, row)) {
      return false;
    }
    at = end + (quoted ? 1 : 0);
    if (i + 1 < columns.length && text.charCodeAt(at) !== separator) {
      return false;
    }
    at++;
  }
  return finishRow(row, hasRemote(columns));
}

/** Where the value that begins at `start` ends: at its quote, at which `""` stands for `"`. */
function endOfCell(text: string, start: number, lineEnd: number, stop: number): number {
  let at = start;
  while (at < lineEnd) {
    if (text.charCodeAt(at) === stop) {
      if (stop !== QUOTE || text.charCodeAt(at + 1) !== QUOTE) {
        return at;
      }
      at++;
    }
    at++;
  }
  return stop === QUOTE ? NONE : lineEnd;
}
