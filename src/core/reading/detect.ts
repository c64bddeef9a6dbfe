import { dialects } from '../dialects';
import { LineClass } from '../model/lineClass';
import { tellsOnlySockets } from '../model/snapshot';
import { runToEnd, type Task } from '../model/task';
import { Line } from '../parsing/line';
import { endOfLine, nextLine } from '../parsing/lines';
import { nameOn, titleOf } from './around/fileTitle';
import { promptOf } from './around/prompt';
import { statedMoment } from './around/timestamps';
import { DETECTION_LINES, LOG_LINES } from './detectionLimits';
import type { LineSource } from './documentReader';
import type { Dump } from './dump';
import { LineReader } from './lineReader';

/** Characters of the head that are read at most: lines may be megabytes long. */
const HEAD_LENGTH = 100_000;

/** Characters that are read of each line further below. */
const LONGEST_ROW = 2000;

/** Lines that are read between two places to give way. */
const STEP = 50;

/** Rows that make a text a dump where nothing announces them and other lines stand between. */
const ENOUGH_BARE_ROWS = 5;

/** The same where the text is nothing but rows, and in a log below a header. */
const ENOUGH_ROWS = 2;

/** Lines below a header in which its rows begin. */
const NEAR = 8;

/** Lines of a log that are more than a remark or two, and their least share. */
const FEW_LOG_LINES = 3;
const LOG_SHARE = 0.1;

/** The share of other lines from which on code makes a text a source file. */
const CODE_SHARE = 0.2;

/** What a text is: a socket dump, an application's log with one inside, or anything else. */
export type TextKind = 'dump' | 'log' | 'none';

/** Whether a text is a socket dump. Only its first 200 lines are looked at. */
export function isDump(text: string): boolean {
  return kindOfText(text) === 'dump';
}

/** What a text is. At most its first 5,000 lines are looked at. */
export function kindOfText(text: string): TextKind {
  return runToEnd(kindInSteps(linesOf(text)));
}

/**
 * What a text is. A dump is one of which most lines are the tool's: rows, headers, what belongs to
 * them, command lines and times. Source files and prose that quote a dump are none.
 */
export function* kindInSteps(lines: LineSource): Task<TextKind> {
  const head = countHead(headOf(lines));
  yield;
  const { own, log, other, files } = head;
  if (isSource(head)) {
    return 'none';
  }
  if (isEnough(head)) {
    if (log >= FEW_LOG_LINES && log >= (own + other) * LOG_SHARE) {
      return 'log';
    }
    if (own > other) {
      return 'dump';
    }
  }
  // The files that a process has open may be many before its first socket.
  if (files > other && (yield* hasSockets(lines))) {
    return 'dump';
  }
  if (log >= FEW_LOG_LINES && log * 2 >= other && (yield* hasListing(lines))) {
    return 'log';
  }
  return 'none';
}

/** How many lines of each kind stand at the head of a text. */
interface Head {
  /** Rows and lines of counters, interfaces and routes, also those that cannot be read where a header announces them. */
  rows: number;
  /** Titles, headers, and command lines that make a dump. */
  announcements: number;
  /** Lines of the dump, rows and announcements among them. */
  own: number;
  /** Those of them that are files without a socket, as lsof lists them below its header. */
  files: number;
  /** Lines of anything else. */
  other: number;
  /** Those of them that a logger writes. */
  log: number;
  /** Those of them that are a program's source. */
  code: number;
  /** Whether the first of them is. */
  beginsWithCode: boolean;
}

function countHead(text: string): Head {
  const reader = new LineReader();
  reader.readAll(text);
  const dump = reader.outputs();
  const { socket, header, continuation, unrecognized } = dump.lines;
  // A title with nothing below it, `tcp:`, stands in other files as well.
  const told = dump.snapshots.every(tellsOnlySockets)
    ? 0
    : dump.lines.counter + dump.lines.interface + dump.lines.route;
  const head: Head = {
    // One line of JSON has many.
    rows: Math.max(socket, dump.table.length) + told,
    announcements: header,
    own: socket + header + continuation + told,
    files: 0,
    other: 0,
    log: 0,
    code: 0,
    beginsWithCode: false,
  };
  countTexts(text, dump, head);
  if (head.announcements > 0) {
    head.rows += unrecognized;
    head.own += unrecognized;
  } else {
    head.other += unrecognized;
  }
  return head;
}

/** Counts the lines that are neither rows nor headers. */
function countTexts(text: string, { classes, contexts }: Dump, head: Head): void {
  const line = new Line();
  let context = -1;
  let logged = false;
  let start = 0;
  for (let number = 0; number < classes.length; number++) {
    const end = endOfLine(text, start);
    while ((contexts[context + 1]?.line ?? Infinity) <= number) {
      context++;
    }
    if (classes[number] === LineClass.Text) {
      line.set(text, start, end);
      const content = line.rest(0).slice(0, LONGEST);
      if (!countOwn(line, content, contexts[context], head) && WORD.test(content)) {
        // A stack trace and the like stands indented below its message.
        const message = LOG.test(content);
        const code = !message && isCode(content);
        logged = message || (logged && !code && (line.indent > 0 || TRACE.test(content)));
        head.log += logged ? 1 : 0;
        head.code += code ? 1 : 0;
        head.beginsWithCode ||= code && head.other === 0;
        head.other++;
      }
    }
    start = nextLine(text, end);
  }
}

/** Counts a line of text if it is of those that stand in dumps. */
function countOwn(
  line: Line,
  content: string,
  context: Dump['contexts'][number] | undefined,
  head: Head,
): boolean {
  const prompt = promptOf(line);
  if (prompt !== undefined) {
    head.own++;
    head.announcements += prompt.dump ? 1 : 0;
    return true;
  }
  for (const dialect of dialects) {
    // Of a format whose rows have begun, the other lines are known without a header as well.
    const layout = dialect === context?.dialect ? (context.layout ?? BARE) : undefined;
    if (dialect.remark?.(line, layout) !== undefined) {
      head.own++;
      head.files += dialect.perFile === true && context?.layout !== undefined ? 1 : 0;
      return true;
    }
  }
  if (
    titleOf(content) !== null ||
    nameOn(content, false) !== null ||
    statedMoment(content) !== undefined
  ) {
    head.own++;
    return true;
  }
  return false;
}

const BARE: object = {};

/** Whether rows are many enough to be no chance. */
function isEnough({ rows, announcements, other }: Head): boolean {
  if (announcements > 0) {
    return rows > 0;
  }
  return rows >= (other === 0 ? ENOUGH_ROWS : ENOUGH_BARE_ROWS);
}

function isSource({ code, other, beginsWithCode }: Head): boolean {
  return beginsWithCode || (code > 0 && code >= other * CODE_SHARE);
}

/** Whether sockets stand somewhere below the files that lsof lists. */
function* hasSockets(lines: LineSource): Task<boolean> {
  const reader = new LineReader();
  yield* forEachLine(lines, line => {
    reader.read(line, 0, line.length);
    return reader.table.length < ENOUGH_ROWS;
  });
  return reader.table.length >= ENOUGH_ROWS;
}

/** Whether rows stand below a header somewhere in a log. */
function* hasListing(lines: LineSource): Task<boolean> {
  let found = false;
  yield* forEachLine(lines, (line, number) => {
    found = mayBeHeader(line) && isHeader(line) && hasRows(lines, number);
    return !found;
  });
  return found;
}

/** Whether a line has the first word of a title or header, to leave others quickly. */
function mayBeHeader(line: string): boolean {
  for (const word of FIRST_WORDS) {
    if (line.includes(word)) {
      return true;
    }
  }
  return false;
}

const FIRST_WORDS = new Set(
  dialects.flatMap(({ titles = [], headers = [] }) =>
    [...titles, ...headers].map(title => title.split(' ', 1)[0]!),
  ),
);

function isHeader(line: string): boolean {
  return new LineReader().read(line, 0, line.length) === LineClass.Header;
}

/** Whether rows follow the header of a line. */
function hasRows(lines: LineSource, header: number): boolean {
  const reader = new LineReader();
  let rows = 0;
  const end = Math.min(header + NEAR, lines.lineCount);
  for (let number = header; number < end; number++) {
    const line = lines.lineAt(number);
    const kind = reader.read(line, 0, Math.min(line.length, LONGEST_ROW));
    rows += kind === LineClass.Socket || kind === LineClass.Unrecognized ? 1 : 0;
  }
  return rows >= ENOUGH_ROWS;
}

/** Calls `take` for the lines that may be looked at, for as long as it wants more. */
function* forEachLine(
  lines: LineSource,
  take: (line: string, number: number) => boolean,
): Task<void> {
  const end = Math.min(lines.lineCount, LOG_LINES);
  for (let number = 0; number < end; number++) {
    if (number % STEP === 0) {
      yield;
    }
    const line = lines.lineAt(number);
    if (!take(line.length > LONGEST_ROW ? line.slice(0, LONGEST_ROW) : line, number)) {
      return;
    }
  }
}

/** What is looked at of a line to tell a log or source file. */
const LONGEST = 200;

/** Rules, brackets and comment signs alone are neither the dump's nor another's. */
const WORD = /\w|[^\x00-\x7f]/;

/** A logger's line: a time of day, a level, or the fields of structured logs, at its beginning. */
const LOG =
  /^(?:[^"'`]{0,24}[^\d.:"'`])?\d\d:\d\d:\d\d(?![\d:])|^[^a-zA-Z0-9]{0,3}(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL|SEVERE)\b|^\[ {0,6}\d{1,10}\.\d{3,9}\]|^\{"(?:@?timestamp|time|ts|level|msg)"|^(?:time|ts|level)=|^\S{1,60} \S{1,40} \S{1,40} \[\d\d\/[A-Z][a-z]{2}\/\d{4}:/;

/** What stands below a logger's line, not indented. */
const TRACE = /^(?:Caused by:|Traceback |[\w.$]{1,120}(?:Exception|Error)\b)/;

/** How a line of a program or script begins. */
const CODE_BEGINS =
  /^(?:#!|#(?:include|define|ifdef|ifndef|pragma)\b|\/\/|\/\*|\*\/|"""|'''|<\?|<!DOCTYPE\b|<html\b|<script\b|import\b|from \S{1,80} import\b|package [\w.]{1,80}$|(?:end|fi|done|esac|EOF|EOT|then|do)$|(?:export|public|private|protected|static|async|const|let|var|val|def|class|struct|enum|trait|interface|impl|fn|func|fun|function|sub|namespace|using|use|return|module|describe|it|test|assert|expect|print|printf|println|echo|local|my|our|if|for|while|with|try|elif|else|case) ?[^.?]{0,80}["'`({[=]$|(?:def|class) [^.?]{0,80}:$|(?:else|try|finally):$)|^["'`][^"'`]*["'`][,;+]?$|^[\w.]{1,60} ?:?= ?["'`[{(]/;

/** How it ends. */
const CODE_ENDS =
  /[;{}]$|[)\]}][;,]$|[([`]$|=>$|"""$|'''$|\\n["'][,;+)]{0,3}$|<<-? ?['"]?[A-Z]{2,12}['"]?$/;

/** What a tool's own prompt begins with: `osquery> SELECT …;`. */
const TOOL_PROMPT = /^\w{1,32}> /;

function isCode(line: string): boolean {
  return !TOOL_PROMPT.test(line) && (CODE_BEGINS.test(line) || CODE_ENDS.test(line));
}

/** The lines that decide. */
function headOf(lines: LineSource): string {
  const end = Math.min(lines.lineCount, DETECTION_LINES);
  const found: string[] = [];
  for (let line = 0, rest = HEAD_LENGTH; line < end && rest > 0; line++) {
    const content = lines.lineAt(line);
    found.push(content.length > rest ? content.slice(0, rest) : content);
    rest -= content.length + 1;
  }
  return found.join('\n');
}

/** The lines of a text, as far as they are looked at. */
function linesOf(text: string): LineSource {
  const starts = [0];
  const ends: number[] = [];
  let at = 0;
  while (ends.length < LOG_LINES) {
    const end = endOfLine(text, at);
    ends.push(end);
    at = nextLine(text, end);
    if (end >= text.length) {
      break;
    }
    starts.push(at);
  }
  return { lineCount: ends.length, lineAt: line => text.slice(starts[line], ends[line]) };
}
