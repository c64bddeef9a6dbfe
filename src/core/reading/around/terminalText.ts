import { isColored, SEQUENCE } from './ansiColors';

/** Terminals draw there what is no output to be read: editors, pagers, `watch`. */
const OTHER_SCREEN = /\u001b\[\?(?:1049|1047|47)h/;

/** Characters that the longest beginning of such a sequence has, where a chunk cuts it. */
export const CUT = 8;

/** Whether a program has begun to draw on the alternate screen. */
export function drawsOnScreen(output: string): boolean {
  return OTHER_SCREEN.test(output);
}

/** Blanks that one sequence may stand for at most. */
const MOST_BLANKS = 500;

/** The cursor moved on, as Windows prints runs of blanks. */
const FORWARD = /^\u001b\[(\d{0,4})C$/;

/** The cursor in the first column of another line. */
const NEW_LINE = /^\u001b\[(?:\d{0,4}(?:;1?)?[Hf]|\d{0,4}E)$/;

/** What a terminal was told, as the text that it shows: without colors, marks and moves. */
export function terminalText(output: string): string {
  const bare = isColored(output) ? output.replace(SEQUENCE, standsFor) : output;
  return bare.replace(/\r{1,8}\n/g, '\n').replace(/[\u0000-\u0008\u000b-\u000c\u000e-\u001a]/g, '');
}

function standsFor(sequence: string): string {
  const count = FORWARD.exec(sequence)?.[1];
  if (count !== undefined) {
    return ' '.repeat(Math.min(Number(count) || 1, MOST_BLANKS));
  }
  return NEW_LINE.test(sequence) ? '\n' : '';
}
