/**
 * The first index from 0 up to `length` that passes a test, by binary search: once an index
 * passes, so must all after it. `length` where none passes.
 */
export function firstIndex(length: number, passes: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (passes(middle)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}
