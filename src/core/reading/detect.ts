import { endOfLine, nextLine } from '../parsing/lines';
import { readDump } from './reader';

/** How many lines at the head of a document are looked at. */
export const DETECTION_LINES = 200;

/** Rows below a header that make a text a dump for certain. */
const ENOUGH_ROWS = 2;

/** Rows without a header that make it one. */
const ENOUGH_BARE_ROWS = 5;

/**
 * Whether a text is a socket dump: a known header with two rows, or, for output cut out with
 * grep, nothing but rows. A source file that quotes a dump in a comment is none: most of the
 * lines that are not blank have to belong to the dump.
 */
export function isDump(text: string): boolean {
  const { lines } = readDump(text.slice(0, endOfHead(text)));
  const read = lines.socket + lines.header + lines.continuation;
  const other = lines.text + lines.unrecognized;
  return lines.socket >= (lines.header > 0 ? ENOUGH_ROWS : ENOUGH_BARE_ROWS) && read > other;
}

/** Where the lines end that are looked at. */
function endOfHead(text: string): number {
  let end = 0;
  for (let line = 0; line < DETECTION_LINES && end < text.length; line++) {
    end = nextLine(text, endOfLine(text, end));
  }
  return end;
}
