import { spelledOut } from '../wording/visible';
import type { Dump } from '../reading/dump';
import { type Cell, CSV_NAMES, socketCells } from '../model/socketFields';
import type { Reported } from './json';

const HEADER = line(['source', 'snapshot', 'time', ...CSV_NAMES]);

/** All sockets of dumps as comma-separated values (RFC 4180), piece by piece. */
export function* csvReport(reports: Iterable<Reported>): Generator<string> {
  yield HEADER;
  for (const { source, analysis } of reports) {
    const { dump } = analysis;
    for (const { firstRow, endRow } of dump.snapshots) {
      for (let row = firstRow; row < endRow; row++) {
        yield socketLine(source, dump, row);
      }
    }
  }
}

/** Some sockets of one dump, in the order given. */
export function* csvRows(source: string, dump: Dump, rows: Iterable<number>): Generator<string> {
  yield HEADER;
  for (const row of rows) {
    yield socketLine(source, dump, row);
  }
}

function socketLine(source: string, { table, snapshots }: Dump, row: number): string {
  const number = snapshots.findIndex(({ firstRow, endRow }) => firstRow <= row && row < endRow);
  const time = snapshots[number]?.time ?? null;
  return line([source, number + 1, time, ...socketCells(table.socket(row))]);
}

function line(cells: readonly Cell[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

function cell(value: Cell): string {
  if (value === null || typeof value === 'number') {
    return String(value ?? '');
  }
  const shown = spelledOut(value);
  // A spreadsheet would run a program's name that begins like a formula, also behind blanks.
  const safe = /^\s*[=+\-@]/.test(shown) ? `'${shown}` : shown;
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
