import { dialects } from '../dialects';
import { type Dialect, hasRecords, type RecordSink } from '../parsing/dialect';
import type { RecordMap } from './recordMap';
import { Field } from '../model/field';
import { LineClass } from '../model/lineClass';
import { NONE, Row } from '../model/row';
import { firstIndex } from '../model/search';
import { inBlocks, type Task } from '../model/task';
import { endOfLine, nextLine } from '../parsing/lines';

/** Formats that do not print a socket per line. */
export const recordDialects = dialects.filter(hasRecords);

/** Only looks whether a block has a socket. */
class RecordProbe implements RecordSink {
  public readonly row = new Row();
  public found = false;

  public listing(): void {
    // Of no interest.
  }

  public socket(): void {
    this.found = true;
    this.row.reset();
  }

  public unread(): void {
    this.found = true;
    this.row.reset();
  }

  public heading(): void {
    // Of no interest.
  }
}

/** Whether a block of records may begin at the start of a line. */
export function mayBeginRecords(text: string, start: number): boolean {
  for (const dialect of recordDialects) {
    if (dialect.records.mayBegin(text, start)) {
      return true;
    }
  }
  return false;
}

/** Whether a block of records begins at the start of a line; nothing is read. */
export function findsRecords(text: string, start: number): boolean {
  const probe = new RecordProbe();
  return recordDialects.some(({ records }) => {
    if (records.mayBegin(text, start)) {
      const reading = records.read(text, start, probe);
      while (!probe.found && reading.next().done !== true) {
        // Up to the first socket.
      }
    }
    return probe.found;
  });
}

/** A block of lines while a format of records reads it. */
export class RecordBlock implements RecordSink {
  public readonly row = new Row();
  /** How many sockets the block has. */
  public sockets = 0;
  /** How much of it was meant as a socket and cannot be read. */
  public failures = 0;
  /** Whether the block is a whole listing. */
  public isListing = false;
  private text = '';
  /** Where each line of the block begins and ends, as far as they were asked for. */
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private readonly kinds: LineClass[] = [];
  /** Where the line after the last of {@link starts} begins. */
  private next = 0;
  private firstLine = 0;

  private dialect: Dialect | undefined;

  /** `append` puts the row of a format into the table and gives its index. */
  public constructor(
    private readonly map: RecordMap,
    private readonly append: (row: Row, text: string, line: number, dialect: Dialect) => number,
  ) {
    this.row.detailed = true;
  }

  /** Makes ready for a block whose first line begins at `text[start]` and has the number `line`. */
  public begin(text: string, start: number, line: number, dialect: Dialect): void {
    this.text = text;
    this.dialect = dialect;
    this.next = start;
    this.firstLine = line;
    this.sockets = 0;
    this.failures = 0;
    this.isListing = false;
    if (this.starts.length > 0) {
      this.starts.length = 0;
      this.ends.length = 0;
      this.kinds.length = 0;
      this.row.reset();
    }
  }

  public listing(): void {
    this.isListing = true;
  }

  public socket(start: number, end: number): void {
    if (this.dialect === undefined) {
      return;
    }
    const first = this.lineAt(start);
    const last = this.lineAt(Math.max(start, end - 1));
    const socket = this.append(this.row, this.text, this.firstLine + first, this.dialect);
    this.sockets++;
    this.map.add(
      socket,
      this.firstLine + first,
      start - this.starts[first]!,
      this.firstLine + last,
    );
    this.place(start, end);
    this.kinds[first] = LineClass.Socket;
    for (let i = first + 1; i <= last; i++) {
      this.kinds[i] ??= this.isBlank(i) ? LineClass.Blank : LineClass.Continuation;
    }
    this.row.reset();
  }

  public unread(start: number, end: number): void {
    const first = this.lineAt(start);
    const last = this.lineAt(Math.max(start, end - 1));
    this.failures++;
    for (let i = first; i <= last; i++) {
      this.kinds[i] ??= this.isBlank(i) ? LineClass.Blank : LineClass.Unrecognized;
    }
    this.row.reset();
  }

  public heading(start: number, end: number): void {
    const last = this.lineAt(Math.max(start, end - 1));
    for (let i = this.lineAt(start); i <= last; i++) {
      this.kinds[i] = LineClass.Header;
    }
  }

  /** Calls `take` for every line up to `text[end)`; returns where the line after them begins. */
  public *finish(end: number, take: (kind: LineClass) => void): Task<number> {
    const last = this.lineAt(end - 1);
    yield* inBlocks(0, last + 1, (from, to) => {
      for (let i = from; i < to; i++) {
        take(this.kinds[i] ?? (this.isBlank(i) ? LineClass.Blank : LineClass.Text));
      }
    });
    return this.next;
  }

  private place(start: number, end: number): void {
    const { row } = this;
    for (let field = 0; field < (Field.Count as number); field++) {
      this.placeField(field, row.start(field), row.end(field), start, end);
    }
    for (let i = 0; i + 2 < row.more.length; i += 3) {
      this.placeField(row.more[i]!, row.more[i + 1]!, row.more[i + 2]!, start, end);
    }
  }

  /** Notes a field of the record at `text[from, to)`; what stands elsewhere is not part of it. */
  private placeField(field: Field, start: number, end: number, from: number, to: number): void {
    if (start === NONE || start === end || start < from || end > to) {
      return;
    }
    const line = this.lineAt(start);
    const lineStart = this.starts[line]!;
    // A list or an object of JSON may go on below: no part of a line is that field.
    if (end <= this.ends[line]!) {
      this.map.addField(this.firstLine + line, field, start - lineStart, end - lineStart);
    }
  }

  private isBlank(i: number): boolean {
    return this.text.slice(this.starts[i], this.ends[i]).trim() === '';
  }

  /** The line, counted from the block's first, in which `offset` is. */
  private lineAt(offset: number): number {
    while (this.next <= offset && this.next < this.text.length) {
      this.addLine();
    }
    return Math.max(0, firstIndex(this.starts.length, i => this.starts[i]! > offset) - 1);
  }

  private addLine(): void {
    const start = this.next;
    const end = endOfLine(this.text, start);
    this.starts.push(start);
    this.ends.push(end);
    this.next = nextLine(this.text, end);
  }
}
