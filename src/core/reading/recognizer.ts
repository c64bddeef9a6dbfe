import type { Dialect } from '../parsing/dialect';
import { Remark } from '../parsing/dialect';
import { dialects } from '../dialects';
import { LineClass } from '../model/lineClass';
import { NONE, type Row } from '../model/row';
import { isColored, uncolored } from './around/ansiColors';
import { behind, type Clean } from './around/cleanText';
import { isMarkedUp, isPage, type Markup, mayBeDamaged, repairsOf } from './around/damage';
import { titleOf } from './around/fileTitle';
import type { Line } from '../parsing/line';
import { CounterReader, NO_COUNTING } from '../statistics/counterReader';
import { hasSignOfRow, looksLikeRow } from './around/looksLikeRow';
import { type Moment, statedMoment, timeOf } from './around/timestamps';
import { type Prompt, promptOf, watched } from './around/prompt';
import { Wrappers } from './around/linePrefixes';
import { GREATER } from '../vocabulary/characters';

/** How many prefixes may stand before one another: a quote of a log with time stamps. */
const MOST_PREFIXES = 3;

/** How many command lines are remembered: of each machine of a series one. */
const MOST_PROMPTS = 16;

/** A cell of a table in HTML: pages put each on a line of its own. */
const CELL = /^\s{0,40}<t[dh][\s>]/i;
const LONGEST_CELL = 50;

/**
 * Decides what a line is and reads it. It remembers the format in force, and the last layout of
 * each format, like a tokenizer its state, and which wrapper worked last, which is tried first.
 */
export class Recognizer {
  public dialect: Dialect | undefined;
  public layout: object | undefined;
  /** What the last line said, for the classes that say something. */
  public moment: Moment | undefined;
  public prompt: Prompt | undefined;
  public unprivileged = false;
  /** The file that the last line introduces. */
  public source: string | null = null;
  /** The time and machine of the last line's prefix, as printed. */
  public stamp: string | null = null;
  public host: string | null = null;
  /** The last line without its colors and damage, where it had some: the line read is then that. */
  public clean: Clean | undefined;
  /** Whether the next line is close to rows. */
  public amongRows = false;
  /** Whether the last line was among rows and, though nothing is known of it, has something of one. */
  public hasSign = false;
  /** Whether lines are expected to stand behind a prefix. */
  public wrapped = false;
  /** Whether the last line, unreadable, stands among lines of counters, interfaces or routes. */
  public inStatistics = false;
  /** What the last line counts, where it is one of counters. */
  public readonly counters = new CounterReader();
  private readonly wrappers = new Wrappers();
  private readonly layouts = new Map<Dialect, object>();
  /** The command lines seen last, by their texts. */
  private readonly prompts = new Map<string, Prompt>();
  /** How the last line looked that only stated a moment: in a watch they all look the same. */
  private momentLook = '';
  private scanned = '';
  private colored = false;
  private markup: Markup = { markedUp: false, page: false };

  /** Puts a format and layout in force, as they were at some line. */
  public enter(dialect: Dialect, layout: object | undefined): void {
    this.dialect = dialect;
    this.layout = layout;
    if (layout !== undefined) {
      this.layouts.set(dialect, layout);
    }
  }

  /**
   * Reads a line into `row` and gives its class. `attached` says whether the line above is a
   * socket or belongs to one. Spans are offsets in the text that `line` holds afterwards, which
   * is another one where the line was colored.
   */
  public read(line: Line, row: Row, attached: boolean): LineClass {
    const known = line.text === this.scanned;
    // Of equal texts the one at hand: comparing it with itself next time takes no time.
    this.scanned = line.text;
    if (!known) {
      this.colored = isColored(line.text);
      this.markup = { markedUp: isMarkedUp(line.text), page: isPage(line.text) };
    }
    this.clean = undefined;
    this.hasSign = false;
    this.inStatistics = false;
    if (this.colored) {
      this.removeColors(line);
    }
    if (line.count === 0) {
      return LineClass.Blank;
    }
    this.stamp = null;
    row.reset();
    const isRow = this.dialect?.row(line, this.layout, row) === true;
    if (isRow && !mayBeDamaged(line, this.markup)) {
      this.host = null;
      return LineClass.Socket;
    }
    if (isRow) {
      this.forgetWords();
      const kind =
        (line.firstChar(0) === GREATER ? this.readWrapped(line, row, attached) : LineClass.None) ||
        this.readRepaired(line, row, attached);
      return isRead(kind) ? kind : this.readAsRow(line, row);
    }
    this.forgetWords();
    let kind = this.readAny(line, row, attached);
    if (kind === LineClass.Socket && mayBeDamaged(line, this.markup)) {
      const { dialect, layout } = this;
      kind = this.readRepaired(line, row, attached);
      if (!isRead(kind)) {
        this.dialect = dialect;
        this.layout = layout;
        kind = this.readAny(line, row, attached);
      }
    } else if (kind === LineClass.None) {
      kind = this.readRepaired(line, row, attached);
    }
    if (kind !== LineClass.None) {
      return kind;
    }
    row.reset();
    if (this.counters.block?.resembles?.(line) === true) {
      this.inStatistics = true;
      return LineClass.Unrecognized;
    }
    if (looksLikeRow(line) || this.resembles(line)) {
      return LineClass.Unrecognized;
    }
    this.hasSign = this.amongRows && hasSignOfRow(line);
    return LineClass.Text;
  }

  /** Whether a line that nothing can read was meant as a row of some format. */
  private resembles(line: Line): boolean {
    return dialects.some(
      dialect =>
        dialect.resembles?.(line, dialect === this.dialect ? this.layout : undefined) === true,
    );
  }

  private readAny(line: Line, row: Row, attached: boolean): LineClass {
    let kind = this.wrapped ? this.readWrapped(line, row, attached) : LineClass.None;
    if (kind === LineClass.None) {
      kind = this.readOther(line, row, attached);
    }
    if (kind === LineClass.None && !this.wrapped) {
      kind = this.readWrapped(line, row, attached);
    }
    return kind;
  }

  /**
   * Reads the line as what it was before it was damaged; None or Unrecognized, with the line as
   * before, where that makes nothing of it.
   */
  private readRepaired(line: Line, row: Row, attached: boolean): LineClass {
    const { text, start, end } = line;
    const { clean } = this;
    let looksLike = false;
    for (const repair of repairsOf(line)) {
      line.set(repair.text, 0, repair.text.length);
      if (line.count === 0) {
        continue;
      }
      const kind = this.readAsRow(line, row) || this.readAny(line, row, attached);
      if (kind !== LineClass.None) {
        this.clean = clean === undefined ? repair : behind(repair, clean);
        return kind;
      }
      looksLike ||=
        looksLikeRow(line) ||
        (line.count === 1 &&
          hasSignOfRow(line) &&
          CELL.test(text.slice(start, start + LONGEST_CELL)));
    }
    line.set(text, start, end);
    row.reset();
    return looksLike ? LineClass.Unrecognized : LineClass.None;
  }

  private forgetWords(): void {
    this.moment = undefined;
    this.prompt = undefined;
    this.unprivileged = false;
    this.source = null;
    this.host = null;
  }

  /** Reads a row of the format in force; None where it is none. */
  private readAsRow(line: Line, row: Row): LineClass {
    row.reset();
    return this.dialect?.row(line, this.layout, row) === true ? LineClass.Socket : LineClass.None;
  }

  private removeColors(line: Line): void {
    this.clean = uncolored(line.text, line.start, line.end);
    if (this.clean !== undefined) {
      line.set(this.clean.text, 0, this.clean.text.length);
    }
  }

  /** Reads what stands behind the line's prefixes; None, with the line as before, where nothing. */
  private readWrapped(line: Line, row: Row, attached: boolean): LineClass {
    const { text, start, end } = line;
    for (let prefixes = 0; prefixes < MOST_PREFIXES; prefixes++) {
      const behind = this.wrappers.behind(line);
      if (behind === NONE) {
        break;
      }
      line.set(text, behind, end);
      if (line.count === 0) {
        if (this.wrapped && timeOf(this.wrappers.time ?? '') !== undefined) {
          // A logger puts its time before empty lines as well.
          return LineClass.Blank;
        }
        break;
      }
      this.stamp = this.wrappers.time ?? this.stamp;
      this.host = this.wrappers.host ?? this.host;
      const kind = this.readAsRow(line, row) || this.readOther(line, row, attached);
      if (kind !== LineClass.None) {
        // A comment or quote sign before a date or prompt does not mean that rows have one.
        this.wrapped ||= kind === LineClass.Socket || kind === LineClass.Header;
        return kind;
      }
    }
    line.set(text, start, end);
    this.stamp = null;
    this.host = null;
    return LineClass.None;
  }

  private readOther(line: Line, row: Row, attached: boolean): LineClass {
    if (this.counters.readOn(line)) {
      return this.counters.lineClass;
    }
    if (this.readLikeLastMoment(line)) {
      return LineClass.Text;
    }
    const own = this.dialect;
    const layout = own?.header(line, this.layout);
    if (own !== undefined && layout !== undefined) {
      this.enter(own, layout);
      return LineClass.Header;
    }
    if (attached && own?.continuation !== undefined) {
      row.reset();
      if (own.continuation(line, this.layout, row)) {
        return LineClass.Continuation;
      }
    }
    const title = titleOf(line.rest(0));
    if (title !== null) {
      const { host, source } = title;
      this.source = source;
      this.moment = host === null ? undefined : { time: null, host };
      this.forget();
      return LineClass.Text;
    }
    this.prompt = this.promptIn(line);
    if (this.prompt !== undefined) {
      if (this.prompt.dump) {
        // What follows need not be of this format, nor have a header that says so.
        this.dialect = undefined;
        this.layout = undefined;
        this.counters.counting = this.prompt.counting;
      }
      return LineClass.Text;
    }
    if (this.readForeignHeader(line)) {
      return LineClass.Header;
    }
    if (this.readForeignRow(line, row)) {
      return LineClass.Socket;
    }
    if (this.counters.begin(line)) {
      return this.counters.lineClass;
    }
    for (const dialect of dialects) {
      const remark = dialect.remark?.(line, dialect === own ? this.layout : undefined);
      if (remark !== undefined) {
        this.unprivileged = remark === Remark.Unprivileged;
        return LineClass.Text;
      }
    }
    if (!this.readMoment(line.rest(0))) {
      return LineClass.None;
    }
    this.momentLook = lookOf(line.rest(0));
    return LineClass.Text;
  }

  /** What a command line says; one that is repeated for each snapshot is read once. */
  private promptIn(line: Line): Prompt | undefined {
    const text = line.rest(0);
    const known = this.prompts.get(text);
    if (known !== undefined) {
      return known;
    }
    const prompt = promptOf(line);
    if (prompt !== undefined) {
      if (this.prompts.size === MOST_PROMPTS) {
        this.prompts.clear();
      }
      this.prompts.set(text, prompt);
    }
    return prompt;
  }

  /** Reads a line that states a moment, and perhaps the command that `watch` runs. */
  private readMoment(text: string): boolean {
    this.moment = statedMoment(text);
    const { command, host = null } = this.moment ?? {};
    if (command !== undefined) {
      this.prompt = watched(command, host);
      this.counters.counting = this.prompt?.counting ?? this.counters.counting;
    }
    return this.moment !== undefined;
  }

  /** Reads a line that looks like the last one that stated a moment, and was nothing else. */
  private readLikeLastMoment(line: Line): boolean {
    if (line.end - line.start < this.momentLook.length) {
      return false;
    }
    const text = line.rest(0);
    if (text.length !== this.momentLook.length || lookOf(text) !== this.momentLook) {
      return false;
    }
    return this.readMoment(text);
  }

  /** What follows is another file's. */
  private forget(): void {
    this.dialect = undefined;
    this.layout = undefined;
    this.layouts.clear();
    this.counters.counting = NO_COUNTING;
    this.wrapped = false;
  }

  /** Reads a title or header of a format that is not in force. */
  private readForeignHeader(line: Line): boolean {
    for (const dialect of dialects) {
      const layout = dialect === this.dialect ? undefined : dialect.header(line, undefined);
      if (layout !== undefined) {
        this.enter(dialect, layout);
        return true;
      }
    }
    return false;
  }

  /** Reads a row of a format that is not in force, or of the one in force without its layout. */
  private readForeignRow(line: Line, row: Row): boolean {
    for (const dialect of dialects) {
      if (dialect === this.dialect && this.layout === undefined) {
        continue;
      }
      row.reset();
      const layout = dialect === this.dialect ? undefined : this.layouts.get(dialect);
      if (dialect.row(line, layout, row)) {
        this.dialect = dialect;
        this.layout = layout;
        return true;
      }
    }
    return false;
  }
}

/** A line but for which digits it has. */
function lookOf(text: string): string {
  return text.replace(/\d/g, '0');
}

function isRead(kind: LineClass): boolean {
  return kind !== LineClass.None && kind !== LineClass.Unrecognized;
}
