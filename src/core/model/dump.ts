import type { Dialect } from '../reading/dialect';
import type { Format } from './format';
import type { RecordMap } from '../reading/records';
import type { LineCounts } from './lineClass';
import type { SocketTable } from './socketTable';

/** The operating systems (or tools of their own) that dumps come from. */
export type System =
  | 'linux'
  | 'windows'
  | 'macos'
  | 'freebsd'
  | 'openbsd'
  | 'netbsd'
  | 'solaris'
  | 'aix'
  | 'hpux'
  | 'android'
  | 'cisco'
  | 'esxi'
  | 'junos';

/** The output of one moment: the rows `[firstRow, endRow)` of the dump's table. */
export interface Snapshot {
  /** 0-based line of its date, title or header, else of its first row. */
  readonly line: number;
  /** 0-based line after its last. */
  readonly endLine: number;
  readonly firstRow: number;
  readonly endRow: number;
  /** ISO 8601, without an offset unless the dump names a zone; null where not known. */
  readonly time: string | null;
  /** Host that a title names. */
  readonly host: string | null;
  /** The file that it comes from, where the text is of several (`==> file <==`). */
  readonly source: string | null;
  /** In order of first appearance. */
  readonly dialects: readonly Format[];
  /** Where it can be told. */
  readonly system: System | null;
  /** Whether the tool said that it was run without the rights to see other users' processes. */
  readonly unprivileged: boolean;
}

/** Everything that was read from one text. */
export interface Dump {
  readonly table: SocketTable;
  readonly snapshots: readonly Snapshot[];
  /** How many older snapshots there were, which were too many to keep. */
  readonly forgotten: number;
  readonly lines: LineCounts;
  /** LineClass of every line. */
  readonly classes: Uint8Array;
  /** 0-based unrecognised lines. */
  readonly unrecognised: readonly number[];
  /** Which format and layout was in force from which line on; for re-reading single lines. */
  readonly contexts: readonly LineContext[];
  /** Where the fields stand of what is not printed as a socket per line. */
  readonly records: RecordMap;
}

/** What a line must be read with. In force from `line` to the next context's line. */
export interface LineContext {
  readonly line: number;
  readonly dialect: Dialect;
  readonly layout: object | undefined;
}
