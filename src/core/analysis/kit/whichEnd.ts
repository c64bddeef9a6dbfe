import type { SnapshotIndex } from '../../index/snapshotIndex';

/** Rows that are looked at. */
const TELLING = 100;

/**
 * Which end of all these connections this one is: the one that connected, or that accepted. Null
 * where it is not the same of all, or not known. Where ports for outgoing connections begin low,
 * those to a port to which others are clients are taken for clients, too.
 */
export function endOf(index: SnapshotIndex, rows: Uint32Array): 'client' | 'server' | null {
  const { remotePort } = index.table;
  const servers = new Set<number>();
  const open = new Set<number>();
  let end: 'client' | 'server' | null = null;
  for (const row of rows.subarray(0, TELLING)) {
    const role = index.roleOf(row);
    if (role === 'unknown') {
      open.add(remotePort[row]!);
    } else if (end !== null && end !== role) {
      return null;
    } else {
      end = role;
      servers.add(remotePort[row]!);
    }
  }
  return open.size === 0 || (end === 'client' && [...open].every(port => servers.has(port)))
    ? end
    : null;
}
