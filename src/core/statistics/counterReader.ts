import type { FoundCounter } from '../model/counter';
import { LineClass, type StatisticClass } from '../model/lineClass';
import type { Span } from '../model/span';
import type { Line } from '../parsing/line';
import { counterFormats } from './index';
import type {
  CounterBlock,
  CounterFormat,
  CounterOf,
  CounterSink,
  InterfaceLines,
  RouteLine,
  RuleLine,
} from '../parsing/counterFormat';

/** The head of a column: the counter whose numbers stand below it. */
interface Head {
  readonly name: string;
  readonly word: Span;
}

/** What the command line above says of counters, interfaces and routes. */
export interface Counting {
  /**
   * Whether a tool that may count from its last run on prints sums since boot; null where the command
   * does not say it.
   */
  readonly sums: boolean | null;
  /** Whether lines were left out: what is not there then may well exist. */
  readonly cut: boolean;
  /** Whether it prints a word and how often that was there. */
  readonly words: boolean;
  /** Its last word. */
  readonly asked: string;
  /** The one table of routes that it prints, or the VRF whose table it prints; null for others. */
  readonly table: string | null;
}

/** Nothing is said. */
export const NO_COUNTING: Counting = {
  sums: null,
  cut: false,
  words: false,
  asked: '',
  table: null,
};

/** The formats that may count from their last run on, for where a command tells whether they do. */
const TOLD: ReadonlyMap<
  CounterFormat,
  Readonly<Record<'sums' | 'increments', CounterFormat>>
> = new Map(
  counterFormats.flatMap(({ increments, ...format }) => {
    const own = counterFormats.find(({ id }) => id === format.id)!;
    return increments === undefined
      ? []
      : [[own, { sums: format, increments: { ...format, increments: 'certain' } }] as const];
  }),
);

/** Tells lines of counters from others and reads them. It remembers the block in force. */
export class CounterReader implements CounterSink {
  /** The counters of the last line; a title has none. */
  public found: FoundCounter[] = [];
  /** Where the numbers of {@link found} stand in the last line's text. */
  public numbers: Span[] = [];
  /** The heads of columns that the last line has. */
  public heads: Head[] = [];
  /** The interfaces and routes of the last line. */
  public interfaces: InterfaceLines[] = [];
  public routes: RouteLine[] = [];
  public rules: RuleLine[] = [];
  /** Whether the first of them is the one of a line above, of which this line tells more. */
  public again = false;
  /** The format of the last line. */
  public format: CounterFormat | undefined;
  /** Whether the last line is a title. */
  public isTitle = false;
  /** Whether lines that count only among others are believed: some stand right above. */
  public among = false;
  /** The format that the last line, which counts nothing by itself, would be of among others. */
  public candidate: CounterFormat | undefined;
  /** What reads the lines below a title. */
  public block: CounterBlock | undefined;
  /** Of the command line above. */
  public counting = NO_COUNTING;
  /** Words that stand in line after line are kept once, and without the text that they are from. */
  private readonly words = new Map<string, string>();
  private text = '';

  /** Reads a line of the block in force; false if there is none, or the line is not of it. */
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
    this.candidate = undefined;
    const { asked } = this.counting;
    if (asked !== '') {
      // What was asked for is the first that is printed.
      this.counting = { ...this.counting, asked: '' };
    }
    for (const format of counterFormats) {
      const block = format.begin(line, this);
      const among = block === undefined && format.readAmong?.(line, this) === true;
      if (among && !this.among && !this.counting.words) {
        this.candidate = format;
        return false;
      }
      if (among || block !== undefined || format.readAlone?.(line, this, asked) === true) {
        const { sums } = this.counting;
        const told = sums === null ? undefined : TOLD.get(format);
        this.format = told?.[sums === true ? 'sums' : 'increments'] ?? format;
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

  /** How much the last line adds. */
  public get size(): number {
    const { found, interfaces, routes, rules, again } = this;
    return found.length + interfaces.length + routes.length + rules.length - (again ? 1 : 0);
  }

  /** What the last line is. */
  public get lineClass(): StatisticClass {
    return this.format?.lineClass ?? LineClass.Counter;
  }

  public addInterface(link: InterfaceLines, again = false): void {
    const known = {
      ...link,
      name: this.keptOrNull(link.name),
      flags: this.keptOrNull(link.flags),
    };
    this.again = put(this.interfaces, known, again);
  }

  public addRoute(route: RouteLine, again = false): void {
    const known = {
      ...route,
      destination: copied(route.destination),
      gateway: this.keptOrNull(route.gateway),
      interface: this.keptOrNull(route.interface),
      flags: this.keptOrNull(route.flags),
      table: this.keptOrNull(route.table ?? this.counting.table),
      ...(this.counting.cut ? { cut: true as const } : {}),
    };
    this.again = put(this.routes, known, again);
  }

  public addRule({ from, to, selectors, table }: RuleLine): void {
    this.rules.push({
      from: this.keptOrNull(from),
      to: this.keptOrNull(to),
      selectors: this.kept(selectors),
      table: this.keptOrNull(table),
    });
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
    if (this.interfaces.length + this.routes.length + this.rules.length > 0) {
      this.interfaces = [];
      this.routes = [];
      this.rules = [];
    }
    this.again = false;
    if (this.numbers.length > 0 || this.heads.length > 0) {
      this.numbers = [];
      this.heads = [];
    }
  }

  private keptOrNull(text: string | null): string | null {
    return text === null ? null : this.kept(text);
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

/** Adds to what a line tells; says whether that is of a line above. */
function put<T>(list: T[], one: T, again: boolean): boolean {
  if (again && list.length > 0) {
    list[list.length - 1] = one;
    return false;
  }
  list.push(one);
  return again;
}

/** The same text by itself: a slice would keep the whole text that it is of alive. */
function copied(text: string): string {
  return text.split('').join('');
}
