import { spelledOut } from '../wording/visible';
import type { Dump } from '../reading/dump';
import type { Endpoint, Socket } from '../model/socket';
import type { Reported } from './json';

const COLUMNS = [
  'source',
  'snapshot',
  'time',
  'line',
  'protocol',
  'family',
  'state',
  'local_address',
  'local_port',
  'remote_address',
  'remote_port',
  'recv_q',
  'send_q',
  'pid',
  'process',
  'user',
  'inode',
] as const;

/** All sockets of dumps as comma-separated values (RFC 4180), piece by piece. */
export function* csvReport(reports: Iterable<Reported>): Generator<string> {
  yield line(COLUMNS);
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
  yield line(COLUMNS);
  for (const row of rows) {
    yield socketLine(source, dump, row);
  }
}

function socketLine(source: string, { table, snapshots }: Dump, row: number): string {
  const socket = table.socket(row);
  const number = snapshots.findIndex(({ firstRow, endRow }) => firstRow <= row && row < endRow);
  return line([
    source,
    number + 1,
    snapshots[number]?.time ?? null,
    socket.line + 1,
    socket.protocol,
    socket.family,
    socket.state ?? socket.rawState,
    ...endCells(socket.local),
    ...endCells(socket.remote),
    socket.recvQ,
    socket.sendQ,
    owners(socket, ({ pid }) => pid),
    owners(socket, ({ process }) => process),
    socket.user,
    socket.inode,
  ]);
}

function endCells(end: Endpoint | null): [string | null, number | string | null] {
  return end === null ? [null, null] : [end.address, end.port ?? end.service];
}

function owners(
  socket: Socket,
  of: (owner: Socket['owners'][number]) => string | number | null,
): string | null {
  const parts = new Set(socket.owners.map(of).filter(part => part !== null));
  return parts.size === 0 ? null : [...parts].join(' ');
}

function line(cells: readonly (string | number | null)[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

function cell(value: string | number | null): string {
  if (value === null || typeof value === 'number') {
    return String(value ?? '');
  }
  const shown = spelledOut(value);
  // A spreadsheet would run a program's name that begins like a formula, also behind blanks.
  const safe = /^\s*[=+\-@]/.test(shown) ? `'${shown}` : shown;
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
