import { WINDOWS_HEADERS, WINDOWS_TITLES, NO_OWNER_REMARKS } from './windowsWords';
import { Field } from '../../model/field';
import { isTcpWord, protocolWordAt, protocolWordId } from '../../vocabulary/protocol';
import { NONE, type Row } from '../../model/row';
import { readColonEndpoint } from '../../parsing/endpoint';
import { type Line, pidAt } from '../../parsing/line';
import { readStateWord } from '../../parsing/stateWord';
import { type Dialect, Remark } from '../../parsing/dialect';
import { CLOSE_BRACKET, OPEN_BRACKET } from '../../vocabulary/characters';

/** What a Windows header announces. */
interface Layout {
  readonly offload: boolean;
  /** Whether lines begin with blanks, as the tool prints them; pasted text may have lost them. */
  readonly indented: boolean;
}

/** Titles and headers without blanks: columns arrive glued together and spaced anew. */
const TITLES: ReadonlySet<string> = new Set(WINDOWS_TITLES.map(withoutBlanks));
const HEADERS: readonly string[] = WINDOWS_HEADERS.map(columns => withoutBlanks(columns.join('')));

/** How a title or header can begin, to leave other lines quickly. */
const BEGINNINGS: ReadonlySet<string> = new Set(
  [...TITLES, ...HEADERS].map(text => text.slice(0, 2)),
);

const NETWORK_DIRECT = protocolWordId('NetworkDirect');

/**
 * `netstat` of Windows. The row is the same in every language: protocol, two endpoints, a state
 * for TCP, the process id with `-o`, the offload state with `-t`; `-b` puts the owner's components
 * and program below the row. `-x` lists NetworkDirect (RDMA) sockets in a table of their own.
 */
export const windowsNetstat: Dialect<Layout> = {
  id: 'windows-netstat',
  title: 'Windows netstat',
  systems: ['windows'],
  commands: ['netstat'],
  titles: [...WINDOWS_TITLES, 'Active NetworkDirect Connections'],
  headers: [...WINDOWS_HEADERS.map(columns => columns.join(' ')), 'Mode IfIndex', 'Mode Iflndex'],
  best: { command: 'netstat -anob', needs: 'administrator' },
  tells: { pids: 'with options', queues: 'never', timers: 'never' },

  header(line) {
    const start = line.wordStart(0);
    if (line.count === 0 || !BEGINNINGS.has(line.text.slice(start, start + 2))) {
      return isNetworkDirectHeading(line) ? layoutFor(line, false) : undefined;
    }
    if (line.count > MOST_HEADER_WORDS) {
      return undefined;
    }
    const text = withoutBlanks(line.rest(0));
    if (TITLES.has(text) || isNetworkDirectHeading(line)) {
      return layoutFor(line, false);
    }
    if (/\d/.test(text)) {
      return undefined;
    }
    const header = HEADERS.find(known => text.startsWith(known));
    if (header !== undefined) {
      const rest = text.slice(header.length).replace('PID', '');
      // Cisco has the same columns and then `PID/Program Name`.
      return rest.includes('/') ? undefined : layoutFor(line, rest !== '');
    }
    return isUnknownHeader(line, text) ? layoutFor(line, false) : undefined;
  },

  row(line, layout, row) {
    const protocol = protocolWordAt(line.text, line.wordStart(0), line.wordEnd(0));
    if (protocol === 0) {
      return (line.is(0, 'Kernel') || line.is(0, 'User')) && readNetworkDirect(line, row);
    }
    if (!(line.is(0, 'TCP') || line.is(0, 'UDP') || line.is(0, 'TCPv6') || line.is(0, 'UDPv6'))) {
      return false;
    }
    if (!readColonEndpoint(line, 1, row, false) || !readColonEndpoint(line, 2, row, true)) {
      return false;
    }
    row.protocol = protocol;
    row.span(Field.Protocol, line.wordStart(0), line.wordEnd(0));
    let end = line.count;
    if (end > 3 && isOffload(line, end - 1, layout)) {
      end--;
      row.detail(Field.Detail, line.wordStart(end), line.wordEnd(end));
    }
    if (end > 3 && readPid(line, end - 1, row)) {
      end--;
    }
    return (
      end <= 3 || (isTcpWord(protocol) ? readState(line, end, row) : readProgram(line, 3, row))
    );
  },

  continuation(line, layout, row) {
    return readOwnerLine(line, layout, row);
  },

  remark(line) {
    const text = line.rest(0);
    return REFUSED.some(refused => text.startsWith(refused)) ? Remark.Unprivileged : undefined;
  },
};

/** The longest header known has nine words; Japanese glues fewer. */
const MOST_HEADER_WORDS = 16;

/** A state has at most this many words in any language. */
const STATE_WORDS = 3;

function withoutBlanks(text: string): string {
  return text.replace(/\s+/g, '');
}

function layoutFor(line: Line, offload: boolean): Layout {
  return { offload, indented: line.indent > 0 };
}

/**
 * A header of a language that is not listed, or one whose letters a wrong code page broke: `Proto`
 * and words of which some are not ASCII, or are marks of what could not be decoded.
 */
function isUnknownHeader(line: Line, text: string): boolean {
  return (
    line.is(0, 'Proto') &&
    line.count >= 4 &&
    !/[-_/():]/.test(text) &&
    /[^\u0000-\u007f]|\?/.test(text)
  );
}

/** What `-b` says when it is run without the rights. */
const REFUSED = [
  'The requested operation requires elevation',
  'Der angeforderte Vorgang erfordert erhöhte Rechte',
  'L’opération demandée nécessite une élévation',
  "L'opération demandée nécessite une élévation",
  'La operación solicitada requiere elevación',
  'A operação solicitada requer elevação',
  'Запрошенная операция требует повышения',
  '请求的操作需要提升',
];

/** Reads the process id that word `i` is. */
function readPid(line: Line, i: number, row: Row): boolean {
  const start = line.wordStart(i);
  const pid = pidAt(line.text, start, line.wordEnd(i));
  if (pid === NONE) {
    return false;
  }
  row.addPid(pid, start, line.wordEnd(i));
  return true;
}

/** Reads the state from word 3 up to word `end`, and what a script may have joined behind it. */
function readState(line: Line, end: number, row: Row): boolean {
  const known = readStateWord(line, 3, row);
  if (known === end - 3) {
    return true;
  }
  if (known > 0) {
    return row.ownerCount === 0 && readProgram(line, 3 + known, row);
  }
  if (end - 3 > STATE_WORDS) {
    return false;
  }
  row.span(Field.State, line.wordStart(3), line.wordEnd(end - 1));
  return true;
}

/** Reads a process id at word `i` and its program behind it, as scripts join them. */
function readProgram(line: Line, i: number, row: Row): boolean {
  if (i + 1 >= line.count || !readPid(line, i, row)) {
    return false;
  }
  const owner = row.owners[0];
  if (owner !== undefined) {
    const last = line.count - 1;
    const bracketed =
      line.firstChar(i + 1) === OPEN_BRACKET && line.lastChar(last) === CLOSE_BRACKET;
    const bracket = bracketed ? 1 : 0;
    row.nameOwner(owner, line.wordStart(i + 1) + bracket, line.wordEnd(last) - bracket);
  }
  return true;
}

/** The values of `-t`'s Offload State (TCP_CONNECTION_OFFLOAD_STATE). */
const OFFLOAD: ReadonlySet<string> = new Set(['InHost', 'Offloaded', 'Offloading', 'Uploading']);

function isOffload(line: Line, i: number, layout: Layout | undefined): boolean {
  const first = line.firstChar(i);
  if (first !== 73 && first !== 79 && first !== 85 && layout?.offload !== true) {
    return false;
  }
  return OFFLOAD.has(line.word(i));
}

/** Reads what `-b` prints below a row: `[program.exe]`, a component, or that it can't tell. */
function readOwnerLine(line: Line, layout: Layout | undefined, row: Row): boolean {
  if (line.count === 0) {
    return false;
  }
  const { text } = line;
  const start = line.wordStart(0);
  const end = line.wordEnd(line.count - 1);
  if (text.charCodeAt(start) === OPEN_BRACKET && text.indexOf(']', start) === end - 1) {
    // `[...]` is how people leave lines out.
    if (/^[.…\s]*$/.test(text.slice(start + 1, end - 1))) {
      return false;
    }
    row.nameOwner(row.addOwner(), start + 1, end - 1);
    return true;
  }
  const words = text.slice(start, end);
  if (NO_OWNER_REMARKS.has(words) || words.startsWith('x: Windows Sockets')) {
    row.ownerUnknown = true;
    row.span(Field.Process, start, end);
    return true;
  }
  if ((line.indent > 0 || layout?.indented === false) && isComponent(line, words)) {
    row.span(Field.Component, start, end);
    return true;
  }
  return false;
}

/** A service or component name, a DLL's path, or XP's `-- unknown component(s) --`. */
function isComponent(line: Line, words: string): boolean {
  // Not `C:\>`, which is a prompt.
  if (/^(?:[A-Za-z]:\\|\\\\)[^<>|"?*]{1,260}$|^-- .{1,80} --$/.test(words)) {
    return true;
  }
  return line.count === 1 && /^[A-Za-z_][\w.$-]{0,255}$/.test(words);
}

/** The title or header of `-x`; the documentation has `Iflndex` with an l. */
function isNetworkDirectHeading(line: Line): boolean {
  return (
    (line.is(0, 'Active') && line.is(1, 'NetworkDirect')) ||
    (line.is(0, 'Mode') && (line.is(1, 'IfIndex') || line.is(1, 'Iflndex')))
  );
}

/** `Kernel  9  Listener  50.37.61.23:445  NA  0`: mode, interface, type, endpoints, process id. */
function readNetworkDirect(line: Line, row: Row): boolean {
  if (line.number(1) === NONE || line.count < 5 || !readColonEndpoint(line, 3, row, false)) {
    return false;
  }
  if (!line.is(4, 'NA') && !readColonEndpoint(line, 4, row, true)) {
    return false;
  }
  if (line.count > 6 || (line.count === 6 && !readPid(line, 5, row))) {
    return false;
  }
  row.protocol = NETWORK_DIRECT;
  row.detail(Field.Detail, line.wordStart(0), line.wordEnd(1));
  row.span(Field.State, line.wordStart(2), line.wordEnd(2));
  return true;
}
