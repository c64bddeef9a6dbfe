import { dialects } from '../dialects';
import { type Dialect, hasRecords } from '../dialects/dialect';
import type { Dump, LineContext } from '../model/dump';
import { Field } from '../model/field';
import { LineClass, type LineCounts } from '../model/lineClass';
import { protocolWord, protocolWordId } from '../model/protocol';
import { Row } from '../model/row';
import { State } from '../model/state';
import { SocketTable } from '../model/socketTable';
import { timeInFileName } from './fileTitle';
import { Line } from './line';
import { forEachLine, NEXT_LINE } from './lines';
import { timeOf } from './moment';
import { PlainLine } from './plainLine';
import { PlainText } from './plainText';
import { Recogniser } from './recogniser';
import { RecordBlock, RecordMap, RecordProbe } from './records';
import { type Introduction, SnapshotBuilder } from './snapshots';

const NOTHING: Introduction = {
  heading: false,
  certain: false,
  key: '',
  time: null,
  host: null,
  source: null,
  unprivileged: false,
};

/** What a plain row is that does not print its protocol, as long as no other one does. */
const UNNAMED = protocolWordId('tcp');

/** Formats that do not print a socket per line. */
const recordDialects = dialects.filter(hasRecords);

/** Whether a block of records may begin at the start of a line. */
export function mayBeginRecords(text: string, start: number): boolean {
  for (const dialect of recordDialects) {
    if (dialect.records.mayBegin(text, start)) {
      return true;
    }
  }
  return false;
}

/** Reads a whole text. Never throws, whatever the text. */
export function readDump(text: string): Dump {
  const reader = new DumpReader();
  reader.readAll(text);
  return reader.finish();
}

/** Reads a dump line by line. */
export class DumpReader {
  public readonly table = new SocketTable();
  private readonly recogniser = new Recogniser();
  private readonly snapshots = new SnapshotBuilder();
  private readonly line = new Line();
  private readonly row = new Row();
  private readonly plain = new PlainLine(this.table.pool);
  private readonly plainText = new PlainText();
  private readonly readPlainRows = this.readPlain.bind(this);
  private readonly contexts: LineContext[] = [];
  private readonly records = new RecordMap();
  private readonly block = new RecordBlock(this.records, (row, text, line, dialect) =>
    this.addRecord(row, text, line, dialect),
  );
  private readonly unrecognised: number[] = [];
  private readonly counts = new Float64Array(7);
  private classes = new Uint8Array(1024);
  private lines = 0;
  /** Whether the line above is a socket or belongs to one. */
  private attached = false;
  /** First row below the last header, and the protocol that its rows turned out to be of. */
  private sectionRow = 0;
  private sectionProtocol = 0;
  /** What the last command asked for only. */
  private askedProtocol = 0;
  private askedState: State = State.None;

  /** Reads all lines of a text, also what is not printed as a socket per line. */
  public readAll(text: string): void {
    forEachLine(text, (start, end) => {
      const plain = this.readPlainText(text, start);
      if (plain !== start) {
        return plain;
      }
      if (mayBeginRecords(text, start)) {
        const next = this.readRecords(text, start);
        if (next !== start) {
          return next;
        }
      }
      this.read(text, start, end);
      return NEXT_LINE;
    });
  }

  /** Reads the next line, `text[start, end)`, without its end-of-line characters. */
  public read(text: string, start: number, end: number): LineClass {
    const { line, recogniser } = this;
    line.set(text, start, end);
    const dialect = recogniser.dialect;
    const layout = recogniser.layout;
    let kind = recogniser.read(line, this.row, this.attached);
    if (kind === LineClass.Socket && this.row.perOwner && this.isAnotherOwner()) {
      kind = LineClass.Continuation;
    }
    const number = this.lines;
    if (recogniser.dialect !== dialect || recogniser.layout !== layout) {
      this.enterContext(number);
    }
    switch (kind) {
      case LineClass.Socket:
        this.addSocket(this.row, line.text, number);
        this.attached = true;
        break;
      case LineClass.Continuation:
        this.table.extend(this.table.length - 1, this.row, line.text);
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

  /** Whether the format in force has rows that {@link readPlain} reads. */
  public get hasPlainRows(): boolean {
    const { recogniser } = this;
    return (
      recogniser.dialect?.plain !== undefined &&
      !recogniser.wrapped &&
      recogniser.host === null &&
      this.askedState === State.None
    );
  }

  /** Reads the plain rows of a text as {@link readPlain} does. */
  public readPlainText(text: string, start: number): number {
    return this.hasPlainRows ? this.plainText.read(text, start, this.readPlainRows) : start;
  }

  /**
   * Reads lines as long as they are plain rows of the format in force (Dialect.plain), from the
   * line on that begins at `bytes[start]`; gives where the first other one begins. All lines
   * before `end` must be whole.
   */
  public readPlain(bytes: Uint8Array, start: number, end: number): number {
    const { recogniser, snapshots, table, plain } = this;
    const { dialect, layout } = recogniser;
    if (dialect?.plain === undefined || !this.hasPlainRows) {
      return start;
    }
    let at = start;
    let number = this.lines;
    while (at < end) {
      plain.begin(bytes, at);
      if (dialect.plain(plain, layout)) {
        plain.protocol ||= this.sectionProtocol || UNNAMED;
        snapshots.add(number, table.length, plain.protocol, dialect, layout);
        table.appendPlain(plain, number);
        this.setClass(number, LineClass.Socket);
        this.attached = true;
      } else {
        plain.begin(bytes, at);
        if (!this.attached || dialect.plainContinuation?.(plain, layout) !== true) {
          break;
        }
        table.extendPlain(plain);
        this.setClass(number, LineClass.Continuation);
      }
      number++;
      at = plain.next;
    }
    this.lines = number;
    return at;
  }

  /**
   * Reads the block of records that begins at the start of a line (Dialect.records); gives where
   * the line after it begins, or `start` where there is none.
   */
  private readRecords(text: string, start: number): number {
    const { block } = this;
    for (const dialect of recordDialects) {
      if (dialect.records.mayBegin(text, start)) {
        block.begin(text, start, this.lines, dialect);
        const end = dialect.records.read(text, start, block);
        if (block.sockets > 0) {
          this.attached = false;
          return block.finish(end, kind => this.addClass(kind, this.lines));
        }
      }
    }
    return start;
  }

  /** Forgets old snapshots so that at most `most` rows are left, if that is possible. */
  public forget(most: number): void {
    if (this.records.isEmpty) {
      const rows = this.snapshots.forget(most, this.table.length);
      this.table.dropFirst(rows);
      this.sectionRow = Math.max(0, this.sectionRow - rows);
    }
  }

  /** Whether a block of records begins at the start of a line; nothing is read. */
  public findsRecords(text: string, start: number): boolean {
    const probe = new RecordProbe();
    return recordDialects.some(({ records }) => {
      if (records.mayBegin(text, start)) {
        records.read(text, start, probe);
      }
      return probe.found;
    });
  }

  /** The dump, when all lines have been read. */
  public finish(): Dump {
    return {
      table: this.table,
      snapshots: this.snapshots.finish(this.lines, this.table.length),
      forgotten: this.snapshots.forgotten,
      lines: this.lineCounts(),
      classes: this.classes.subarray(0, this.lines),
      unrecognised: this.unrecognised,
      contexts: this.contexts,
      records: this.records,
    };
  }

  /** Whether the row is the one above again, for another process that holds the socket. */
  private isAnotherOwner(): boolean {
    return this.attached && this.table.repeatsLast(this.row, this.line.text);
  }

  /** Takes a socket of a block; the first puts the block's format in force. */
  private addRecord(row: Row, text: string, line: number, dialect: Dialect): number {
    const { block, recogniser } = this;
    if (block.sockets === 0) {
      if (block.isListing) {
        this.introduce(this.lines, { heading: true });
      }
      this.sectionProtocol = this.askedProtocol;
      if (recogniser.dialect !== dialect || recogniser.layout !== undefined) {
        recogniser.enter(dialect, undefined);
        this.enterContext(this.lines);
      }
      recogniser.host = null;
      recogniser.stamp = null;
    }
    return this.addSocket(row, text, line);
  }

  private addSocket(row: Row, text: string, number: number): number {
    const { recogniser, snapshots, table } = this;
    if (
      this.sectionProtocol !== 0 &&
      !row.has(Field.Protocol) &&
      protocolWord(row.protocol).family === null
    ) {
      row.protocol = this.sectionProtocol;
    } else if (row.impliesProtocol && recogniser.layout !== undefined) {
      this.sectionProtocol = row.protocol;
      table.setProtocol(this.sectionRow, table.length, row.protocol);
    }
    if (this.askedState !== State.None && !row.has(Field.State)) {
      row.state = this.askedState;
    }
    if (recogniser.dialect !== undefined) {
      if (recogniser.host !== null) {
        snapshots.sawHost(recogniser.host);
      }
      snapshots.add(number, table.length, row.protocol, recogniser.dialect, recogniser.layout);
      if (recogniser.stamp !== null && snapshots.atStart(table.length)) {
        snapshots.stamp(this.stampTime());
      }
    }
    return table.append(row, text, number);
  }

  private addOther(kind: LineClass, number: number): void {
    const { recogniser, snapshots } = this;
    const { moment, prompt, source } = recogniser;
    if (recogniser.host !== null) {
      snapshots.sawHost(recogniser.host);
    }
    if (kind === LineClass.Header) {
      this.introduce(number, { heading: true, key: this.line.rest(0), time: this.stampTime() });
      this.beginSection();
    } else if (kind === LineClass.Unrecognised) {
      this.unrecognised.push(number);
    } else if (source !== null) {
      this.beginFile(number, source);
    } else if (prompt !== undefined) {
      this.askedProtocol = prompt.protocol;
      this.askedState = prompt.state;
      this.beginSection();
      if (prompt.dump) {
        this.introduce(number, { host: prompt.host });
      } else if (prompt.host !== null) {
        snapshots.sawHost(prompt.host);
      }
    } else if (recogniser.unprivileged) {
      this.introduce(number, { unprivileged: true });
    } else if (moment !== undefined) {
      const time = moment.time ?? this.stampTime();
      this.introduce(number, { heading: true, certain: true, time, host: moment.host });
    }
  }

  private beginFile(number: number, source: string): void {
    const time = timeInFileName(source);
    this.introduce(number, { heading: true, certain: true, time, source });
    this.askedProtocol = 0;
    this.askedState = State.None;
    this.beginSection();
  }

  /** The rows below may be of another protocol than those above. */
  private beginSection(): void {
    this.sectionRow = this.table.length;
    this.sectionProtocol = this.askedProtocol;
  }

  private introduce(line: number, what: Partial<Introduction>): void {
    this.snapshots.introduce(line, this.table.length, { ...NOTHING, ...what });
  }

  /** The time that the line's prefix says. */
  private stampTime(): string | null {
    const { stamp } = this.recogniser;
    return stamp === null ? null : (timeOf(stamp) ?? null);
  }

  private enterContext(line: number): void {
    const { dialect, layout } = this.recogniser;
    if (dialect !== undefined) {
      this.contexts.push({ line, dialect, layout });
    }
  }

  private addClass(kind: LineClass, number: number): void {
    this.setClass(number, kind);
    this.lines = number + 1;
  }

  private setClass(number: number, kind: LineClass): void {
    if (number === this.classes.length) {
      const bigger = new Uint8Array(number * 2);
      bigger.set(this.classes);
      this.classes = bigger;
    }
    this.classes[number] = kind;
    this.counts[kind] = (this.counts[kind] ?? 0) + 1;
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
