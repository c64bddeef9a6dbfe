import type { Dialect } from '../parsing/dialect';
import { type Snapshot, tellsOnlySockets } from '../model/snapshot';
import type { ErrorMessage } from './around/errorMessage';
import type { OtherOutput } from './otherOutput';
import type { RecordMap } from './recordMap';
import type { LineCounts } from '../model/lineClass';
import type { SocketTable } from '../model/socketTable';

/** Everything that was read from one text. */
export interface Dump {
  readonly table: SocketTable;
  readonly snapshots: readonly Snapshot[];
  /** How many older snapshots there were, which were too many to keep. */
  readonly forgotten: number;
  readonly lines: LineCounts;
  /** LineClass of every line. */
  readonly classes: Uint8Array;
  /** 0-based unrecognized lines. */
  readonly unrecognized: readonly number[];
  /** Which format and layout was in force from which line on; for re-reading single lines. */
  readonly contexts: readonly LineContext[];
  /** Where the fields stand of what is not printed as a socket per line. */
  readonly records: RecordMap;
  /** Messages around the sockets that name what was short; of very many the first ones. */
  readonly messages: readonly ErrorMessage[];
  /** What the text looks like where it has no socket; null where that is nothing known. */
  readonly other: OtherOutput | null;
}

/** Whether a text holds neither sockets nor anything else that is read. */
export function isEmpty({ table, snapshots }: Dump): boolean {
  return table.length === 0 && snapshots.every(tellsOnlySockets);
}

/** What a line must be read with. In force from `line` to the next context's line. */
export interface LineContext {
  readonly line: number;
  readonly dialect: Dialect;
  readonly layout: object | undefined;
}
