/** A loop that {@link lineLoop} chose for a text. */
type LineLoop = (
  text: string,
  take: (start: number, end: number) => number,
  limit: number,
  from: number,
) => number;

/**
 * The loop over the lines of a text: it calls `take(start, end)` for every line from `from` up to
 * `limit`, where lines begin. CR LF, LF and CR end a line; an end of line at the very end starts no
 * further line. `take` gives where to go on, or {@link NEXT_LINE}. The loop gives where the first
 * line begins for which it was not called.
 */
export function lineLoop(text: string): LineLoop {
  return text.includes('\r') ? forEachMixedLine : forEachFeedLine;
}

/** What to give for going on with the line below. */
export const NEXT_LINE = -1;

/*
 * Two loops, since V8 takes indexOf for free of effects and may move a search for the one
 * character before the test whether it is needed: a text without it would then be searched to its
 * end for every line.
 */

function forEachFeedLine(
  text: string,
  take: (start: number, end: number) => number,
  limit: number,
  from: number,
): number {
  let start = from;
  while (start < limit) {
    const feed = text.indexOf('\n', start);
    const end = feed === -1 ? text.length : feed;
    const next = take(start, end);
    start = next === NEXT_LINE ? end + 1 : next;
  }
  return start;
}

function forEachMixedLine(
  text: string,
  take: (start: number, end: number) => number,
  limit: number,
  from: number,
): number {
  let start = from;
  while (start < limit) {
    const end = endOfLine(text, start);
    const next = take(start, end);
    start = next === NEXT_LINE ? nextLine(text, end) : next;
  }
  return start;
}

/**
 * Where the last line of a text begins whose end may be still to come: everything above is whole
 * lines. A CR at the very end may be half of a CR LF.
 */
export function startOfOpenLine(text: string): number {
  const feed = text.lastIndexOf('\n') + 1;
  // Searching forwards is many times faster, and mostly there is none.
  const last = text.length - 1;
  const carriage = last > 0 && text.includes('\r') ? text.lastIndexOf('\r', last - 1) + 1 : 0;
  return Math.max(feed, carriage);
}

/** Where the line that begins at `text[start]` ends, without its end-of-line characters. */
export function endOfLine(text: string, start: number): number {
  let i = start;
  while (i < text.length && text.charCodeAt(i) !== 10 && text.charCodeAt(i) !== 13) {
    i++;
  }
  return i;
}

/** Where the line after one that ends at `text[end]` begins. */
export function nextLine(text: string, end: number): number {
  return text.charCodeAt(end) === 13 && text.charCodeAt(end + 1) === 10
    ? end + 2
    : Math.min(end + 1, text.length);
}
