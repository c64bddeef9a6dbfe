import { stateWordAt } from '../../vocabulary/stateSpellings';
import { Field } from '../../model/field';
import { NONE, type Row } from '../../model/row';
import { readAddress, readEndpoint } from '../../parsing/endpoint';
import { isSpace, numberAt } from '../../parsing/line';
import {
  BACKSLASH,
  CLOSE_PARENTHESIS,
  EQUALS,
  OPEN_BRACKET,
  OPEN_PARENTHESIS,
} from '../../vocabulary/characters';
import { type SocketType, UNIX, readProtocolWord } from './lsofTypes';

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

/** The last place of a character in `text[start, end)`; NONE if it has none. */
function lastOf(code: number, text: string, start: number, end: number): number {
  let i = end - 1;
  while (i >= start && text.charCodeAt(i) !== code) {
    i--;
  }
  return i < start ? NONE : i;
}

/**
 * Reads the NAME of an Internet socket, `local[->remote] [(STATE QR=0 QS=0 …)]`; false if it is
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

/**
 * A command with lsof's escapes undone: `\x20` and the like for bytes that are not printable, one
 * of them perhaps cut by the column's width. Null if there are none and the span is the name.
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
