import { firstIndex } from '../model/search';
import { millisecondsOf, timeOf, yearlessTimeOf } from './around/timestamps';

/** Rows from one on that have the same stamp. */
export interface Run {
  readonly row: number;
  readonly line: number;
  readonly time: string | null;
  readonly clock: number | null;
  /** Milliseconds, to be compared with those of the same text. */
  readonly at: number;
}

/** The time of day in a stamp, and the part of a second behind it. */
const CLOCK = /\d\d:\d\d:\d\d/;
const FRACTION = /:\d\d([.,]\d{1,9})/;

/** The times that stand before rows. */
export class RowStamps {
  public runs: Run[] = [];
  private last = '';

  /** A row's prefix has a time, as printed. */
  public add(row: number, line: number, stamp: string): void {
    if (stamp === this.last) {
      return;
    }
    this.last = stamp;
    const time = timeOf(stamp) ?? null;
    const clock = time === null ? yearlessTimeOf(stamp) : null;
    // Of a clock alone, all are of one day.
    const last = this.runs.at(-1)?.at;
    const second =
      clock === null
        ? millisecondsOf(time ?? `1970-01-01T${CLOCK.exec(stamp)?.[0] ?? ''}`)
        : inYearOf(last ?? clock, clock);
    if (second === null) {
      return;
    }
    const at = second + Number(`0${FRACTION.exec(stamp)?.[1]?.replace(',', '.') ?? ''}`) * 1000;
    if (at !== last) {
      this.runs.push({ row, line, time, clock, at });
    }
  }

  /** Takes note that the first rows are forgotten. */
  public forget(count: number): void {
    const later = firstIndex(this.runs.length, run => this.runs[run]!.row > count);
    this.runs = this.runs
      .slice(Math.max(later - 1, 0))
      .map(run => ({ ...run, row: Math.max(run.row - count, 0) }));
  }
}

const YEAR = 365 * 24 * 3_600_000;

/** A clock that stands below another, which may be of the year before: then it is far behind that. */
export function inYearOf(above: number, clock: number): number {
  return clock + Math.max(0, Math.round((above - clock) / YEAR)) * YEAR;
}
