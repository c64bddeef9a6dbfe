import type { FoundCounter } from '../model/counter';
import type { Span } from '../model/span';
import type { Line } from '../parsing/line';
import { counterFormats } from './index';
import type { CounterBlock, CounterFormat, CounterOf, CounterSink } from './counterFormat';

/** The head of a column: the counter whose numbers stand below it. */
interface Head {
  readonly name: string;
  readonly word: Span;
}

/** Tells lines of counters from others and reads them. It remembers the block in force. */
export class CounterReader implements CounterSink {
  /** The counters of the last line; a title has none. */
  public found: FoundCounter[] = [];
  /** Where the numbers of {@link found} stand in the last line's text. */
  public numbers: Span[] = [];
  /** The heads of columns that the last line has. */
  public heads: Head[] = [];
  /** The format of the last line. */
  public format: CounterFormat | undefined;
  /** Whether the last line is a title. */
  public isTitle = false;
  /** What reads the lines below a title. */
  public block: CounterBlock | undefined;
  /** Words that stand in line after line are kept once, and without the text that they are from. */
  private readonly words = new Map<string, string>();
  private text = '';

  /** Reads a line of the block in force; false where there is none, or the line is not of it. */
  public readOn(line: Line): boolean {
    if (this.block === undefined) {
      return false;
    }
    this.reset(line);
    this.isTitle = false;
    return this.block.read(line, this);
  }

  /** Reads a title, or a line that needs none. */
  public begin(line: Line): boolean {
    this.reset(line);
    for (const format of counterFormats) {
      const block = format.begin(line, this);
      if (block !== undefined || format.readAlone?.(line, this) === true) {
        this.format = format;
        this.block = block;
        this.isTitle = block !== undefined;
        return true;
      }
    }
    return false;
  }

  /** What follows is no more of the block. */
  public close(): void {
    this.block = undefined;
  }

  public add(name: string, number: Span, raw: string, of: CounterOf = {}): void {
    const digits = this.text.slice(number.start, number.end);
    const value = Number(digits);
    this.found.push({
      name: this.kept(name),
      value,
      exact: Number.isSafeInteger(value) ? null : copied(digits),
      family: of.family ?? null,
      interface: of.interface === undefined ? null : this.kept(of.interface),
      raw: this.kept(raw),
    });
    this.numbers.push(number);
  }

  public head(name: string, word: Span): void {
    this.heads.push({ name, word });
  }

  private reset({ text }: Line): void {
    this.text = text;
    this.found = [];
    if (this.numbers.length > 0 || this.heads.length > 0) {
      this.numbers = [];
      this.heads = [];
    }
  }

  private kept(text: string): string {
    let word = this.words.get(text);
    if (word === undefined) {
      word = copied(text);
      this.words.set(word, word);
    }
    return word;
  }
}

/** The same text by itself: a slice would keep the whole text that it is of alive. */
function copied(text: string): string {
  return text.split('').join('');
}
