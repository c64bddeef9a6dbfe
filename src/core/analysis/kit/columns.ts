/** The largest value of a column in some rows; 0 where it is not printed. */
export function largest(rows: Uint32Array, column: Int32Array | undefined): number {
  let result = 0;
  if (column !== undefined) {
    for (const row of rows) {
      result = Math.max(result, column[row]!);
    }
  }
  return result;
}

/** The smallest of some numbers of rows; Infinity where there are none. */
export function smallest(rows: Uint32Array, valueOf: (row: number) => number): number {
  return rows.reduce((least, row) => Math.min(least, valueOf(row)), Infinity);
}
