import type { Field, FieldSpan } from '../model/field';
import { firstIndex } from '../model/search';

/*
 * Some formats do not print a socket per line: JSON puts many on one or one on many, Format-List
 * and `lsof -F` print a field per line. They are read as blocks of lines (Dialect.records), and
 * where their fields stand is remembered, since no line of theirs can be read again by itself.
 */

/** One socket of a block as a line shows it. */
export interface PlacedRecord {
  /** Its index in the table. */
  readonly socket: number;
  /** The fields that stand in that line. */
  readonly fields: FieldSpan[];
}

/** A field of a socket with the line that it stands in. */
export interface PlacedField extends FieldSpan {
  /** 0-based. */
  readonly line: number;
}

/** Where the fields of all sockets stand that were read from blocks. */
export class RecordMap {
  // One entry per record, in the order of the text.
  private readonly sockets: number[] = [];
  private readonly startLines: number[] = [];
  private readonly startChars: number[] = [];
  private readonly endLines: number[] = [];
  private readonly firstFields: number[] = [];
  /** Four numbers per field: line, field, start and end within the line. */
  private readonly fields: number[] = [];

  /** Whether there is no record. */
  public get isEmpty(): boolean {
    return this.sockets.length === 0;
  }

  /** Begins the next record; its fields are then added with {@link addField}. */
  public add(socket: number, startLine: number, startChar: number, endLine: number): void {
    this.sockets.push(socket);
    this.startLines.push(startLine);
    this.startChars.push(startChar);
    this.endLines.push(endLine);
    this.firstFields.push(this.fields.length);
  }

  public addField(line: number, field: Field, start: number, end: number): void {
    this.fields.push(line, field, start, end);
  }

  /**
   * The record at a character of a line: the one that holds it or ends before it, else the first
   * of the line. Undefined where the line has no part of any.
   */
  public at(line: number, character: number): PlacedRecord | undefined {
    const behind = firstIndex(this.sockets.length, record => {
      const start = this.startLines[record]!;
      return start > line || (start === line && this.startChars[record]! > character);
    });
    for (const record of [behind - 1, behind]) {
      if (this.startLines[record]! <= line && this.endLines[record]! >= line) {
        return { socket: this.sockets[record]!, fields: this.fieldsOf(record, line) };
      }
    }
    return undefined;
  }

  /** Where the fields of a socket stand, by line; none of a socket that is no record. */
  public placesOf(socket: number): PlacedField[] {
    const record = firstIndex(this.sockets.length, one => this.sockets[one]! >= socket);
    if (this.sockets[record] !== socket) {
      return [];
    }
    const lines = new Set<number>();
    const end = this.firstFields[record + 1] ?? this.fields.length;
    for (let i = this.firstFields[record]!; i < end; i += 4) {
      lines.add(this.fields[i]!);
    }
    return [...lines]
      .sort((a, b) => a - b)
      .flatMap(line => this.fieldsOf(record, line).map(span => ({ line, ...span })));
  }

  private fieldsOf(record: number, line: number): FieldSpan[] {
    const found: FieldSpan[] = [];
    const end = this.firstFields[record + 1] ?? this.fields.length;
    for (let i = this.firstFields[record]!; i < end; i += 4) {
      if (this.fields[i] === line) {
        found.push({
          field: this.fields[i + 1]!,
          start: this.fields[i + 2]!,
          end: this.fields[i + 3]!,
        });
      }
    }
    return found.sort((a, b) => a.start - b.start || b.end - a.end);
  }
}
