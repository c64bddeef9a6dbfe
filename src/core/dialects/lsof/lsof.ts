import { Field } from '../../model/field';
import { NONE, type Row } from '../../model/row';
import { isDigit, type Line, numberAt, pidAt } from '../../parsing/line';
import { type Asked, type Dialect, Remark } from '../../parsing/dialect';
import { STAR } from '../../vocabulary/characters';
import { OTHER, readProtocolWord, type SocketType, socketTypeAt } from './lsofTypes';
import { readOtherName, readSocketName, unescapedName } from './lsofNames';

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
    const i = typeAt(line);
    return i !== NONE && readRow(line, i, layout, row);
  },

  remark(line, layout) {
    if (line.is(0, 'lsof:') || (layout !== undefined && isFile(line) && typeAt(line) === NONE)) {
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

function readRow(line: Line, i: number, layout: object | undefined, row: Row): boolean {
  const socketType = socketTypeAt(line.text, line.wordStart(i), line.wordEnd(i));
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

/** The word that is the TYPE of a socket, behind a descriptor; NONE for what is of no socket. */
function typeAt(line: Line): number {
  for (let i = FIRST_TYPE; i < line.count && i < LAST_TYPE; i++) {
    if (
      socketTypeAt(line.text, line.wordStart(i), line.wordEnd(i)) !== undefined &&
      isDescriptor(line, i - 1)
    ) {
      return i;
    }
  }
  return NONE;
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

/** Whether a line below a header is a file that is no socket: it has a PID and an FD column. */
function isFile(line: Line): boolean {
  for (let i = 1; i < line.count && i < LAST_TYPE; i++) {
    if (line.number(i) !== NONE) {
      return line.count > i + 2;
    }
  }
  return false;
}
