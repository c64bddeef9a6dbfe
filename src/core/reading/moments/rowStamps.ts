import { firstIndex } from '../../model/search';
import { millisecondsOf, timeOf, YEAR, yearlessTimeOf } from '../around/timestamps';

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
const FRACTION = /:(\d\d)([.,]\d{1,9})/;

/** The times that stand before rows. */
export class RowStamps {
  public runs: Run[] = [];
  private last = '';
  /** The last stamp without its part of a second, and what it says: many rows are of one second. */
  private second: Second = { text: '', time: null, clock: null, at: null };

  /** A row's prefix has a time, as printed. */
  public add(row: number, line: number, stamp: string): void {
    if (stamp === this.last) {
      return;
    }
    this.last = stamp;
    const [, , digits = ''] = FRACTION.exec(stamp) ?? [];
    const text = stamp.replace(FRACTION, ':$1');
    const last = this.runs.at(-1)?.at;
    if (text !== this.second.text) {
      this.second = secondOf(text, last);
    }
    const { time, clock, at: second } = this.second;
    if (second === null) {
      return;
    }
    const at = second + Number(`0${digits.replace(',', '.')}`) * 1000;
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

/** What a stamp of whole seconds says. */
interface Second extends Pick<Run, 'time' | 'clock'> {
  readonly text: string;
  readonly at: number | null;
}

function secondOf(text: string, above: number | undefined): Second {
  const time = timeOf(text) ?? null;
  const clock = time === null ? yearlessTimeOf(text) : null;
  const at =
    clock === null
      ? // Of a clock alone, all are of one day.
        millisecondsOf(time ?? `1970-01-01T${CLOCK.exec(text)?.[0] ?? ''}`)
      : inYearOf(above ?? clock, clock);
  return { text, time, clock, at };
}

/** A clock that stands below another, which may be of the year before: then it is far behind that. */
export function inYearOf(above: number, clock: number): number {
  return clock + Math.max(0, Math.round((above - clock) / YEAR)) * YEAR;
}
