import type { StringPool } from './stringPool';
import type { Task } from './task';

/** Gives the words of a table others; see SocketTable.renamed. */
export interface Renaming {
  /** Whether endpoints of a protocol word are addresses of hosts, not paths and the like. */
  readonly isBetweenHosts: (protocol: number) => boolean;
  readonly address: (word: string, betweenHosts: boolean) => string;
  readonly service: (word: string, betweenHosts: boolean) => string;
  readonly process: (name: string) => string;
  readonly component: (name: string) => string;
  readonly user: (name: string) => string;
  readonly scope: (name: string) => string;
  /** State words that are no known spelling exactly. */
  readonly state: (word: string) => string;
  /** The kernel's names of sockets. */
  readonly handle: (word: string) => string;
}

export type Rename = (id: number) => number;
export type RenameInRow = (id: number, row: number) => number;

/** Changes numbers of a pool; `rename` is asked once for each word. */
export function renamedOnce(pool: StringPool, rename: (word: string) => string): Rename {
  // One more than the number, so that 0 says that it is not known yet.
  const known = new Uint32Array(pool.size);
  return id => {
    if (id === 0) {
      return 0;
    }
    if (known[id] === 0) {
      known[id] = pool.intern(rename(pool.get(id))) + 1;
    }
    return known[id]! - 1;
  };
}

/** Rows that are renamed at a time: each may have a title of its own. */
const RENAMED_AT_A_TIME = 64;

export function* renamedColumn(
  column: Uint32Array,
  length: number,
  rename: RenameInRow,
): Task<Uint32Array> {
  const result = column.slice();
  for (let row = 0; row < length; row++) {
    result[row] = rename(result[row]!, row);
    if (row % RENAMED_AT_A_TIME === RENAMED_AT_A_TIME - 1) {
      yield;
    }
  }
  return result;
}

export function* mapped<K, V>(map: ReadonlyMap<K, V>, of: (value: V) => V): Task<Map<K, V>> {
  const result = new Map<K, V>();
  for (const [key, value] of map) {
    result.set(key, of(value));
    yield;
  }
  return result;
}
