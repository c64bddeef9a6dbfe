import { runToEnd, type Task } from '../model/task';

/** What can be asked for what is {@link Derived} of it. */
interface Whole {
  /** What was found out, by the numbers of what is derived. */
  readonly derived: unknown[];
}

/**
 * What is found out about each of many, when it is first asked for or in steps before that, and
 * once. It is kept by number: a dump can have as many snapshots as rows, and closures, maps and
 * objects for each of these things take longer than finding it out of a few rows.
 */
export class Derived<W extends Whole, T extends object> {
  private static count = 0;
  private readonly number = Derived.count++;

  public constructor(private readonly find: (of: W) => Task<T>) {}

  public of(whole: W): T {
    return (
      (whole.derived[this.number] as T | undefined) ?? this.keep(whole, runToEnd(this.find(whole)))
    );
  }

  /** The same, in steps. */
  public *in(whole: W): Task<T> {
    return (
      (whole.derived[this.number] as T | undefined) ?? this.keep(whole, yield* this.find(whole))
    );
  }

  private keep(whole: W, found: T): T {
    whole.derived[this.number] = found;
    return found;
  }
}
