import { firstIndex } from '../../model/search';
import { NOTHING_BESIDE, type Snapshot } from '../../model/snapshot';
import type { SocketTable } from '../../model/socketTable';
import { repeatedRows } from './copies';
import { inYearOf, type Run } from './rowStamps';

/*
 * What loggers, `ts` and `docker logs -t` put before rows says when each was printed. A listing
 * that is taken again and again without a header (`ss -Htan | ts`) is told by that alone. But one
 * that waits for names prints slowly, too: rows are of another moment only where one shows a
 * connection again that was listed before, or much more time went by than between any others.
 */

/** Milliseconds between rows that are of two moments, if the second has a connection of the first. */
const AGAIN = 500;

/**
 * Milliseconds between rows that are of two moments, whatever they show: looking up a name takes no
 * longer (resolv.conf(5): 5 s, twice, for each of three servers). And how many times as long as any
 * pause within a listing.
 */
const PAUSE = 45_000;
const TIMES = 10;

/** Divides the snapshots whose rows are of several moments by their stamps. */
export function byStamps(
  table: SocketTable,
  snapshots: readonly Snapshot[],
  runs: readonly Run[],
): readonly Snapshot[] {
  const divided =
    runs.length < 2
      ? snapshots
      : snapshots.flatMap(snapshot => {
          const { firstRow, endRow } = snapshot;
          const from = firstIndex(runs.length, run => runs[run]!.row > firstRow);
          const to = firstIndex(runs.length, run => runs[run]!.row >= endRow);
          const own = runs.slice(Math.max(from - 1, 0), to);
          return partsOf(snapshot, momentsOf(table, snapshot, own));
        });
  return withComparableClocks(divided);
}

/** The runs with which the moments of a snapshot begin, but the first. */
function momentsOf(table: SocketTable, snapshot: Snapshot, runs: readonly Run[]): readonly Run[] {
  const pauses = runs.map(({ at }, i) => (i === 0 ? 0 : at - runs[i - 1]!.at));
  // Where time goes back, rows were sorted or pasted again.
  if (runs.length < 2 || pauses.some(pause => !(pause >= 0))) {
    return [];
  }
  const within = pauses.reduce((most, pause) => (pause < PAUSE ? Math.max(most, pause) : most), 0);
  const before = previousRows(table, snapshot);
  const found: Run[] = [];
  /** The run after the longest pause of the moment, which shows nothing again so far. */
  let begin = 0;
  /** Runs up to this one, each with a shorter pause before it than those above have. */
  const longest: number[] = [];
  runs.forEach((run, i) => {
    while (longest.length > 0 && pauses[longest.at(-1)!]! <= pauses[i]!) {
      longest.pop();
    }
    longest.push(i);
    const end = runs[i + 1]?.row ?? snapshot.endRow;
    const first = Math.max(runs[begin]!.row, snapshot.firstRow);
    let again = -1;
    for (let row = Math.max(run.row, snapshot.firstRow); row < end; row++) {
      again = Math.max(again, before.get(row) ?? -1);
    }
    let next = -1;
    if (pauses[i]! >= Math.max(PAUSE, within * TIMES)) {
      next = i;
    } else if (again >= first && again < run.row) {
      const place = firstIndex(longest.length, k => {
        const later = longest[k]!;
        return later > begin && runs[later]!.row > again;
      });
      const longestSince = longest[place]!;
      next = pauses[longestSince]! >= AGAIN ? longestSince : -1;
    }
    if (next > begin) {
      begin = next;
      found.push(runs[next]!);
    }
  });
  return found;
}

/** Of each row that shows a connection again, the last row above that shows it. */
function previousRows(table: SocketTable, snapshot: Snapshot): ReadonlyMap<number, number> {
  const last = new Map<number, number>();
  const previous = new Map<number, number>();
  const repeats = [...repeatedRows(table, snapshot)].sort(([a], [b]) => a - b);
  for (const [row, first] of repeats) {
    previous.set(row, last.get(first) ?? first);
    last.set(first, row);
  }
  return previous;
}

function partsOf(snapshot: Snapshot, moments: readonly Run[]): Snapshot[] {
  const parts: Snapshot[] = [];
  let rest = snapshot;
  for (const { row, line, time, clock } of moments) {
    parts.push({ ...rest, endRow: row, endLine: line });
    rest = { ...rest, ...NOTHING_BESIDE, firstRow: row, line, time, clock };
  }
  return [...parts, rest];
}

/**
 * The same snapshots, with clocks that can be compared: where one of a host has a date and another
 * has none without its year, they cannot, and December comes before January.
 */
function withComparableClocks(snapshots: readonly Snapshot[]): readonly Snapshot[] {
  if (snapshots.every(({ clock }) => clock === null)) {
    return snapshots;
  }
  const dated = new Set(
    snapshots.filter(({ time }) => time !== null).map(({ host, source }) => keyOf(host, source)),
  );
  const last = new Map<string, number>();
  return snapshots.map(one => {
    const key = keyOf(one.host, one.source);
    if (one.clock === null || dated.has(key)) {
      return one.clock === null ? one : { ...one, clock: null };
    }
    const clock = inYearOf(last.get(key) ?? one.clock, one.clock);
    last.set(key, clock);
    return { ...one, clock };
  });
}

function keyOf(host: string | null, source: string | null): string {
  return JSON.stringify([host, source]);
}
