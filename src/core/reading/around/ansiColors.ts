import { type Clean, edited, unchanged } from './cleanText';

const ESCAPE = '\u001b';

/*
 * Colors of `grep --color` and terminals (ECMA-48): `ESC [ … m` and other control sequences, and
 * `ESC ] … BEL`. They stand in the middle of addresses, so a line is read without them.
 */
export const SEQUENCE =
  /\u001b(?:\[[0-?]{0,40}[ -/]{0,8}[@-~]|\][^\u0007\u001b]{0,500}(?:\u0007|\u001b\\)|[ -/]{0,8}[0-Z\\^-~])?/g;

/** Whether a text holds control sequences anywhere. */
export function isColored(text: string): boolean {
  return text.includes(ESCAPE);
}

/** The line `text[start, end)` without control sequences; undefined if it has none. */
export function uncolored(text: string, start: number, end: number): Clean | undefined {
  return text.slice(start, end).includes(ESCAPE)
    ? edited(unchanged(text, start, end), SEQUENCE, () => '')
    : undefined;
}
