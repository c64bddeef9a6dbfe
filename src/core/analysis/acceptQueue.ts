import { NONE } from '../model/row';
import { State } from '../model/state';
import { isUnaccepted } from './closeWait';
import type { SnapshotIndex } from './snapshotIndex';

/** A listening socket with connections that its program has not accepted yet. */
export interface AcceptQueue {
  /** Row of the listening socket. */
  readonly listener: number;
  /** Connections that wait (Recv-Q of the listener). */
  readonly waiting: number;
  /**
   * The backlog in force; null where the tool does not print it. The queue is full when more wait
   * (FACTS L2).
   */
  readonly backlog: number | null;
  /** Rows that wait in it, as far as they can be told from accepted ones. */
  readonly established: Uint32Array;
  readonly closeWait: Uint32Array;
}

const KNOWN = new WeakMap<SnapshotIndex, readonly AcceptQueue[]>();

/** Accept queues that are not empty. Only Linux prints them in its rows. */
export function acceptQueues(index: SnapshotIndex): readonly AcceptQueue[] {
  let queues = KNOWN.get(index);
  if (queues === undefined) {
    queues = index.linux ? find(index) : [];
    KNOWN.set(index, queues);
  }
  return queues;
}

/** Whether a queue is known to be full. */
export function isFull({ waiting, backlog }: AcceptQueue): boolean {
  return backlog !== null && waiting > backlog;
}

/** The port of a queue as a finding's subject. */
export function queueSubject(index: SnapshotIndex, { listener }: AcceptQueue): string {
  return `port ${index.table.localPort[listener] ?? NONE}`;
}

function find(index: SnapshotIndex): AcceptQueue[] {
  const { recvQ, sendQ } = index.table;
  const listeners = index.rowsIn(State.Listen);
  const waiting = listeners.filter(row => recvQ[row]! > 0);
  if (waiting.length === 0) {
    return [];
  }
  // ss prints the backlog as Send-Q, netstat 0; so does an ss that has to read /proc.
  const printsBacklog = listeners.some(row => sendQ[row]! > 0);
  const established = byListener(index, State.Established);
  const closeWait = byListener(index, State.CloseWait);
  return [...waiting].map(listener => ({
    listener,
    waiting: recvQ[listener]!,
    backlog: printsBacklog ? sendQ[listener]! : null,
    established: Uint32Array.from(established.get(listener) ?? []),
    closeWait: Uint32Array.from(closeWait.get(listener) ?? []),
  }));
}

/** Rows of a state that wait to be accepted, by the listener that they wait for. */
function byListener(index: SnapshotIndex, state: State): Map<number, number[]> {
  const result = new Map<number, number[]>();
  for (const row of index.rowsIn(state)) {
    if (isUnaccepted(index, row)) {
      const listener = index.listenerOf(row);
      const rows = result.get(listener);
      if (rows === undefined) {
        result.set(listener, [row]);
      } else {
        rows.push(row);
      }
    }
  }
  return result;
}
