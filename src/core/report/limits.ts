import type { RuleCode } from '../analysis/finding';
import type { Block } from './blocks';
import { renderMarkdown } from './markdown';
import { renderTerminal, type TerminalOptions } from './terminal';

/** How much of an analysis a report shows. */
export interface View {
  /** Findings with what to do and what proves them. */
  readonly full: number;
  /** Further findings, each on one line. */
  readonly short: number;
  /** Rows that any table or list has. */
  readonly rows: number;
  /** Whether reasons, other explanations and sources are shown, too. */
  readonly explain: boolean;
  /** The rules whose findings are shown; null for all. */
  readonly rules: readonly RuleCode[] | null;
}

/** Everything. */
export const ALL: View = {
  full: Infinity,
  short: Infinity,
  rows: Infinity,
  explain: false,
  rules: null,
};

/** What a report shows by itself. */
export const USUAL: View = { full: 3, short: 7, rows: 5, explain: false, rules: null };

/** Less and less. */
const LESS: readonly View[] = [
  USUAL,
  { ...USUAL, rows: 3 },
  { ...USUAL, full: 2, rows: 3 },
  { ...USUAL, full: 1, rows: 3 },
  { ...USUAL, full: 1, short: 3, rows: 2 },
  { ...USUAL, full: 0, short: 10, rows: 2 },
  { ...USUAL, full: 0, short: 5, rows: 1 },
];

/** Views of a ticket, from which is taken the first that fits. */
const TICKETS: readonly View[] = [{ ...USUAL, full: 5, short: 20, rows: 10 }, ...LESS];

/** Lines that a report in a terminal has at most. */
export const MOST_LINES = 60;

/** Bytes that a ticket has at most. */
export const MOST_BYTES = 20 * 1024;

const encoder = new TextEncoder();

/** Rows of each list of a difference, less and less. */
const DIFF_ROWS = [50, 20, 10, 7, 5, 3, 2, 1];

/** A report on a difference with as many rows as fit. */
export function diffWithin(
  render: (rows: number) => string,
  fits: (text: string) => boolean,
): string {
  let text = '';
  for (const rows of DIFF_ROWS) {
    text = render(rows);
    if (fits(text)) {
      break;
    }
  }
  return text;
}

/** Whether a text is no longer than people read in a terminal. */
export function fitsTerminal(text: string): boolean {
  return linesIn(text) <= MOST_LINES;
}

/** Whether a text is no longer than a ticket takes. */
export function fitsTicket(text: string): boolean {
  return encoder.encode(text).length <= MOST_BYTES;
}

/** A report for a terminal, of no more lines than people read; `last` stands where it is cut. */
export function textWithin(
  build: (view: View) => readonly Block[],
  options: TerminalOptions,
  last: string,
  most = MOST_LINES,
): string {
  let text = '';
  for (const view of LESS) {
    text = renderTerminal(build(view), options);
    if (linesIn(text) <= most) {
      return text;
    }
  }
  const lines = text.split('\n').slice(0, most - 1);
  return `${[...lines, last].join('\n')}\n`;
}

/** A report for a ticket, of no more bytes than a ticket takes. */
export function ticketWithin(build: (view: View) => readonly Block[]): string {
  let text = '';
  for (const view of TICKETS) {
    text = renderMarkdown(build(view));
    if (fitsTicket(text)) {
      return text;
    }
  }
  // Only names that are as long as pages come here.
  const cut = new TextDecoder().decode(encoder.encode(text).subarray(0, MOST_BYTES - 16));
  return `${cut.slice(0, cut.lastIndexOf('\n\n'))}\n\n…\n`;
}

export function linesIn(text: string): number {
  return text.split('\n').length - 1;
}
