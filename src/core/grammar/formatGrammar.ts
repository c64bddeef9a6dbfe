import type { Rule } from './pattern';

/** Rules by names that no other format has. */
export type Rules = Readonly<Record<string, Rule>>;

/**
 * A format's part of the grammar and of the language's first line. It stands beside the format, in
 * `NAME.grammar.ts`, which the generator finds and the bundles leave out.
 */
export interface FormatGrammar {
  /** Rules for its rows. The first rule that matches a line has it, so be unmistakable. */
  readonly rows?: Rules;
  /*
   * Rules that are tried before all others, for the speed of it: those that most dumps are of, those
   * that cost little, and then those of which other dumps are full.
   */
  readonly common?: Rules;
  readonly short?: Rules;
  readonly frequent?: Rules;
  /** Rules for parts of a row, to be included. */
  readonly parts?: Rules;
  /** How remarks of the tool between its rows begin. */
  readonly notices?: readonly string[];
  /**
   * Expressions for rows that may be the first line of a file; its titles, headers and commands
   * need none.
   */
  readonly firstLines?: readonly string[];
}
