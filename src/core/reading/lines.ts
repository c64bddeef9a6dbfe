/**
 * Calls `take(start, end)` for every line of a text. CR LF, LF and CR end a line; an end of line
 * at the very end starts no further line.
 */
export function forEachLine(text: string, take: (start: number, end: number) => void): void {
  const length = text.length;
  let start = 0;
  let feed = text.indexOf('\n');
  let ret = text.indexOf('\r');
  while (start < length) {
    if (feed !== -1 && feed < start) {
      feed = text.indexOf('\n', start);
    }
    if (ret !== -1 && ret < start) {
      ret = text.indexOf('\r', start);
    }
    if (ret !== -1 && (feed === -1 || ret < feed)) {
      take(start, ret);
      start = feed === ret + 1 ? feed + 1 : ret + 1;
    } else if (feed !== -1) {
      take(start, feed);
      start = feed + 1;
    } else {
      take(start, length);
      start = length;
    }
  }
}
