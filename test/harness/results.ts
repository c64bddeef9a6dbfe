import { writeFileSync } from 'node:fs';

export interface Counts {
  passed: number;
  failed: number;
  pending: number;
  failedTests: { title: string; error: string }[];
}

/** Leaves the counts and failures where scripts/test.mjs looks for them. */
export function saveCounts(counts: Counts): void {
  const file = process.env['NETSTAT_LENS_COUNTS'];
  if (file) writeFileSync(file, JSON.stringify(counts));
}
