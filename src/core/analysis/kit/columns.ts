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
