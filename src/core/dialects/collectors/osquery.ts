import { Field } from '../../model/field';
import type { Row } from '../../model/row';
import { type Dialect, Remark } from '../../parsing/dialect';
import { readAddress } from '../../parsing/endpoint';
import type { JsonObject } from '../../parsing/json';
import { beginsJsonWith, readJsonSockets } from '../../parsing/jsonFields';
import { isSpace, type Line, numberAt } from '../../parsing/line';
import { ownerOf, readOwnerNumber } from '../../parsing/owner';
import { protocolWordId } from '../../vocabulary/protocol';
import { State } from '../../vocabulary/state';
import { stateWordAt } from '../../vocabulary/stateSpellings';
import { MINUS, PLUS, VERTICAL_LINE } from '../../vocabulary/characters';

/** The columns that mean something here; all others are details. */
const enum Column {
  Other,
  Pid,
  Name,
  Fd,
  Socket,
  Family,
  Protocol,
  LocalAddress,
  LocalPort,
  RemoteAddress,
  RemotePort,
  Path,
  State,
}

/** Columns of process_open_sockets and listening_ports, and what people join to them. */
const COLUMNS: ReadonlyMap<string, Column> = new Map([
  ['pid', Column.Pid],
  ['name', Column.Name],
  ['process', Column.Name],
  ['process_name', Column.Name],
  ['fd', Column.Fd],
  ['socket', Column.Socket],
  ['family', Column.Family],
  ['protocol', Column.Protocol],
  ['local_address', Column.LocalAddress],
  ['address', Column.LocalAddress],
  ['local_port', Column.LocalPort],
  ['port', Column.LocalPort],
  ['remote_address', Column.RemoteAddress],
  ['remote_port', Column.RemotePort],
  ['path', Column.Path],
  ['state', Column.State],
]);

/** What the header says. */
interface Layout {
  readonly columns: readonly Column[];
  /** Whether the table is listening_ports, which has no state: TCP rows are all listeners. */
  readonly listening: boolean;
}

/**
 * osquery's tables process_open_sockets and listening_ports, as the shell draws them and as JSON.
 * Protocols and families are numbers, all else is text; what is not known is empty, 0 or −1.
 */
export const osquery: Dialect<Layout> = {
  id: 'osquery',
  title: 'osquery process_open_sockets',
  systems: [],
  commands: ['osqueryi', 'osqueryi.exe'],
  best: {
    command:
      'osqueryi "SELECT s.*, p.name FROM process_open_sockets s LEFT JOIN processes p USING (pid)"',
    needs: 'root',
  },
  escaped: true,
  asks: words => ({ some: words.some(word => /^(?:where|limit)$/i.test(word)) }),
  tells: { pids: 'always', queues: 'never', timers: 'never' },
  perFile: true,

  header(line) {
    if (
      line.firstChar(0) !== VERTICAL_LINE ||
      line.count < 3 ||
      line.lastChar(0) !== VERTICAL_LINE
    ) {
      return undefined;
    }
    const names = line
      .rest(0)
      .split('|')
      .slice(1, -1)
      .map(name => name.trim());
    return layoutOf(names);
  },

  row(line, layout, row) {
    return (
      layout !== undefined &&
      line.firstChar(0) === VERTICAL_LINE &&
      readCells(line, layout.columns, row) &&
      finish(row, layout.listening)
    );
  },

  // A row of the table; that it looks like one without its header would be true of any table.
  resembles: (line, layout) => layout !== undefined && line.firstChar(0) === VERTICAL_LINE,

  remark: line => (isRule(line) ? Remark.Text : undefined),

  records: {
    mayBegin: (text, start) =>
      beginsJsonWith(text, start, SOCKETS) || beginsJsonWith(text, start, PORTS),

    read: (text, start, sink) =>
      readJsonSockets(text, start, sink, isSocket, (object, row) => readObject(object, text, row)),
  },
};

/** Members that tell the JSON of either table. */
const SOCKETS = ['"local_address"', '"remote_address"', '"protocol"', '"pid"'] as const;
const PORTS = ['"address"', '"port"', '"protocol"', '"family"', '"pid"'] as const;

/** `+-----+----+`: what is above and below the header and below the rows. */
function isRule(line: Line): boolean {
  const { text } = line;
  if (line.count !== 1 || line.firstChar(0) !== PLUS || line.lastChar(0) !== PLUS) {
    return false;
  }
  for (let at = line.wordStart(0); at < line.wordEnd(0); at++) {
    if (text.charCodeAt(at) !== PLUS && text.charCodeAt(at) !== MINUS) {
      return false;
    }
  }
  return true;
}

/** The layout of a table with these columns; undefined if it is not about sockets. */
function layoutOf(names: readonly string[]): Layout | undefined {
  const columns = names.map(name => COLUMNS.get(name) ?? Column.Other);
  const has = (column: Column): boolean => columns.includes(column);
  const sockets = has(Column.LocalAddress) && has(Column.LocalPort);
  return sockets && has(Column.Protocol)
    ? { columns, listening: !has(Column.State) && !has(Column.RemoteAddress) }
    : undefined;
}

/** Reads a row's cells, each between two bars; false if there are not as many as columns. */
function readCells(line: Line, columns: readonly Column[], row: Row): boolean {
  const { text, end } = line;
  let at = line.wordStart(0) + 1;
  for (const column of columns) {
    let bar = at;
    while (bar < end && text.charCodeAt(bar) !== VERTICAL_LINE) {
      bar++;
    }
    if (bar === end) {
      return false;
    }
    let start = at;
    let stop = bar;
    while (start < stop && isSpace(text.charCodeAt(start))) {
      start++;
    }
    while (stop > start && isSpace(text.charCodeAt(stop - 1))) {
      stop--;
    }
    if (start < stop && !readCell(column, text, start, stop, row)) {
      return false;
    }
    at = bar + 1;
  }
  return line.wordEnd(line.count - 1) === at;
}

/** Reads one value; false where it cannot be that of its column. */
function readCell(column: Column, text: string, start: number, end: number, row: Row): boolean {
  switch (column) {
    case Column.Pid:
      readOwnerNumber(text, start, end, Field.Pid, row);
      return true;
    case Column.Fd:
      readOwnerNumber(text, start, end, Field.Fd, row);
      return true;
    case Column.Name:
      row.nameOwner(ownerOf(row), start, end);
      return true;
    case Column.Socket: {
      const inode = numberAt(text, start, end);
      if (inode > 0) {
        row.inode = inode;
        row.span(Field.Inode, start, end);
      }
      return true;
    }
    case Column.Family:
      readFamily(numberAt(text, start, end), row);
      row.detail(Field.Detail, start, end);
      return true;
    case Column.Protocol:
      row.protocol = PROTOCOLS.get(text.slice(start, end)) ?? 0;
      row.span(Field.Protocol, start, end);
      return row.protocol !== 0;
    case Column.LocalAddress:
      row.span(Field.Local, start, end);
      return readAddress(text, start, end, row, false);
    case Column.RemoteAddress:
      row.span(Field.Remote, start, end);
      row.hasRemote = true;
      return readAddress(text, start, end, row, true);
    case Column.LocalPort:
      row.localPort = numberAt(text, start, end);
      row.span(Field.LocalPort, start, end);
      return row.localPort <= 65_535;
    case Column.RemotePort:
      row.remotePort = numberAt(text, start, end);
      row.span(Field.RemotePort, start, end);
      return row.remotePort <= 65_535;
    case Column.Path:
      row.span(Field.Local, start, end);
      row.span(Field.LocalAddress, start, end);
      return true;
    case Column.State:
      row.stateWord = stateWordAt(text, start, end);
      row.span(Field.State, start, end);
      return true;
    case Column.Other:
      row.detail(Field.Detail, start, end);
      return true;
  }
}

/** AF_UNIX is 1 and AF_INET 2 everywhere; AF_INET6 is another number on each system. */
function readFamily(family: number, row: Row): void {
  if (family === 1) {
    row.protocol ||= UNIX;
  } else if (family > 1) {
    row.family = family === 2 ? 'ipv4' : 'ipv6';
  }
}

const TCP = protocolWordId('tcp');
const UNIX = protocolWordId('unix');

/** IANA's numbers of protocols; 0 is that of a UNIX socket. */
const PROTOCOLS: ReadonlyMap<string, number> = new Map([
  ['0', UNIX],
  ['1', protocolWordId('icmp')],
  ['6', TCP],
  ['17', protocolWordId('udp')],
  ['58', protocolWordId('icmp6')],
  ['132', protocolWordId('sctp')],
  ['136', protocolWordId('udplite')],
  ['255', protocolWordId('raw')],
]);

/** Whether the cells make a socket. */
function finish(row: Row, listening: boolean): boolean {
  if (listening && row.protocol === TCP) {
    row.state = State.Listen;
  }
  return row.protocol !== 0;
}

function isSocket(object: JsonObject): boolean {
  return object.has('protocol') && (object.has('local_address') || object.has('address'));
}

function readObject(object: JsonObject, text: string, row: Row): boolean {
  for (const [name, { start, end, value }] of object) {
    const column = COLUMNS.get(name) ?? Column.Other;
    if (value === null || typeof value === 'object' || start === end) {
      continue;
    }
    if (!readCell(column, text, start, end, row)) {
      return false;
    }
    if (column === Column.Name && typeof value === 'string') {
      ownerOf(row).name = value;
    }
  }
  return finish(row, !object.has('state') && !object.has('remote_address'));
}
