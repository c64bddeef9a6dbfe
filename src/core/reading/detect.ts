import { LineClass } from '../model/lineClass';
import { DumpReader } from './reader';
import { forEachLine } from './lines';

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
  const reader = new DumpReader();
  const counts = new Uint32Array(LineClass.Unrecognised + 1);
  let lines = 0;
  forEachLine(text, (start, end) => {
    if (lines < DETECTION_LINES) {
      lines++;
      const kind = reader.read(text, start, end);
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
  });
  const rows = counts[LineClass.Socket] ?? 0;
  const headers = counts[LineClass.Header] ?? 0;
  const read = rows + headers + (counts[LineClass.Continuation] ?? 0);
  const other = (counts[LineClass.Text] ?? 0) + (counts[LineClass.Unrecognised] ?? 0);
  return rows >= (headers > 0 ? ENOUGH_ROWS : ENOUGH_BARE_ROWS) && read > other;
}
