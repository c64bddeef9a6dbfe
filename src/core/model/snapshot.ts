import type { System } from '../vocabulary/system';
import type { Counted } from './counter';
import type { Format } from './format';
import type { Interface } from './interface';
import type { PolicyRule, Route } from './route';

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
  /**
   * Milliseconds since the beginning of a year that is not known, where the dump names none: of use
   * between the snapshots of one host only. Null where time is known, or no day is.
   */
  readonly clock: number | null;
  /** Host that a title names. */
  readonly host: string | null;
  /** The file that it comes from, where the text is of several (`==> file <==`). */
  readonly source: string | null;
  /**
   * In order of first appearance. Without a row it has those of the one above, if what that lists
   * was asked for again: of that there is nothing.
   */
  readonly dialects: readonly Format[];
  /** Where it can be told. */
  readonly system: System | null;
  /** Whether the tool said that it was run without the rights to see other users' processes. */
  readonly unprivileged: boolean;
  /** Whether a title or the command says that what listens and what is connected is listed. */
  readonly listsBoth: boolean;
  readonly listing: Listing;
  /** Whether a line among the rows says that others were left out: `...`, `<snip>`. */
  readonly cut: boolean;
  /**
   * Rows that show a socket again which another tool's row above shows, with that row: where
   * several tools listed the sockets of one moment.
   */
  readonly repeats: ReadonlyMap<number, number>;
  /** The kernel's counters of that moment, by the tool that printed them. */
  readonly counted: readonly Counted[];
  /** In the order of the text; once for each tool that shows it. */
  readonly interfaces: readonly Interface[];
  readonly routes: readonly Route[];
  /** Of policy routing, in the order of the text. */
  readonly rules: readonly PolicyRule[];
}

/** Whether a snapshot has neither counters nor interfaces nor routes, nor rules of routing. */
export function tellsOnlySockets({ counted, interfaces, routes, rules }: Snapshot): boolean {
  return [counted, interfaces, routes, rules].every(told => told.length === 0);
}

/** Whether a snapshot is a list of sockets, though it may be empty: nothing else stands there. */
export function listsSockets(snapshot: Snapshot): boolean {
  return snapshot.endRow > snapshot.firstRow || tellsOnlySockets(snapshot);
}

/** Of a snapshot by one tool. */
export const NO_REPEATS: ReadonlyMap<number, number> = new Map();

/** What the command lines above a snapshot say of how its rows were listed. */
export interface Listing {
  /** The first command, without what filters its output; null if none is shown. */
  readonly command: string | null;
  /**
   * Whether rows were left out (`| grep`, `ss state …`, `head`, a port): then shares, and that
   * something is absent, prove nothing. Also where rows stand without the header of their tool.
   */
  readonly filtered: boolean;
  /** What stands behind each command and leaves rows out: `| grep 8080`. */
  readonly filters: readonly string[];
  /** Whether it was run as root, who sees every owner; false where that is not known. */
  readonly root: boolean;
  /**
   * Whether it was run in a container, a jail or a network namespace, named by the snapshot's host,
   * whose sockets the machine around it does not list.
   */
  readonly inside: boolean;
}

/** Of a text without command lines. */
export const NO_LISTING: Listing = {
  command: null,
  filtered: false,
  filters: [],
  root: false,
  inside: false,
};

/** What stands beside sockets in a snapshot that has nothing of it. */
export const NOTHING_BESIDE: Pick<Snapshot, 'counted' | 'interfaces' | 'routes' | 'rules'> = {
  counted: [],
  interfaces: [],
  routes: [],
  rules: [],
};

/** Of a machine that has no socket, and says nothing else. */
export const EMPTY_SNAPSHOT: Snapshot = {
  line: 0,
  endLine: 0,
  firstRow: 0,
  endRow: 0,
  time: null,
  clock: null,
  host: null,
  source: null,
  dialects: [],
  system: null,
  unprivileged: false,
  listsBoth: false,
  listing: NO_LISTING,
  cut: false,
  repeats: NO_REPEATS,
  ...NOTHING_BESIDE,
};

/** What printed a snapshot, sockets and counters, as people call it. */
export function toolTitles({ dialects, counted }: Snapshot): string[] {
  const titles = [...dialects, ...counted.map(({ source }) => source)].map(({ title }) => title);
  return [...new Set(titles)];
}
