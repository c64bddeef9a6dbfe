/**
 * How many letters have to be inserted, removed, replaced or swapped with the next one to make one
 * word of another; null if it is more than `most`.
 */
export function distance(a: string, b: string, most: number): number | null {
  if (Math.abs(a.length - b.length) > most) {
    return null;
  }
  let before: readonly number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const changed = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
          ? before[j - 2]! + 1
          : Infinity;
      const here = Math.min(changed, swapped, row[j]! + 1, next[j - 1]! + 1);
      next.push(here);
      least = Math.min(least, here);
    }
    if (least > most) {
      return null;
    }
    before = row;
    row = next;
  }
  const [last] = row.slice(-1);
  return last === undefined || last > most ? null : last;
}
