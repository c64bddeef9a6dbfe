import { inBlocks, type Task } from '../model/task';

/** Rows that a bucket should hold: their hash table stays in the processor's cache. */
const BUCKET = 2048;
const MOST_BUCKETS = 4096;

/** Numbers below some limit put together by the upper bits of their hashes. */
interface Buckets {
  /** First place of each bucket; one more for the end. */
  readonly starts: Uint32Array;
  /** The number at each place, ascending within each bucket. */
  readonly numbers: Uint32Array;
  /** The hash of the number at each place. */
  readonly hashes: Uint32Array;
  /** How many numbers the largest bucket has. */
  readonly largest: number;
}

/** Puts the numbers `[0, hashes.length)` into buckets, so that what has equal hashes is in one. */
function* bucketsOf(hashes: Uint32Array): Task<Buckets> {
  let bits = 0;
  while (1 << bits < MOST_BUCKETS && BUCKET << bits < hashes.length) {
    bits++;
  }
  // In two steps: a shift by 32 would be one by 0.
  const shift = 31 - bits;
  const starts = new Uint32Array((1 << bits) + 1);
  yield* inBlocks(0, hashes.length, (from, end) => {
    for (let i = from; i < end; i++) {
      starts[((hashes[i]! >>> 1) >>> shift) + 1]!++;
    }
  });
  let largest = 0;
  for (let bucket = 1; bucket < starts.length; bucket++) {
    largest = Math.max(largest, starts[bucket]!);
    starts[bucket]! += starts[bucket - 1]!;
  }
  const next = starts.slice();
  const numbers = new Uint32Array(hashes.length);
  const sorted = new Uint32Array(hashes.length);
  yield* inBlocks(0, hashes.length, (from, end) => {
    for (let i = from; i < end; i++) {
      const hash = hashes[i]!;
      const place = next[(hash >>> 1) >>> shift]!++;
      numbers[place] = i;
      sorted[place] = hash;
    }
  });
  return { starts, numbers, hashes: sorted, largest };
}

/** Answers whether an earlier number with the same hash stands for this one, too. */
type Match = (number: number, earlier: number) => boolean;

/**
 * Looks at the numbers `[0, hashes.length)` and asks of each whether an earlier one with the same
 * hash matches it; what none matches is asked about later. This goes on bucket by bucket, so that
 * the search stays within the processor's cache however many numbers there are, and ascends within
 * equal hashes.
 */
export function* matchEqual(hashes: Uint32Array, match: Match): Task<void> {
  const buckets = yield* bucketsOf(hashes);
  const { starts } = buckets;
  const slots = new Uint32Array(roomFor(buckets.largest));
  for (let bucket = 0; bucket + 1 < starts.length; bucket++) {
    const size = roomFor(starts[bucket + 1]! - starts[bucket]!);
    slots.fill(0, 0, size);
    yield* inBlocks(starts[bucket]!, starts[bucket + 1]!, (from, end) => {
      for (let place = from; place < end; place++) {
        enter(place, buckets, slots, size - 1, match);
      }
    });
  }
}

/** Searches a hash table of places plus one for a match, and enters a place that has none. */
function enter(
  place: number,
  { numbers, hashes }: Buckets,
  slots: Uint32Array,
  mask: number,
  match: Match,
): void {
  const hash = hashes[place]!;
  let slot = hash & mask;
  for (let taken = slots[slot]!; taken !== 0; taken = slots[slot]!) {
    if (hashes[taken - 1] === hash && match(numbers[place]!, numbers[taken - 1]!)) {
      return;
    }
    slot = (slot + 1) & mask;
  }
  slots[slot] = place + 1;
}

/** How many slots a hash table of `count` numbers should have: a power of two. */
export function roomFor(count: number): number {
  let size = 16;
  while (size < count * 2) {
    size *= 2;
  }
  return size;
}
