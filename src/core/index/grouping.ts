import { NONE } from '../model/row';
import { inBlocks, runToEnd, type Task } from '../model/task';
import type { Numbered } from '../model/tally';
import { Tuples } from '../model/tuples';

/** For what has no rows. */
export const NO_ROWS = new Uint32Array(0);

/** Bytes of a list that V8 holds in its own heap. */
const ON_HEAP = 64;

/**
 * Rows from one place to before another. A view would have V8 move a small list out of its heap,
 * which takes ten times as long as a copy (measured), and a dump can have as many lists as rows.
 */
export function part(rows: Uint32Array, from: number, end: number): Uint32Array {
  return rows.byteLength > ON_HEAP ? rows.subarray(from, end) : rows.slice(from, end);
}

/** Groups that are listed, and rows that are gone through, at once. */
const FEW = 64;

/** A key with its rows. */
export type Part = readonly [key: number, rows: Uint32Array];

/** Rows put together by a key, in the order of each key's first row. */
export class Groups {
  public constructor(
    private readonly keys: Tuples,
    /** Where the rows of each key end in {@link sorted}. */
    private readonly ends: Uint32Array,
    private readonly sorted: Uint32Array,
  ) {}

  public [Symbol.iterator](): Iterator<Part> {
    return this.withAtLeast(1)[Symbol.iterator]();
  }

  /** How many keys there are. */
  public get size(): number {
    return this.keys.size;
  }

  /** Those of so many rows. */
  public withAtLeast(least: number): Iterable<Part> {
    return this.keys.size < FEW ? this.list(least) : this.walk(least);
  }

  private list(least: number): Part[] {
    const parts: Part[] = [];
    for (let number = 0; number < this.keys.size; number++) {
      if (this.keys.counts[number]! >= least) {
        parts.push([this.keys.get(number)[0], this.rows(number)]);
      }
    }
    return parts;
  }

  /** The same without a list, which a million would fill. */
  private *walk(least: number): Generator<Part, void> {
    for (let number = 0; number < this.keys.size; number++) {
      if (this.keys.counts[number]! >= least) {
        yield [this.keys.get(number)[0], this.rows(number)];
      }
    }
  }

  /** The rows of a key. */
  public of(key: number): Uint32Array {
    const number = this.keys.find(key, 0, 0);
    return number === NONE ? NO_ROWS : this.rows(number);
  }

  private rows(number: number): Uint32Array {
    const end = this.ends[number]!;
    return this.keys.size === 1
      ? this.sorted
      : part(this.sorted, end - this.keys.counts[number]!, end);
  }
}

const NO_GROUPS = new Groups(new Tuples(), NO_ROWS, NO_ROWS);

/** Puts rows together by a key. */
export function groupBy(rows: Uint32Array, keyOf: (row: number) => number): Groups {
  return rows.length === 0 ? NO_GROUPS : runToEnd(groupByInSteps(rows, keyOf));
}

/** The same, for what is prepared before rules run. */
export function* groupByInSteps(rows: Uint32Array, keyOf: (row: number) => number): Task<Groups> {
  if (rows.length === 0) {
    return NO_GROUPS;
  }
  const keys = new Tuples();
  const numbers = new Uint32Array(rows.length);
  yield* inBlocks(0, rows.length, (from, end) => {
    for (let i = from; i < end; i++) {
      numbers[i] = keys.add(keyOf(rows[i]!), 0, 0);
    }
  });
  if (keys.size === 1) {
    return new Groups(keys, Uint32Array.of(rows.length), rows);
  }
  const ends = new Uint32Array(keys.size);
  for (let number = 1; number < ends.length; number++) {
    ends[number] = ends[number - 1]! + keys.counts[number - 1]!;
  }
  const sorted = new Uint32Array(rows.length);
  yield* inBlocks(0, rows.length, (from, end) => {
    for (let i = from; i < end; i++) {
      // What begins as the place of a key's first row moves on to its end.
      sorted[ends[numbers[i]!]!++] = rows[i]!;
    }
  });
  return new Groups(keys, ends, sorted);
}

/** The rows that are to be kept, in their order; the list itself where all are. */
export function where(rows: Uint32Array, keeps: (row: number) => boolean): Uint32Array {
  let count = 0;
  while (count < rows.length && keeps(rows[count]!)) {
    count++;
  }
  if (count === rows.length) {
    return rows;
  }
  // Most often all are kept, or none is: room is made for what is neither.
  let kept: Uint32Array | undefined;
  for (let i = count + 1; i < rows.length; i++) {
    const row = rows[i]!;
    if (keeps(row)) {
      if (kept === undefined) {
        kept = new Uint32Array(rows.length - i + count);
        kept.set(rows.subarray(0, count));
      }
      kept[count++] = row;
    }
  }
  return count === 0 ? NO_ROWS : (kept ?? rows).slice(0, count);
}

/** The same, for what is prepared before rules run. */
export function* whereInSteps(
  rows: Uint32Array,
  keeps: (row: number) => boolean,
): Task<Uint32Array> {
  if (rows.length <= FEW) {
    return where(rows, keeps);
  }
  let kept = NO_ROWS;
  let count = 0;
  yield* inBlocks(0, rows.length, (from, end) => {
    for (let i = from; i < end; i++) {
      const row = rows[i]!;
      if (keeps(row)) {
        kept = count === 0 ? new Uint32Array(rows.length - i) : kept;
        kept[count++] = row;
      }
    }
  });
  return count === rows.length ? rows : kept.slice(0, count);
}

/**
 * The rows of some groups only, in one pass.
 * @param numbers The number of each row's group in `groups`; NONE where it has none.
 */
export function pick(
  rows: Uint32Array,
  numbers: Int32Array,
  groups: Pick<Numbered, 'counts' | 'size'>,
  wanted: readonly number[],
): Uint32Array[] {
  if (groups.size === 1 && wanted.length === 1 && groups.counts[0] === rows.length) {
    return [rows];
  }
  const lists = wanted.map(number => new Uint32Array(groups.counts[number]!));
  const places = new Int32Array(groups.size).fill(NONE);
  wanted.forEach((number, place) => (places[number] = place));
  const filled = new Uint32Array(wanted.length);
  for (let i = 0; wanted.length > 0 && i < rows.length; i++) {
    const place = numbers[i] === NONE ? NONE : places[numbers[i]!]!;
    if (place !== NONE) {
      lists[place]![filled[place]!++] = rows[i]!;
    }
  }
  return lists;
}

/** The rows of all other groups (see {@link pick}), in their order. */
export function leave(
  rows: Uint32Array,
  numbers: Int32Array,
  groups: Pick<Numbered, 'counts' | 'size'>,
  unwanted: readonly number[],
): Uint32Array {
  const left = new Uint8Array(groups.size).fill(1);
  let length = rows.length;
  for (const number of unwanted) {
    left[number] = 0;
    length -= groups.counts[number]!;
  }
  const rest = new Uint32Array(length);
  let filled = 0;
  for (let i = 0; i < rows.length; i++) {
    if (left[numbers[i]!] === 1) {
      rest[filled++] = rows[i]!;
    }
  }
  return rest;
}

/** Rows in ascending order; the list itself where it is so. */
export function ascending(rows: Uint32Array | readonly number[]): Uint32Array {
  const list = rows instanceof Uint32Array ? rows : new Uint32Array(rows);
  for (let i = 1; i < list.length; i++) {
    if (list[i]! < list[i - 1]!) {
      return list.slice().sort();
    }
  }
  return list;
}

/** The rows of any number of lists, ascending, each once; in one go, however many lists there are. */
export function union(lists: readonly (Uint32Array | readonly number[])[]): Uint32Array {
  const some = lists.filter(({ length }) => length > 0);
  if (some.length < 2) {
    return ascending(some[0] ?? NO_ROWS);
  }
  const [a, b] = some;
  return distinct(some.length === 2 ? merged(ascending(a!), ascending(b!)) : sorted(some));
}

function sorted(lists: readonly (Uint32Array | readonly number[])[]): Uint32Array {
  const all = new Uint32Array(lists.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const rows of lists) {
    all.set(rows, end);
    end += rows.length;
  }
  return all.sort();
}

/** Each of some sorted numbers once; the list is used up. */
export function distinct(sorted: Uint32Array): Uint32Array {
  let count = 0;
  for (const number of sorted) {
    if (count === 0 || sorted[count - 1] !== number) {
      sorted[count++] = number;
    }
  }
  return count === sorted.length ? sorted : sorted.slice(0, count);
}

/** The same as {@link sorted} of two ascending lists, in less time. */
function merged(a: Uint32Array, b: Uint32Array): Uint32Array {
  const all = new Uint32Array(a.length + b.length);
  for (let i = 0, k = 0; i + k < all.length;) {
    const isOfA = k >= b.length || (i < a.length && a[i]! <= b[k]!);
    all[i + k] = isOfA ? a[i]! : b[k]!;
    if (isOfA) {
      i++;
    } else {
      k++;
    }
  }
  return all;
}
