import { Field } from '../../model/field';
import { isTcpWord, protocolWord, protocolWordAt, protocolWordId } from '../../vocabulary/protocol';
import { NONE, type Row } from '../../model/row';
import { readColonEndpoint, readDotEndpoint } from '../../parsing/endpoint';
import { isDigit, type Line, pidAt } from '../../parsing/line';
import { readStateWord } from '../../parsing/stateWord';
import type { Dialect } from '../../parsing/dialect';
import { OPEN_PARENTHESIS } from '../../vocabulary/characters';

/** What the header announces behind the endpoints. */
interface Layout {
  /** Whether there is a column for the state (`-s`). */
  readonly state: boolean;
  /** Whether there is any column that only FreeBSD has. */
  readonly freebsd: boolean;
}

/** Which protocol words it prints, by their numbers. */
const WORDS = new Uint8Array(256);
for (const word of (
  'tcp tcp4 tcp6 tcp46 udp udp4 udp6 udp46 udpl udplite sctp sctp4 sctp6 sctp46 icmp icmp6 ' +
  'icm4 icm6 raw raw6 divert div4 div6 stream dgram seqpac seqpack seqpacket'
).split(' ')) {
  WORDS[protocolWordId(word)] = 1;
}

/** `tcp4 6`: a socket of both families, as FreeBSD printed it before 12. */
const BOTH: ReadonlyMap<string, number> = new Map(
  ['tcp', 'udp', 'sctp'].map(name => [`${name}4`, protocolWordId(`${name}46`)]),
);

/**
 * `sockstat` of FreeBSD, DragonFly and NetBSD: `user command pid fd protocol local foreign`, and
 * with options a state, FIB and more. FreeBSD separates the port by a colon, NetBSD by a dot.
 * Sockets of no process have `?` in place of its columns. A long user name pushes the command
 * against the process id (`python2.781106`), and FreeBSD 15, whose columns are as wide as they
 * must, glues the question marks of two columns (`????`).
 *
 * A socket that several processes hold has a row for each; nothing says that these are one
 * socket, since listeners may share a port, so each row counts.
 */
export const sockstat: Dialect<Layout> = {
  id: 'sockstat',
  title: 'sockstat',
  systems: ['freebsd', 'netbsd'],
  commands: ['sockstat'],
  headers: ['USER COMMAND PID'],
  best: { command: 'sockstat -46s', needs: 'root' },
  tells: { pids: 'always', queues: 'never', timers: 'never' },

  // Of a jail, of ports, or not of loopback; `-P` takes protocols.
  asks: words => ({
    some: words.some(word => /^-[^-jLpP]*[jLp]/.test(word)),
    room: jailIn(words.join(' ')),
  }),

  header(line) {
    if (!line.is(0, 'USER') || !line.is(1, 'COMMAND') || !line.is(2, 'PID')) {
      return undefined;
    }
    const words = line.rest(3).replace(/\s+/g, ' ');
    return words.includes('LOCAL ADDRESS')
      ? { state: words.includes('STATE'), freebsd: !words.endsWith('FOREIGN ADDRESS') }
      : undefined;
  },

  systemOf: layout => (layout.freebsd ? 'freebsd' : null),

  row(line, layout, row) {
    const i = protocolAt(line, layout !== undefined);
    if (i === NONE) {
      return false;
    }
    const { text } = line;
    row.protocol = protocolWordAt(text, line.wordStart(i), line.wordEnd(i));
    let next = i + 1;
    if (line.is(next, '6')) {
      row.protocol = BOTH.get(line.word(i)) ?? row.protocol;
      next++;
    }
    row.span(Field.Protocol, line.wordStart(i), line.wordEnd(next - 1));
    if (!readOwner(line, i, row)) {
      return false;
    }
    if (protocolWord(row.protocol).protocol === 'unix') {
      readUnix(line, next, row);
      return true;
    }
    if (!readEndpoint(line, next, row, false) || !readEndpoint(line, next + 1, row, true)) {
      return false;
    }
    readMore(line, next + 2, layout, row);
    return true;
  },

  continuation(line, _layout, row) {
    // Further addresses of a multihomed SCTP association, below the first.
    if (line.indent < 20 || line.count > 2) {
      return false;
    }
    for (let i = 0; i < line.count; i++) {
      if (!readEndpoint(line, i, row, i === 1)) {
        return false;
      }
    }
    return true;
  },
};

/** Most words before the protocol: user, a command with blanks, process id, descriptor. */
const MOST_BEFORE_PROTOCOL = 8;

/**
 * The word that is the protocol: the first such word behind a user and at least one more word,
 * and, without a header, a descriptor before it.
 */
function protocolAt(line: Line, header: boolean): number {
  for (let i = 2; i <= MOST_BEFORE_PROTOCOL && i < line.count; i++) {
    if (WORDS[protocolWordAt(line.text, line.wordStart(i), line.wordEnd(i))] === 1) {
      const before = line.number(i - 1) !== NONE || isUnknown(line, i - 1);
      return before && (header || i >= 3) ? i : NONE;
    }
  }
  return NONE;
}

/** Whether word `i` is made of question marks. */
function isUnknown(line: Line, i: number): boolean {
  const { text } = line;
  for (let k = line.wordStart(i); k < line.wordEnd(i); k++) {
    if (text.charCodeAt(k) !== 63) {
      return false;
    }
  }
  return i < line.count;
}

/** Reads user, command, process id and descriptor from the words before the protocol. */
function readOwner(line: Line, protocol: number, row: Row): boolean {
  const fd = protocol - 1;
  if (isUnknown(line, fd)) {
    row.ownerUnknown = true;
    row.span(Field.Pid, line.wordStart(0), line.wordEnd(fd));
    return isUnknown(line, 0);
  }
  const { text } = line;
  const end = line.wordEnd(fd - 1);
  let start = line.wordStart(fd - 1);
  let nameEnd = line.wordEnd(fd - 2);
  if (fd === 2) {
    start = gluedPid(text, start, end);
    nameEnd = start;
  }
  const pid = pidAt(text, start, end);
  if (pid === NONE) {
    return false;
  }
  const owner = row.addPid(pid, start, end);
  row.nameOwner(owner, line.wordStart(1), nameEnd);
  owner.fd = pidAt(text, line.wordStart(fd), line.wordEnd(fd));
  owner.fdStart = line.wordStart(fd);
  owner.fdEnd = line.wordEnd(fd);
  row.span(Field.User, line.wordStart(0), line.wordEnd(0));
  row.span(Field.Fd, owner.fdStart, owner.fdEnd);
  return true;
}

/** FreeBSD's process ids have at most five digits (PID_MAX is 99999). */
const PID_DIGITS = 5;

/** Where the process id begins in a word that is a command and its process id. */
function gluedPid(text: string, start: number, end: number): number {
  let from = end;
  while (from > start + 1 && end - from < PID_DIGITS && isDigit(text.charCodeAt(from - 1))) {
    from--;
  }
  while (from < end - 1 && text.charCodeAt(from) === 48) {
    from++;
  }
  return from;
}

/** Reads word `i` as an endpoint: whichever of colon and dot comes last separates its port. */
function readEndpoint(line: Line, i: number, row: Row, remote: boolean): boolean {
  const { text } = line;
  for (let k = line.wordEnd(i) - 1; k >= line.wordStart(i); k--) {
    const code = text.charCodeAt(k);
    if (code === 58) {
      return readColonEndpoint(line, i, row, remote);
    }
    if (code === 46) {
      return readDotEndpoint(line, i, row, remote);
    }
  }
  return false;
}

/** Reads the state and what else there is from word `i` on. */
function readMore(line: Line, i: number, layout: Layout | undefined, row: Row): void {
  let next = i;
  while (next < line.count) {
    if (!row.has(Field.State) && readStateWord(line, next, row) > 0) {
      next++;
      continue;
    }
    if (
      layout?.state === true &&
      isTcpWord(row.protocol) &&
      !row.has(Field.State) &&
      line.number(next) === NONE
    ) {
      row.span(Field.State, line.wordStart(next), line.wordEnd(next));
    } else {
      row.detail(Field.Detail, line.wordStart(next), line.wordEnd(next));
    }
    next++;
  }
}

/** `/path`, `-> /peer/path`, `-> ??`, `/path -` or nothing. */
function readUnix(line: Line, i: number, row: Row): void {
  let local = i;
  while (local < line.count && !line.is(local, '->') && !line.is(local, '<-')) {
    local++;
  }
  let end = local;
  if (end === line.count && end > i && line.is(end - 1, '-')) {
    end--;
  }
  if (end > i && line.firstChar(i) !== OPEN_PARENTHESIS && !isUnknown(line, i)) {
    row.span(Field.Local, line.wordStart(i), line.wordEnd(end - 1));
    row.span(Field.LocalAddress, line.wordStart(i), line.wordEnd(end - 1));
  }
  if (local + 1 < line.count && !isUnknown(line, local + 1)) {
    row.hasRemote = true;
    row.span(Field.Remote, line.wordStart(local + 1), line.wordEnd(line.count - 1));
    row.span(Field.RemoteAddress, line.wordStart(local + 1), line.wordEnd(line.count - 1));
  }
}

/** The jail of `-j`. */
function jailIn(command: string): string | null {
  const name = / -[^-\sjpP]*j ?([\w.-]{1,64})/.exec(command)?.[1];
  return name === undefined ? null : `jail-${name}`;
}
