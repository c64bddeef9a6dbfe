import type { Snapshot } from '../model/snapshot';
import type { SocketTable } from '../model/socketTable';
import { State } from '../vocabulary/state';
import { inBlocks, type Task } from '../model/task';
import { doubled } from '../model/tally';
import { NO_ROWS } from './grouping';

/** The states of some rows; a connection that was seen passing has no socket's state. */
function statesOfSockets(
  { state, flow }: SocketTable,
  firstRow: number,
  endRow: number,
): Uint8Array {
  const states = state.subarray(firstRow, endRow);
  return flow === undefined
    ? states
    : states.map((own, i) => (flow[firstRow + i] === 0 ? own : State.None));
}

/** Room for the first rows of those that most rows are not among. */
const ROOM = 16;

type RowRange = Pick<Snapshot, 'firstRow' | 'endRow'>;

/** Rows of a snapshot in the order of their states. */
export class ByState {
  private static readonly NONE = new ByState(new Uint32Array(State.Count));

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

  /** The rows of a snapshot that repeat no other. */
  public static *of(
    table: SocketTable,
    { firstRow, endRow }: RowRange,
    repeated: ReadonlySet<number>,
  ): Task<ByState> {
    const state = statesOfSockets(table, firstRow, endRow);
    const counts = new Uint32Array(State.Count);
    yield* inBlocks(firstRow, endRow, (from, end) => {
      for (let row = from; row < end; row++) {
        counts[state[row - firstRow]!]!++;
      }
    });
    for (const row of repeated) {
      counts[state[row - firstRow]!]!--;
    }
    const sorted = new ByState(counts);
    const { order } = sorted;
    const next = sorted.starts.slice();
    const all = repeated.size === 0;
    yield* inBlocks(firstRow, endRow, (from, end) => {
      for (let row = from; row < end; row++) {
        if (all || !repeated.has(row)) {
          order[next[state[row - firstRow]!]!++] = row;
        }
      }
    });
    return sorted;
  }

  /** Those of them that have more than 0 in a column, which most rows have not, and some formats not at all. */
  public static *above0(
    { state }: SocketTable,
    { firstRow, endRow }: RowRange,
    repeated: ReadonlySet<number>,
    column: Float64Array | Int32Array | undefined,
  ): Task<ByState> {
    if (column === undefined) {
      return ByState.NONE;
    }
    let found = NO_ROWS;
    let count = 0;
    yield* inBlocks(firstRow, endRow, (from, end) => {
      for (let row = from; row < end; row++) {
        if (column[row]! > 0) {
          if (count === found.length) {
            found = count === 0 ? new Uint32Array(ROOM) : doubled(found);
          }
          found[count++] = row;
        }
      }
    });
    if (count === 0) {
      return ByState.NONE;
    }
    const rows =
      repeated.size === 0
        ? found.subarray(0, count)
        : found.subarray(0, count).filter(row => !repeated.has(row));
    const counts = new Uint32Array(State.Count);
    for (const row of rows) {
      counts[state[row]!]!++;
    }
    const sorted = new ByState(counts);
    const next = sorted.starts.slice();
    for (const row of rows) {
      sorted.order[next[state[row]!]!++] = row;
    }
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
    const start = this.starts[from]!;
    const end = this.starts[before]!;
    return start === end ? NO_ROWS : this.order.subarray(start, end);
  }
}
