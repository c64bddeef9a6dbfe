import { firstIndex } from '../../core/model/search';

/** First and last position of rows that follow each other. */
export type Range = readonly [first: number, last: number];

/** Selected rows as ranges, ascending and apart, so that all of a million are one range. */
export type Ranges = readonly Range[];

export const NONE_SELECTED: Ranges = [];

/** Whether a row is selected. */
export function hasRow(ranges: Ranges, row: number): boolean {
  const found = ranges[firstIndex(ranges.length, i => ranges[i]![1] >= row)];
  return found !== undefined && found[0] <= row;
}

/** How many rows are selected. */
export function countRows(ranges: Ranges): number {
  return ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

/** The range between two rows, whichever comes first. */
export function between(a: number, b: number): Range {
  return a < b ? [a, b] : [b, a];
}

/** With one more row, or without it if it was selected. */
export function toggleRow(ranges: Ranges, row: number): Ranges {
  if (!hasRow(ranges, row)) {
    return joined([...ranges, [row, row]]);
  }
  return ranges.flatMap(([first, last]): Range[] => {
    if (row < first || row > last) {
      return [[first, last]];
    }
    const before: Range = [first, row - 1];
    const after: Range = [row + 1, last];
    return [before, after].filter(([from, to]) => from <= to);
  });
}

/** Ranges in order, those that touch made one. */
function joined(ranges: readonly Range[]): Ranges {
  const result: Range[] = [];
  for (const range of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last !== undefined && range[0] <= last[1] + 1) {
      result[result.length - 1] = [last[0], Math.max(last[1], range[1])];
    } else {
      result.push(range);
    }
  }
  return result;
}
