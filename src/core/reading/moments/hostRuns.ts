import { addTo } from '../../model/maps';
import { firstIndex } from '../../model/search';
import { NOTHING_BESIDE, type Snapshot } from '../../model/snapshot';
import { COLUMNS, emptied } from '../../model/socketColumns';
import { SocketTable } from '../../model/socketTable';

/** Rows and snapshots with those of each host together. */
export interface ByHost {
  readonly table: SocketTable;
  readonly snapshots: readonly Snapshot[];
}

/**
 * Which host the prefixes of lines name (pods of `stern`, services of `docker compose`, hosts of
 * `pdsh` and of a log): their rows come in any order, and one moment of each is one snapshot.
 */
export class HostRuns {
  /** Rows at which another host begins, and its name. */
  private rows: number[] = [];
  private hosts: string[] = [];

  /** A row's prefix names a host; null where it names none, which leaves the row with the last. */
  public add(row: number, host: string | null): void {
    if (host !== null && host !== this.hosts.at(-1)) {
      this.rows.push(row);
      this.hosts.push(host);
    }
  }

  /**
   * Whether rows of other hosts stand above, of one moment, but none of this host yet: its header
   * begins no other moment.
   */
  public isNew(host: string | null, rows: number): boolean {
    return host !== null && rows > 0 && this.hosts.length > 0 && !this.hosts.includes(host);
  }

  /** Whether more than one host was named. */
  public get several(): boolean {
    return this.rows.length > 1;
  }

  /** Takes note that the first rows are forgotten. */
  public forget(count: number): void {
    const later = firstIndex(this.rows.length, run => this.rows[run]! > count);
    const first = Math.max(later - 1, 0);
    this.rows = this.rows.slice(first).map(row => Math.max(row - count, 0));
    this.hosts = this.hosts.slice(first);
  }

  /** Divides the snapshots that have rows of several hosts. */
  public divide(table: SocketTable, snapshots: readonly Snapshot[]): ByHost {
    const order = new Uint32Array(table.length);
    const divided: Snapshot[] = [];
    let place = 0;
    let run = 0;
    for (const snapshot of snapshots) {
      const parts = new Map<string, number[]>();
      while (run > 0 && this.rows[run]! > snapshot.firstRow) {
        run--;
      }
      for (let row = snapshot.firstRow; row < snapshot.endRow; row++) {
        while (run + 1 < this.rows.length && this.rows[run + 1]! <= row) {
          run++;
        }
        addTo(parts, this.rows[run]! <= row ? this.hosts[run]! : '', row);
      }
      if (parts.size < 2) {
        divided.push(snapshot);
      }
      for (const [host, rows] of parts) {
        const firstRow = place;
        for (const row of rows) {
          order[place++] = row;
        }
        if (parts.size > 1) {
          const line = divided.length === 0 ? snapshot.line : table.line[rows[0]!]!;
          const endLine = table.line[rows.at(-1)!]! + 1;
          divided.push({
            ...snapshot,
            host: host === '' ? snapshot.host : host,
            line: Math.max(line, snapshot.line),
            endLine: Math.min(endLine, snapshot.endLine),
            firstRow,
            endRow: place,
            // Nothing says which of the hosts counts them.
            ...NOTHING_BESIDE,
          });
        }
      }
    }
    return divided.length === snapshots.length
      ? { table, snapshots }
      : { table: arranged(table, order), snapshots: divided };
  }
}

/** The same rows in another order: at each place the row that is at `order[place]` before. */
function arranged(table: SocketTable, order: Uint32Array): SocketTable {
  const { length } = table;
  const inLineOrder = new Uint32Array(length);
  order.forEach((row, place) => (inLineOrder[row] = place));
  const result = new SocketTable(table.pool);
  result.length = length;
  result.inLineOrder = inLineOrder;
  table.components.forEach((names, row) => result.components.set(inLineOrder[row]!, names));
  table.sharedOwners.forEach((all, row) => result.sharedOwners.set(inLineOrder[row]!, all));
  table.looseWords.forEach((state, word) => result.looseWords.set(word, state));
  for (const { name, unset } of COLUMNS) {
    const column = table.columns[name];
    if (column !== undefined) {
      const moved = emptied(column, column.length, unset);
      for (let place = 0; place < length; place++) {
        moved[place] = column[order[place]!]!;
      }
      result.columns[name] = moved;
    }
  }
  return result;
}
