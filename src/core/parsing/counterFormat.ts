import type { CounterFamily, CounterSource } from '../model/counter';
import type { Interface } from '../model/interface';
import type { LineClass } from '../model/lineClass';
import type { PolicyRule, Route } from '../model/route';
import type { Span } from '../model/span';
import type { Line } from './line';
import { COLON } from '../vocabulary/characters';

/** One format of counters, interfaces or routes: how to know it and how to read its lines. */
export interface CounterFormat extends CounterSource {
  /** The commands that print it, as a Dialect declares its own. */
  readonly commands: readonly string[];

  /** What its lines are; counters where it is left out. */
  readonly lineClass?: LineClass.Interface | LineClass.Route;

  /** What reads the lines below a title; undefined where the line is none of this format. */
  begin(line: Line, sink: CounterSink): CounterBlock | undefined;

  /**
   * Reads a line that stands without its title, as grep cuts it out; false where it may be other
   * text. `asked` is the last word of the command right above; empty where none is.
   */
  readAlone?(line: Line, sink: CounterSink, asked: string): boolean;

  /** Reads a line that counts only among others like it; false if it is none of these. */
  readAmong?(line: Line, sink: CounterSink): boolean;

  /** Whether lines for {@link readAmong}, one below the other, are no chance, by the names that they count. */
  believes?(names: readonly string[]): boolean;
}

/** The lines below a title, up to the first that it cannot read. */
export interface CounterBlock {
  /** What tells the title from others: when it comes again, that is another moment. */
  readonly title: string;
  /** Whether it is a section out of which counters that are 0 are left. */
  readonly sparse?: true;
  /** Reads a line; false if it does not belong here. */
  read(line: Line, sink: CounterSink): boolean;
  /** Whether a line that nothing can read was meant as one of these. */
  resembles?(line: Line): boolean;
}

/** An interface as its lines tell it. */
export type InterfaceLines = Omit<Interface, 'line' | 'source'>;

/** A route as its line tells it. */
export type RouteLine = Omit<Route, 'line' | 'source'>;

/** A rule of policy routing as its line tells it. */
export type RuleLine = Omit<PolicyRule, 'line'>;

/**
 * Takes what a line tells. What it is told is also what hovers go by: the words of a counter
 * are found by its `raw`, beside its number or, where that is in a column, in the line of heads.
 */
export interface CounterSink {
  /** `number` is where its number stands in the line's text; `raw` the words that stand for it. */
  add(name: string, number: Span, raw: string, of?: CounterOf): void;
  /** A word of this line is the head of a column: the numbers of `name` stand in lines below. */
  head(name: string, word: Span): void;
  /** `again`: this line tells more of the interface above, of which it is all that is known. */
  addInterface(link: InterfaceLines, again?: boolean): void;
  /** `again` as for {@link addInterface}. */
  addRoute(route: RouteLine, again?: boolean): void;
  addRule(rule: RuleLine): void;
}

/** What a counter is of, where there are several of the name. */
export interface CounterOf {
  readonly family?: CounterFamily;
  readonly interface?: string;
}

/** Whether word `i` is a count; `-1` stands for none in some. */
export function isCount(line: Line, i: number): boolean {
  return COUNT.test(line.word(i));
}

const COUNT = /^-?\d{1,20}$/;

/** The section that a line is the title of (`Tcp:`), of those named; undefined if it is none. */
export function sectionOf(line: Line, sections: ReadonlySet<string>): string | undefined {
  const section = line.count === 1 && line.indent === 0 ? line.word(0).slice(0, -1) : '';
  return line.lastChar(0) === COLON && sections.has(section) ? section : undefined;
}

/** The words before a colon and a number at the end of the line; undefined if none are. */
export function wordsBeforeNumber(line: Line): string | undefined {
  const last = line.count - 1;
  if (!isCount(line, last) || line.lastChar(last - 1) !== COLON) {
    return undefined;
  }
  const text = line.rest(0);
  return text.slice(0, text.lastIndexOf(':'));
}

/** A word with a capital letter at its beginning, as names of counters are made of. */
export function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
