import { dialects } from '../dialects';
import type { DumpCommand } from '../model/format';
import type { Snapshot } from '../model/snapshot';
import { protocolWord, type Protocol } from '../vocabulary/protocol';
import { NONE } from '../model/row';
import type { Owner } from '../model/socket';
import { State, stateName, type TcpState } from '../vocabulary/state';
import { inBlocks, runToEnd, type Task } from '../model/task';
import { closeWaitByOwner, receiveQueues, unreadBytes } from './kit/closing/closeWait';
import { isUnaccepted } from './kit/listening/unaccepted';
import { countRemotes, type RemoteCount } from '../index/remotes';
import type { SnapshotIndex } from '../index/snapshotIndex';

/** The CLOSE_WAIT sockets of one owner. */
export interface CloseWaitGroup {
  /** Null where the owner is not shown. */
  readonly pid: number | null;
  readonly process: string | null;
  readonly count: number;
  /** All sockets of this owner, whatever their state and protocol; null where it is not shown. */
  readonly ofOwner: number | null;
  /** Bytes that came and were not read (the FIN not counted); null without queues. */
  readonly unreadBytes: number | null;
  /** The commonest first, a hundred at most. */
  readonly remotes: readonly RemoteCount[];
  /** How many different remote addresses there are. */
  readonly remoteCount: number;
  /** Indexes in the table, ascending. */
  readonly rows: Uint32Array;
  /** Further processes that hold some of the same sockets. */
  readonly sharedWith: readonly Owner[];
  /** The command that would show the owner; null where it is shown. */
  readonly ownerCommand: DumpCommand | null;
}

/** States that are counted, as reports name them. */
export type CountedState = TcpState | 'UNKNOWN';

/** One snapshot in numbers. */
export interface SnapshotSummary {
  readonly index: number;
  readonly snapshot: Snapshot;
  /** Sockets of all protocols. */
  readonly sockets: number;
  /** TCP sockets by state in life-cycle order, UNKNOWN last; zeros are left out. */
  readonly stateCounts: Readonly<Partial<Record<CountedState, number>>>;
  /** In order of first appearance among the protocols. */
  readonly protocolCounts: Readonly<Partial<Record<Protocol, number>>>;
  /** The largest first, those without a shown owner last. */
  readonly closeWait: readonly CloseWaitGroup[];
}

/**
 * Counts one snapshot.
 * @param at Its index again: of many small snapshots hardly any is asked for its CLOSE_WAIT sockets.
 */
export function* summarize(
  index: SnapshotIndex,
  at: (snapshot: number) => SnapshotIndex,
): Task<SnapshotSummary> {
  const { number, snapshot, size } = index;
  let groups = index.isSmall ? undefined : yield* groupCloseWait(index);
  return {
    index: number,
    snapshot,
    sockets: size,
    stateCounts: countStates(index),
    protocolCounts: yield* countProtocols(index),
    get closeWait() {
      return (groups ??= runToEnd(groupCloseWait(at(number))));
    },
  };
}

/** The command that shows owners on a snapshot's system; null where none is known or can. */
export function ownerCommand(index: SnapshotIndex): DumpCommand | null {
  const { snapshot, system } = index;
  const [own] = snapshot.dialects;
  if (index.hasFlows) {
    return null;
  }
  const from = system ?? own?.systems[0];
  const telling =
    own?.tells.pids === 'never'
      ? dialects.find(d => d.tells.pids !== 'never' && from !== undefined && d.systems[0] === from)
      : own;
  return telling?.best ?? null;
}

function countStates({ counts }: SnapshotIndex): Partial<Record<CountedState, number>> {
  const result: Partial<Record<CountedState, number>> = {};
  for (let state: State = State.Listen; state < State.Count; state++) {
    const name = stateName(state);
    const count = counts[state]!;
    if (name !== null && count > 0) {
      result[name] = count;
    }
  }
  const unknown = counts[State.Unknown]!;
  if (unknown > 0) {
    result.UNKNOWN = unknown;
  }
  return result;
}

function* countProtocols({
  files,
  table,
  snapshot,
}: SnapshotIndex): Task<Partial<Record<Protocol, number>>> {
  /** By word; a dump has a few of 256. */
  const words: number[] = [];
  const { protocol } = table;
  const add = (row: number, more: number): void => {
    const word = protocol[row]!;
    words[word] = (words[word] ?? 0) + more;
  };
  yield* inBlocks(snapshot.firstRow, snapshot.endRow, (from, end) => {
    for (let row = from; row < end; row++) {
      add(row, 1);
    }
  });
  for (const row of files.repeated) {
    add(row, -1);
  }
  const result: Partial<Record<Protocol, number>> = {};
  words.forEach((count, word) => {
    if (count > 0) {
      const name = protocolWord(word).protocol;
      result[name] = (result[name] ?? 0) + count;
    }
  });
  return result;
}

function* groupCloseWait(index: SnapshotIndex): Task<CloseWaitGroup[]> {
  const groups: CloseWaitGroup[] = [];
  for (const [owner, own] of yield* closeWaitByOwner.in(index)) {
    groups.push(yield* closeWaitGroup(index, owner, own));
  }
  return groups.sort(
    (a, b) => Number(a.ofOwner === null) - Number(b.ofOwner === null) || b.count - a.count,
  );
}

function* closeWaitGroup(
  index: SnapshotIndex,
  owner: number,
  rows: Uint32Array,
): Task<CloseWaitGroup> {
  const { files, owners } = index;
  const known = owner === NONE ? { pid: null, process: null } : owners.get(owner);
  const remotes = countRemotes(index, rows);
  const sharedWith = new Map<number | null, Owner>();
  let unread: number | null = null;
  for (const queue of receiveQueues(index, rows)) {
    const bytes = unreadBytes(index, queue);
    if (bytes !== null) {
      unread = (unread ?? 0) + bytes;
    }
  }
  yield* inBlocks(0, files.owners.size === 0 ? 0 : rows.length, (from, end) => {
    for (const row of rows.subarray(from, end)) {
      for (const other of files.owners.get(row) ?? []) {
        if (other.pid !== known.pid) {
          sharedWith.set(other.pid, other);
        }
      }
    }
  });
  return {
    pid: known.pid,
    process: known.process,
    count: rows.length,
    ofOwner: owner === NONE ? null : owners.count(owner),
    unreadBytes: unread,
    remotes: remotes.top,
    remoteCount: remotes.total,
    rows,
    sharedWith: [...sharedWith.values()],
    // No command shows a process of what none has accepted yet.
    ownerCommand:
      owner === NONE && !rows.every(row => isUnaccepted(index, row)) ? ownerCommand(index) : null,
  };
}
