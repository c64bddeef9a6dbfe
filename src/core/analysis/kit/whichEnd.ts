import type { SnapshotIndex } from '../../index/snapshotIndex';

/** Rows that are looked at. */
const TELLING = 100;

/**
 * Which end of all these connections this one is: the one that connected, or that accepted. Null
 * where it is not the same of all, or not known.
 */
export function endOf(index: SnapshotIndex, rows: Uint32Array): 'client' | 'server' | null {
  let end: 'client' | 'server' | null = null;
  for (let i = 0; i < Math.min(rows.length, TELLING); i++) {
    const role = index.roleOf(rows[i]!);
    if (role === 'unknown' || (end !== null && role !== end)) {
      return null;
    }
    end = role;
  }
  return end;
}
