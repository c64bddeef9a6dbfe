/**
 * Work that gives way: each `yield` is a place at which others may have their turn, or the work be
 * given up. Between two of them there are some milliseconds of work at most, whatever its size.
 */
export type Task<T> = Generator<undefined, T>;

/** Does work in one go. */
export function runToEnd<T>(work: Task<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) {
      return step.value;
    }
  }
}

/** Rows that are worked through at a time: some milliseconds' worth. */
const BLOCK = 65_536;

/** Rows that are worked through in a moment, after which nothing has to give way. */
const FEW = 4096;

const NEVER: readonly undefined[] = [];
const ONCE: readonly undefined[] = [undefined];

/** Works through `[from, end)`, giving way after each block. */
export function inBlocks(
  from: number,
  end: number,
  work: (from: number, end: number) => void,
): Iterable<undefined> {
  if (end - from <= BLOCK) {
    if (from < end) {
      work(from, end);
    }
    return end - from <= FEW ? NEVER : ONCE;
  }
  return blocks(from, end, work);
}

function* blocks(from: number, end: number, work: (from: number, end: number) => void): Task<void> {
  for (let at = from; at < end; at += BLOCK) {
    work(at, Math.min(at + BLOCK, end));
    yield;
  }
}
