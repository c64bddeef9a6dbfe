import type { System } from '../vocabulary/system';
import type { Format } from './format';

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
