import { stateWordAt } from '../vocabulary/stateSpellings';
import { Field } from '../model/field';
import { protocolWordAt, protocolWordId } from '../vocabulary/protocol';
import { NONE, type Row } from '../model/row';
import { readPid } from './bsd/bsdRow';
import { readAddress, readDotEndpoint } from '../parsing/endpoint';
import { isDigit, isHexWord, type Line } from '../parsing/line';
import { readStateWord } from '../parsing/stateWord';
import type { Dialect } from '../parsing/dialect';

/** What a section's title and column header announce. */
interface Layout {
  /** Number of the protocol word that stands for the section; 0 where only the header tells. */
  readonly protocol: number;
  readonly section: 'tcp' | 'udp' | 'sctp' | 'unix' | null;
  /** Whether user, process id and command stand behind the endpoints (`-u`). */
  readonly owner: boolean;
  /** Where the column behind the endpoints begins, from the start of the line; NONE if not known. */
  readonly behindRemote: number;
  /** Where the UNIX table's `Remote Addr` begins. */
  readonly unixRemote: number;
}

const NO_LAYOUT: Layout = {
  protocol: 0,
  section: null,
  owner: false,
  behindRemote: NONE,
  unixRemote: NONE,
};

const TCP = protocolWordId('tcp');
const UDP = protocolWordId('udp');
const SCTP = protocolWordId('sctp');
const UNIX = protocolWordId('unix');

/** Section titles. Addresses alone do not tell the family of `*.22`; the title does. */
const TITLES: ReadonlyMap<string, readonly [section: Layout['section'], protocol: number]> =
  new Map([
    ['TCP: IPv4', ['tcp', protocolWordId('tcp4')]],
    ['TCP: IPv6', ['tcp', protocolWordId('tcp6')]],
    ['UDP: IPv4', ['udp', protocolWordId('udp4')]],
    ['UDP: IPv6', ['udp', protocolWordId('udp6')]],
    ['SCTP:', ['sctp', SCTP]],
  ]);

/**
 * `netstat` of Solaris and illumos. There is no protocol column: the section's title says it. TCP
 * rows are `local remote [user pid command] swind send-q rwind recv-q state [interface]`, UDP rows
 * `local [remote] [user pid command] state …` with the remote endpoint left empty unless connected.
 * `Idle`, `Unbound` and `Connected` are states of UDP and kept as such. With `-u` a socket has one
 * row for each process that holds it.
 */
export const solarisNetstat: Dialect<Layout> = {
  id: 'solaris-netstat',
  title: 'Solaris netstat',
  systems: ['solaris'],
  commands: ['netstat'],
  titles: [
    'TCP: IPv4',
    'TCP: IPv6',
    'UDP: IPv4',
    'UDP: IPv6',
    'SCTP:',
    'Active UNIX domain sockets',
  ],
  headers: ['Local Address Remote Address', 'Address Type Vnode'],
  best: { command: 'netstat -anu', needs: 'root' },
  tells: { pids: 'with options', queues: 'always', timers: 'never' },

  header(line, layout) {
    switch (line.firstChar(0)) {
      case 45: // -
        return isRule(line) && layout !== undefined ? withRule(line, layout) : undefined;
      case 76: // L
        return line.is(0, 'Local') && line.is(1, 'Address') && line.is(2, 'Remote')
          ? columnLayout(line, layout ?? NO_LAYOUT)
          : undefined;
      case 83: // S
      case 84: // T
      case 85: // U
        return titleLayout(line) ?? unixLayout(line);
      case 65: // A
        return (
          unixLayout(line) ??
          (layout !== undefined && line.rest(0) === 'Active UNIX domain sockets'
            ? { ...NO_LAYOUT, section: 'unix', protocol: UNIX }
            : undefined)
        );
      default:
        return undefined;
    }
  },

  row(line, layout, row) {
    switch (layout?.section) {
      case 'unix':
        return readUnix(line, layout, row);
      case 'udp':
        return readUdp(line, layout, row);
      case 'sctp':
        return readStream(line, layout, row);
      case 'tcp':
        return readStream(line, layout, row);
      default:
        return readBare(line, row);
    }
  },
};

function titleLayout(line: Line): Layout | undefined {
  const title = line.count <= 2 ? TITLES.get(line.rest(0)) : undefined;
  return title === undefined ? undefined : { ...NO_LAYOUT, section: title[0], protocol: title[1] };
}

/** `Local Address  Remote Address  …`: the windows mean TCP, in case the title is missing. */
function columnLayout(line: Line, layout: Layout): Layout {
  const words = line.rest(0);
  const known = layout.section !== null && layout.section !== 'unix';
  const section = known
    ? layout.section
    : words.includes('StrsI/O')
      ? 'sctp'
      : words.includes('Swind')
        ? 'tcp'
        : 'udp';
  return {
    section,
    protocol: known ? layout.protocol : section === 'sctp' ? SCTP : section === 'tcp' ? TCP : UDP,
    owner: words.includes(' Pid '),
    behindRemote: NONE,
    unixRemote: NONE,
  };
}

/** `Address Type Vnode Conn Local Addr Remote Addr`, or `Type Local Address Remote Address`. */
function unixLayout(line: Line): Layout | undefined {
  const local = line.is(0, 'Type') ? 1 : line.is(0, 'Address') && line.is(2, 'Vnode') ? 4 : NONE;
  if (local === NONE || !line.is(local, 'Local') || !line.is(local + 2, 'Remote')) {
    return undefined;
  }
  return {
    ...NO_LAYOUT,
    section: 'unix',
    protocol: UNIX,
    unixRemote: line.wordStart(local + 2) - line.start,
  };
}

/** Whether the line is a rule of dashes, one group for each column. */
function isRule(line: Line): boolean {
  const { text } = line;
  for (let i = 0; i < line.count; i++) {
    for (let k = line.wordStart(i); k < line.wordEnd(i); k++) {
      if (text.charCodeAt(k) !== 45) {
        return false;
      }
    }
  }
  return line.count >= 3;
}

function withRule(line: Line, layout: Layout): Layout {
  return { ...layout, behindRemote: line.wordStart(2) - line.start };
}

/** A row without a header: two endpoints, four numbers and a state; or a UDP socket's state. */
function readBare(line: Line, row: Row): boolean {
  if (line.count === 2) {
    row.protocol = UDP;
    return (
      (line.is(1, 'Idle') || line.is(1, 'Unbound')) &&
      isNumericEndpoint(line, 0) &&
      readUdp(line, NO_LAYOUT, row)
    );
  }
  row.protocol = TCP;
  return (
    line.count >= 7 &&
    stateWordAt(line.text, line.wordStart(line.count - 1), line.wordEnd(line.count - 1)) !== 0 &&
    readStream(line, { ...NO_LAYOUT, protocol: TCP, section: 'tcp', owner: line.count > 7 }, row)
  );
}

/** Words before the four numbers of a stream row at most: endpoints, user, pid, command. */
const MOST_BEFORE_NUMBERS = 12;

/** `local remote [user pid command] swind send-q rwind recv-q [streams] state [interface]`. */
function readStream(line: Line, layout: Layout, row: Row): boolean {
  if (
    line.count < 7 ||
    !readEndpoint(line, 0, layout, row, false) ||
    !readEndpoint(line, 1, layout, row, true)
  ) {
    return false;
  }
  const numbers = layout.owner ? windowsAt(line) : 2;
  if (numbers === NONE || !areNumbers(line, numbers)) {
    return false;
  }
  row.protocol = layout.protocol;
  row.recvQ = line.number(numbers + 3);
  row.sendQ = line.number(numbers + 1);
  row.span(Field.RecvQ, line.wordStart(numbers + 3), line.wordEnd(numbers + 3));
  row.span(Field.SendQ, line.wordStart(numbers + 1), line.wordEnd(numbers + 1));
  row.detail(Field.Detail, line.wordStart(numbers), line.wordEnd(numbers));
  row.detail(Field.Detail, line.wordStart(numbers + 2), line.wordEnd(numbers + 2));
  let state = numbers + 4;
  if (layout.section === 'sctp' && isDigit(line.firstChar(state))) {
    row.detail(Field.Detail, line.wordStart(state), line.wordEnd(state));
    state++;
  }
  if (state >= line.count) {
    return false;
  }
  if (readStateWord(line, state, row) === 0) {
    row.span(Field.State, line.wordStart(state), line.wordEnd(state));
  }
  readDetails(line, state + 1, row);
  if (layout.owner) {
    readOwner(line, 2, numbers, row);
  }
  return true;
}

/** Where the four numbers stand that a state follows, behind the owner's words. */
function windowsAt(line: Line): number {
  for (let i = 2; i <= MOST_BEFORE_NUMBERS && i + 4 < line.count; i++) {
    if (areNumbers(line, i) && line.number(i + 4) === NONE) {
      return i;
    }
  }
  return NONE;
}

function areNumbers(line: Line, i: number): boolean {
  return (
    line.number(i) !== NONE &&
    line.number(i + 1) !== NONE &&
    line.number(i + 2) !== NONE &&
    line.number(i + 3) !== NONE
  );
}

/** `local [remote] [user pid command] state [interface] [buffers]`. */
function readUdp(line: Line, layout: Layout, row: Row): boolean {
  if (line.count < 2 || !readDotEndpoint(line, 0, row, false)) {
    return false;
  }
  let next = 1;
  if (isRemote(line, layout)) {
    if (!readDotEndpoint(line, 1, row, true)) {
      return false;
    }
    next = 2;
  }
  let state = next;
  while (state < line.count && !isUdpState(line, state)) {
    state++;
  }
  if (state === line.count) {
    return false;
  }
  if (layout.protocol !== 0) {
    row.protocol = layout.protocol;
  }
  readStateWord(line, state, row);
  readDetails(line, state + 1, row);
  if (state > next) {
    if (!layout.owner) {
      return false;
    }
    readOwner(line, next, state, row);
  }
  return true;
}

/** Whether word 1 of a UDP row is its remote endpoint, which is mostly left empty. */
function isRemote(line: Line, layout: Layout): boolean {
  if (isUdpState(line, 1)) {
    return false;
  }
  if (!layout.owner) {
    return true;
  }
  // A user's name may have a dot in it: the rule of dashes knows where the column ends.
  return layout.behindRemote === NONE
    ? isNumericEndpoint(line, 1)
    : line.wordStart(1) - line.start < layout.behindRemote;
}

function isUdpState(line: Line, i: number): boolean {
  return line.is(i, 'Idle') || line.is(i, 'Unbound') || line.is(i, 'Connected');
}

/** Whether word `i` ends in a dot and a port number or star. */
function isNumericEndpoint(line: Line, i: number): boolean {
  const { text } = line;
  const start = line.wordStart(i);
  let k = line.wordEnd(i) - 1;
  if (text.charCodeAt(k) === 42) {
    k--;
  } else {
    const end = k;
    while (k > start && isDigit(text.charCodeAt(k))) {
      k--;
    }
    if (k === end) {
      return false;
    }
  }
  return k > start && text.charCodeAt(k) === 46;
}

/** `user pid command`, of which a socket that no process holds any more has nothing. */
function readOwner(line: Line, from: number, to: number, row: Row): void {
  if (to - from < 2 || !readPid(line, from + 1, row)) {
    row.ownerUnknown = true;
    return;
  }
  row.perOwner = true;
  row.span(Field.User, line.wordStart(from), line.wordEnd(from));
  const owner = row.owners[0];
  if (owner !== undefined && to > from + 2) {
    row.nameOwner(owner, line.wordStart(from + 2), line.wordEnd(to - 1));
  }
}

/** Reads an endpoint; SCTP prints an address that is bound to no port without one. */
function readEndpoint(line: Line, i: number, layout: Layout, row: Row, remote: boolean): boolean {
  const start = line.wordStart(i);
  const end = line.wordEnd(i);
  if (layout.section === 'sctp' && isBareAddress(line.text, start, end)) {
    row.span(remote ? Field.Remote : Field.Local, start, end);
    row.hasRemote ||= remote;
    return readAddress(line.text, start, end, row, remote);
  }
  return readDotEndpoint(line, i, row, remote);
}

/** Whether `text[start, end)` is an IPv4 address without a port: three dots. */
function isBareAddress(text: string, start: number, end: number): boolean {
  let dots = 0;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === 46) {
      dots++;
    } else if (!isDigit(code)) {
      return false;
    }
  }
  return dots === 3;
}

/** `address type vnode conn [local] [remote]`, or `type [local] [remote]` since Solaris 11.4. */
function readUnix(line: Line, layout: Layout, row: Row): boolean {
  const type = isHexWord(line, 0) && line.count >= 4 ? 1 : 0;
  const protocol = protocolWordAt(line.text, line.wordStart(type), line.wordEnd(type));
  if (protocol === 0 || !UNIX_TYPES.has(protocol)) {
    return false;
  }
  let next = type + 1;
  if (type === 1) {
    if (!isHexWord(line, 2) || !isHexWord(line, 3)) {
      return false;
    }
    row.span(Field.Handle, line.wordStart(0), line.wordEnd(0));
    row.detail(Field.Detail, line.wordStart(2), line.wordEnd(2));
    row.detail(Field.Detail, line.wordStart(3), line.wordEnd(3));
    next = 4;
  }
  row.protocol = protocol;
  row.span(Field.Protocol, line.wordStart(type), line.wordEnd(type));
  for (; next < line.count; next++) {
    const start = line.wordStart(next);
    const end = line.wordEnd(next);
    // Either path may be missing, so that only its place tells which one it is.
    const remote = layout.unixRemote !== NONE && start - line.start >= layout.unixRemote;
    const seen = remote ? row.has(Field.Remote) : row.has(Field.Local);
    const from = seen ? row.start(remote ? Field.Remote : Field.Local) : start;
    row.span(remote ? Field.Remote : Field.Local, from, end);
    row.span(remote ? Field.RemoteAddress : Field.LocalAddress, from, end);
    row.hasRemote ||= remote;
  }
  return true;
}

const UNIX_TYPES: ReadonlySet<number> = new Set(
  ['stream', 'stream-ord', 'dgram', 'rdm', 'seqpacket'].map(protocolWordId),
);

function readDetails(line: Line, from: number, row: Row): void {
  for (let i = from; i < line.count; i++) {
    row.detail(Field.Detail, line.wordStart(i), line.wordEnd(i));
  }
}
