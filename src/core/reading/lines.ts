/**
 * Calls `take(start, end)` for every line of a text. CR LF, LF and CR end a line; an end of line
 * at the very end starts no further line.
 */
export function forEachLine(text: string, take: (start: number, end: number) => void): void {
  if (text.includes('\r')) {
    forEachMixedLine(text, take);
  } else {
    forEachFeedLine(text, take);
  }
}

/*
 * Two loops, since V8 takes indexOf for free of effects and may move a search for the one
 * character before the test whether it is needed: a text without it would then be searched to its
 * end for every line.
 */

function forEachFeedLine(text: string, take: (start: number, end: number) => void): void {
  let start = 0;
  while (start < text.length) {
    const feed = text.indexOf('\n', start);
    const end = feed === -1 ? text.length : feed;
    take(start, end);
    start = end + 1;
  }
}

function forEachMixedLine(text: string, take: (start: number, end: number) => void): void {
  let start = 0;
  while (start < text.length) {
    const end = endOfLine(text, start);
    take(start, end);
    start = nextLine(text, end);
  }
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
