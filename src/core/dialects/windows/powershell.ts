import { stateWordAt } from '../../vocabulary/stateSpellings';
import { Field } from '../../model/field';
import { protocolWordId } from '../../vocabulary/protocol';
import { NONE, type Row } from '../../model/row';
import { State } from '../../vocabulary/state';
import { hiddenEnd, readAddress } from '../../parsing/endpoint';
import { beginsJson, type JsonObject } from '../../parsing/json';
import { readJsonRows } from '../../parsing/jsonFields';
import {
  isDigit,
  isLetter,
  isSpace,
  type Line,
  numberAt,
  pidAt,
  skipBlanks,
} from '../../parsing/line';
import { ownerOf } from '../../parsing/owner';
import { endOfLine, nextLine } from '../../parsing/lines';
import type { Dialect, RecordSink } from '../../parsing/dialect';
import { COLON, DOT, HASH, MINUS, PERCENT, QUOTE } from '../../vocabulary/characters';

/** The properties that mean something here; all others are details. */
const enum Property {
  Other,
  LocalAddress,
  LocalPort,
  RemoteAddress,
  RemotePort,
  State,
  Pid,
  Process,
  Created,
}

/** Names of properties, also of those that people add with Select-Object, in lower case. */
const PROPERTIES: ReadonlyMap<string, Property> = new Map([
  ['localaddress', Property.LocalAddress],
  ['localport', Property.LocalPort],
  ['remoteaddress', Property.RemoteAddress],
  ['remoteport', Property.RemotePort],
  ['state', Property.State],
  ['owningprocess', Property.Pid],
  ['pid', Property.Pid],
  ['processid', Property.Pid],
  ['process', Property.Process],
  ['processname', Property.Process],
  ['creationtime', Property.Created],
]);

/** The columns of a table or CSV. */
interface Layout {
  readonly columns: readonly Property[];
  /** UTF-16 unit between the values of CSV; NONE for a table. */
  readonly separator: number;
  /** Where the dashes below each name of a table begin and end, from the start of the line. */
  readonly rules: readonly (readonly [number, number])[] | undefined;
}

/** Parameters that ask for some sockets, in all the lengths that PowerShell takes. */
const CHOSEN = /^-(?:local|remote|s|ow|ap|cr|of)/i;

/** Below `#TYPE` and above the names. */
const TYPE_LINE: Layout = { columns: [], separator: NONE, rules: undefined };

/**
 * Get-NetTCPConnection and Get-NetUDPEndpoint in all shapes that PowerShell prints objects in:
 * Format-Table, Format-List, Export-Csv and ConvertTo-Json. UDP has neither state nor remote end.
 */
export const powershell: Dialect<Layout> = {
  id: 'powershell',
  title: 'PowerShell Get-NetTCPConnection',
  systems: ['windows'],
  commands: ['Get-NetTCPConnection', 'Get-NetUDPEndpoint'],
  headers: ['LocalAddress LocalPort', 'LocalAddress RemoteAddress', 'State LocalAddress'],
  best: {
    command:
      'Get-NetTCPConnection | Format-Table -AutoSize LocalAddress,LocalPort,RemoteAddress,RemotePort,State,OwningProcess',
    needs: null,
  },
  tells: { pids: 'with options', queues: 'never', timers: 'never' },
  freeColumns: true,

  asks: ([cmdlet = '', ...words]) => ({
    protocol: protocolWordId(/udpendpoint$/i.test(cmdlet) ? 'UDP' : 'TCP'),
    some: /^[\d:*]/.test(words[0] ?? '') || words.some(word => CHOSEN.test(word)),
  }),

  header(line, layout) {
    if (layout !== undefined && layout.rules === undefined && layout.columns.length > 0) {
      const rules = rulesOf(line, layout);
      if (rules !== undefined) {
        return { ...layout, rules };
      }
    }
    const first = line.firstChar(0);
    if (first === HASH) {
      return /^#TYPE \S{0,80}(?:CimInstance|MSFT_Net)/.test(line.rest(0)) ? TYPE_LINE : undefined;
    }
    return first === QUOTE || isLetter(first) ? namesOf(line) : undefined;
  },

  row(line, layout, row) {
    if (layout === undefined || layout.columns.length === 0) {
      return readBareRow(line, row);
    }
    const read = layout.separator === NONE ? readTableRow : readCsvRow;
    return read(line, layout, row);
  },

  records: {
    mayBegin: (text, start) => beginsJson(text, start) || beginsList(text, start),

    *read(text, start, sink) {
      return beginsJson(text, start)
        ? yield* readJsonRows(text, start, sink, (object, row) => readObject(object, text, row))
        : readList(text, start, sink);
    },
  },
};

const TCP = protocolWordId('TCP');
const UDP = protocolWordId('UDP');

function isCapital(code: number): boolean {
  return code >= 65 && code <= 90;
}

/** The columns that a line of property names announces. */
function namesOf(line: Line): Layout | undefined {
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

/** Where the dashes of the line below the names stand; undefined where it is not that line. */
function rulesOf(line: Line, layout: Layout): (readonly [number, number])[] | undefined {
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
function readTableRow(line: Line, layout: Layout, row: Row): boolean {
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
function readBareRow(line: Line, row: Row): boolean {
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

function readCsvRow(line: Line, layout: Layout, row: Row): boolean {
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
function beginsList(text: string, start: number): boolean {
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
function readList(text: string, start: number, sink: RecordSink): number {
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

/** Reads an object of ConvertTo-Json. */
function readObject(object: JsonObject, text: string, row: Row): boolean {
  if (!object.has('LocalAddress') || !object.has('LocalPort')) {
    return false;
  }
  const seen: Property[] = [];
  for (const [name, { start, end, value }] of object) {
    const property = PROPERTIES.get(name.toLowerCase()) ?? Property.Other;
    if (value === null || typeof value === 'object') {
      continue;
    }
    if (!readProperty(property, text, start, end, row)) {
      return false;
    }
    if (property === Property.Process && typeof value === 'string') {
      // Its escapes undone: Windows PowerShell writes \u0027 for an apostrophe.
      ownerOf(row).name = value;
    }
    seen.push(property);
  }
  return finishRow(row, hasRemote(seen));
}

function hasRemote(properties: readonly Property[]): boolean {
  return properties.some(
    property =>
      property === Property.RemoteAddress ||
      property === Property.RemotePort ||
      property === Property.State,
  );
}

/** Reads one value into the row; false where it cannot be that of its property. */
function readProperty(
  property: Property,
  text: string,
  start: number,
  end: number,
  row: Row,
): boolean {
  if (start >= end) {
    return true;
  }
  switch (property) {
    case Property.LocalAddress:
      row.span(Field.Local, start, end);
      return readAddress(text, start, end, row, false);
    case Property.RemoteAddress:
      row.span(Field.Remote, start, end);
      row.hasRemote = true;
      return readAddress(text, start, end, row, true);
    case Property.LocalPort:
      row.localPort = portAt(text, start, end);
      row.span(Field.LocalPort, start, end);
      return row.localPort !== NONE;
    case Property.RemotePort:
      row.remotePort = portAt(text, start, end);
      row.span(Field.RemotePort, start, end);
      return row.remotePort !== NONE;
    case Property.State:
      return readState(text, start, end, row);
    case Property.Pid:
      return readPid(text, start, end, row);
    case Property.Process:
      row.nameOwner(ownerOf(row), start, end);
      return true;
    case Property.Created:
      row.created = createdAt(text, start, end);
      row.detail(Field.Detail, start, end);
      return true;
    case Property.Other:
      row.detail(Field.Detail, start, end);
      return true;
  }
}

function portAt(text: string, start: number, end: number): number {
  const port = numberAt(text, start, end);
  return port <= 65_535 ? port : NONE;
}

function readPid(text: string, start: number, end: number, row: Row): boolean {
  const pid = pidAt(text, start, end);
  if (pid === NONE) {
    return false;
  }
  const owner = ownerOf(row);
  owner.pid = pid;
  owner.pidStart = start;
  owner.pidEnd = end;
  row.span(Field.Pid, start, end);
  return true;
}

/** A state is a word, or its number where the object was turned to JSON. */
function readState(text: string, start: number, end: number, row: Row): boolean {
  row.span(Field.State, start, end);
  const number = numberAt(text, start, end);
  if (number !== NONE) {
    row.state = number === BOUND ? State.Bound : (STATES[number] ?? State.Unknown);
    return true;
  }
  row.stateWord = stateWordAt(text, start, end);
  return isLetter(text.charCodeAt(start));
}

/** The value of Bound; all others are those of the MIB (MIB_TCP_STATE in tcpmib.h). */
const BOUND = 100;

const STATES: readonly State[] = [
  State.Unknown,
  State.Closed,
  State.Listen,
  State.SynSent,
  State.SynReceived,
  State.Established,
  State.FinWait1,
  State.FinWait2,
  State.CloseWait,
  State.Closing,
  State.LastAck,
  State.TimeWait,
  State.DeleteTcb,
];

/**
 * Seconds since the epoch of `\/Date(1767225600000)\/` (Windows PowerShell) and of ISO 8601 with an
 * offset (PowerShell 7); NONE for a date in the words of some country.
 */
function createdAt(text: string, start: number, end: number): number {
  const value = text.slice(start, Math.min(end, start + 40));
  const ticks = /^\\?\/Date\((\d{1,15})\)\\?\/$/.exec(value)?.[1];
  if (ticks !== undefined) {
    return Number(ticks) / 1000;
  }
  const iso = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d{1,7})?(Z|[+-]\d\d:\d\d)$/.exec(value);
  return iso === null ? NONE : Date.parse(`${iso[1] ?? ''}${iso[2] ?? ''}`) / 1000;
}

/** Ends a row; false where what a socket must have is missing. */
function finishRow(row: Row, tcp: boolean): boolean {
  row.protocol = tcp ? TCP : UDP;
  return row.has(Field.LocalAddress) && row.localPort !== NONE;
}
