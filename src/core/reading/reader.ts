import type { Dialect } from '../dialects/dialect';
import type { Dump, LineContext, Snapshot } from '../model/dump';
import { Field } from '../model/field';
import { LineClass, type LineCounts } from '../model/lineClass';
import { Row } from '../model/row';
import { SocketTable } from '../model/socketTable';
import { Line } from './line';
import { forEachLine } from './lines';
import { Recogniser } from './recogniser';

/** Reads a whole text. Never throws, whatever the text. */
export function readDump(text: string): Dump {
  const reader = new DumpReader();
  forEachLine(text, (start, end) => {
    reader.read(text, start, end);
  });
  return reader.finish();
}

/** Where a new snapshot may begin: a header or date below the rows of another. */
interface Boundary {
  readonly line: number;
  /** Rows read before it. */
  readonly row: number;
  /** A date: a new snapshot for certain. A header: only if it repeats what is there. */
  readonly certain: boolean;
  /** Text of the header, to know its repetition. */
  readonly key: string;
  time: string | null;
  unprivileged: boolean;
}

/** Reads a dump line by line. */
export class DumpReader {
  public readonly table = new SocketTable();
  private readonly recogniser = new Recogniser();
  private readonly line = new Line();
  private readonly row = new Row();
  private readonly snapshots: Snapshot[] = [];
  private readonly contexts: LineContext[] = [];
  private readonly unrecognised: number[] = [];
  private readonly counts = new Float64Array(7);
  private classes = new Uint8Array(1024);
  private lines = 0;
  /** Whether the line above is a socket or belongs to one. */
  private attached = false;

  // The snapshot being read.
  private firstRow = 0;
  private firstLine = -1;
  private time: string | null = null;
  private unprivileged = false;
  private dialects: Dialect[] = [];
  private headers = new Set<string>();
  private lastDialect: Dialect | undefined;
  /** Protocol words of the snapshot's rows, then of those since the boundary. */
  private readonly seen = new Uint8Array(256);
  private readonly seenSince = new Uint8Array(256);
  private boundary: Boundary | undefined;
  /** First row below the last header, and the protocol that its rows turned out to be of. */
  private sectionRow = 0;
  private sectionProtocol = 0;

  /** Reads the next line, `text[start, end)`, without its end-of-line characters. */
  public read(text: string, start: number, end: number): LineClass {
    const { line, recogniser } = this;
    line.set(text, start, end);
    const dialect = recogniser.dialect;
    const layout = recogniser.layout;
    const kind = recogniser.read(line, this.row, this.attached);
    const number = this.lines;
    if (recogniser.dialect !== dialect || recogniser.layout !== layout) {
      this.enterContext(number);
    }
    switch (kind) {
      case LineClass.Socket:
        this.addSocket(text, number);
        this.attached = true;
        break;
      case LineClass.Continuation:
        this.table.extend(this.table.length - 1, this.row, text);
        break;
      case LineClass.Blank:
        break;
      default:
        this.attached = false;
        this.addOther(kind, number);
    }
    this.addClass(kind, number);
    return kind;
  }

  /** The dump, when all lines have been read. */
  public finish(): Dump {
    this.settle();
    if (this.boundary !== undefined && this.headers.has(this.boundary.key)) {
      // The same title again with nothing below it: a moment at which no socket was there.
      this.closeSnapshot(this.boundary.row, this.boundary.line);
      this.openSnapshot(this.boundary);
      this.closeSnapshot(this.table.length, this.lines);
    } else {
      this.unprivileged ||= this.boundary?.unprivileged ?? false;
      this.closeSnapshot(this.table.length, this.lines);
    }
    return {
      table: this.table,
      snapshots: this.snapshots,
      lines: this.lineCounts(),
      classes: this.classes.subarray(0, this.lines),
      unrecognised: this.unrecognised,
      contexts: this.contexts,
    };
  }

  private addSocket(text: string, number: number): void {
    const { row, recogniser } = this;
    if (recogniser.dialect !== this.lastDialect) {
      this.noteDialect(recogniser.dialect);
    }
    if (this.sectionProtocol !== 0 && !row.has(Field.Protocol)) {
      row.protocol = this.sectionProtocol;
    } else if (row.impliesProtocol && recogniser.layout !== undefined) {
      this.sectionProtocol = row.protocol;
      this.table.setProtocol(this.sectionRow, this.table.length, row.protocol);
    }
    if (this.boundary !== undefined) {
      this.passBoundary(this.boundary);
    } else {
      this.seen[row.protocol] = 1;
    }
    if (this.firstLine < 0) {
      this.firstLine = number;
    }
    this.table.append(row, text, number);
  }

  /** A row below a header or date: does it begin a new snapshot? */
  private passBoundary(boundary: Boundary): void {
    const protocol = this.row.protocol;
    if (boundary.certain || this.seen[protocol] === 1) {
      this.closeSnapshot(boundary.row, boundary.line);
      this.openSnapshot(boundary);
      this.seen.set(this.seenSince);
      this.seenSince.fill(0);
      this.boundary = undefined;
      this.seen[protocol] = 1;
      this.noteDialect(this.recogniser.dialect);
    } else {
      this.seenSince[protocol] = 1;
    }
  }

  private addOther(kind: LineClass, number: number): void {
    const { recogniser } = this;
    if (kind === LineClass.Header) {
      this.addBoundary(number, false, this.line.rest(0), null);
      this.sectionRow = this.table.length;
      this.sectionProtocol = 0;
    } else if (kind === LineClass.Unrecognised) {
      this.unrecognised.push(number);
    } else if (recogniser.unprivileged) {
      this.addBoundary(number, false, '', null, true);
    } else if (recogniser.moment !== undefined) {
      this.addBoundary(number, true, '', recogniser.moment.time);
    }
  }

  private addBoundary(
    line: number,
    certain: boolean,
    key: string,
    time: string | null,
    unprivileged = false,
  ): void {
    const { boundary } = this;
    const rows = this.table.length;
    if (rows === this.firstRow) {
      // Nothing read yet in this snapshot: the line introduces it.
      if (this.firstLine < 0) {
        this.firstLine = line;
      }
      this.time = time ?? this.time;
      this.unprivileged ||= unprivileged;
      if (key !== '') {
        this.headers.add(key);
      }
      return;
    }
    if (boundary?.row === rows) {
      // One of several lines that introduce the same rows: date, title, header.
      if (key !== '' && key === boundary.key && this.headers.has(key)) {
        this.closeSnapshot(rows, boundary.line);
        this.openSnapshot(boundary);
        this.boundary = undefined;
        this.closeSnapshot(rows, line);
        this.firstLine = line;
        this.headers.add(key);
        return;
      }
      this.boundary = {
        ...boundary,
        certain: boundary.certain || certain,
        key: boundary.key === '' ? key : boundary.key,
        time: time ?? boundary.time,
        unprivileged: boundary.unprivileged || unprivileged,
      };
      return;
    }
    this.settle();
    this.boundary = { line, row: rows, certain, key, time, unprivileged };
  }

  /** Rows below the boundary did not contradict: they belong to the snapshot above it. */
  private settle(): void {
    const { boundary } = this;
    if (boundary === undefined || boundary.row === this.table.length) {
      return;
    }
    for (let i = 0; i < this.seen.length; i++) {
      this.seen[i] = (this.seen[i] ?? 0) | (this.seenSince[i] ?? 0);
    }
    this.seenSince.fill(0);
    this.headers.add(boundary.key);
    this.unprivileged ||= boundary.unprivileged;
    this.boundary = undefined;
  }

  private openSnapshot(boundary: Boundary): void {
    this.firstRow = boundary.row;
    this.firstLine = boundary.line;
    this.time = boundary.time;
    this.unprivileged = boundary.unprivileged;
    this.headers = new Set(boundary.key === '' ? [] : [boundary.key]);
    this.dialects = [];
    this.lastDialect = undefined;
    this.seen.fill(0);
    this.noteDialect(this.recogniser.dialect);
  }

  private closeSnapshot(endRow: number, endLine: number): void {
    const repeatedEmpty =
      endRow === this.firstRow && this.snapshots.length > 0 && this.headers.size > 0;
    if (endRow > this.firstRow || repeatedEmpty) {
      this.snapshots.push({
        line: Math.max(this.firstLine, 0),
        endLine,
        firstRow: this.firstRow,
        endRow,
        time: this.time,
        host: null,
        dialects: this.dialects,
        system: systemOf(this.dialects, this.recogniser.layout),
        unprivileged: this.unprivileged,
      });
    }
    this.firstRow = endRow;
    this.firstLine = -1;
    this.time = null;
    this.unprivileged = false;
    this.headers = new Set();
    this.dialects = [];
    this.lastDialect = undefined;
    this.seen.fill(0);
  }

  private noteDialect(dialect: Dialect | undefined): void {
    this.lastDialect = dialect;
    if (dialect !== undefined && !this.dialects.includes(dialect)) {
      this.dialects.push(dialect);
    }
  }

  private enterContext(line: number): void {
    const { dialect, layout } = this.recogniser;
    if (dialect !== undefined) {
      this.contexts.push({ line, dialect, layout });
    }
  }

  private addClass(kind: LineClass, number: number): void {
    if (number === this.classes.length) {
      const bigger = new Uint8Array(number * 2);
      bigger.set(this.classes);
      this.classes = bigger;
    }
    this.classes[number] = kind;
    this.counts[kind] = (this.counts[kind] ?? 0) + 1;
    this.lines = number + 1;
  }

  private lineCounts(): LineCounts {
    const count = (kind: LineClass): number => this.counts[kind] ?? 0;
    return {
      total: this.lines,
      socket: count(LineClass.Socket),
      continuation: count(LineClass.Continuation),
      header: count(LineClass.Header),
      blank: count(LineClass.Blank),
      text: count(LineClass.Text),
      unrecognised: count(LineClass.Unrecognised),
    };
  }
}

function systemOf(list: readonly Dialect[], layout: object | undefined): Snapshot['system'] {
  for (const dialect of list) {
    const told = layout === undefined ? null : (dialect.systemOf?.(layout) ?? null);
    const only = dialect.systems.length === 1 ? dialect.systems[0] : undefined;
    if (told !== null || only !== undefined) {
      return told ?? only ?? null;
    }
  }
  return null;
}
