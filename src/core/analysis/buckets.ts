import { inBlocks, type Steps } from '../model/steps';

/** Rows that a bucket should hold: their hash table stays in the processor's cache. */
const BUCKET = 2048;
const MOST_BUCKETS = 4096;

/** Numbers below some limit put together by the upper bits of their hashes. */
interface Buckets {
  /** First place of each bucket in {@link order}; one more for the end. */
  readonly starts: Uint32Array;
  /** The numbers, ascending within each bucket. */
  readonly order: Uint32Array;
  /** How many numbers the largest bucket has. */
  readonly largest: number;
}

/**
 * Puts the numbers `[0, hashes.length)` into buckets, so that what has equal hashes is in one and
 * a search for it stays within the cache, however many numbers there are.
 */
function* bucketsOf(hashes: Uint32Array): Steps<Buckets> {
  let bits = 0;
  while (1 << bits < MOST_BUCKETS && BUCKET << bits < hashes.length) {
    bits++;
  }
  // Half of the bits at a time: a shift by 32 is one by 0.
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
  const order = new Uint32Array(hashes.length);
  yield* inBlocks(0, hashes.length, (from, end) => {
    for (let i = from; i < end; i++) {
      order[next[(hashes[i]! >>> 1) >>> shift]!++] = i;
    }
  });
  return { starts, order, largest };
}

/**
 * Looks at all numbers, bucket by bucket, and at those with equal hashes before each. `match` is
 * given a number and an earlier one with the same hash; it answers whether the earlier one stands
 * for this one, too. What no other stands for stands for itself.
 */
export function* matchEqual(
  hashes: Uint32Array,
  match: (number: number, earlier: number) => boolean,
): Steps<void> {
  const { starts, order, largest } = yield* bucketsOf(hashes);
  const slots = new Uint32Array(roomFor(largest));
  for (let bucket = 0; bucket + 1 < starts.length; bucket++) {
    const size = roomFor(starts[bucket + 1]! - starts[bucket]!);
    slots.fill(0, 0, size);
    yield* inBlocks(starts[bucket]!, starts[bucket + 1]!, (from, end) => {
      for (let i = from; i < end; i++) {
        enter(order[i]!, hashes, slots, size - 1, match);
      }
    });
  }
}

/** How many slots a hash table of `count` numbers should have: a power of two. */
export function roomFor(count: number): number {
  let size = 16;
  while (size < count * 2) {
    size *= 2;
  }
  return size;
}

/** Searches a hash table of numbers plus one for a number, and enters it where nothing matches. */
function enter(
  number: number,
  hashes: Uint32Array,
  slots: Uint32Array,
  mask: number,
  match: (number: number, earlier: number) => boolean,
): void {
  const hash = hashes[number]!;
  let slot = hash & mask;
  for (let taken = slots[slot]!; taken !== 0; taken = slots[slot]!) {
    if (hashes[taken - 1] === hash && match(number, taken - 1)) {
      return;
    }
    slot = (slot + 1) & mask;
  }
  slots[slot] = number + 1;
}
