import type { SocketTable } from '../model/socketTable';
import type { Family } from '../vocabulary/protocol';
import type { SnapshotIndex } from './snapshotIndex';

/** Whether a snapshot has no TCP socket of an address family that some rows of another one are of. */
export function lacksFamilies(
  { snapshot, table }: SnapshotIndex,
  others: SocketTable,
  rows: Iterable<number>,
): boolean {
  const missing = new Set<Family>();
  for (const row of rows) {
    const family = others.familyOf(row);
    if (family !== null) {
      missing.add(family);
    }
  }
  for (let row = snapshot.firstRow; row < snapshot.endRow && missing.size > 0; row++) {
    if (table.isTcp(row)) {
      // ss prints `*` for what listens on IPv6 and IPv4.
      missing.delete(table.familyOf(row) ?? 'ipv6');
    }
  }
  return missing.size > 0;
}
