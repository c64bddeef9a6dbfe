import { Field } from '../../model/field';
import { protocolWordAt, isTcpWord } from '../../vocabulary/protocol';
import { NONE, type Row } from '../../model/row';
import { hiddenEnd, readAddress, readColonEndpoint } from '../../parsing/endpoint';
import { isDigit, type Line, numberAt, pidAt } from '../../parsing/line';
import { readStateWord } from '../../parsing/stateWord';
import { type Dialect, Remark } from '../../parsing/dialect';

/** That a header was seen. Each row shows by itself which version printed it. */
const TABLE: object = {};

/**
 * What Volatility finds in a memory image of Windows. Version 3 (`windows.netscan`,
 * `windows.netstat`) prints tab-separated values, version 2 (`netscan`) columns; in 3 the port is
 * a column of its own. UDP has no state, an unknown owner is `-` or −1, and Created is in UTC or
 * `N/A`.
 */
export const volatility: Dialect = {
  id: 'volatility',
  title: 'Volatility netscan',
  systems: ['windows'],
  commands: ['vol -f', 'vol.py -f', 'volatility -f'],
  headers: ['Offset Proto', 'Offset(P) Proto', 'Offset(V) Proto'],
  best: { command: 'vol -f memory.raw windows.netscan', needs: null },
  tells: { pids: 'always', queues: 'never', timers: 'never' },

  header(line) {
    return (line.is(0, 'Offset') || line.is(0, 'Offset(P)') || line.is(0, 'Offset(V)')) &&
      line.is(1, 'Proto') &&
      (line.is(2, 'LocalAddr') || line.is(2, 'Local'))
      ? TABLE
      : undefined;
  },

  row(line, _layout, row) {
    const { text } = line;
    const protocol = protocolWordAt(text, line.wordStart(1), line.wordEnd(1));
    if (
      protocol === 0 ||
      line.count < 4 ||
      text.charCodeAt(line.wordStart(0)) !== 48 ||
      text.charCodeAt(line.wordStart(0) + 1) !== 120 ||
      text.charCodeAt(line.wordEnd(1) - 2) !== 118
    ) {
      return false;
    }
    const next = readEndpoints(line, row);
    if (next === NONE) {
      return false;
    }
    row.protocol = protocol;
    row.span(Field.Handle, line.wordStart(0), line.wordEnd(0));
    row.span(Field.Protocol, line.wordStart(1), line.wordEnd(1));
    const end = readCreated(line, next, row);
    readOwner(line, next + readState(line, next, end, protocol, row), end, row);
    return true;
  },

  remark(line) {
    return line.is(0, 'Volatility') || line.is(0, 'Progress:') ? Remark.Text : undefined;
  },
};

/** Reads both ends from word 2 on; returns the index of the next word, or NONE. */
function readEndpoints(line: Line, row: Row): number {
  if (isPort(line, 3)) {
    return readSplitEndpoint(line, 2, row, false) && readSplitEndpoint(line, 4, row, true)
      ? 6
      : NONE;
  }
  return readColonEndpoint(line, 2, row, false) && readColonEndpoint(line, 3, row, true) ? 4 : NONE;
}

/** Reads an address and, in the next word, its port. */
function readSplitEndpoint(line: Line, i: number, row: Row, remote: boolean): boolean {
  const start = line.wordStart(i);
  if (!isPort(line, i + 1) || !readAddress(line.text, start, line.wordEnd(i), row, remote)) {
    return false;
  }
  const end = line.wordEnd(i + 1);
  row.endpoint(remote, start, end, line.wordStart(i + 1), end, line.number(i + 1));
  return true;
}

function isPort(line: Line, i: number): boolean {
  return (
    line.is(i, '*') ||
    hiddenEnd(line.text, line.wordStart(i), line.wordEnd(i)) === line.wordEnd(i) ||
    (line.number(i) !== NONE && line.number(i) <= 65_535)
  );
}

/** Reads the state at word `i`, if there is one; returns how many words it takes. */
function readState(line: Line, i: number, end: number, protocol: number, row: Row): number {
  if (i >= end || line.is(i, '-') || isPid(line, i)) {
    return 0;
  }
  if (readStateWord(line, i, row) === 0 && isTcpWord(protocol)) {
    row.span(Field.State, line.wordStart(i), line.wordEnd(i));
  }
  return row.has(Field.State) ? 1 : 0;
}

/** Reads the process id and its program's name between the words `i` and `end`. */
function readOwner(line: Line, i: number, end: number, row: Row): void {
  if (i >= end) {
    return;
  }
  const start = line.wordStart(i);
  const pid = pidAt(line.text, start, line.wordEnd(i));
  if (pid === NONE) {
    row.span(Field.Pid, start, line.wordEnd(i));
    row.ownerUnknown = true;
    return;
  }
  const owner = row.addPid(pid, start, line.wordEnd(i));
  if (i + 1 < end && !line.is(i + 1, '-')) {
    row.nameOwner(owner, line.wordStart(i + 1), line.wordEnd(end - 1));
  }
}

function isPid(line: Line, i: number): boolean {
  return line.number(i) !== NONE || line.is(i, '-1');
}

/** Reads the time that ends the row; returns the index of the first of its words. */
function readCreated(line: Line, from: number, row: Row): number {
  if (line.is(line.count - 1, 'N/A')) {
    return line.count - 1;
  }
  for (let i = Math.max(from, line.count - 3); i + 1 < line.count; i++) {
    const created = momentAt(line, i);
    if (created !== NONE) {
      row.created = created;
      row.detail(Field.Detail, line.wordStart(i), line.wordEnd(line.count - 1));
      return i;
    }
  }
  return line.count;
}

/** Seconds since the epoch of `2022-07-06 16:06:49.000000` at word `i`, in UTC; else NONE. */
function momentAt(line: Line, i: number): number {
  const { text } = line;
  const date = line.wordStart(i);
  const time = line.wordStart(i + 1);
  if (
    line.wordEnd(i) - date !== 10 ||
    text.charCodeAt(date + 4) !== 45 ||
    text.charCodeAt(date + 7) !== 45 ||
    line.wordEnd(i + 1) - time < 8 ||
    text.charCodeAt(time + 2) !== 58 ||
    !isDigit(text.charCodeAt(time + 7))
  ) {
    return NONE;
  }
  const day = [
    numberAt(text, date, date + 4),
    numberAt(text, date + 5, date + 7),
    numberAt(text, date + 8, date + 10),
  ];
  const clock = [
    numberAt(text, time, time + 2),
    numberAt(text, time + 3, time + 5),
    numberAt(text, time + 6, time + 8),
  ];
  if (day.includes(NONE) || clock.includes(NONE)) {
    return NONE;
  }
  const [year = 0, month = 0, dayOfMonth = 0] = day;
  const [hour = 0, minute = 0, second = 0] = clock;
  return Date.UTC(year, month - 1, dayOfMonth, hour, minute, second) / 1000;
}
