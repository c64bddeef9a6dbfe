import { LineClass } from '../model/lineClass';
import type { CounterSource, FoundCounter } from '../model/counter';
import type { Snapshot } from '../model/snapshot';
import { Row } from '../model/row';
import type { Span } from '../model/span';
import { Line } from '../parsing/line';
import { originalSpan } from './around/cleanText';
import type { Dump } from './dump';
import { Recognizer } from './recognizer';

/** A counter with what stands for it in its line. */
interface PlacedCounter extends FoundCounter {
  /** Its words and its number; of a number in a column, the number alone. */
  readonly span: Span;
}

/** A line of counters, read again. */
export interface CounterLine {
  readonly source: CounterSource;
  /** What tells the title above from others; null for a line that stands without one. */
  readonly title: string | null;
  /** Whether it is that title. */
  readonly isTitle: boolean;
  readonly counters: readonly PlacedCounter[];
  /** The heads of columns, with the name of the counter whose numbers stand below. */
  readonly heads: readonly { readonly name: string; readonly span: Span }[];
}

/** Lines that may stand between a counter and the title that it is read with. */
const LONGEST_BLOCK = 400;

/**
 * Reads one line of counters again to find where they stand; null if it is none. `number` is
 * its 0-based place in the dump, `textOf` gives the text of a line. No more is read than what
 * stands below the line's title.
 */
export function locateCounters(
  dump: Dump,
  number: number,
  textOf: (line: number) => string,
): CounterLine | null {
  if (dump.classes[number] !== LineClass.Counter) {
    return null;
  }
  const reader = new CounterLineReader();
  for (let line = titleAbove(dump, number, textOf, reader); line <= number; line++) {
    reader.read(textOf(line));
  }
  return reader.line();
}

/** The title above a line of counters, or that line where none is near. */
function titleAbove(
  dump: Dump,
  number: number,
  textOf: (line: number) => string,
  reader: CounterLineReader,
): number {
  const counted = snapshotAt(dump, number)?.counted ?? [];
  const counting = new Set(counted.flatMap(({ counters }) => counters.map(({ line }) => line)));
  const last = Math.max(0, number - LONGEST_BLOCK);
  for (let line = number; line >= last && isOfBlock(dump.classes[line]); line--) {
    if (!counting.has(line) && reader.begins(textOf(line))) {
      return line;
    }
  }
  return number;
}

/** The snapshot that a line belongs to. */
export function snapshotAt({ snapshots }: Dump, line: number): Snapshot | undefined {
  return snapshots.find(one => one.line <= line && line < one.endLine);
}

/** Below a title, empty lines may stand between those of counters. */
export function isOfBlock(kind: number | undefined): boolean {
  return kind === LineClass.Counter || kind === LineClass.Blank;
}

/** Reads single lines of counters again. */
export class CounterLineReader {
  private readonly recognizer = new Recognizer();
  private readonly words = new Line();
  private readonly row = new Row();
  private kind = LineClass.None;

  public constructor() {
    // What is read again was believed.
    this.recognizer.counters.among = true;
  }

  /** Whether a line is a title, which needs nothing above it to be read. */
  public begins(text: string): boolean {
    this.recognizer.counters.close();
    return this.read(text) === LineClass.Counter && this.recognizer.counters.isTitle;
  }

  public read(text: string): LineClass {
    const { recognizer, row, words } = this;
    words.set(text, 0, text.length);
    this.kind = recognizer.read(words, row, false);
    return this.kind;
  }

  /** What the last line has; null if it has no counter. */
  public line(): CounterLine | null {
    const { found, numbers, heads, format, block, isTitle } = this.recognizer.counters;
    if (this.kind !== LineClass.Counter || format === undefined) {
      return null;
    }
    return {
      source: format,
      title: block?.title ?? null,
      isTitle,
      counters: found.flatMap((counter, i) =>
        this.placed(spanOf(this.words, counter, numbers, i)).map(span => ({ ...counter, span })),
      ),
      heads: heads.flatMap(({ name, word }) => this.placed(word).map(span => ({ name, span }))),
    };
  }

  /** Where a part of the line stands in its text as printed; none where it does not. */
  private placed({ start, end }: Span): Span[] {
    const { clean } = this.recognizer;
    const place = clean === undefined ? [start, end] : originalSpan(clean, start, end);
    return place === undefined ? [] : [{ start: place[0], end: place[1] }];
  }
}

/**
 * What stands for counter `i` of a line. A counter that has the line for itself is the whole line;
 * of several, one has the words before its number if its name ends there.
 */
function spanOf(
  line: Line,
  { raw, interface: of }: FoundCounter,
  numbers: readonly Span[],
  i: number,
): Span {
  const number = numbers[i]!;
  if (numbers.length === 1) {
    return { start: line.wordStart(0), end: line.wordEnd(line.count - 1) };
  }
  const from = numbers[i - 1]?.end ?? line.wordStart(0);
  const own = raw.slice(raw.lastIndexOf(' ') + 1);
  // The name of an interface stands for all numbers of its line.
  const at = of === null ? line.text.slice(from, number.start).indexOf(own) : -1;
  return { start: at === -1 ? number.start : from + at, end: number.end };
}
