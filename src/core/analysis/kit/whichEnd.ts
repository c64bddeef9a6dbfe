import type { SnapshotIndex } from '../../index/snapshotIndex';

/** Rows that are looked at. */
const TELLING = 100;

/**
 * Which end of all these connections this one is: the one that connected, or that accepted. Null
 * where it is not the same of all, or not known.
 */
export function endOf(index: SnapshotIndex, rows: Uint32Array): 'client' | 'server' | null {
  const roles = new Set(Array.from(rows.subarray(0, TELLING), row => index.roleOf(row)));
  const [role = 'unknown'] = roles;
  return roles.size > 1 || role === 'unknown' ? null : role;
}
