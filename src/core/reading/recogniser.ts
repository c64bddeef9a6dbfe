import type { Dialect } from '../dialects/dialect';
import { Remark } from '../dialects/dialect';
import { dialects } from '../dialects';
import { LineClass } from '../model/lineClass';
import { NONE, type Row } from '../model/row';
import { looksLikeEndpoint } from './endpoint';
import type { Line } from './line';
import { type Moment, momentOf } from './moment';
import { hasStateWord } from './stateWord';
import { behindPrefix } from './wrappers';

/**
 * Decides what a line is and reads it. It remembers the format in force, and the last layout of
 * each format, like a tokenizer its state; nothing else carries over from line to line.
 */
export class Recogniser {
  public dialect: Dialect | undefined;
  public layout: object | undefined;
  /** What the last line said, for the classes that say something. */
  public moment: Moment | undefined;
  public unprivileged = false;
  private readonly layouts = new Map<Dialect, object>();

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
   * socket or belongs to one.
   */
  public read(line: Line, row: Row, attached: boolean): LineClass {
    if (line.count === 0) {
      return LineClass.Blank;
    }
    row.reset();
    if (this.dialect?.row(line, this.layout, row) === true) {
      return LineClass.Socket;
    }
    this.moment = undefined;
    this.unprivileged = false;
    const known = this.readOther(line, row, attached);
    if (known !== LineClass.None) {
      return known;
    }
    const wrapped = behindPrefix(line);
    if (wrapped !== NONE) {
      const { text, start, end } = line;
      line.set(text, wrapped, end);
      if (line.count > 0) {
        row.reset();
        const inner =
          this.dialect?.row(line, this.layout, row) === true
            ? LineClass.Socket
            : this.readOther(line, row, attached);
        if (inner !== LineClass.None) {
          return inner;
        }
      }
      line.set(text, start, end);
    }
    row.reset();
    return looksLikeRow(line) ? LineClass.Unrecognised : LineClass.Text;
  }

  private readOther(line: Line, row: Row, attached: boolean): LineClass {
    if (this.readHeader(line)) {
      return LineClass.Header;
    }
    if (attached && this.dialect?.continuation !== undefined) {
      row.reset();
      if (this.dialect.continuation(line, this.layout, row)) {
        return LineClass.Continuation;
      }
    }
    for (const dialect of dialects) {
      if (dialect === this.dialect && this.layout === undefined) {
        continue;
      }
      row.reset();
      const layout = dialect === this.dialect ? undefined : this.layouts.get(dialect);
      if (dialect.row(line, layout, row)) {
        this.dialect = dialect;
        this.layout = layout;
        return LineClass.Socket;
      }
    }
    for (const dialect of dialects) {
      const remark = dialect.remark?.(line, dialect === this.dialect ? this.layout : undefined);
      if (remark !== undefined) {
        this.unprivileged = remark === Remark.Unprivileged;
        return LineClass.Text;
      }
    }
    this.moment = momentOf(line.rest(0));
    return this.moment === undefined ? LineClass.None : LineClass.Text;
  }

  private readHeader(line: Line): boolean {
    const current = this.dialect?.header(line, this.layout);
    if (this.dialect !== undefined && current !== undefined) {
      this.enter(this.dialect, current);
      return true;
    }
    for (const dialect of dialects) {
      if (dialect === this.dialect) {
        continue;
      }
      const layout = dialect.header(line, undefined);
      if (layout !== undefined) {
        this.enter(dialect, layout);
        return true;
      }
    }
    return false;
  }
}

/** Whether a line that no format can read was surely meant as a row. */
function looksLikeRow(line: Line): boolean {
  let endpoints = 0;
  const words = Math.min(line.count, 32);
  for (let i = 0; i < words; i++) {
    if (looksLikeEndpoint(line, i)) {
      endpoints++;
    }
  }
  return (
    endpoints >= 2 ||
    (endpoints === 1 && line.count >= 3 && (hasStateWord(line) || ROW_STARTS.test(line.word(0))))
  );
}

const ROW_STARTS = /^(?:tcp|udp|raw|sctp|TCP|UDP)[46]?$/;
