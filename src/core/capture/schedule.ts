/** How late something may be and still count as done when it was due. */
const TOLERANCE_MS = 500;

/**
 * When to do what is done again and again: against the clock, so that times do not drift by what
 * each turn takes. Turns that were missed are left out.
 */
export class Schedule {
  private last: number | undefined;

  public constructor(private readonly interval: number) {}

  /** When the next turn is due, in milliseconds like `now`: the first one at once. */
  public next(now: number): number {
    const due = this.last === undefined ? now : this.last + this.interval;
    this.last = due < now - TOLERANCE_MS ? now : due;
    return this.last;
  }
}
