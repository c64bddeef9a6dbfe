import { STATE_WORDS_END } from '../vocabulary/stateSpellings';
import type { Owner } from './socket';
import { SocketTable } from './socketTable';
import type { StringPool } from './stringPool';
import type { Task } from './task';

/** Gives the words of a table others; see {@link renamed}. */
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

/** The same rows with other words; `of` is asked once for each word of a kind. */
export function* renamed(table: SocketTable, of: Renaming): Task<SocketTable> {
  const once = (rename: (word: string) => string) => renamedOnce(table.pool, rename);
  const user = once(of.user);
  const scope = once(of.scope);
  const handle = once(of.handle);
  const state = once(of.state);
  const process = once(of.process);
  const ends = [false, true].map(between => ({
    address: once(word => of.address(word, between)),
    service: once(word => of.service(word, between)),
  }));
  const endOf = (row: number) => ends[of.isBetweenHosts(table.protocol[row]!) ? 1 : 0]!;
  const address: RenameInRow = (id, row) => endOf(row).address(id);
  const service: RenameInRow = (id, row) => endOf(row).service(id);
  const owner = ({ pid, process: name, fd }: Owner): Owner => ({
    pid,
    process: name === null ? null : of.process(name),
    fd,
  });
  const { length } = table;
  const changed = {
    localAddress: yield* renamedColumn(table.localAddress, length, address),
    remoteAddress: yield* renamedColumn(table.remoteAddress, length, address),
    replyLocalAddress: yield* renamedColumn(table.replyLocalAddress, length, address),
    replyRemoteAddress: yield* renamedColumn(table.replyRemoteAddress, length, address),
    process: yield* renamedColumn(table.process, length, process),
    rawState: yield* renamedColumn(table.rawState, length, id =>
      id < STATE_WORDS_END ? id : STATE_WORDS_END + state(id - STATE_WORDS_END),
    ),
    user: yield* renamedColumn(table.user, length, user),
    handle: yield* renamedColumn(table.handle, length, handle),
    localScope: yield* renamedColumn(table.localScope, length, scope),
    remoteScope: yield* renamedColumn(table.remoteScope, length, scope),
    localService: yield* renamedColumn(table.localService, length, service),
    remoteService: yield* renamedColumn(table.remoteService, length, service),
    components: yield* mapped(table.components, names => names.map(of.component)),
    sharedOwners: yield* mapped(table.sharedOwners, owners => owners.map(owner)),
  };
  return Object.assign(Object.create(SocketTable.prototype) as SocketTable, table, changed);
}

type Rename = (id: number) => number;
type RenameInRow = (id: number, row: number) => number;

/** Changes numbers of a pool; `rename` is asked once for each word. */
function renamedOnce(pool: StringPool, rename: (word: string) => string): Rename {
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

function* renamedColumn<T extends Uint32Array | undefined>(
  column: T,
  length: number,
  rename: RenameInRow,
): Task<T> {
  const result = column?.slice();
  for (let row = 0; result !== undefined && row < length; row++) {
    result[row] = rename(result[row]!, row);
    if (row % RENAMED_AT_A_TIME === RENAMED_AT_A_TIME - 1) {
      yield;
    }
  }
  return result as T;
}

function* mapped<K, V>(map: ReadonlyMap<K, V>, of: (value: V) => V): Task<Map<K, V>> {
  const result = new Map<K, V>();
  for (const [key, value] of map) {
    result.set(key, of(value));
    yield;
  }
  return result;
}
