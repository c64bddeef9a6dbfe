import { stateWordAt } from '../../vocabulary/stateSpellings';
import { Field } from '../../model/field';
import { protocolWordAt, protocolWordId, type Family } from '../../vocabulary/protocol';
import { NONE, type Row } from '../../model/row';
import { Vocabulary } from '../../vocabulary/vocabulary';
import { readAddress, readEndpoint } from '../../parsing/endpoint';
import { isDigit, isSpace, type Line, numberAt, pidAt } from '../../parsing/line';
import { type Asked, type Dialect, Remark } from '../../parsing/dialect';
import {
  BACKSLASH,
  CLOSE_PARENTHESIS,
  EQUALS,
  OPEN_BRACKET,
  OPEN_PARENTHESIS,
  STAR,
} from '../../vocabulary/characters';

/** That a header was seen. Its columns may be empty, so that their places say nothing. */
const TABLE: object = {};

/**
 * `lsof`, the table: `COMMAND PID [TID [TASKCMD]] [PGID] [PPID] USER FD TYPE DEVICE SIZE/OFF NODE
 * NAME` (lsof's print.c). Columns may be empty, so a row is read around its TYPE.
 *
 * Each line is an open file, not a socket: a socket that parent and child share, or that one
 * process has twice (dup), is a row for each. Such rows have the same inode (Linux: DEVICE of an
 * Internet socket, NODE of others) or the same handle (elsewhere DEVICE is the socket's address in
 * the kernel), and are one socket. Lines of other files are text.
 */
export const lsof: Dialect = {
  id: 'lsof',
  title: 'lsof',
  systems: [],
  commands: ['lsof'],
  headers: ['COMMAND PID'],
  best: { command: 'lsof -nP -i -Tqs', needs: 'root' },
  tells: { pids: 'always', queues: 'with options', timers: 'never' },
  perFile: true,

  asks: asksOfLsof,

  header(line) {
    if (!line.is(0, 'COMMAND') || !line.is(1, 'PID') || !line.is(line.count - 1, 'NAME')) {
      return undefined;
    }
    for (let i = 2; i < line.count; i++) {
      if (line.is(i, 'FD') && line.is(i + 1, 'TYPE')) {
        return TABLE;
      }
    }
    return undefined;
  },

  row(line, layout, row) {
    for (let i = FIRST_TYPE; i < line.count && i < LAST_TYPE; i++) {
      const type = TYPES.find(line.text, line.wordStart(i), line.wordEnd(i));
      if (type !== 0 && isDescriptor(line, i - 1)) {
        return readRow(line, i, type, layout, row);
      }
    }
    return false;
  },

  remark(line, layout) {
    if (line.is(0, 'lsof:') || (layout !== undefined && isFile(line) && !hasSocketType(line))) {
      return Remark.Text;
    }
    return undefined;
  },
};

/**
 * What `lsof` is asked for. Files of a process are listed besides those of `-i`, unless `-a` is
 * there; what stands behind `^` is left out of all. `-i tcp` names a protocol only.
 */
export function asksOfLsof(words: readonly string[]): Pick<Asked, 'some'> {
  const line = words.join(' ');
  const isAll = INTERNET.test(line) && !AND.test(line);
  return { some: ADDRESS_OR_STATE.test(line) || (isAll ? LEFT_OUT : CHOSEN).test(line) };
}

/** Options, behind such as take no value. */
const ADDRESS_OR_STATE = / -[abChlMnNoOPRtUVwX]*(?:i ?\w*[@:]|s ?\w+:)/;
const INTERNET = / -[abChlMnNoOPRtUVwX]*i/;
const AND = / -[bChlMnNoOPRtUVwX]*a/;
const CHOSEN = / -[abChlMnNoOPRtUVwX]*(?:[cdpu]|g ?[\d^])/;
const LEFT_OUT = / -[abChlMnNoOPRtUVwX]*[cdgpu] ?\^/;

/** TYPE is at least the fifth word: COMMAND PID USER FD TYPE. */
const FIRST_TYPE = 4;
/** Commands and tasks with blanks (old versions do not escape them) move it to the right. */
const LAST_TYPE = 16;

/** What a file of some TYPE is, where it is a socket. */
export interface SocketType {
  readonly word: string;
  readonly family: Family | null;
  /** Number of the protocol word where the NODE column does not say it. */
  readonly protocol: number;
  /** Whether NAME is endpoints; else a path or the like. */
  readonly internet: boolean;
}

const OTHER = protocolWordId('other');
const UNIX = protocolWordId('unix');

/** TYPE of sockets on Linux, macOS, the BSDs, AIX and Solaris (lsof's manual, TYPE). */
const SOCKET_TYPES: readonly SocketType[] = [
  type('IPv4', 'ipv4', OTHER, true),
  type('IPv6', 'ipv6', OTHER, true),
  type('inet', 'ipv4', OTHER, true),
  type('inet6', 'ipv6', OTHER, true),
  type('raw', 'ipv4', protocolWordId('raw'), true),
  type('raw6', 'ipv6', protocolWordId('raw6'), true),
  type('icmp', 'ipv4', protocolWordId('icmp'), true),
  type('unix', null, UNIX, false),
  type('sock', null, OTHER, false),
  type('netlink', null, protocolWordId('nl'), false),
  type('pack', null, protocolWordId('p_raw'), false),
  type('systm', null, protocolWordId('kernel'), false),
  type('ndrv', null, protocolWordId('kernel'), false),
  type('key', null, protocolWordId('kernel'), false),
  type('rte', null, protocolWordId('kernel'), false),
];

function type(
  word: string,
  family: Family | null,
  protocol: number,
  internet: boolean,
): SocketType {
  return { word, family, protocol, internet };
}

const TYPES = new Vocabulary(['', ...SOCKET_TYPES.map(t => t.word)]);

/** The socket type that `text[start, end)` names; undefined for files of other types. */
export function socketTypeAt(text: string, start: number, end: number): SocketType | undefined {
  return SOCKET_TYPES[TYPES.find(text, start, end) - 1];
}

function readRow(
  line: Line,
  i: number,
  typeNumber: number,
  layout: object | undefined,
  row: Row,
): boolean {
  const socketType = SOCKET_TYPES[typeNumber - 1];
  if (socketType === undefined || !readOwner(line, i, row)) {
    return false;
  }
  row.protocol = socketType.protocol;
  row.family = socketType.family;
  const known = socketType.internet
    ? readInternet(line, i, row)
    : readOther(line, i, socketType, row);
  // Without a header only what nothing else prints: a protocol and endpoints, or a UNIX socket.
  return (
    known &&
    (layout !== undefined ||
      row.has(Field.Protocol) ||
      row.has(Field.Handle) ||
      (line.is(line.count - 3, "can't") && line.is(line.count - 2, 'identify')))
  );
}

/** Whether a line is of a socket, though it may not be readable. */
function hasSocketType(line: Line): boolean {
  for (let i = FIRST_TYPE; i < line.count && i < LAST_TYPE; i++) {
    if (
      TYPES.find(line.text, line.wordStart(i), line.wordEnd(i)) !== 0 &&
      isDescriptor(line, i - 1)
    ) {
      return true;
    }
  }
  return false;
}

/** Whether word `i` is an FD that is a number, of which lsof prints `*` and the end from 10,000 on. */
function isDescriptor(line: Line, i: number): boolean {
  return (
    isDigit(line.firstChar(i)) ||
    (line.firstChar(i) === STAR && isDigit(line.text.charCodeAt(line.wordStart(i) + 1)))
  );
}

/** Reads COMMAND, PID, USER and FD before the TYPE at word `i`. */
function readOwner(line: Line, i: number, row: Row): boolean {
  let pid = 1;
  while (pid < i - 2 && line.number(pid) === NONE) {
    pid++;
  }
  const number = pidAt(line.text, line.wordStart(pid), line.wordEnd(pid));
  if (number === NONE || pid >= i - 2) {
    return false;
  }
  const owner = row.addPid(number, line.wordStart(pid), line.wordEnd(pid));
  row.nameOwner(owner, line.wordStart(0), line.wordEnd(pid - 1));
  owner.name = unescapedName(line.text, owner.nameStart, owner.nameEnd);
  row.span(Field.User, line.wordStart(i - 2), line.wordEnd(i - 2));
  for (let k = pid + 1; k < i - 2; k++) {
    row.detail(Field.Detail, line.wordStart(k), line.wordEnd(k));
  }
  return readFd(line.text, line.wordStart(i - 1), line.wordEnd(i - 1), row);
}

/**
 * Reads `46u`, `3uW`: a number, how it is open, and a lock. Of `*614u` the number is not known: only
 * its last digits are printed (lsof's print.c, FD_STR_L).
 */
export function readFd(text: string, start: number, end: number, row: Row): boolean {
  const cut = text.charCodeAt(start) === STAR;
  let digits = cut ? start + 1 : start;
  while (digits < end && isDigit(text.charCodeAt(digits))) {
    digits++;
  }
  const owner = row.owners[row.ownerCount - 1];
  const fd = pidAt(text, cut ? start + 1 : start, digits);
  if (owner === undefined || fd === NONE || end - digits > 2) {
    return false;
  }
  owner.fd = cut ? NONE : fd;
  owner.fdStart = start;
  owner.fdEnd = end;
  row.span(Field.Fd, start, end);
  return true;
}

/** Reads `13913 0t0 TCP 192.0.2.1:22->192.0.2.2:1024 (ESTABLISHED)` behind the TYPE at word `i`. */
function readInternet(line: Line, i: number, row: Row): boolean {
  const { text } = line;
  // FILE-FLAG (`+fg`), DEVICE and SIZE/OFF may come before.
  const last = Math.min(line.count - 1, i + 4);
  let node = i + 1;
  while (node <= last && !readProtocol(line, node, row)) {
    readDeviceAt(text, line.wordStart(node), line.wordEnd(node), row);
    node++;
  }
  if (node > last) {
    if (row.protocol === OTHER) {
      return false;
    }
    // A raw socket: DEVICE is empty, NODE the inode.
    node = i;
    while (isFileColumn(line, node + 1)) {
      node++;
    }
  }
  const name = node + 1;
  if (name >= line.count) {
    return false;
  }
  return readSocketName(text, line.wordStart(name), line.wordEnd(line.count - 1), row);
}

function readProtocol(line: Line, i: number, row: Row): boolean {
  const start = line.wordStart(i);
  const first = line.text.charCodeAt(start);
  if (first < 65 || first > 90) {
    return false;
  }
  return readProtocolWord(line.text, start, line.wordEnd(i), row);
}

/** The kernel's names of protocols that no other tool prints (`protocol: PING` of a `sock`). */
const KERNEL_NAMES = [
  ['UDP-Lite', 'udplite'],
  ['UDPLITE', 'udplite'],
  ['UDPLITEv6', 'udplite6'],
  ['ICMP', 'icmp'],
  ['ICMPV6', 'icmp6'],
  ['PING', 'icmp'],
  ['PINGv6', 'icmp6'],
  ['RAW', 'raw'],
  ['RAWv6', 'raw6'],
  ['MPTCP', 'mptcp'],
  ['UNIX', 'unix'],
  ['UNIX-STREAM', 'unix'],
  ['NETLINK', 'nl'],
  ['PACKET', 'p_raw'],
  ['AF_VSOCK', 'v_str'],
  ['TIPC', 'tipc'],
  ['XDP', 'xdp'],
] as const;

const KERNEL_WORDS = new Vocabulary(['', ...KERNEL_NAMES.map(([name]) => name)]);
const KERNEL_PROTOCOLS = [0, ...KERNEL_NAMES.map(([, word]) => protocolWordId(word))];

/** Reads lsof's name of a protocol: TCP, UDP, and whatever else the kernel has. */
export function readProtocolWord(text: string, start: number, end: number, row: Row): boolean {
  const known =
    protocolWordAt(text, start, end) ||
    (KERNEL_PROTOCOLS[KERNEL_WORDS.find(text, start, end)] ?? 0);
  if (known === 0) {
    return false;
  }
  row.protocol = known;
  row.span(Field.Protocol, start, end);
  return true;
}

/** DEVICE of an Internet socket: its inode on Linux, elsewhere its address in the kernel. */
export function readDeviceAt(text: string, start: number, end: number, row: Row): void {
  if (isHexadecimal(text, start, end)) {
    row.span(Field.Handle, start, end);
    return;
  }
  const inode = numberAt(text, start, end);
  if (inode !== NONE) {
    row.inode = inode;
    row.span(Field.Inode, start, end);
  }
}

function readInode(line: Line, i: number, row: Row): void {
  row.inode = line.number(i);
  if (row.inode !== NONE) {
    row.span(Field.Inode, line.wordStart(i), line.wordEnd(i));
  }
}

function isHexadecimal(text: string, start: number, end: number): boolean {
  return end - start > 2 && text.charCodeAt(start) === 48 && text.charCodeAt(start + 1) === 120;
}

/**
 * Reads a UNIX, netlink or unidentified socket behind the TYPE at word `i`:
 * `0xffff88807f0a1c00 0t0 20653 /run/x type=DGRAM`, `0,9 0t0 26217 protocol: TCP`.
 */
function readOther(line: Line, i: number, socketType: SocketType, row: Row): boolean {
  const { text } = line;
  let name = i + 1;
  while (name < line.count && name < i + 4 && isFileColumn(line, name)) {
    if (isHexadecimal(text, line.wordStart(name), line.wordEnd(name))) {
      row.span(Field.Handle, line.wordStart(name), line.wordEnd(name));
    } else if (line.number(name) !== NONE) {
      readInode(line, name, row);
    }
    name++;
  }
  if (name < line.count) {
    readOtherName(text, line.wordStart(name), line.wordEnd(line.count - 1), socketType, row);
  }
  return true;
}

/** Whether word `i` is a value of DEVICE, SIZE/OFF or NODE: `0x…`, `0,9`, `0t0`, a number. */
function isFileColumn(line: Line, i: number): boolean {
  const end = line.wordEnd(i);
  if (!isDigit(line.firstChar(i))) {
    return false;
  }
  for (let k = line.wordStart(i); k < end; k++) {
    const code = line.text.charCodeAt(k);
    if (
      !isDigit(code) &&
      code !== 44 &&
      code !== 116 &&
      code !== 120 &&
      !(code >= 97 && code <= 102)
    ) {
      return false;
    }
  }
  return true;
}

/** Reads NAME of a socket that has no endpoints: a path, a netlink family, what could be told. */
export function readOtherName(
  text: string,
  start: number,
  end: number,
  socketType: SocketType,
  row: Row,
): void {
  const protocol = 'protocol: ';
  if (text.startsWith(protocol, start)) {
    const from = start + protocol.length;
    if (from < end) {
      readProtocolWord(text, from, end, row);
      row.detail(Field.Detail, start, end);
    }
    return;
  }
  let to = readUnixState(text, start, end, row);
  if (socketType.protocol === UNIX) {
    to = beforeType(text, start, to, row);
  }
  if (to > start && !text.startsWith('->0x', start)) {
    row.span(Field.Local, start, to);
    row.span(Field.LocalAddress, start, to);
  } else if (to > start) {
    // macOS and the BSDs: a nameless socket and its peer's address in the kernel.
    row.span(Field.Remote, start + 2, to);
    row.span(Field.RemoteAddress, start + 2, to);
    row.hasRemote = true;
  }
}

/** Reads `(CONNECTED)` at the end of a UNIX socket's NAME; gives where the text before it ends. */
function readUnixState(text: string, start: number, end: number, row: Row): number {
  if (text.charCodeAt(end - 1) !== CLOSE_PARENTHESIS) {
    return end;
  }
  const open = lastOf(OPEN_PARENTHESIS, text, start, end);
  if (open === NONE) {
    return end;
  }
  const word = stateWordAt(text, open + 1, end - 1);
  if (word === 0) {
    return end;
  }
  row.stateWord = word;
  row.span(Field.State, open + 1, end - 1);
  return trimmedEnd(text, start, open);
}

/** Leaves `type=STREAM` and what follows it out of a UNIX socket's NAME. */
function beforeType(text: string, start: number, end: number, row: Row): number {
  const at = lastOf(EQUALS, text, start, end) - 'type'.length;
  if (
    at < start ||
    !text.startsWith('type', at) ||
    (at > start && !isSpace(text.charCodeAt(at - 1)))
  ) {
    return end;
  }
  row.detail(Field.Detail, at, end);
  return trimmedEnd(text, start, at);
}

function trimmedEnd(text: string, start: number, end: number): number {
  let to = end;
  while (to > start && isSpace(text.charCodeAt(to - 1))) {
    to--;
  }
  return to;
}

/** The last place of a character in `text[start, end)`; NONE where it has none. */
function lastOf(code: number, text: string, start: number, end: number): number {
  let i = end - 1;
  while (i >= start && text.charCodeAt(i) !== code) {
    i--;
  }
  return i < start ? NONE : i;
}

/**
 * Reads the NAME of an Internet socket, `local[->remote] [(STATE QR=0 QS=0 …)]`; false where it is
 * none. `no PCB` and the like stand for a socket that was closed under the process.
 */
export function readSocketName(text: string, start: number, end: number, row: Row): boolean {
  let to = start;
  while (to < end && !isSpace(text.charCodeAt(to))) {
    to++;
  }
  if (text.startsWith('no PCB', start)) {
    row.detail(Field.Detail, start, end);
    return true;
  }
  if (!readEndpoints(text, start, to, row)) {
    return false;
  }
  let at = to;
  while (at < end) {
    if (isSpace(text.charCodeAt(at))) {
      at++;
      continue;
    }
    let next = at;
    while (next < end && !isSpace(text.charCodeAt(next))) {
      next++;
    }
    readStatePart(text, at, next, row);
    at = next;
  }
  return true;
}

function readEndpoints(text: string, start: number, end: number, row: Row): boolean {
  let arrow = start;
  while (arrow < end && !(text.charCodeAt(arrow) === 45 && text.charCodeAt(arrow + 1) === 62)) {
    arrow++;
  }
  return (
    readOneEndpoint(text, start, arrow, row, false) &&
    (arrow === end || readOneEndpoint(text, arrow + 2, end, row, true))
  );
}

/** `address:port`, with the name of its RPC program behind it (`+M`): `*:931[mountd]`. */
function readOneEndpoint(
  text: string,
  start: number,
  end: number,
  row: Row,
  remote: boolean,
): boolean {
  let to = end;
  if (text.charCodeAt(end - 1) === 93) {
    const open = lastOf(OPEN_BRACKET, text, start, end);
    if (open > start) {
      row.detail(Field.Detail, open + 1, end - 1);
      to = open;
    }
  }
  if (readEndpoint(text, start, to, 58, row, remote)) {
    return true;
  }
  // A raw socket without a port; an address alone.
  if (!readAddress(text, start, to, row, remote)) {
    return false;
  }
  row.span(remote ? Field.Remote : Field.Local, start, to);
  row.hasRemote ||= remote;
  return true;
}

/** Reads one word of `(ESTABLISHED QR=0 QS=13 SO=KEEPALIVE)` or `st=07`. */
function readStatePart(text: string, start: number, end: number, row: Row): void {
  const from = text.charCodeAt(start) === OPEN_PARENTHESIS ? start + 1 : start;
  const to = text.charCodeAt(end - 1) === CLOSE_PARENTHESIS ? end - 1 : end;
  if (from >= to) {
    return;
  }
  if (text.charCodeAt(from) === 81 && text.charCodeAt(from + 2) === 61) {
    readQueue(text, from, to, row);
    return;
  }
  if (from > start && !row.has(Field.State)) {
    readState(text, from, to, row);
    return;
  }
  row.detail(Field.Detail, from, to);
}

/** Reads a TCP state, known or not. */
export function readState(text: string, start: number, end: number, row: Row): void {
  row.stateWord = stateWordAt(text, start, end);
  row.span(Field.State, start, end);
}

/** Reads `QR=0` (not yet read by the process) or `QS=0` (not yet acknowledged). */
export function readQueue(text: string, start: number, end: number, row: Row): void {
  const size = numberAt(text, start + 3, end);
  if (size === NONE) {
    return;
  }
  if (text.charCodeAt(start + 1) === 82) {
    row.recvQ = size;
    row.span(Field.RecvQ, start + 3, end);
  } else {
    row.sendQ = size;
    row.span(Field.SendQ, start + 3, end);
  }
}

/** Whether a line below a header is a file that is no socket: it has a PID and an FD column. */
function isFile(line: Line): boolean {
  for (let i = 1; i < line.count && i < LAST_TYPE; i++) {
    if (line.number(i) !== NONE) {
      return line.count > i + 2;
    }
  }
  return false;
}

/**
 * A command with lsof's escapes undone: `\x20` and the like for bytes that are not printable, one
 * of them perhaps cut by the column's width. Null where there are none and the span is the name.
 */
export function unescapedName(text: string, start: number, end: number): string | null {
  let escape = start;
  while (escape < end && text.charCodeAt(escape) !== BACKSLASH) {
    escape++;
  }
  if (escape === end) {
    return null;
  }
  const bytes = text
    .slice(start, end)
    .replace(/\\(?:x[\da-f]?)?$/, '')
    .replace(/%/g, '%25')
    .replace(/\\x([\da-f]{2})/g, '%$1')
    .replace(/\\\\/g, '\\');
  try {
    return decodeURIComponent(bytes);
  } catch {
    // Not UTF-8: the escapes say more than a guess.
    return null;
  }
}
