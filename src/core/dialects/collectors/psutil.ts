import { Field } from '../../model/field';
import { NONE, type Row } from '../../model/row';
import type { Task } from '../../model/task';
import type { Dialect, RecordSink } from '../../parsing/dialect';
import { readAddress } from '../../parsing/endpoint';
import type { JsonObject, JsonValue } from '../../parsing/json';
import { beginsJsonWith, isObject, readJsonSockets, span } from '../../parsing/jsonFields';
import { isDigit, isSpace, numberAt, skipBlanks } from '../../parsing/line';
import { readOwnerNumber } from '../../parsing/owner';
import { endOfLine } from '../../parsing/lines';
import { protocolWordId } from '../../vocabulary/protocol';
import { stateWordAt } from '../../vocabulary/stateSpellings';
import {
  CLOSE_BRACKET,
  CLOSE_PARENTHESIS,
  COMMA,
  EQUALS,
  OPEN_BRACKET,
  OPEN_PARENTHESIS,
  QUOTE,
} from '../../vocabulary/characters';

/**
 * Python's psutil.net_connections(), as Python prints its list: `sconn(fd=7, …)`, of
 * Process.net_connections() `pconn(…)` without a process id, all on one line or one on each. Also
 * as JSON: of psutil's `_asdict()`, and of gopsutil, which has the same fields.
 */
export const psutil: Dialect = {
  id: 'psutil',
  title: 'psutil net_connections',
  systems: [],
  commands: [],
  best: {
    command: `python3 -c "import psutil; print(*psutil.net_connections(), sep='\\n')"`,
    needs: 'root',
  },
  tells: { pids: 'always', queues: 'never', timers: 'never' },

  header: () => undefined,

  // Only where something stands before it: a whole text is read as records.
  row(line, _layout, row) {
    const { text, end } = line;
    const start = connectionAt(text, line.wordStart(0), end);
    if (start === NONE) {
      return false;
    }
    const behind = readConnection(text, start, end, row);
    return behind !== NONE && skipBetween(text, behind, end) === end;
  },

  resembles(line) {
    for (let i = 0; i < line.count && i < MOST_BEFORE; i++) {
      if (connectionAt(line.text, line.wordStart(i), line.end) !== NONE) {
        return true;
      }
    }
    return false;
  },

  records: {
    mayBegin: (text, start) =>
      beginsList(text, start) ||
      beginsJsonWith(text, start, PYTHON) ||
      beginsJsonWith(text, start, GO),

    *read(text, start, sink) {
      return beginsList(text, start)
        ? yield* readList(text, start, sink)
        : yield* readJsonSockets(text, start, sink, isConnection, (object, row) =>
            readObject(object, text, row),
          );
    },
  },
};

/** Words of a prefix that a row may stand behind. */
const MOST_BEFORE = 6;

const APOSTROPHE = 39;

/** Length of `sconn(` and `pconn(`. */
const CALL = 6;

/** Members that tell the JSON of psutil and gopsutil. */
const PYTHON = ['"laddr"', '"raddr"'] as const;
const GO = ['"localaddr"', '"remoteaddr"'] as const;

/** Whether the line at `text[start]` begins with a connection, or with a list of them. */
function beginsList(text: string, start: number): boolean {
  let at = start;
  // Asked for every line of every dump: most begin with a letter.
  while (text.charCodeAt(at) === 32) {
    at++;
  }
  return connectionAt(text, at, text.length) !== NONE;
}

/** Where a connection begins at `text[start]` or, behind an opening bracket, after it. */
function connectionAt(text: string, start: number, end: number): number {
  const at = text.charCodeAt(start) === OPEN_BRACKET ? start + 1 : start;
  const first = text.charCodeAt(at);
  return at + 6 < end && (first === 115 || first === 112) && text.startsWith('conn(', at + 1)
    ? at
    : NONE;
}

/** Reads connections from the line at `text[start]` on, as long as there is nothing else. */
function* readList(text: string, start: number, sink: RecordSink): Task<number> {
  let at = start;
  let end = start;
  if (text.charCodeAt(skipBlanks(text, start, text.length)) === OPEN_BRACKET) {
    sink.listing();
  }
  for (;;) {
    at = skipBetween(text, at, text.length);
    const connection = connectionAt(text, at, text.length);
    if (connection === NONE) {
      return end;
    }
    const limit = endOfLine(text, connection);
    const behind = readConnection(text, connection, limit, sink.row);
    if (behind === NONE) {
      end = nextConnection(text, connection + CALL, limit);
      sink.unread(connection, end);
    } else {
      sink.socket(connection, behind);
      end = behind;
    }
    at = end;
    if (text.charCodeAt(skipBlanks(text, at, text.length)) === CLOSE_BRACKET) {
      return skipBlanks(text, at, text.length) + 1;
    }
    yield;
  }
}

/** Skips what stands between two connections: brackets, commas and white space. */
function skipBetween(text: string, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code !== COMMA && code !== CLOSE_BRACKET && !isSpace(code)) {
      break;
    }
    at++;
  }
  return at;
}

/** Where the next connection of a line begins; the end of the line if there is none. */
function nextConnection(text: string, start: number, end: number): number {
  for (let at = start; at < end; at++) {
    if (text.charCodeAt(at) === 99 && connectionAt(text, at - 1, end) !== NONE) {
      return at - 1;
    }
  }
  return end;
}

/** What a connection's fields said that together make the row. */
interface Kind {
  /** Numbers of the socket's address family and type (`AF_INET`, `SOCK_STREAM`). */
  family: number;
  type: number;
}

/** Reads `sconn(name=value, …)`; returns where it ends, or NONE. */
function readConnection(text: string, start: number, end: number, row: Row): number {
  const kind: Kind = { family: NONE, type: NONE };
  let at = start + CALL;
  for (;;) {
    at = skipBlanks(text, at, end);
    const name = at;
    while (at < end && isLetter(text.charCodeAt(at))) {
      at++;
    }
    if (at === name || text.charCodeAt(at) !== EQUALS) {
      return NONE;
    }
    const value = at + 1;
    at = endOfValue(text, value, end);
    if (at === NONE || !readField(text, name, value, at, kind, row)) {
      return NONE;
    }
    if (text.charCodeAt(at) === CLOSE_PARENTHESIS) {
      return finish(kind, row) ? at + 1 : NONE;
    }
    at++;
  }
}

function isLetter(code: number): boolean {
  return code >= 97 && code <= 122;
}

/** Where a value ends: at a comma or parenthesis outside of quotes, brackets and parentheses. */
function endOfValue(text: string, start: number, end: number): number {
  let depth = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === APOSTROPHE || code === QUOTE) {
      at = find(text, code, at + 1, end);
      if (at === end) {
        return NONE;
      }
    } else if (code === OPEN_PARENTHESIS || code === 60) {
      depth++;
    } else if (code === CLOSE_PARENTHESIS || code === 62) {
      if (depth === 0) {
        return at;
      }
      depth--;
    } else if (code === COMMA && depth === 0) {
      return at;
    }
  }
  return NONE;
}

/** Where a character is within `text[start, end)`; `end` where it is not. */
function find(text: string, code: number, start: number, end: number): number {
  let at = start;
  while (at < end && text.charCodeAt(at) !== code) {
    at++;
  }
  return at;
}

/** Reads the field whose name begins at `text[name]` and whose value is `text[start, end)`. */
function readField(
  text: string,
  name: number,
  start: number,
  end: number,
  kind: Kind,
  row: Row,
): boolean {
  switch (text.slice(name, start - 1)) {
    case 'fd':
      readOwnerNumber(text, start, end, Field.Fd, row);
      return true;
    case 'pid':
      readOwnerNumber(text, start, end, Field.Pid, row);
      return true;
    case 'family':
      kind.family = enumAt(text, start, end);
      return true;
    case 'type':
      kind.type = enumAt(text, start, end);
      row.span(Field.Protocol, start, end);
      return true;
    case 'laddr':
      return readEnd(text, start, end, row, false);
    case 'raddr':
      return readEnd(text, start, end, row, true);
    case 'status':
      readStatus(text, start, end, row);
      return true;
    default:
      row.detail(Field.Detail, start, end);
      return true;
  }
}

/** The number of `2` or `<AddressFamily.AF_INET: 2>`; NONE if there is none. */
function enumAt(text: string, start: number, end: number): number {
  if (text.charCodeAt(start) !== 60) {
    return numberAt(text, start, end);
  }
  let from = end - 1;
  while (from > start && isDigit(text.charCodeAt(from - 1))) {
    from--;
  }
  return numberAt(text, from, end - 1);
}

/** Reads `'LISTEN'` or `<ConnectionStatus.CONN_LISTEN: 'LISTEN'>`. */
function readStatus(text: string, start: number, end: number, row: Row): void {
  const open = find(text, APOSTROPHE, start, end);
  const close = find(text, APOSTROPHE, open + 1, end);
  if (close < end) {
    readState(text, open + 1, close, row);
  }
}

function readState(text: string, start: number, end: number, row: Row): void {
  // psutil's word for what has no state.
  if (start < end && !text.startsWith('NONE', start)) {
    row.stateWord = stateWordAt(text, start, end);
    row.span(Field.State, start, end);
  }
}

/** Reads `addr(ip='…', port=…)`, `('…', …)`, `()`, or the path of a UNIX socket in quotes. */
function readEnd(text: string, start: number, end: number, row: Row, remote: boolean): boolean {
  const open = find(text, APOSTROPHE, start, end);
  if (open === end) {
    return true;
  }
  const close = find(text, APOSTROPHE, open + 1, end);
  if (open === start || text.charCodeAt(close + 1) !== COMMA) {
    return readPath(open + 1, close, row, remote);
  }
  let port = close + 1;
  while (port < end && (text.charCodeAt(port) === COMMA || isSpace(text.charCodeAt(port)))) {
    port++;
  }
  if (text.startsWith('port=', port)) {
    port += 5;
  }
  let portEnd = end - 1;
  while (portEnd > port && isSpace(text.charCodeAt(portEnd - 1))) {
    portEnd--;
  }
  row.span(remote ? Field.Remote : Field.Local, start, end);
  return readHost(text, open + 1, close, port, portEnd, row, remote);
}

/** Reads an address and its port; a port that is no number is not known. */
function readHost(
  text: string,
  start: number,
  end: number,
  port: number,
  portEnd: number,
  row: Row,
  remote: boolean,
): boolean {
  if (!readAddress(text, start, end, row, remote)) {
    return false;
  }
  const number = numberAt(text, port, portEnd);
  if (number > 65_535) {
    return false;
  }
  if (number !== NONE) {
    row.span(remote ? Field.RemotePort : Field.LocalPort, port, portEnd);
  }
  if (remote) {
    row.remotePort = number;
    row.hasRemote = true;
  } else {
    row.localPort = number;
  }
  return true;
}

function readPath(start: number, end: number, row: Row, remote: boolean): boolean {
  if (start < end) {
    row.span(remote ? Field.Remote : Field.Local, start, end);
    row.span(remote ? Field.RemoteAddress : Field.LocalAddress, start, end);
    row.hasRemote ||= remote;
  }
  return true;
}

const UNIX_FAMILY = 1;
/** AF_INET is 2 everywhere; AF_INET6 is 10, 23, 24, 28 or 30. */
const IPV4_FAMILY = 2;

const STREAM = 1;
const DATAGRAM = 2;
const RAW = 3;

const TCP = [protocolWordId('tcp'), protocolWordId('tcp6')] as const;
const UDP = [protocolWordId('udp'), protocolWordId('udp6')] as const;
const RAW_WORDS = [protocolWordId('raw'), protocolWordId('raw6')] as const;
const UNIX = protocolWordId('unix');

/** Gives the row its protocol; false where the fields do not make a socket. */
function finish({ family, type }: Kind, row: Row): boolean {
  if (family === UNIX_FAMILY) {
    row.protocol = UNIX;
    return true;
  }
  const ipv6 = family !== NONE && family !== IPV4_FAMILY ? 1 : 0;
  switch (type) {
    case STREAM:
      row.protocol = TCP[ipv6];
      break;
    case DATAGRAM:
      row.protocol = UDP[ipv6];
      break;
    case RAW:
      row.protocol = RAW_WORDS[ipv6];
      break;
    default:
      // Where the type is not given, a state that is one says enough.
      if (!row.has(Field.State)) {
        return false;
      }
      row.protocol = TCP[ipv6];
  }
  return row.has(Field.LocalAddress);
}

function isConnection(object: JsonObject): boolean {
  return (object.has('laddr') && object.has('raddr')) || object.has('localaddr');
}

function readObject(object: JsonObject, text: string, row: Row): boolean {
  const family = object.get('family');
  const type = object.get('type');
  const status = object.get('status');
  const kind: Kind = {
    family: family === undefined ? NONE : numberAt(text, family.start, family.end),
    type: type === undefined ? NONE : numberAt(text, type.start, type.end),
  };
  span(type, row, Field.Protocol);
  if (typeof status?.value === 'string') {
    readState(text, status.start, status.end, row);
  }
  for (const [name, field] of OWNER_FIELDS) {
    const value = object.get(name);
    if (value !== undefined) {
      readOwnerNumber(text, value.start, value.end, field, row);
    }
  }
  return (
    readObjectEnd(object.get('laddr') ?? object.get('localaddr'), text, row, false) &&
    readObjectEnd(object.get('raddr') ?? object.get('remoteaddr'), text, row, true) &&
    finish(kind, row)
  );
}

const OWNER_FIELDS = [
  ['fd', Field.Fd],
  ['pid', Field.Pid],
] as const;

/** Reads `["192.0.2.1", 80]`, `{"ip": "192.0.2.1", "port": 80}`, `[]`, or a path. */
function readObjectEnd(
  end: JsonValue | undefined,
  text: string,
  row: Row,
  remote: boolean,
): boolean {
  const [address, port] =
    end === undefined || end.value === null
      ? []
      : isObject(end.value)
        ? [end.value.get('ip'), end.value.get('port')]
        : Array.isArray(end.value)
          ? (end.value as readonly JsonValue[])
          : [end];
  if (typeof address?.value !== 'string' || address.value === '') {
    return true;
  }
  if (port === undefined) {
    return readPath(address.start, address.end, row, remote);
  }
  span(address, row, remote ? Field.Remote : Field.Local);
  return readHost(text, address.start, address.end, port.start, port.end, row, remote);
}
