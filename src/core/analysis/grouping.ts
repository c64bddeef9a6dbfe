/** Rows put together by a number, in the order of each number's first row. */
export function groupBy(
  rows: Uint32Array,
  keyOf: (row: number) => number,
): [key: number, rows: Uint32Array][] {
  const numbers = new Map<number, number>();
  const keys: number[] = [];
  const counts: number[] = [];
  const places = new Uint32Array(rows.length);
  let lastKey = 0;
  let last = -1;
  for (let i = 0; i < rows.length; i++) {
    const key = keyOf(rows[i]!);
    // Rows of one key often follow each other.
    if (last < 0 || key !== lastKey) {
      lastKey = key;
      last = numbers.get(key) ?? keys.length;
      if (last === keys.length) {
        numbers.set(key, last);
        keys.push(key);
        counts.push(0);
      }
    }
    places[i] = last;
    counts[last]!++;
  }
  const groups = counts.map(count => new Uint32Array(count));
  const filled = new Uint32Array(counts.length);
  for (let i = 0; i < rows.length; i++) {
    const group = places[i]!;
    groups[group]![filled[group]!++] = rows[i]!;
  }
  return keys.map((key, i) => [key, groups[i]!]);
}

/** The rows of some groups only, by the number of each row's group, in one pass. */
export function pick(
  rows: ArrayLike<number>,
  groups: ArrayLike<number>,
  wanted: readonly number[],
): Uint32Array[] {
  const places = new Map(wanted.map((group, place) => [group, place]));
  const lists: number[][] = wanted.map(() => []);
  if (wanted.length > 0) {
    for (let i = 0; i < rows.length; i++) {
      const place = places.get(groups[i]!);
      if (place !== undefined) {
        lists[place]!.push(rows[i]!);
      }
    }
  }
  return lists.map(list => new Uint32Array(list));
}

/** The rows that are in either of two ascending lists, ascending. */
export function union(a: Uint32Array, b: Uint32Array): Uint32Array {
  const result = new Uint32Array(a.length + b.length);
  let length = 0;
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    const left = a[i] ?? Infinity;
    const right = b[j] ?? Infinity;
    result[length++] = Math.min(left, right);
    if (left <= right) {
      i++;
    }
    if (right <= left) {
      j++;
    }
  }
  return result.slice(0, length);
}

/** Rows as a list of their own, ascending. */
export function ascending(rows: Uint32Array | readonly number[]): Uint32Array {
  const result = new Uint32Array(rows);
  for (let i = 1; i < result.length; i++) {
    if (result[i]! < result[i - 1]!) {
      return result.sort();
    }
  }
  return result;
}
