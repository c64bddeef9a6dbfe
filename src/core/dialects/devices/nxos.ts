import { Field } from '../../model/field';
import { NONE, type Row } from '../../model/row';
import type { Task } from '../../model/task';
import type { Dialect, RecordSink } from '../../parsing/dialect';
import { readAddress } from '../../parsing/endpoint';
import { Line, numberAt } from '../../parsing/line';
import { endOfLine, nextLine } from '../../parsing/lines';
import { readStateWord } from '../../parsing/stateWord';
import { protocolWordAt, protocolWordId } from '../../vocabulary/protocol';
import {
  CLOSE_PARENTHESIS,
  OPEN_BRACKET,
  OPEN_PARENTHESIS,
  STAR,
} from '../../vocabulary/characters';

/**
 * Cisco NX-OS `show sockets connection`: two lines for each socket. The first has protocol, state,
 * Recv-Q and the local end, the second the context (VRF), Send-Q and the remote end.
 */
export const nxos: Dialect = {
  id: 'nxos',
  title: 'Cisco NX-OS show sockets connection',
  systems: [],
  commands: ['show sockets connection'],
  best: { command: 'show sockets connection', needs: null },
  tells: { pids: 'never', queues: 'always', timers: 'never' },

  header: () => undefined,
  row: () => false,
  resembles: line => isFirst(line),

  records: {
    mayBegin: begins,
    read: readSockets,
  },
};

/** Whether the line at `text[start]` begins like `[host]: tcp`. */
function begins(text: string, start: number): boolean {
  if (text.charCodeAt(start) !== OPEN_BRACKET) {
    return false;
  }
  const close = closing(text, start + 1);
  const first = text.charAt(close + 3);
  return close !== NONE && text.startsWith(']: ', close) && (first === '' || 'tur'.includes(first));
}

/** The longest name that stands in the brackets. */
const MOST_NAME = 64;

/** Where the bracket closes that was opened before `start`; NONE if it is too far. */
function closing(text: string, start: number): number {
  for (let at = start; at < start + MOST_NAME && at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 93) {
      return at;
    }
    if (code < 33) {
      return NONE;
    }
  }
  return NONE;
}

const TCP46 = protocolWordId('tcp46');
const UDP46 = protocolWordId('udp46');

function protocolOf(line: Line): number {
  return line.is(1, 'tcp(4/6)')
    ? TCP46
    : line.is(1, 'udp(4/6)')
      ? UDP46
      : protocolWordAt(line.text, line.wordStart(1), line.wordEnd(1));
}

/** Whether a line is the first of a socket's two. */
function isFirst(line: Line): boolean {
  return (
    line.count >= 3 &&
    line.firstChar(0) === OPEN_BRACKET &&
    line.text.startsWith(']:', line.wordEnd(0) - 2) &&
    protocolOf(line) !== 0
  );
}

/** Reads sockets from the line at `text[start]` on, as long as there is nothing else. */
function* readSockets(text: string, start: number, sink: RecordSink): Task<number> {
  const line = new Line();
  let end = start;
  for (let at = start; at < text.length && begins(text, at);) {
    const firstEnd = endOfLine(text, at);
    line.set(text, at, firstEnd);
    if (!isFirst(line)) {
      break;
    }
    const second = nextLine(text, firstEnd);
    const secondEnd = endOfLine(text, second);
    let read = readFirst(line, sink.row);
    line.set(text, second, secondEnd);
    // A first line with another one below it has lost its second.
    const whole = second < text.length && !begins(text, second) && line.count === 3;
    read = read && whole && readSecond(line, sink.row);
    end = whole ? secondEnd : firstEnd;
    if (read) {
      sink.socket(at, end);
    } else {
      sink.unread(at, end);
    }
    at = nextLine(text, end);
    yield;
  }
  return end;
}

/** `[host]: tcp ESTABLISHED 0 192.0.2.1(22)`; UDP has no state. */
function readFirst(line: Line, row: Row): boolean {
  row.protocol = protocolOf(line);
  row.span(Field.Protocol, line.wordStart(1), line.wordEnd(1));
  let i = 2;
  if (line.count === 5) {
    if (readStateWord(line, i, row) !== 1) {
      row.span(Field.State, line.wordStart(i), line.wordEnd(i));
    }
    i++;
  }
  row.recvQ = line.number(i);
  row.span(Field.RecvQ, line.wordStart(i), line.wordEnd(i));
  return line.count === i + 2 && row.recvQ !== NONE && readEnd(line, i + 1, row, false);
}

/** `management 38 198.51.100.3(51514)`. */
function readSecond(line: Line, row: Row): boolean {
  row.detail(Field.Detail, line.wordStart(0), line.wordEnd(0));
  row.sendQ = line.number(1);
  row.span(Field.SendQ, line.wordStart(1), line.wordEnd(1));
  row.hasRemote = true;
  return row.sendQ !== NONE && readEnd(line, 2, row, true);
}

/** Reads `192.0.2.1(22)`, `*(*)`. */
function readEnd(line: Line, i: number, row: Row, remote: boolean): boolean {
  const { text } = line;
  const start = line.wordStart(i);
  const close = line.wordEnd(i) - 1;
  let open = close - 1;
  while (open > start && text.charCodeAt(open) !== OPEN_PARENTHESIS) {
    open--;
  }
  const port = numberAt(text, open + 1, close);
  if (
    text.charCodeAt(close) !== CLOSE_PARENTHESIS ||
    open <= start ||
    port > 65_535 ||
    (port === NONE && text.charCodeAt(open + 1) !== STAR) ||
    !readAddress(text, start, open, row, remote)
  ) {
    return false;
  }
  row.span(remote ? Field.Remote : Field.Local, start, close + 1);
  row.span(remote ? Field.RemotePort : Field.LocalPort, open + 1, close);
  if (remote) {
    row.remotePort = port;
  } else {
    row.localPort = port;
  }
  return true;
}
