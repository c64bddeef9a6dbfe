import type { Snapshot } from '../model/dump';
import type { SocketTable } from '../model/socketTable';
import { State } from '../model/state';
import { inBlocks, type Steps } from '../model/steps';

/** Rows of a snapshot in the order of their states. */
export class ByState {
  /** First place of each state's rows in {@link order}; one more for the end. */
  private readonly starts = new Uint32Array(State.Count + 1);

  private readonly order: Uint32Array;

  private constructor(
    /** How many rows each {@link State} has. */
    public readonly counts: Uint32Array,
  ) {
    for (let state: State = State.None; state < State.Count; state++) {
      this.starts[state + 1] = this.starts[state]! + counts[state]!;
    }
    this.order = new Uint32Array(this.starts[State.Count]!);
  }

  /**
   * The rows of a snapshot that repeat no other.
   * @param column Where given, those only that have more than 0 in it.
   */
  public static *of(
    { state }: SocketTable,
    { firstRow, endRow }: Pick<Snapshot, 'firstRow' | 'endRow'>,
    repeated: ReadonlySet<number>,
    column?: Float64Array | Int32Array,
  ): Steps<ByState> {
    const isIn = (row: number): boolean =>
      (column === undefined || column[row]! > 0) && (repeated.size === 0 || !repeated.has(row));
    const counts = new Uint32Array(State.Count);
    yield* inBlocks(firstRow, endRow, (from, end) => {
      for (let row = from; row < end; row++) {
        if (isIn(row)) {
          counts[state[row]!]!++;
        }
      }
    });
    const sorted = new ByState(counts);
    const { order } = sorted;
    const next = sorted.starts.slice();
    yield* inBlocks(firstRow, order.length === 0 ? firstRow : endRow, (from, end) => {
      for (let row = from; row < end; row++) {
        if (isIn(row)) {
          order[next[state[row]!]!++] = row;
        }
      }
    });
    return sorted;
  }

  /** How many rows there are. */
  public get size(): number {
    return this.order.length;
  }

  /** The rows in a state, in the order of the dump. */
  public rowsIn(state: State): Uint32Array {
    return this.rowsBetween(state, state + 1);
  }

  /** The rows in the states of `[from, before)`, in the order of the states. */
  public rowsBetween(from: State, before: State): Uint32Array {
    return this.order.subarray(this.starts[from], this.starts[before]);
  }
}
