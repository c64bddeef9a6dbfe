import type { Snapshot } from '../model/snapshot';
import type { SocketTable } from '../model/socketTable';
import { State } from '../vocabulary/state';
import { inBlocks, type Task } from '../model/task';
import { NO_ROWS, part } from './grouping';

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

type RowRange = Pick<Snapshot, 'firstRow' | 'endRow'>;

/** Rows of a snapshot in the order of their states. */
export class ByState {
  private static readonly NONE = new ByState(new Uint32Array(State.Count));

  private readonly order: Uint32Array;
  /** By state, the place in {@link order} behind the last row that was put there. */
  private readonly ends: number[] = [];
  private readonly lists: (Uint32Array | undefined)[] = [];

  private constructor(
    /** How many rows each {@link State} has. */
    public readonly counts: Uint32Array,
  ) {
    let rows = 0;
    for (let state: State = State.None; state < State.Count; state++) {
      this.ends.push(rows);
      rows += counts[state]!;
    }
    this.order = new Uint32Array(rows);
  }

  private put(row: number, state: State): void {
    this.order[this.ends[state]!++] = row;
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
    const all = repeated.size === 0;
    yield* inBlocks(firstRow, endRow, (from, end) => {
      for (let row = from; row < end; row++) {
        if (all || !repeated.has(row)) {
          sorted.put(row, state[row - firstRow]!);
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
    let counts: Uint32Array | undefined;
    yield* inBlocks(firstRow, endRow, (from, end) => {
      for (let row = from; row < end; row++) {
        if (column[row]! > 0 && !repeated.has(row)) {
          (counts ??= new Uint32Array(State.Count))[state[row]!]!++;
        }
      }
    });
    if (counts === undefined) {
      return ByState.NONE;
    }
    const sorted = new ByState(counts);
    yield* inBlocks(firstRow, endRow, (from, end) => {
      for (let row = from; row < end; row++) {
        if (column[row]! > 0 && !repeated.has(row)) {
          sorted.put(row, state[row]!);
        }
      }
    });
    return sorted;
  }

  /** How many rows there are. */
  public get size(): number {
    return this.order.length;
  }

  /** The rows in a state, in the order of the dump: each time the same list. */
  public rowsIn(state: State): Uint32Array {
    return this.counts[state] === 0
      ? NO_ROWS
      : (this.lists[state] ??= this.rowsBetween(state, state + 1));
  }

  /** The rows in the states of `[from, before)`, in the order of the states. */
  public rowsBetween(from: State, before: State): Uint32Array {
    const start = from === State.None ? 0 : this.ends[from - 1]!;
    const end = this.ends[before - 1]!;
    return start === end ? NO_ROWS : part(this.order, start, end);
  }
}
