import { Field } from '../../model/field';
import { NONE, type Row } from '../../model/row';
import type { Dialect } from '../../parsing/dialect';
import { readColonEndpoint } from '../../parsing/endpoint';
import { isDigit, isHexWord, type Line, pidAt } from '../../parsing/line';
import { protocolWordAt, protocolWordId } from '../../vocabulary/protocol';
import { STAR } from '../../vocabulary/characters';

/** That a header was seen: its columns are those of files, sockets have their own. */
const TABLE: object = {};

/**
 * `fstat` of OpenBSD and NetBSD: open files, of which a socket is `user command pid fd* internet
 * stream tcp 0x… local --> remote`. It has no states; without a remote end a TCP socket listens, or
 * is not connected. The kernel's address of the socket is 0x0 to all but root.
 */
export const fstat: Dialect = {
  id: 'fstat',
  title: 'fstat',
  systems: ['openbsd', 'netbsd'],
  commands: ['fstat'],
  headers: ['USER CMD PID'],
  best: { command: 'fstat', needs: 'root' },
  tells: { pids: 'always', queues: 'never', timers: 'never' },
  perFile: true,

  // Of a process or a user.
  asks: words => ({ some: words.some(word => /^-[a-z]{0,20}[pu]/.test(word)) }),

  header: line =>
    line.is(0, 'USER') && line.is(1, 'CMD') && line.is(2, 'PID') && line.is(3, 'FD')
      ? TABLE
      : undefined,

  row(line, _layout, row) {
    const domain = domainAt(line);
    return domain !== NONE && readOwner(line, domain, row) && readSocket(line, domain, row);
  },

  resembles: line => domainAt(line) !== NONE,
};

/** Most words before the domain: a command may have blanks. */
const MOST_BEFORE = 7;

/** The word `internet`, `internet6` or `unix` behind a descriptor; NONE if there is none. */
function domainAt(line: Line): number {
  for (let i = 4; i <= MOST_BEFORE && i + 1 < line.count; i++) {
    const first = line.firstChar(i);
    if (
      ((first === 105 && (line.is(i, 'internet') || line.is(i, 'internet6'))) ||
        (first === 117 && line.is(i, 'unix'))) &&
      isDigit(line.firstChar(i - 1)) &&
      line.number(i - 2) !== NONE
    ) {
      return i;
    }
  }
  return NONE;
}

/** Reads user, command, process id and descriptor, which stand before the domain. */
function readOwner(line: Line, domain: number, row: Row): boolean {
  const { text } = line;
  const fdStart = line.wordStart(domain - 1);
  const starred = line.lastChar(domain - 1) === STAR;
  const fdEnd = line.wordEnd(domain - 1) - (starred ? 1 : 0);
  const pidStart = line.wordStart(domain - 2);
  const pidEnd = line.wordEnd(domain - 2);
  const owner = row.addPid(pidAt(text, pidStart, pidEnd), pidStart, pidEnd);
  row.nameOwner(owner, line.wordStart(1), line.wordEnd(domain - 3));
  owner.fd = pidAt(text, fdStart, fdEnd);
  owner.fdStart = fdStart;
  owner.fdEnd = fdEnd;
  row.span(Field.User, line.wordStart(0), line.wordEnd(0));
  row.span(Field.Fd, fdStart, fdEnd);
  return owner.pid !== NONE && owner.fd !== NONE;
}

const UNIX = protocolWordId('unix');
const RAW = protocolWordId('raw');

/** Reads the socket whose domain is word `i`. */
function readSocket(line: Line, i: number, row: Row): boolean {
  if (line.is(i, 'unix')) {
    row.protocol = UNIX;
    row.span(Field.Protocol, line.wordStart(i), line.wordEnd(i));
    readHandle(line, i + 2, row);
    readPath(line, i + 3, row);
    return true;
  }
  row.family = line.is(i, 'internet6') ? 'ipv6' : 'ipv4';
  const { text } = line;
  row.protocol =
    protocolWordAt(text, line.wordStart(i + 2), line.wordEnd(i + 2)) ||
    (line.is(i + 1, 'raw') ? RAW : 0);
  row.span(Field.Protocol, line.wordStart(i + 2), line.wordEnd(i + 2));
  let next = i + 3;
  if (readHandle(line, next, row)) {
    next++;
  }
  if (next === line.count) {
    return row.protocol !== 0;
  }
  return (
    row.protocol !== 0 &&
    readColonEndpoint(line, next, row, false) &&
    (next + 1 === line.count ||
      (isArrow(line, next + 1) &&
        line.count === next + 3 &&
        readColonEndpoint(line, next + 2, row, true)))
  );
}

function isArrow(line: Line, i: number): boolean {
  return line.is(i, '-->') || line.is(i, '<--') || line.is(i, '<->');
}

/** Reads the kernel's address of the socket; it is no name where it is hidden. */
function readHandle(line: Line, i: number, row: Row): boolean {
  if (i >= line.count || !isHexWord(line, i)) {
    return false;
  }
  if (!line.is(i, '0x0')) {
    row.span(Field.Handle, line.wordStart(i), line.wordEnd(i));
  }
  return true;
}

/** `/path`, or an arrow and the address of the other end. */
function readPath(line: Line, i: number, row: Row): void {
  const arrow = isArrow(line, i);
  const from = arrow ? i + 1 : i;
  if (from >= line.count) {
    return;
  }
  const start = line.wordStart(from);
  const end = line.wordEnd(line.count - 1);
  row.hasRemote = arrow;
  row.span(arrow ? Field.Remote : Field.Local, start, end);
  row.span(arrow ? Field.RemoteAddress : Field.LocalAddress, start, end);
}
