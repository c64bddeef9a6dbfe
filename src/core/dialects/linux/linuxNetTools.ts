import {
  NET_TOOLS_QUEUES,
  NET_TOOLS_REFCOUNTS,
  NET_TOOLS_TITLES,
  type NetToolsSection,
} from './linuxNetToolsWords';
import { Field } from '../../model/field';
import {
  isTcpWord,
  type Protocol,
  protocolWord,
  protocolWordAt,
  protocolWordId,
  protocolWords,
} from '../../vocabulary/protocol';
import { NONE, type Row } from '../../model/row';
import { isBsdHeader } from '../bsd/bsdHeader';
import { hiddenEnd, readAddress, readColonEndpoint } from '../../parsing/endpoint';
import { isDigit, type Line, pidAt } from '../../parsing/line';
import { isStateAt, readStateWord } from '../../parsing/stateWord';
import { readTimer } from '../../parsing/timer';
import { type Dialect, Remark } from '../../parsing/dialect';
import {
  AT,
  CLOSE_BRACKET,
  MINUS,
  OPEN_BRACKET,
  OPEN_PARENTHESIS,
  SLASH,
} from '../../vocabulary/characters';

/** What the title and header of a net-tools section announce. */
export interface NetToolsLayout {
  readonly section: NetToolsSection;
  /** The protocol of sections whose rows do not name it (AX.25); else 0. */
  readonly protocol: number;
  readonly user: boolean;
  readonly owner: boolean;
  readonly context: boolean;
  /** Column words of a section that is neither internet nor UNIX. */
  readonly columns: readonly string[];
  /** Whether it is toybox, the `netstat` of Android, which writes `Program Name`. */
  readonly toybox: boolean;
}

const PLAIN: NetToolsLayout = {
  section: 'internet',
  protocol: 0,
  user: false,
  owner: false,
  context: false,
  columns: [],
  toybox: false,
};

/** Sections whose rows begin with an address instead of a protocol word. */
const NAMELESS: readonly (readonly [RegExp, number])[] = [
  [/^Active AX\.25/, protocolWordId('ax25')],
  [/^Active NET\/ROM/, protocolWordId('netrom')],
  [/^Active X\.25/, protocolWordId('x25')],
  [/^Active ROSE/, protocolWordId('rose')],
];

const IPX = protocolWordId('ipx');

/**
 * `netstat` of net-tools, the classic on Linux, also busybox and toybox.
 * Row format: `%-4s  %6ld %6ld %-*s %-*s %-11s`, then user and inode, owner, security context and
 * timer as asked (net-tools netstat.c).
 */
export const linuxNetTools: Dialect<NetToolsLayout> = {
  id: 'linux-net-tools',
  title: 'Linux netstat',
  systems: ['linux'],
  commands: ['netstat'],
  titles: NET_TOOLS_TITLES.map(title => title.text.replace(/ ?\(.*/, '')),
  headers: [
    ...NET_TOOLS_QUEUES.map(columns => columns.join(' ')),
    ...NET_TOOLS_REFCOUNTS.map(column => `Proto ${column}`),
    'Proto Destination',
  ],
  best: { command: 'netstat -tunapeeo --wide', needs: 'root' },
  tells: { pids: 'with options', queues: 'always', timers: 'with options' },
  // Without the colon (netstat.c addr_do_one).
  cutsAt: { characters: 22, of: 'endpoint' },

  header(line, layout) {
    const first = line.firstChar(0);
    if (first === NONE || isDigit(first)) {
      return undefined;
    }
    return isColumnHeader(line) ? columnLayout(line, layout) : titleLayout(line);
  },

  row(line, layout, row) {
    const protocol = protocolWordAt(line.text, line.wordStart(0), line.wordEnd(0));
    if (protocol === 0) {
      return layout?.section === 'other' && readOtherRow(line, layout, row);
    }
    if (line.count < 4) {
      return false;
    }
    const kind = protocolWord(protocol).protocol;
    row.protocol = protocol;
    row.span(Field.Protocol, line.wordStart(0), line.wordEnd(0));
    const recvQ = line.number(1);
    const sendQ = line.number(2);
    if (recvQ === NONE || sendQ === NONE) {
      return (
        (kind === 'unix' && line.is(0, 'unix') && readUnix(line, layout, row)) ||
        (kind === 'bluetooth' && readBluetooth(line, row))
      );
    }
    if (INTERNET_WORDS[protocol] !== 1) {
      return false;
    }
    row.recvQ = recvQ;
    row.sendQ = sendQ;
    row.span(Field.RecvQ, line.wordStart(1), line.wordEnd(1));
    row.span(Field.SendQ, line.wordStart(2), line.wordEnd(2));
    if (!readColonEndpoint(line, 3, row, false)) {
      return false;
    }
    let next = 5;
    if (!readColonEndpoint(line, 4, row, true)) {
      // An SCTP endpoint has no remote (netstat.c sctp_eps_do_one).
      if (kind !== 'sctp' || !(line.count === 4 || isStateAt(line, 4) || isOwnerWord(line, 4))) {
        return false;
      }
      next = 4;
    }
    if (isSsDetail(line, next)) {
      return false;
    }
    readTail(line, readState(line, next, layout, row, isTcpWord(protocol), kind), layout, row);
    return true;
  },

  continuation(line, layout, row) {
    // What a terminal wrapped: the owner is column 81, with `-e` the user is.
    if (isTail(line)) {
      readTail(line, 0, layout, row);
      return true;
    }
    if (line.count === 2 && readTimer(line, 1, 0, row) !== NONE) {
      return true;
    }
    // Further addresses of a multihomed SCTP association, without ports; the last line ends with
    // the owner (netstat.c sctp_assoc_do_one).
    if (line.indent < 12 || !isAddress(line, 0)) {
      return false;
    }
    readAddress(line.text, line.wordStart(0), line.wordEnd(0), row, false);
    const second = isAddress(line, 1);
    if (second) {
      readAddress(line.text, line.wordStart(1), line.wordEnd(1), row, true);
    }
    readTail(line, second ? 2 : 1, layout, row);
    return true;
  },

  remark(line) {
    const first = line.firstChar(0);
    if (first !== OPEN_PARENTHESIS && !line.is(0, 'will')) {
      return undefined;
    }
    return UNPRIVILEGED.test(line.rest(0)) ? Remark.Unprivileged : undefined;
  },

  systemOf(layout) {
    return layout.toybox ? 'android' : 'linux';
  },

  listsBoth: title => BOTH.test(title),
};

/** In languages of which a title was seen. */
const BOTH =
  /\((?:servers and established|established and servers|Server und stehende|serveurs et établies|servidores e estab)/;

const UNPRIVILEGED =
  /^\(Not all processes could be identified|^\(No info could be read for "-p"|^will not be shown, you would have to be root/;

const INTERNET: ReadonlySet<Protocol> = new Set([
  'tcp',
  'udp',
  'udplite',
  'sctp',
  'raw',
  'dccp',
  'icmp',
]);

/** The same by the number of a protocol word. */
const INTERNET_WORDS = Uint8Array.from(
  ['', ...protocolWords.map(word => word.protocol)],
  protocol => (INTERNET.has(protocol as Protocol) ? 1 : 0),
);

function titleLayout(line: Line): NetToolsLayout | undefined {
  const first = line.firstChar(0);
  // Rows begin in lower case, titles do not; most lines end here.
  if (first >= 97 && first <= 122) {
    return undefined;
  }
  const text = line.rest(0);
  const title = NET_TOOLS_TITLES.find(known => text.startsWith(known.text));
  if (title === undefined) {
    return undefined;
  }
  const nameless = NAMELESS.find(([pattern]) => pattern.test(text));
  return {
    ...PLAIN,
    section: title.section,
    protocol: text.startsWith('Active IPX') ? IPX : (nameless?.[1] ?? 0),
  };
}

/** `Proto Recv-Q Send-Q …` in any language, or the header of a section below its title. */
function isColumnHeader(line: Line): boolean {
  if (line.is(0, 'Proto') || line.is(0, 'პროტო')) {
    return (
      line.count >= 4 &&
      !isBsdHeader(line) &&
      (NET_TOOLS_REFCOUNTS.some(word => line.is(1, word)) ||
        NET_TOOLS_QUEUES.some(([, receive, send]) => line.is(1, receive) && line.is(2, send)) ||
        (line.is(1, 'Destination') && line.is(2, 'Source')))
    );
  }
  return line.is(line.count - 1, 'Recv-Q') && line.is(line.count - 2, 'Send-Q');
}

function columnLayout(line: Line, layout: NetToolsLayout | undefined): NetToolsLayout {
  const words = line.rest(0);
  const unix = NET_TOOLS_REFCOUNTS.some(word => line.is(1, word));
  const other = layout?.section === 'other';
  return {
    section: unix ? 'unix' : other ? 'other' : 'internet',
    protocol: layout?.protocol ?? 0,
    // Every language keeps `PID/Program name`; the user column stands before it.
    user: /Inode|I-uzel|I-kirje|Iノード|Usuário|Benutzer|Utilisatr/.test(words),
    owner: words.includes('PID/'),
    context: /Security Context/i.test(words),
    columns: other ? words.split(/\s+/) : [],
    toybox: words.includes('Program Name'),
  };
}

/** Whether word `i` is of `ss`, whose rows look alike where the state is empty. */
function isSsDetail(line: Line, i: number): boolean {
  // They begin in lower case, states do not.
  return (
    line.firstChar(i) >= 97 &&
    line.lastChar(i) !== OPEN_PARENTHESIS &&
    SS_DETAIL.test(line.text.slice(line.wordStart(i), line.wordStart(i) + 7))
  );
}

const SS_DETAIL = /^(?:users:\(|timer:\(|ino:\d|uid:\d|sk:[\da-f])/;

/** Reads the state at word `i`; returns the index of the next word. */
function readState(
  line: Line,
  i: number,
  layout: NetToolsLayout | undefined,
  row: Row,
  tcp: boolean,
  kind: Protocol,
): number {
  const known = readStateWord(line, i, row);
  if (known > 0) {
    return i + known;
  }
  if (kind === 'raw' || kind === 'icmp') {
    // Raw sockets print the number of their state (netstat.c raw_do_one).
    if (line.number(i) === NONE) {
      return i;
    }
    row.span(Field.State, line.wordStart(i), line.wordEnd(i));
    return i + 1;
  }
  if (
    i >= line.count ||
    isOwnerWord(line, i) ||
    line.number(i) !== NONE ||
    line.firstChar(i) === OPEN_PARENTHESIS
  ) {
    return i;
  }
  if (line.is(i, '<n/a>')) {
    // Splunk's re-print for "no state".
    return i + 1;
  }
  if (!(tcp || kind === 'sctp')) {
    return i;
  }
  const end = endOfUnknownState(line, i, layout);
  row.span(Field.State, line.wordStart(i), line.wordEnd(end - 1));
  return end;
}

/** A state of an unknown language runs on to what must follow it, if that is there. */
function endOfUnknownState(line: Line, i: number, layout: NetToolsLayout | undefined): number {
  let end = i + 1;
  while (end < line.count && !isOwnerWord(line, end) && line.number(end) === NONE) {
    end++;
  }
  if (end === line.count) {
    // Neither user, inode nor owner: all of it, unless that is more than a state ever has.
    return layout !== undefined && !layout.user && end - i <= 3 ? end : i + 1;
  }
  // A user's name stands before the inode, a user's number does not need to be told apart.
  const named = line.number(end) !== NONE && line.number(end + 1) === NONE && end > i + 1;
  return named ? end - 1 : end;
}

/** Whether a line is an owner with what follows it, behind nothing but its inode, and a user. */
function isTail(line: Line): boolean {
  let owner = 0;
  while (owner < 2 && !isOwnerWord(line, owner)) {
    owner++;
  }
  return (
    isOwnerWord(line, owner) &&
    (owner === 0 || line.number(owner - 1) !== NONE) &&
    (isDigit(line.firstChar(owner)) ||
      (owner > 0 && TIMER.test(line.text.slice(line.wordStart(owner + 1), line.end))))
  );
}

const TIMER = /^\w{2,10} \([\d.]{1,12}\/\d{1,6}\/\d{1,6}\)\s{0,20}$/;

/** Reads user, inode, owner, security context and timer from word `i` on. */
function readTail(line: Line, i: number, layout: NetToolsLayout | undefined, row: Row): void {
  let end = line.count;
  if (i >= end) {
    return;
  }
  const timer = readTimer(line, end - 1, i, row);
  if (timer !== NONE) {
    end = timer;
  }
  let owner = i;
  while (owner < end && !isOwnerWord(line, owner)) {
    owner++;
  }
  if (owner - i >= 2 && line.number(i + 1) !== NONE) {
    row.span(Field.User, line.wordStart(i), line.wordEnd(i));
    row.inode = line.number(i + 1);
    row.span(Field.Inode, line.wordStart(i + 1), line.wordEnd(i + 1));
  }
  if (owner < end) {
    if (end - owner > 1 && isContext(line, end - 1, layout)) {
      end--;
      row.detail(Field.Detail, line.wordStart(end), line.wordEnd(end));
    }
    readOwner(line, owner, end, row);
  }
}

/** Whether word `i` is an SELinux context, `user:role:type:level`; `-` where it is unknown. */
function isContext(line: Line, i: number, layout: NetToolsLayout | undefined): boolean {
  if (layout?.context === true && line.is(i, '-')) {
    return true;
  }
  const word = line.word(i);
  return word.length < 200 && /^[\w.-]+:[\w.-]+:[\w.-]+_t(?::|$)/.test(word) && !word.includes('/');
}

/** Reads `123/name with spaces` or `-` from word `i` up to word `end`. */
function readOwner(line: Line, i: number, end: number, row: Row): void {
  const start = line.wordStart(i);
  if (line.text.charCodeAt(start) === MINUS) {
    row.ownerUnknown = true;
    row.span(Field.Pid, start, start + 1);
    return;
  }
  const slash = line.text.indexOf('/', start);
  const owner = row.addPid(pidAt(line.text, start, slash), start, slash);
  const nameEnd = line.wordEnd(end - 1);
  if (slash + 1 < nameEnd) {
    row.nameOwner(owner, slash + 1, nameEnd);
  }
}

/** Whether word `i` begins an owner: `-` or a process id and a slash. */
function isOwnerWord(line: Line, i: number): boolean {
  if (i >= line.count) {
    return false;
  }
  const start = line.wordStart(i);
  const end = line.wordEnd(i);
  if (!isDigit(line.text.charCodeAt(start))) {
    return (
      (end - start === 1 && line.text.charCodeAt(start) === MINUS) ||
      line.text.charCodeAt(hiddenEnd(line.text, start, end)) === SLASH
    );
  }
  let k = start + 1;
  while (k < end && isDigit(line.text.charCodeAt(k))) {
    k++;
  }
  return k < end && line.text.charCodeAt(k) === SLASH && pidAt(line.text, start, k) !== NONE;
}

/** Whether word `i` is an IP address without a port. */
function isAddress(line: Line, i: number): boolean {
  const word = line.word(i);
  const colons = word.split(':').length - 1;
  return colons >= 2
    ? /^[\da-fA-F:.]{2,45}(?:%[\w.-]{1,20})?$/.test(word)
    : /^\d{1,3}(?:\.\d{1,3}){3}$/.test(word);
}

/** netstat pads an owner to this many characters (netstat.c PROGNAME_WIDTH). */
const OWNER_WIDTH = 20;

/** More words than any language needs for the state of a UNIX socket. */
const STATE_WORDS = 3;

/** `unix  2      [ ACC ]     STREAM     LISTENING  18438  1/systemd  /run/path with spaces`. */
function readUnix(line: Line, layout: NetToolsLayout | undefined, row: Row): boolean {
  if (line.number(1) === NONE || line.firstChar(2) !== OPEN_BRACKET) {
    return false;
  }
  let i = 2;
  while (i < line.count && line.lastChar(i) !== CLOSE_BRACKET) {
    i++;
  }
  i++;
  if (i >= line.count || line.number(i) !== NONE) {
    return false;
  }
  row.detail(Field.Detail, line.wordStart(2), line.wordEnd(i - 1));
  row.detail(Field.Detail, line.wordStart(i), line.wordEnd(i));
  i++;
  const state = i;
  while (i < line.count && line.number(i) === NONE) {
    i++;
  }
  if (i >= line.count || i - state > STATE_WORDS) {
    return false;
  }
  if (i > state && readStateWord(line, state, row) === 0) {
    row.span(Field.State, line.wordStart(state), line.wordEnd(i - 1));
  }
  row.inode = line.number(i);
  row.span(Field.Inode, line.wordStart(i), line.wordEnd(i));
  i++;
  if (i < line.count && layout?.owner !== false && isOwnerWord(line, i)) {
    const end = endOfUnixOwner(line, i);
    readOwner(line, i, end, row);
    i = end;
    if (i < line.count && isContext(line, i, layout)) {
      row.detail(Field.Detail, line.wordStart(i), line.wordEnd(i));
      i++;
    }
  }
  if (i < line.count) {
    nameEndpoint(line, i, line.count - 1, row, false);
  }
  return true;
}

/** A program's name ends with its column, at a path, or at a security context. */
function endOfUnixOwner(line: Line, i: number): number {
  const start = line.wordStart(i);
  let end = i + 1;
  if (line.firstChar(i) === MINUS) {
    return end;
  }
  while (
    end < line.count &&
    line.wordStart(end) - start < OWNER_WIDTH &&
    !isPathStart(line, end) &&
    !isContext(line, end, undefined)
  ) {
    end++;
  }
  return end;
}

function isPathStart(line: Line, i: number): boolean {
  const code = line.firstChar(i);
  return code === SLASH || code === AT;
}

/** The whole of words `first` to `last` as an endpoint that has no port. */
function nameEndpoint(line: Line, first: number, last: number, row: Row, remote: boolean): void {
  const start = line.wordStart(first);
  const end = line.wordEnd(last);
  row.span(remote ? Field.Remote : Field.Local, start, end);
  row.span(remote ? Field.RemoteAddress : Field.LocalAddress, start, end);
  row.hasRemote ||= remote;
}

/** `l2cap  destination  source  STATE  psm dcid scid imtu omtu security`, rfcomm with a channel. */
function readBluetooth(line: Line, row: Row): boolean {
  if (!isDevice(line, 1) || !isDevice(line, 2) || readStateWord(line, 3, row) === 0) {
    return false;
  }
  nameEndpoint(line, 2, 2, row, false);
  nameEndpoint(line, 1, 1, row, true);
  for (let i = 4; i < line.count; i++) {
    row.detail(Field.Detail, line.wordStart(i), line.wordEnd(i));
  }
  return true;
}

function isDevice(line: Line, i: number): boolean {
  return line.is(i, '*') || /^[\dA-Fa-f]{2}(?::[\dA-Fa-f]{2}){5}$/.test(line.word(i));
}

/** A row of AX.25, NET/ROM, X.25, ROSE or IPX, by the columns of the header above it. */
function readOtherRow(line: Line, layout: NetToolsLayout, row: Row): boolean {
  if (layout.protocol === IPX) {
    return readIpx(line, row);
  }
  const { columns } = layout;
  if (layout.protocol === 0 || columns.length === 0 || line.count !== columns.length) {
    return false;
  }
  for (let i = 0; i < columns.length; i++) {
    readColumn(line, i, columns[i] ?? '', row);
  }
  row.protocol = layout.protocol;
  return row.has(Field.Local) && row.has(Field.State);
}

function readColumn(line: Line, i: number, column: string, row: Row): void {
  if (/^dest/i.test(column) && !row.hasRemote) {
    nameEndpoint(line, i, i, row, true);
  } else if (/^(?:source|src)/i.test(column) && !row.has(Field.Local)) {
    nameEndpoint(line, i, i, row, false);
  } else if (column === 'State') {
    readStateWord(line, i, row);
  } else if (column === 'Recv-Q') {
    row.recvQ = line.number(i);
    row.span(Field.RecvQ, line.wordStart(i), line.wordEnd(i));
  } else if (column === 'Send-Q') {
    row.sendQ = line.number(i);
    row.span(Field.SendQ, line.wordStart(i), line.wordEnd(i));
  } else {
    row.detail(Field.Detail, line.wordStart(i), line.wordEnd(i));
  }
}

/** `IPX  0  0  network:node:port  network:node:port  ESTAB`; `-` where it is not connected. */
function readIpx(line: Line, row: Row): boolean {
  const sendQ = line.number(1);
  const recvQ = line.number(2);
  if (!line.is(0, 'IPX') || sendQ === NONE || recvQ === NONE || line.count < 5) {
    return false;
  }
  row.protocol = IPX;
  row.span(Field.Protocol, line.wordStart(0), line.wordEnd(0));
  // The header says Recv-Q first, the program prints what it has to send first (netstat.c).
  row.sendQ = sendQ;
  row.recvQ = recvQ;
  row.span(Field.SendQ, line.wordStart(1), line.wordEnd(1));
  row.span(Field.RecvQ, line.wordStart(2), line.wordEnd(2));
  nameEndpoint(line, 3, 3, row, false);
  if (!line.is(4, '-')) {
    nameEndpoint(line, 4, 4, row, true);
  }
  const next = 5 + readStateWord(line, 5, row);
  if (next < line.count) {
    row.span(Field.User, line.wordStart(next), line.wordEnd(next));
  }
  return true;
}
