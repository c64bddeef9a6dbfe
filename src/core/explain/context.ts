import type { Format } from '../model/format';
import type { System } from '../vocabulary/system';
import type { Socket } from '../model/socket';

/** The rows around a row, in its own snapshot. */
export interface Neighbors {
  /** Index of the other end of a connection whose both ends are in the dump. */
  otherEnd(row: number): number | null;
  /** Index of the listening socket that a row's local end belongs to. */
  listenerOf(row: number): number | null;
  /** Index of the listening socket that a row connects to. */
  listenerAt(row: number): number | null;
  /** 0-based lines of the rows of the same owner in the same state, this one included. */
  linesAlike(row: number): readonly number[];
  /** Row `row` as a plain object. */
  socket(row: number): Socket;
}

/** All that an explanation may draw upon besides the row itself. */
export interface ExplainContext {
  readonly system: System | null;
  /** The format of the tool that printed the row. */
  readonly tool: Format | null;
  /** Whether the tool said that it could not see other users' processes. */
  readonly unprivileged: boolean;
  /**
   * Whether the dump shows the owner of every listening socket, so that a missing owner means
   * that there is none. Null where it cannot be told.
   */
  readonly seesOwners: boolean | null;
  /** Null where there is no dump around. */
  readonly neighbors: Neighbors | null;
}

/** For a state or word by itself. */
export const noContext: ExplainContext = {
  system: null,
  tool: null,
  unprivileged: false,
  seesOwners: null,
  neighbors: null,
};
