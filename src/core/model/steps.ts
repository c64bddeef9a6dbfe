/**
 * Work that gives way: each `yield` is a place at which others may have their turn, or the work be
 * given up. Between two of them there are some milliseconds of work at most, whatever its size.
 */
export type Steps<T> = Generator<undefined, T>;

/** Does work in one go. */
export function finish<T>(work: Steps<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) {
      return step.value;
    }
  }
}
