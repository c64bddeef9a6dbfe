import { Field } from '../../model/field';
import {
  isTcpWord,
  protocolWord,
  protocolWordAt,
  protocolWordId,
  protocolWords,
} from '../../vocabulary/protocol';
import { NONE, type Row } from '../../model/row';
import { TimerKind } from '../../vocabulary/timer';
import { State } from '../../vocabulary/state';
import type { BsdLayout } from './bsdHeader';
import { readDotEndpoint } from '../../parsing/endpoint';
import { decimalAt, isDigit, isHexWord, type Line, numberAt, pidAt } from '../../parsing/line';
import { readStateWord } from '../../parsing/stateWord';
import { SLASH } from '../../vocabulary/characters';

/*
 * Rows of the `netstat` that BSD brought forth. They are read by their shape, the layout says
 * only what stands behind it: an Internet row is `[PCB [flow hash]] protocol numbers local remote
 * [state] more`, whatever the system.
 */

/** What kind of row begins with a protocol word. */
const enum Shape {
  None,
  Internet,
  Unix,
  Kernel,
}

/** The Internet protocols of the family; it writes them in lower case (`Tcp4` in some documents). */
export const BSD_INTERNET_WORDS: readonly string[] = (
  'tcp tcp4 tcp6 tcp46 tcp64 Tcp Tcp4 Tcp6 udp udp4 udp6 udp46 udp64 Udp4 Udp6 udpl udpl6 ' +
  'udplite udplite6 sctp sctp4 sctp6 sctp46 icmp icmp6 icm4 icm6 icm46 raw raw6 ip ip4 ip6 ' +
  'ip46 igmp igm4 igm6 div4 div6 divert'
).split(' ');

const SHAPES = shapes();

/** What kind of row each protocol word begins. */
function shapes(): Uint8Array {
  const list = new Uint8Array(256);
  for (const word of BSD_INTERNET_WORDS) {
    list[protocolWordId(word)] = Shape.Internet;
  }
  for (const { word, protocol } of protocolWords) {
    if (protocol === 'unix' && !word.startsWith('u')) {
      list[protocolWordId(word)] = Shape.Unix;
    }
  }
  list[protocolWordId('kevt')] = Shape.Kernel;
  list[protocolWordId('kctl')] = Shape.Kernel;
  return list;
}

const UNIX = protocolWordId('unix');
const RAW = protocolWordId('ip');
const RAW_OF_FAMILY: ReadonlyMap<string, number> = new Map(
  ['4', '6', '46'].map(family => [family, protocolWordId(`ip${family}`)]),
);
/** What a listener of `-L` is where the protocol is not printed: only TCP has backlogs there. */
const LISTENER = protocolWordId('tcp');
const MULTIPATH = protocolWordId('mptcp');

/** Reads any row of the family; false where the line is none. */
export function readBsdRow(line: Line, layout: BsdLayout | undefined, row: Row): boolean {
  const i = protocolAt(line);
  if (i === NONE) {
    if (layout?.section === 'multipath') {
      return readMultipath(line, row);
    }
    return readListener(line, 0, layout, row);
  }
  const id = protocolWordAt(line.text, line.wordStart(i), line.wordEnd(i));
  row.protocol = id;
  row.span(Field.Protocol, line.wordStart(i), line.wordEnd(i));
  if (i > 0) {
    row.span(Field.Handle, line.wordStart(0), line.wordEnd(0));
  }
  switch (SHAPES[id]) {
    case Shape.Internet:
      return readInternet(line, i, layout, row);
    case Shape.Unix:
      return i === 1 && readUnix(line, layout, row);
    case Shape.Kernel:
      return readKernel(line, i, layout, row);
    default:
      return id === UNIX && readListener(line, i + 1, layout, row);
  }
}

/** The word that is the protocol: the first, or behind the addresses that `-A` prints. */
function protocolAt(line: Line): number {
  for (let i = 0; i < 3 && i < line.count; i++) {
    const id = protocolWordAt(line.text, line.wordStart(i), line.wordEnd(i));
    if (id !== 0 && (SHAPES[id] !== Shape.None || id === UNIX)) {
      return i;
    }
    if (!isHexWord(line, i)) {
      return NONE;
    }
  }
  return NONE;
}

/** Most numbers before the endpoints: two queues and the three windows of OpenBSD's `-B`. */
const MOST_NUMBERS = 5;

function readInternet(line: Line, i: number, layout: BsdLayout | undefined, row: Row): boolean {
  let first = i + 1;
  if (row.protocol === RAW && line.number(i + 3) !== NONE) {
    // FreeBSD and macOS fill names up to three letters: a raw IPv4 socket is `ip 4  0  0 …`.
    row.protocol = RAW_OF_FAMILY.get(line.word(i + 1)) ?? RAW;
    if (row.protocol !== RAW) {
      row.span(Field.Protocol, line.wordStart(i), line.wordEnd(i + 1));
      first++;
    }
  }
  let local = first;
  while (local < first + MOST_NUMBERS && line.number(local) !== NONE) {
    local++;
  }
  const numbers = local - first;
  if (numbers < 2 && (numbers === 1 || layout?.queues !== false)) {
    return readListener(line, first, layout, row);
  }
  if (!readDotEndpoint(line, local, row, false) || !readDotEndpoint(line, local + 1, row, true)) {
    return false;
  }
  if (numbers === 3 || numbers === 0) {
    // Retransmissions, out-of-order packets and zero windows stand in place of the queues (-T).
    readDetails(line, first, local, row);
  } else {
    readQueues(line, first, row);
    readDetails(line, first + 2, local, row);
  }
  const next = readBsdState(line, local + 2, row);
  readColumns(line, next, layout, row);
  return true;
}

/** Reads the receive and send queue at words `i` and `i + 1`. */
function readQueues(line: Line, i: number, row: Row): void {
  row.recvQ = line.number(i);
  row.sendQ = line.number(i + 1);
  row.span(Field.RecvQ, line.wordStart(i), line.wordEnd(i));
  row.span(Field.SendQ, line.wordStart(i + 1), line.wordEnd(i + 1));
}

/** Reads the state at word `i`, if there is one; returns the index of the next word. */
function readBsdState(line: Line, i: number, row: Row): number {
  const first = line.firstChar(i);
  // States are words in capitals; anything else belongs to further columns.
  if (first < 65 || first > 90) {
    return i;
  }
  const known = readStateWord(line, i, row);
  if (known > 0) {
    return i + known;
  }
  if (!isTcpWord(row.protocol) && protocolWord(row.protocol).protocol !== 'sctp') {
    return i;
  }
  row.span(Field.State, line.wordStart(i), line.wordEnd(i));
  return i + 1;
}

function readDetails(line: Line, from: number, to: number, row: Row): void {
  if (!row.detailed) {
    return;
  }
  for (let i = from; i < to; i++) {
    row.detail(Field.Detail, line.wordStart(i), line.wordEnd(i));
  }
}

/** Reads the columns that the layout names, from word `i` on; returns the index behind them. */
function readColumns(line: Line, i: number, layout: BsdLayout | undefined, row: Row): number {
  if (i >= line.count || layout === undefined || layout.columns.length === 0) {
    readDetails(line, i, line.count, row);
    return i;
  }
  let next = i + layout.columns.length;
  if (layout.process !== NONE) {
    const owner = readProcessAndPid(line, i + layout.process, row);
    if (owner !== NONE) {
      next += owner - (i + layout.process + 1);
    }
  } else if (layout.pid !== NONE) {
    readPid(line, i + layout.pid, row);
  } else if (layout.rexmt !== NONE) {
    readTimers(line, i + layout.rexmt, row);
  }
  readDetails(line, i, Math.min(next, line.count), row);
  return next;
}

/** Reads a process id that is a column of its own; false where word `i` is none. */
export function readPid(line: Line, i: number, row: Row): boolean {
  const start = line.wordStart(i);
  const end = line.wordEnd(i);
  const pid = pidAt(line.text, start, end);
  if (pid === NONE) {
    return false;
  }
  row.addPid(pid, start, end);
  return true;
}

/** Most words of a name, which macOS cuts to 16 characters. */
const MOST_NAME_WORDS = 10;

/**
 * Reads `name with spaces:123` from word `i` on; returns the index of the next word, NONE where
 * there is no such thing. Hexadecimal columns follow: a colon in the name is none but the last.
 */
export function readProcessAndPid(line: Line, i: number, row: Row): number {
  const { text } = line;
  const last = Math.min(line.count, i + MOST_NAME_WORDS);
  for (let word = i; word < last; word++) {
    const end = line.wordEnd(word);
    let colon = end - 1;
    while (colon >= line.wordStart(word) && isDigit(text.charCodeAt(colon))) {
      colon--;
    }
    if (colon === end - 1 || text.charCodeAt(colon) !== 58) {
      continue;
    }
    if (word + 1 < line.count && !isHexWord(line, word + 1)) {
      continue;
    }
    const owner = row.addPid(pidAt(text, colon + 1, end), colon + 1, end);
    const nameStart = line.wordStart(i);
    const nameEnd = colon > line.wordStart(word) ? colon : line.wordEnd(word - 1);
    if (nameEnd > nameStart && colon > nameStart) {
      row.nameOwner(owner, nameStart, nameEnd);
    }
    return word + 1;
  }
  return NONE;
}

/** What the timers of FreeBSD's `-x` are, in their order: rexmt persist keep 2msl. */
const TIMERS = [TimerKind.On, TimerKind.Probe, TimerKind.Keepalive, TimerKind.TimeWait];

/** Reads the timer that runs, from the columns `rexmt persist keep 2msl`, in seconds. */
function readTimers(line: Line, i: number, row: Row): void {
  for (const [n, kind] of TIMERS.entries()) {
    const start = line.wordStart(i + n);
    const end = line.wordEnd(i + n);
    const seconds = decimalAt(line.text, start, end);
    if (seconds > 0) {
      row.timer = kind;
      row.timerSeconds = seconds;
      row.span(Field.Timer, start, end);
      return;
    }
  }
}

/**
 * Reads `-L`'s `qlen/incqlen/maxqlen` at word `i` and the local address behind it. As with
 * listeners elsewhere, the length of the accept queue is the receive queue and its limit the
 * send queue.
 */
function readListener(line: Line, i: number, layout: BsdLayout | undefined, row: Row): boolean {
  const { text } = line;
  const start = line.wordStart(i);
  const end = line.wordEnd(i);
  if (i + 1 >= line.count || !isDigit(text.charCodeAt(start))) {
    return false;
  }
  const first = slashIn(text, start, end);
  const second = slashIn(text, first + 1, end);
  if (second >= end) {
    return false;
  }
  const length = numberAt(text, start, first);
  const limit = numberAt(text, second + 1, end);
  if (length === NONE || limit === NONE || numberAt(text, first + 1, second) === NONE) {
    return false;
  }
  if (row.protocol === UNIX) {
    row.span(Field.Local, line.wordStart(i + 1), line.wordEnd(line.count - 1));
    row.span(Field.LocalAddress, line.wordStart(i + 1), line.wordEnd(line.count - 1));
  } else {
    if (row.protocol === 0 && layout?.section !== 'listeners') {
      return false;
    }
    if (line.count !== i + 2 || !readDotEndpoint(line, i + 1, row, false)) {
      return false;
    }
    if (row.protocol === 0) {
      row.protocol = LISTENER;
    }
    row.state = State.Listen;
  }
  row.recvQ = length;
  row.sendQ = limit;
  row.span(Field.RecvQ, start, first);
  row.span(Field.SendQ, second + 1, end);
  return true;
}

/** Index of the word behind `Nextref`. */
const BEHIND_NEXTREF = 8;

/**
 * `address type Recv-Q Send-Q Inode Conn Refs Nextref [more] [path]`. The path is the local
 * address; the address of the other end's control block, where not 0, is the remote one.
 */
function readUnix(line: Line, layout: BsdLayout | undefined, row: Row): boolean {
  if (line.number(2) === NONE || line.number(3) === NONE || line.count < BEHIND_NEXTREF) {
    return false;
  }
  for (let i = 4; i < BEHIND_NEXTREF; i++) {
    if (!isHexWord(line, i)) {
      return false;
    }
  }
  readQueues(line, 2, row);
  readDetails(line, 4, BEHIND_NEXTREF, row);
  if (!line.is(5, '0') && !line.is(5, '0x0')) {
    row.hasRemote = true;
    row.span(Field.Remote, line.wordStart(5), line.wordEnd(5));
    row.span(Field.RemoteAddress, line.wordStart(5), line.wordEnd(5));
  }
  const path =
    layout === undefined
      ? firstPath(line, BEHIND_NEXTREF)
      : readColumns(line, BEHIND_NEXTREF, layout, row);
  if (path < line.count) {
    row.span(Field.Local, line.wordStart(path), line.wordEnd(line.count - 1));
    row.span(Field.LocalAddress, line.wordStart(path), line.wordEnd(line.count - 1));
  }
  return true;
}

/** Where the path begins among columns that nothing announces. */
function firstPath(line: Line, from: number): number {
  let i = from;
  if (line.number(i) !== NONE) {
    while (i < line.count && line.firstChar(i) !== SLASH) {
      i++;
    }
  }
  return i;
}

/** `kevt 0 0 vendor class subclass …` and `kctl 0 0 … unit id name`; the name is the address. */
function readKernel(line: Line, i: number, layout: BsdLayout | undefined, row: Row): boolean {
  if (line.number(i + 1) === NONE || line.number(i + 2) === NONE || line.count < i + 5) {
    return false;
  }
  readQueues(line, i + 1, row);
  readColumns(line, i + 3, layout, row);
  const last = line.count - 1;
  if (line.is(i, 'kctl') && line.number(last) === NONE) {
    row.span(Field.Local, line.wordStart(last), line.wordEnd(last));
    row.span(Field.LocalAddress, line.wordStart(last), line.wordEnd(last));
  }
  return true;
}

/**
 * A Multipath TCP connection, `mptcp/00 STATE`, or one of its subflows below it,
 * `tcp4/01 flags local remote STATE` (Apple's netstat, mptcp.c). Both are rows of MPTCP, whose
 * states are not TCP's: a subflow may stand among the TCP connections above as well, and must not
 * count as a second one.
 */
function readMultipath(line: Line, row: Row): boolean {
  const start = line.wordStart(0);
  const end = line.wordEnd(0);
  const slash = line.text.indexOf('/', start);
  if (slash === -1 || slash >= end || numberAt(line.text, slash + 1, end) === NONE) {
    return false;
  }
  const word = protocolWordAt(line.text, start, slash);
  row.protocol = MULTIPATH;
  row.span(Field.Protocol, start, slash);
  if (word === MULTIPATH) {
    if (line.count !== 2) {
      return false;
    }
    if (readStateWord(line, 1, row) === 0) {
      row.span(Field.State, line.wordStart(1), line.wordEnd(1));
    }
    return true;
  }
  if (
    !isTcpWord(word) ||
    !isHexWord(line, 1) ||
    !readDotEndpoint(line, 2, row, false) ||
    !readDotEndpoint(line, 3, row, true)
  ) {
    return false;
  }
  row.family = protocolWord(word).family;
  row.detail(Field.Detail, line.wordStart(1), line.wordEnd(1));
  readBsdState(line, 4, row);
  return true;
}

/** Where the next slash of a word is; its end if there is none. The text goes on far behind it. */
function slashIn(text: string, from: number, end: number): number {
  let i = from;
  while (i < end && text.charCodeAt(i) !== SLASH) {
    i++;
  }
  return i;
}
