import { spelledOut } from '../../wording/visible';
import type { Dump } from '../../reading/dump';
import { firstIndex } from '../../model/search';
import { type Cell, CSV_NAMES, socketCells } from '../../model/socketFields';
import type { Reported } from './json';
import { counterRecords, type SocketsOf } from './ndjson';

const HEADER = line(['source', 'snapshot', 'time', ...CSV_NAMES]);

/** Columns of counters, as in NDJSON. */
const COUNTER_NAMES = [
  'source',
  'host',
  'snapshot',
  'time',
  'seconds',
  'system',
  'line',
  'tool',
  'kind',
  'name',
  'family',
  'interface',
  'value',
  'raw',
];

/**
 * All sockets of dumps as comma-separated values (RFC 4180), piece by piece. Each is there once for
 * each moment, though several rows may show it.
 */
export function* csvReport(reports: Iterable<Reported>): Generator<string> {
  yield HEADER;
  for (const { source, analysis } of reports) {
    yield* csvSockets([{ source, dump: analysis.dump }]);
  }
}

/** The first line of all sockets, or of all counters. */
export function csvHeader(list: 'sockets' | 'counters'): string {
  return list === 'counters' ? line(COUNTER_NAMES) : HEADER;
}

/** All sockets of dumps, without the first line. */
export function* csvSockets(dumps: Iterable<SocketsOf>): Generator<string> {
  for (const { source, dump } of dumps) {
    for (const [snapshot, { firstRow, endRow, repeats }] of dump.snapshots.entries()) {
      for (let row = firstRow; row < endRow; row++) {
        if (!repeats.has(row)) {
          yield socketLine(source, dump, snapshot, row);
        }
      }
    }
  }
}

/** All counters of dumps, one a line: a table of its own, for a CSV has one kind of rows. */
export function* csvCounters(reports: Iterable<SocketsOf>): Generator<string> {
  for (const record of counterRecords(reports)) {
    yield line(COUNTER_NAMES.map(name => record[name] ?? null));
  }
}

/** Some sockets of one dump, in the order given. */
export function* csvRows(source: string, dump: Dump, rows: Iterable<number>): Generator<string> {
  yield HEADER;
  const { snapshots } = dump;
  for (const row of rows) {
    const snapshot = firstIndex(snapshots.length, i => snapshots[i]!.endRow > row);
    yield socketLine(source, dump, snapshot, row);
  }
}

function socketLine(
  source: string,
  { table, snapshots }: Dump,
  snapshot: number,
  row: number,
): string {
  const time = snapshots[snapshot]?.time ?? null;
  return line([source, snapshot + 1, time, ...socketCells(table.socket(row))]);
}

function line(cells: readonly Cell[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

function cell(value: Cell): string {
  if (value === null || typeof value === 'number') {
    return String(value ?? '');
  }
  const shown = spelledOut(value);
  // A spreadsheet would run a program's name that begins like a formula, also behind blanks, in
  // full-width characters, or behind what separates cells in many countries.
  const safe = /(?:^|;)\s*[=+\-@＝＋－＠]/.test(shown) ? `'${shown}` : shown;
  return /[",;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
