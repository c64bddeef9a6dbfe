import type { State } from '../vocabulary/state';
import type { System } from '../vocabulary/system';
import type { Field } from '../model/field';
import type { Row } from '../model/row';
import type { Line } from './line';
import type { Task } from '../model/task';
import type { Format } from '../model/format';

/**
 * One dump format: how to know it, how to read its rows, and what it can tell.
 *
 * A layout `L` is what a title or header says about the rows below it (sections, columns). It is
 * never changed once made, so that any line can be read again later with the layout of its place.
 */
export interface Dialect<L extends object = object> extends Format {
  /**
   * The commands that print it, each a program and the words that must follow it, of which a folder
   * (`/proc/net/`) stands for the files in it. A pasted command line begins another output.
   */
  readonly commands: readonly string[];

  /** Titles of its sections, without what may stand in parentheses behind them. */
  readonly titles?: readonly string[];

  /** How its column headers begin, with enough words to tell them from other text. */
  readonly headers?: readonly string[];

  /** What a command line of these `words` asks for, where rows need not show it. */
  asks?(words: readonly string[]): Partial<Asked>;

  /**
   * The layout that a title or header line announces; undefined where the line is neither.
   * `layout` is the one in force, if it is of this format.
   */
  header(line: Line, layout: L | undefined): L | undefined;

  /**
   * Reads a row into `row`; false where the line is none. Without a layout (rows cut out with
   * grep) the shape alone must be unmistakable.
   */
  row(line: Line, layout: L | undefined, row: Row): boolean;

  /** Reads a line that belongs to the row above it; false if it does not. */
  continuation?(line: Line, layout: L | undefined, row: Row): boolean;

  /** How to read blocks of lines, for what is not printed as a socket per line. */
  readonly records?: RecordFormat;

  /**
   * For who takes names out of dumps: letters that lines without a socket put before a field, what
   * stands between fields may be anything, values are escaped as in JSON.
   */
  readonly lettered?: Readonly<Record<string, Field>>;
  readonly freeColumns?: boolean;
  readonly escaped?: boolean;

  /**
   * Whether a line that nothing can read was surely meant as a row of this format, whose layout is
   * given where it is in force.
   */
  resembles?(line: Line, layout: L | undefined): boolean;

  /** What a line that is no row means: a known remark of the tool, or nothing known. */
  remark?(line: Line, layout: L | undefined): Remark | undefined;

  /** The system, where a layout tells more than {@link systems}. */
  systemOf?(layout: L): System | null;

  /** Whether rows of a layout are listen queues: the sockets are listed by another table, too. */
  areQueues?(layout: L): boolean;

  /** Whether a title says that what listens and what is connected is listed below. */
  listsBoth?(title: string): boolean;
}

/** What a command asks for. */
export interface Asked {
  /** The protocol word that all rows are of, where it is one only; else 0. */
  readonly protocol: number;
  /** The state that all rows are in, where it is one only; else None. */
  readonly state: State;
  /** Whether it asks for some sockets of a protocol only: those of a port, a process, a state. */
  readonly some: boolean;
  /** The network namespace or jail whose sockets it asks for; null for those of its own. */
  readonly room: string | null;
}

/** How a format is read that does not print a socket per line. */
interface RecordFormat {
  /**
   * Whether a block may begin at the start of a line, `text[start]`; it may where the text ends
   * before that is clear. It is asked for every line of every dump and looks no further than it
   * must.
   */
  mayBegin(text: string, start: number): boolean;

  /**
   * Reads the block that begins at `text[start]`, giving way between its sockets. Gives where it
   * ends; `start` where there is none. Its sockets are given to the sink and never read again line
   * by line.
   */
  read(text: string, start: number, sink: RecordSink): Task<number>;
}

/** Takes what a format of records finds. Everything comes in the order of the text. */
export interface RecordSink {
  /** A whole listing begins, which may show the same sockets as the one above at another time. */
  listing(): void;
  /** An empty row, to be filled before {@link socket}. */
  readonly row: Row;
  /** The row is full: a socket that is printed at `text[start, end)`. The row is empty again. */
  socket(start: number, end: number): void;
  /** What stands at `text[start, end)` was meant as a socket, and cannot be read. The row is empty again. */
  unread(start: number, end: number): void;
  /** The lines of `text[start, end)` say something about the sockets below. */
  heading(start: number, end: number): void;
}

/** A format that does not print a socket per line. */
export type RecordDialect = Dialect & Required<Pick<Dialect, 'records'>>;

/** Whether a format does not print a socket per line. */
export function hasRecords(dialect: Dialect): dialect is RecordDialect {
  return dialect.records !== undefined;
}

/** What a tool says between its rows. */
export const enum Remark {
  /** Text of the tool that is not about a socket. */
  Text,
  /** The tool says that it may not see other users' processes. */
  Unprivileged,
}
