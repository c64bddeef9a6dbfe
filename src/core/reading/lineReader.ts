import { DumpBuilder } from './dumpBuilder';
import type { Dialect } from '../parsing/dialect';
import type { Dump, LineContext } from './dump';
import { Field } from '../model/field';
import { isStatistic, LineClass, lineCounts } from '../model/lineClass';
import { protocolWordId } from '../vocabulary/protocol';
import { NONE, Row } from '../model/row';
import { State } from '../vocabulary/state';
import { runToEnd, type Task } from '../model/task';
import type { ErrorMessage } from './around/errorMessage';
import { hasSignOfDump } from './around/signOfDump';
import type { Line } from '../parsing/line';
import { lineLoop, NEXT_LINE } from '../parsing/lines';
import { fastReaderFor } from '../dialects/fast';
import type { FastReader } from '../dialects/fast/fastReader';
import { PlainLine } from '../dialects/fast/plainLine';
import { PlainText } from './input/textOfBytes';
import { NOTHING_PASSED, OTHER_LINES, type OtherOutput, otherOutputOf } from './otherOutput';
import { ProcessLists } from './processList';
import { RecordMap } from './recordMap';
import { mayBeginRecords, RecordBlock, recordDialects } from './recordBlock';

/** A line that was not read closely. */
interface Passed {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly kind: LineClass;
}

/** What a plain row is that does not print its protocol, as long as no other one does. */
const UNNAMED = protocolWordId('tcp');

/** How far from a row a line is among rows: what a terminal wrapped may stand in between. */
const NEAR = 4;

/** What is put on top of what a text is expected to hold. */
const SPARE = 1.02;

/** Most rows that room is made for before they are there. */
const MOST_RESERVED = 4_000_000;

/** Lines without anything of a dump behind which a line is passed over that has no sign of one. */
const QUIET = 1000;

/** Lines passed over that are read when one below has a sign: its date, its host, its command. */
const BEFORE = 16;

/** What more than the sign of a prompt has, or a rule. */
const WORDS = /\w/;

/** Lines at most above the one that shows that they count: there are fewer states. */
const MOST_CANDIDATES = 16;

/** Characters that are read between two places to give way. */
const STEP = 200_000;

/**
 * Reads the lines of a dump from its first to its last, also what is not printed as a socket per
 * line.
 */
export class LineReader extends DumpBuilder {
  private readonly records = new RecordMap();
  private readonly block = new RecordBlock(this.records, (row, text, line, dialect) =>
    this.addRecord(row, text, line, dialect),
  );
  protected readonly processes = new ProcessLists();
  private readonly row = new Row();
  private readonly plain = new PlainLine(this.table.pool);
  private readonly plainText = new PlainText();
  /** What reads the plain rows of the format in force. */
  private fast: FastReader | undefined;
  private readonly readPlainRows = this.readPlain.bind(this);
  private readonly contexts: LineContext[] = [];
  protected readonly messages: ErrorMessage[] = [];
  private readonly counts = new Float64Array(LineClass.Count);
  private classes = new Uint8Array(256);
  private lines = 0;
  /** Whether the line above is a socket or belongs to one. */
  private attached = false;
  /** The line above, where it is a row whose state may have been cut: by a terminal, perhaps. */
  private above = '';
  /** The last line that is the dump's, and the last of text that may have been meant as a row. */
  private lastRow = -Infinity;
  private suspect = -Infinity;
  /** Lines of text since one that said something; blank ones are not counted. */
  private quiet = 0;
  /** The lines just above that were passed over. */
  private passed: Passed[] = [];
  /** The lines just above that count only among others like them, and what each would. */
  private candidates: (Passed & { readonly counts: readonly string[] })[] = [];
  /** What one of the first lines shows the text to be. */
  private other: OtherOutput | null = null;
  /** Whether nothing stands below the last command, which filters its output. */
  private nothingPassed = false;

  /** Reads the next line, `text[start, end)`, without its end-of-line characters. */
  public read(text: string, start: number, end: number): LineClass {
    if (this.quiet < QUIET) {
      return this.readClosely(text, start, end);
    }
    if (hasSignOfDump(text.slice(start, end))) {
      this.readPassed();
      return this.readClosely(text, start, end);
    }
    const kind = isBlank(text, start, end) ? LineClass.Blank : LineClass.Text;
    this.addClass(kind, this.lines);
    this.passed.push({ text, start, end, kind });
    if (this.passed.length > BEFORE) {
      this.passed.shift();
    }
    return kind;
  }

  /** Reads again what was passed over just before. */
  private readPassed(): void {
    const { passed } = this;
    this.passed = [];
    this.readAgain(passed);
  }

  private readAgain(above: readonly Passed[]): void {
    this.lines -= above.length;
    while ((this.unrecognized.at(-1) ?? NONE) >= this.lines) {
      this.unrecognized.pop();
    }
    while ((this.messages.at(-1)?.line ?? NONE) >= this.lines) {
      this.messages.pop();
    }
    for (const { text, start, end, kind } of above) {
      this.counts[kind]! -= 1;
      this.readClosely(text, start, end);
    }
  }

  /**
   * Takes note of a line that counts only among others like it, and reads all of them again where
   * they are believed; returns its class then.
   */
  private weigh(passed: Passed): LineClass {
    const { candidates, recognizer } = this;
    const { candidate, found, format } = recognizer.counters;
    const { kind } = passed;
    recognizer.counters.among = kind === LineClass.Counter && format?.readAmong !== undefined;
    // Right below rows it may be the rest of one.
    const mayCount =
      kind === LineClass.Text ||
      (kind === LineClass.Unrecognized &&
        (candidates.length > 0 || this.classes[this.lines - 2] === LineClass.Blank));
    if (!mayCount || candidate?.believes === undefined) {
      this.candidates = [];
      return kind;
    }
    candidates.push({ ...passed, counts: found.map(({ name }) => name) });
    if (candidates.length > MOST_CANDIDATES) {
      candidates.shift();
    }
    if (!candidate.believes(candidates.flatMap(({ counts }) => counts))) {
      return kind;
    }
    this.candidates = [];
    this.suspect = -Infinity;
    recognizer.counters.among = true;
    this.readAgain(candidates);
    return LineClass.Counter;
  }

  private readClosely(text: string, start: number, end: number): LineClass {
    const { line, recognizer } = this;
    const dialect = recognizer.dialect;
    const layout = recognizer.layout;
    const number = this.lines;
    const { above } = this;
    this.above = '';
    if (above !== '' && this.joins(above, text, start, end)) {
      this.sawRow(number);
      this.addClass(LineClass.Continuation, number);
      return LineClass.Continuation;
    }
    recognizer.amongRows = number - this.lastRow <= NEAR;
    recognizer.counters.candidate = undefined;
    const kind = this.amongRows(this.recognize(text, start, end), number);
    if (recognizer.dialect !== dialect || recognizer.layout !== layout) {
      this.enterContext(number);
    }
    if (kind !== LineClass.Blank && (kind !== LineClass.Socket || this.name !== undefined)) {
      this.readName(kind, number);
    }
    switch (kind) {
      case LineClass.Socket:
        this.mayBeCut(this.addSocket(this.row, line.text, number), line.rest(0));
        this.attached = true;
        break;
      case LineClass.Continuation:
        this.table.extend(this.table.length - 1, this.row, line.text);
        break;
      case LineClass.Blank:
        break;
      case LineClass.Counter:
      case LineClass.Interface:
      case LineClass.Route:
        this.attached = false;
        this.addCounters(number);
        break;
      default:
        this.attached = false;
        this.sawOther?.(kind, line, number);
        if (number < OTHER_LINES && this.other === null && this.table.length === 0) {
          this.other = otherOutputOf(line.rest(0));
        }
        this.sawOutput(kind);
        this.addOther(kind, number);
    }
    if (!isStatistic(kind) && kind !== LineClass.Blank && !recognizer.inStatistics) {
      recognizer.counters.close();
    }
    if (kind === LineClass.Text && !this.saysSomething) {
      this.quiet++;
    } else if (kind !== LineClass.Blank) {
      this.quiet = 0;
    }
    this.addClass(kind, number);
    return this.weigh({ text, start, end, kind });
  }

  /** Takes note of a line that is no row: a filter has let nothing pass as long as there is none. */
  private sawOutput(kind: LineClass): void {
    const { line, recognizer } = this;
    const { listing = null, dump = false } = recognizer.prompt ?? {};
    if (dump) {
      this.nothingPassed = listing?.filtered === true;
    } else if (kind !== LineClass.Header && !this.saysSomething && WORDS.test(line.rest(0))) {
      this.nothingPassed = false;
    }
  }

  /** Takes a line that is neither a row nor of counters; to know whether there is a dump, nobody need. */
  protected sawOther?(kind: LineClass, line: Line, number: number): void;

  /** Says that the text is no text. */
  public sawBinary(what: OtherOutput): void {
    this.other = what;
  }

  /** Whether the format in force has rows that {@link readPlain} reads. */
  public get hasPlainRows(): boolean {
    const { recognizer } = this;
    return (
      this.fast !== undefined &&
      this.quiet < QUIET &&
      !recognizer.wrapped &&
      recognizer.host === null &&
      this.name === undefined &&
      this.askedState === State.None
    );
  }

  /**
   * Reads lines as long as they are plain rows of the format in force (dialects/fast), from the
   * line on that begins at `bytes[start]`; returns where the first other one begins. All lines
   * before `end` must be whole.
   */
  public readPlain(bytes: Uint8Array, start: number, end: number): number {
    const { fast, snapshots, table, plain } = this;
    const { dialect, layout } = this.recognizer;
    if (fast === undefined || dialect === undefined || !this.hasPlainRows) {
      return start;
    }
    let at = start;
    const firstLine = this.lines;
    const firstRow = table.length;
    let number = firstLine;
    let known = 0;
    let last = NONE;
    while (at < end) {
      plain.begin(bytes, at);
      if (fast.row(plain, layout)) {
        last = at;
        plain.protocol ||= this.sectionProtocol || UNNAMED;
        // A row like the one above says nothing new of the section.
        if (plain.protocol !== known) {
          known = plain.protocol;
          snapshots.add(number, table.length, known, dialect, layout, null);
        }
        table.appendPlain(plain, number);
        this.setClass(number, LineClass.Socket);
        this.attached = true;
      } else {
        plain.begin(bytes, at);
        if (!this.attached || fast.continuation?.(plain, layout) !== true) {
          break;
        }
        last = NONE;
        table.extendPlain(plain);
        this.setClass(number, LineClass.Continuation);
      }
      number++;
      at = plain.at;
    }
    if (number > firstLine) {
      this.recognizer.counters.close();
    }
    this.lines = number;
    if (number > firstLine) {
      this.quiet = 0;
      this.sawRow(firstLine);
      this.lastRow = number - 1;
      this.above = '';
    }
    if (last !== NONE && isUncertain(table.state[table.length - 1]!)) {
      this.above = String.fromCharCode(...bytes.subarray(last, at));
    }
    const rows = table.length - firstRow;
    this.counts[LineClass.Socket]! += rows;
    this.counts[LineClass.Continuation]! += number - firstLine - rows;
    return at;
  }

  /** Takes the memory at once for a text that is so many times as long as what was read. */
  public reserve(times: number): void {
    this.table.reserve(Math.min(Math.ceil(this.table.length * times * SPARE), MOST_RESERVED));
  }

  /** Takes note of a row whose state is missing, or may have been cut. */
  private mayBeCut(row: number, line: string): void {
    const { table } = this;
    const may = isUncertain(table.state[row]!) || table.strangeStateOf(row) !== null;
    this.above = may ? line : '';
  }

  /** Whether a line is the rest of a row whose state a terminal has wrapped: then that has it all. */
  private joins(above: string, text: string, start: number, end: number): boolean {
    const { line, recognizer, row, table } = this;
    const last = table.length - 1;
    const isCut = table.rawStateOf(last) !== null;
    const head = above.trimEnd() + (isCut ? '' : ' ');
    const whole = head + text.slice(start, end);
    line.set(whole, 0, whole.length);
    row.reset();
    if (
      line.text.charCodeAt(head.length) <= 32 ||
      recognizer.dialect?.row(line, recognizer.layout, row) !== true ||
      row.stateWord === 0 ||
      (isCut ? row.start(Field.State) >= head.length : row.start(Field.State) !== head.length) ||
      row.end(Field.State) <= head.length
    ) {
      return false;
    }
    table.setState(last, row, whole);
    table.extend(last, row, whole);
    return true;
  }

  /** Reads the plain rows of a text as {@link readPlain} does. */
  public readPlainText(text: string, start: number): number {
    return this.hasPlainRows ? this.plainText.read(text, start, this.readPlainRows) : start;
  }

  /** The same class, but for text among rows that has something of one. */
  private amongRows(kind: LineClass, number: number): LineClass {
    const { line, processes, recognizer } = this;
    if (kind === LineClass.Blank) {
      return kind;
    }
    if (kind === LineClass.Text && recognizer.prompt !== undefined) {
      processes.sawCommand(line);
    } else if (
      (kind === LineClass.Text || kind === LineClass.Unrecognized) &&
      processes.read(line)
    ) {
      this.lastRow = -Infinity;
      this.quiet = 0;
      return LineClass.Text;
    }
    if (kind !== LineClass.Text) {
      this.sawRow(number);
      return kind;
    }
    if (!recognizer.hasSign) {
      if (recognizer.prompt !== undefined) {
        this.lastRow = -Infinity;
      }
      return kind;
    }
    if (recognizer.layout !== undefined) {
      this.lastRow = number;
      return LineClass.Unrecognized;
    }
    this.suspect = number;
    return kind;
  }

  /** A line is the dump's: what stands close above it and has something of a row was one. */
  private sawRow(number: number): void {
    const { counts, suspect } = this;
    if (suspect > this.lastRow && number - suspect <= NEAR) {
      this.setClass(suspect, LineClass.Unrecognized);
      counts[LineClass.Text]! -= 1;
      counts[LineClass.Unrecognized]! += 1;
      this.unrecognized.push(suspect);
    }
    this.lastRow = number;
  }

  private recognize(text: string, start: number, end: number): LineClass {
    const { line, recognizer, row } = this;
    line.set(text, start, end);
    const kind = recognizer.read(line, row, this.attached);
    return kind === LineClass.Socket && row.perOwner && this.isAnotherOwner()
      ? LineClass.Continuation
      : kind;
  }

  /** Whether the row is the one above again, for another process that holds the socket. */
  private isAnotherOwner(): boolean {
    return this.attached && this.table.repeatsLast(this.row, this.line.text);
  }

  private enterContext(line: number): void {
    const { dialect, layout } = this.recognizer;
    this.fast = dialect && fastReaderFor(dialect);
    if (dialect !== undefined) {
      this.contexts.push({ line, dialect, layout });
    }
  }

  private addClass(kind: LineClass, number: number): void {
    this.setClass(number, kind);
    this.counts[kind]! += 1;
    this.lines = number + 1;
  }

  private setClass(number: number, kind: LineClass): void {
    if (number === this.classes.length) {
      const bigger = new Uint8Array(number * 2);
      bigger.set(this.classes);
      this.classes = bigger;
    }
    this.classes[number] = kind;
  }

  /** Reads all lines of a text. */
  public readAll(text: string): void {
    runToEnd(this.readInSteps(text));
  }

  /** The same, for those who have something else to do in between. */
  public *readInSteps(text: string): Task<void> {
    const forEach = lineLoop(text);
    // Where a block could have begun, but there was none.
    let refused = NONE;
    let reserved = false;
    for (let at = 0; at < text.length;) {
      const limit = Math.min(at + STEP, text.length);
      at = this.readLines(text, at, limit, start => start !== refused, forEach);
      if (at < limit) {
        const block = at;
        at = yield* this.readRecords(text, block);
        refused = at === block ? block : NONE;
      }
      if (!reserved && at > 0) {
        reserved = true;
        this.reserve(text.length / at);
      }
      yield;
    }
  }

  /**
   * Reads the lines from `text[from]` up to `limit`, where lines begin, but stops at one where a
   * block of records may begin and `stops` says so. Returns where the first line begins that was
   * not read: below `limit` only where it stopped.
   */
  public readLines(
    text: string,
    from: number,
    limit: number,
    stops: (start: number) => boolean,
    forEach = lineLoop(text),
  ): number {
    let stop = NONE;
    const take = (start: number, end: number): number => {
      const plain = this.readPlainText(text, start);
      if (plain !== start) {
        return plain;
      }
      if (mayBeginRecords(text, start) && stops(start)) {
        stop = start;
        return limit;
      }
      this.read(text, start, end);
      return NEXT_LINE;
    };
    const next = forEach(text, take, limit, from);
    return stop === NONE ? next : stop;
  }

  /** How many rows and counters are kept. */
  public get size(): number {
    return this.table.length + this.snapshots.counters;
  }

  /** Forgets old snapshots so that at most `most` rows and counters are left, if that is possible. */
  public forget(most: number): void {
    if (this.records.isEmpty) {
      const rows = this.table.length;
      this.snapshots.forget(most);
      this.hosts.forget(rows - this.table.length);
      this.stamps.forget(rows - this.table.length);
    }
  }

  /** What the lines read so far are, each command's output a snapshot of its own. */
  public outputs(): Dump {
    const { snapshots, lines, counts, contexts, unrecognized, records } = this;
    return {
      table: this.table.frozen(),
      snapshots: snapshots.finish(lines, this.table.length),
      classes: this.classes.subarray(0, lines),
      contexts: [...contexts],
      unrecognized: [...unrecognized],
      forgotten: snapshots.forgotten,
      lines: lineCounts(counts),
      records,
      messages: [...this.messages],
      other:
        this.table.length === 0
          ? (this.other ?? (this.nothingPassed ? NOTHING_PASSED : null))
          : null,
    };
  }

  /**
   * Reads the block of records that begins at the start of a line (Dialect.records); returns where
   * the line after it begins, or `start` where there is none.
   */
  private *readRecords(text: string, start: number): Task<number> {
    const { block } = this;
    for (const dialect of recordDialects) {
      if (dialect.records.mayBegin(text, start)) {
        this.readPassed();
        block.begin(text, start, this.lines, dialect);
        const end = yield* dialect.records.read(text, start, block);
        if (block.sockets > 0 || block.failures > 0) {
          this.attached = false;
          return yield* block.finish(end, kind => {
            if (kind === LineClass.Unrecognized) {
              this.unrecognized.push(this.lines);
            }
            this.addClass(kind, this.lines);
          });
        }
      }
    }
    return start;
  }

  /** Takes a socket of a block; the first puts the block's format in force. */
  private addRecord(row: Row, text: string, line: number, dialect: Dialect): number {
    const { block, recognizer } = this;
    if (block.sockets === 0) {
      if (block.isListing) {
        this.introduce(this.lines, { heading: true });
      }
      this.sectionProtocol = this.askedProtocol;
      if (recognizer.dialect !== dialect || recognizer.layout !== undefined) {
        recognizer.enter(dialect, undefined);
        this.enterContext(this.lines);
      }
      recognizer.host = null;
      recognizer.stamp = null;
    }
    return this.addSocket(row, text, line);
  }
}

function isBlank(text: string, start: number, end: number): boolean {
  return start === end || (text.charCodeAt(start) <= 32 && text.slice(start, end).trim() === '');
}

/** Whether a row that has this state may lack the rest of its word: `CLOSE` is a state as well. */
function isUncertain(state: State): boolean {
  return state === State.Unknown || state === State.Closed;
}
