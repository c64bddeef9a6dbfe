import type { Task } from '../model/task';
import type { Dump } from './dump';
import { DumpStream } from './input/dumpStream';

/** A text by its lines, as an editor has it: below the last end of line there is one more. */
export interface LineSource {
  readonly lineCount: number;
  /** A 0-based line, without what ends it; there is no LF or CR in it. */
  lineAt(line: number): string;
}

/** Lines that are read between two places to give way. */
const STEP = 500;

/**
 * Reads a text that changes. It is read again from its beginning, except where only lines below
 * those read have changed: what is appended to a log that ends with a whole line is read from there,
 * if the log prints a socket per line.
 */
export class DocumentReader {
  private stream = new DumpStream();
  /** How many lines the stream has read; Infinity where it cannot go on. */
  private lines = 0;

  /** `source` is asked for lines whenever they are read. */
  public constructor(private readonly source: LineSource) {}

  /** Takes note that the text has changed, but not above a line. */
  public change(first: number): void {
    if (first < this.lines) {
      this.restart();
    }
  }

  /**
   * What the text holds. When the text changes meanwhile, this must be called anew; what has been
   * read above the change is kept.
   */
  public *read(): Task<Dump> {
    if (this.lines === Infinity) {
      this.restart();
    }
    const { source, stream } = this;
    const last = source.lineCount - 1;
    while (this.lines < last) {
      const end = Math.min(this.lines + STEP, last);
      stream.push(this.textOf(this.lines, end));
      this.lines = end;
      yield;
    }
    // Nothing ends the last line.
    stream.push(source.lineAt(last));
    if (!stream.isAtLineStart) {
      // More would change what was read as the end.
      this.lines = Infinity;
    }
    return yield* stream.finishInSteps();
  }

  private restart(): void {
    this.stream = new DumpStream();
    this.lines = 0;
  }

  /** The lines `[start, end)`, each with an end. */
  private textOf(start: number, end: number): string {
    let text = '';
    for (let line = start; line < end; line++) {
      text += `${this.source.lineAt(line)}\n`;
    }
    return text;
  }
}
