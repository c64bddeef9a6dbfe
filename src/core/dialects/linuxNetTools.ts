import { Field } from '../model/field';
import { isTcpWord, protocolWord, protocolWordAt, type Protocol } from '../model/protocol';
import { NONE, type Row } from '../model/row';
import { readColonEndpoint } from '../reading/endpoint';
import { isDigit, type Line, pidAt } from '../reading/line';
import { readStateWord } from '../reading/stateWord';
import { readTimer } from '../reading/timer';
import { type Dialect, Remark } from './dialect';

/** What the header of a net-tools section announces. */
interface Layout {
  readonly section: 'internet' | 'unix' | 'other';
  readonly user: boolean;
  readonly owner: boolean;
  readonly context: boolean;
}

const TITLE: Layout = { section: 'internet', user: false, owner: false, context: false };
const UNIX_TITLE: Layout = { ...TITLE, section: 'unix' };
const OTHER_TITLE: Layout = { ...TITLE, section: 'other' };

/** First words of section titles in the languages of net-tools (its po files, FORMATS §2). */
const TITLES: readonly (readonly [RegExp, Layout])[] = [
  [/^Active (?:Internet connections|RAW sockets)\b/i, TITLE],
  [/^Aktive Internetverbindungen\b/, TITLE],
  [/^Connexions (?:Internet actives|actives d'Internet)(?=\s|$)/, TITLE],
  [/^Conexões Internet Ativas/, TITLE],
  [/^Conexiones activas de Internet/, TITLE],
  [/^Aktiva [Ii]nternet/, TITLE],
  [/^Aktivní Internetová spojení/, TITLE],
  [/^稼働中のインターネット接続/, TITLE],
  [/^Aktiivsed [Ii]nterneti/, TITLE],
  [/^ინტერნეტის აქტიური/, TITLE],
  [/^Active UNIX domain sockets\b/i, UNIX_TITLE],
  [/^Aktive Sockets in der UNIX-Domäne/i, UNIX_TITLE],
  [/^Sockets du domaine UNIX actifs/i, UNIX_TITLE],
  [/^Domain sockets UNIX ativos/i, UNIX_TITLE],
  [/^Sockets de dominio UNIX activos/i, UNIX_TITLE],
  [/^Aktiva UNIX-domän/i, UNIX_TITLE],
  [/^Aktivní sokety domény UNIX/i, UNIX_TITLE],
  [/^稼働中の ?UNIX/i, UNIX_TITLE],
  [/^Aktiivsed UNIX/i, UNIX_TITLE],
  [/^Active (?:Bluetooth|IPX|AX\.25|NET\/ROM|X\.25|ROSE)\b/i, OTHER_TITLE],
];

/**
 * `netstat` of net-tools, the classic on Linux, also busybox and toybox.
 * Row format: `%-4s  %6ld %6ld %-*s %-*s %-11s`, then user, inode, owner, context and timer as
 * asked (net-tools netstat.c).
 */
export const linuxNetTools: Dialect<Layout> = {
  id: 'linux-net-tools',
  title: 'Linux netstat',
  systems: ['linux'],
  best: { command: 'netstat -tunapeeo --wide', needs: 'root' },
  tells: { pids: 'with options', queues: 'always', timers: 'with options' },

  header(line, layout) {
    const first = line.firstChar(0);
    if (first === NONE || isDigit(first)) {
      return undefined;
    }
    if (isColumnHeader(line)) {
      const words = line.rest(0);
      const unix = /\b(?:RefCnt|RefCpt|CntRef|Flags|Path)\b/.test(words);
      return {
        section: unix ? 'unix' : layout?.section === 'other' ? 'other' : 'internet',
        user: /Inode/i.test(words),
        owner: /PID\//.test(words),
        context: /Security Context/i.test(words),
      };
    }
    return titleLayout(line);
  },

  row(line, layout, row) {
    const protocol = protocolWordAt(line.text, line.wordStart(0), line.wordEnd(0));
    if (protocol === 0 || line.count < 4) {
      return false;
    }
    const kind = protocolWord(protocol).protocol;
    row.protocol = protocol;
    row.span(Field.Protocol, line.wordStart(0), line.wordEnd(0));
    if (kind === 'unix') {
      return line.is(0, 'unix') && readUnix(line, layout, row);
    }
    const recvQ = line.number(1);
    const sendQ = line.number(2);
    if (recvQ === NONE || sendQ === NONE) {
      return false;
    }
    if (!NET_TOOLS.has(kind)) {
      return false;
    }
    if (!readColonEndpoint(line, 3, row, false) || !readColonEndpoint(line, 4, row, true)) {
      return false;
    }
    row.recvQ = recvQ;
    row.sendQ = sendQ;
    row.span(Field.RecvQ, line.wordStart(1), line.wordEnd(1));
    row.span(Field.SendQ, line.wordStart(2), line.wordEnd(2));
    const next = readState(line, 5, layout, row, isTcpWord(protocol), kind);
    readTail(line, next, layout, row);
    return true;
  },

  continuation(line, _layout, row) {
    // Further addresses of a multihomed SCTP association, below the first (FORMATS §2).
    if (line.indent < 12 || line.count > 2) {
      return false;
    }
    for (let i = 0; i < line.count; i++) {
      if (!readColonEndpoint(line, i, row, i === 1)) {
        return false;
      }
    }
    return line.count > 0;
  },

  remark(line) {
    const first = line.firstChar(0);
    if (first === 40 || line.is(0, 'will')) {
      const text = line.rest(0);
      if (/^\(Not all processes could be identified|^\(No info could be read for "-p"/.test(text)) {
        return Remark.Unprivileged;
      }
      if (/^will not be shown, you would have to be root/.test(text)) {
        return Remark.Unprivileged;
      }
    }
    return undefined;
  },
};

const NET_TOOLS: ReadonlySet<Protocol> = new Set([
  'tcp',
  'udp',
  'udplite',
  'sctp',
  'raw',
  'dccp',
  'icmp',
]);

function titleLayout(line: Line): Layout | undefined {
  const first = line.text.charCodeAt(line.wordStart(0));
  // Rows begin in lower case, titles do not; most lines end here.
  if (first >= 97 && first <= 122) {
    return undefined;
  }
  const text = line.rest(0);
  return TITLES.find(([pattern]) => pattern.test(text))?.[1];
}

/** `Proto Recv-Q Send-Q …` in any language: a first word like Proto and no digits anywhere. */
function isColumnHeader(line: Line): boolean {
  if (line.count < 4) {
    return false;
  }
  if (line.is(1, 'Recv-Q') || line.is(1, 'RefCnt')) {
    return line.is(0, 'Proto');
  }
  return (
    (line.is(0, 'Proto') || line.is(0, 'პროტო')) &&
    QUEUE_HEADERS.some(([receive, send]) => line.is(1, receive) && line.is(2, send))
  );
}

/** The queue columns where net-tools translates them. */
const QUEUE_HEADERS = [
  ['Recv-Q', 'Send-Q'],
  ['Přích-F', 'Odch-F'],
  ['受信-Q', '送信-Q'],
  ['VvJrk', 'SaatJrk'],
  ['Recib', 'Enviad'],
  ['მიღება-Q', 'გაგზავნა-Q'],
  ['RefCpt', 'Indicatrs'],
  ['CntRef', 'Flags'],
  ['RefCnt', 'Flags'],
] as const;

/** Reads the state at word `i`; gives the index of the next word. */
function readState(
  line: Line,
  i: number,
  layout: Layout | undefined,
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
    !(tcp || kind === 'sctp') ||
    i >= line.count ||
    isOwnerWord(line, i) ||
    line.number(i) !== NONE ||
    line.firstChar(i) === 40
  ) {
    return i;
  }
  let end = i + 1;
  // An unknown language: the state runs on to the owner, if nothing else comes between.
  if (layout?.owner === true && !layout.user) {
    while (end < line.count && !isOwnerWord(line, end)) {
      end++;
    }
    if (end === line.count) {
      end = i + 1;
    }
  }
  row.span(Field.State, line.wordStart(i), line.wordEnd(end - 1));
  return end;
}

/** Reads user, inode, owner, security context and timer from word `i` on. */
function readTail(line: Line, i: number, layout: Layout | undefined, row: Row): void {
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
    if (layout?.context === true && end - owner > 1) {
      end--;
      row.detail(Field.Detail, line.wordStart(end), line.wordEnd(end));
    }
    readOwner(line, owner, end, row);
  }
}

/** Reads `123/name with spaces` or `-` from word `i` up to word `end`. */
function readOwner(line: Line, i: number, end: number, row: Row): void {
  const start = line.wordStart(i);
  if (line.is(i, '-')) {
    row.ownerUnknown = true;
    row.span(Field.Pid, start, start + 1);
    return;
  }
  const slash = line.text.indexOf('/', start);
  const owner = row.addOwner();
  owner.pid = pidAt(line.text, start, slash);
  owner.pidStart = start;
  owner.pidEnd = slash;
  row.span(Field.Pid, start, slash);
  const nameEnd = line.wordEnd(end - 1);
  if (slash + 1 < nameEnd) {
    owner.nameStart = slash + 1;
    owner.nameEnd = nameEnd;
    row.span(Field.Process, slash + 1, nameEnd);
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
    return end - start === 1 && line.text.charCodeAt(start) === 45;
  }
  let k = start + 1;
  while (k < end && isDigit(line.text.charCodeAt(k))) {
    k++;
  }
  return k < end && line.text.charCodeAt(k) === 47 && pidAt(line.text, start, k) !== NONE;
}

/** netstat prints at most this many characters of an owner (netstat.c PROGNAME_WIDTH 20). */
const OWNER_WIDTH = 20;

/** `unix  2  [ ACC ]  STREAM  LISTENING  18438  1/systemd  /run/path with spaces`. */
function readUnix(line: Line, layout: Layout | undefined, row: Row): boolean {
  if (line.number(1) === NONE || line.firstChar(2) !== 91) {
    return false;
  }
  let i = 2;
  while (i < line.count && line.lastChar(i) !== 93) {
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
  if (i >= line.count) {
    return false;
  }
  if (i > state && readStateWord(line, state, row) === 0) {
    row.span(Field.State, line.wordStart(state), line.wordEnd(i - 1));
  }
  row.inode = line.number(i);
  row.span(Field.Inode, line.wordStart(i), line.wordEnd(i));
  i++;
  if (i < line.count && layout?.owner !== false && isOwnerWord(line, i)) {
    const start = line.wordStart(i);
    let end = i + 1;
    while (
      end < line.count &&
      line.wordStart(end) - start < OWNER_WIDTH &&
      !isPathStart(line, end)
    ) {
      end++;
    }
    readOwner(line, i, end, row);
    i = end;
  }
  if (i < line.count) {
    row.span(Field.Local, line.wordStart(i), line.wordEnd(line.count - 1));
    row.span(Field.LocalAddress, line.wordStart(i), line.wordEnd(line.count - 1));
  }
  return true;
}

function isPathStart(line: Line, i: number): boolean {
  const code = line.firstChar(i);
  return code === 47 || code === 64;
}
