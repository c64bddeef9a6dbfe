import type { Snapshot } from '../model/dump';
import type { SocketTable } from '../model/socketTable';
import { State } from '../model/state';
import { inBlocks, type Steps } from '../model/steps';

/** Rows of a snapshot in the order of their states. */
export class ByState {
  /** First place of each state's rows in {@link order}; one more for the end. */
  private readonly starts = new Uint32Array(State.Count + 1);

  private constructor(
    /** How many rows each {@link State} has. */
    public readonly counts: Uint32Array,
    private readonly order: Uint32Array,
  ) {
    for (let state: State = State.None; state < State.Count; state++) {
      this.starts[state + 1] = this.starts[state]! + counts[state]!;
    }
  }

  /** All rows of a snapshot but those that repeat another one. */
  public static *of(
    { state }: SocketTable,
    { firstRow, endRow }: Snapshot,
    repeated: ReadonlySet<number>,
  ): Steps<ByState> {
    const counts = new Uint32Array(State.Count);
    yield* inBlocks(firstRow, endRow, (from, end) => {
      for (let row = from; row < end; row++) {
        counts[state[row]!]!++;
      }
    });
    for (const row of repeated) {
      counts[state[row]!]!--;
    }
    const sorted = new ByState(counts, new Uint32Array(endRow - firstRow - repeated.size));
    const { order } = sorted;
    const next = sorted.starts.slice();
    yield* inBlocks(firstRow, endRow, (from, end) => {
      for (let row = from; row < end; row++) {
        if (repeated.size === 0 || !repeated.has(row)) {
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

  /** Those of the rows that have more than 0 in a column; none where there is no such column. */
  public *above0(
    { state }: SocketTable,
    column: Float64Array | Int32Array | undefined,
  ): Steps<ByState> {
    const { order } = this;
    const counts = new Uint32Array(State.Count);
    const rows = new Uint32Array(column === undefined ? 0 : order.length);
    let length = 0;
    if (column !== undefined) {
      yield* inBlocks(0, order.length, (from, end) => {
        for (let i = from; i < end; i++) {
          const row = order[i]!;
          if (column[row]! > 0) {
            counts[state[row]!]!++;
            rows[length++] = row;
          }
        }
      });
    }
    return new ByState(counts, rows.slice(0, length));
  }
}
