import type { Task } from '../../core/model/task';

/** How long work goes on before others have their turn, in ms: a keystroke must not wait for it. */
const SLICE_MS = 15;

/**
 * Does work slice by slice, so that the extension host answers others in between. Gives undefined
 * where it is not wanted any more, which is asked after each slice.
 */
export async function inSlices<T>(work: Task<T>, wanted: () => boolean): Promise<T | undefined>;
/** Does work slice by slice to its end. */
export async function inSlices<T>(work: Task<T>): Promise<T>;
export async function inSlices<T>(
  work: Task<T>,
  wanted = (): boolean => true,
): Promise<T | undefined> {
  let start = performance.now();
  for (;;) {
    const step = work.next();
    if (step.done === true) {
      return step.value;
    }
    if (performance.now() - start >= SLICE_MS) {
      await new Promise<void>(resolve => setTimeout(resolve, 0));
      if (!wanted()) {
        return undefined;
      }
      start = performance.now();
    }
  }
}
