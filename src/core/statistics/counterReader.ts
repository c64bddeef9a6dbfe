import type { Counter } from '../model/counter';
import type { Line } from '../parsing/line';
import { counterFormats } from './index';
import type { CounterBlock, CounterFormat, CounterOf, CounterSink } from './counterFormat';

/** A counter as its line tells it; the line's number is not known here. */
type Found = Omit<Counter, 'line'>;

/** Tells lines of counters from others and reads them. It remembers the block in force. */
export class CounterReader implements CounterSink {
  /** The counters of the last line; a title has none. */
  public found: Found[] = [];
  /** The format of the last line. */
  public format: CounterFormat | undefined;
  /** Whether the last line is a title. */
  public isTitle = false;
  /** What reads the lines below a title. */
  public block: CounterBlock | undefined;
  /** Words that stand in line after line are kept once, and without the text that they are from. */
  private readonly words = new Map<string, string>();

  /** Reads a line of the block in force; false where there is none, or the line is not of it. */
  public readOn(line: Line): boolean {
    if (this.block === undefined) {
      return false;
    }
    this.found = [];
    this.isTitle = false;
    return this.block.read(line, this);
  }

  /** Reads a title, or a line that needs none. */
  public begin(line: Line): boolean {
    this.found = [];
    for (const format of counterFormats) {
      const block = format.begin(line);
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

  public add(name: string, digits: string, raw: string, of: CounterOf = {}): void {
    const value = Number(digits);
    this.found.push({
      name: this.kept(name),
      value,
      exact: Number.isSafeInteger(value) ? null : digits,
      family: of.family ?? null,
      interface: of.interface === undefined ? null : this.kept(of.interface),
      raw: this.kept(raw),
    });
  }

  private kept(text: string): string {
    let word = this.words.get(text);
    if (word === undefined) {
      // A slice would keep the whole text alive.
      word = text.split('').join('');
      this.words.set(word, word);
    }
    return word;
  }
}
