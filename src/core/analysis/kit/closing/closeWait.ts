import { TLS_CLOSE_SIZES } from '../../../explain/situations/closeWait';
import { NONE } from '../../../model/row';
import type { QueueColumn } from '../../../model/socketColumns';
import { State } from '../../../vocabulary/state';
import { holderOf, portOfHolder } from '../../../index/holder';
import { groupByInSteps, type Part, whereInSteps } from '../../../index/grouping';
import { PerSnapshot } from '../perSnapshot';
import { isUnaccepted } from '../listening/unaccepted';
import { threshold } from '../threshold';
import type { SnapshotIndex } from '../../../index/snapshotIndex';
import type { History } from '../../time/history';

/** From how many CLOSE_WAIT of one program on it is worth a warning: also that they are unread. */
export const CLOSE_WAIT_WARNING = {
  closeWaitWarning: threshold.sockets(
    5,
    'Report a warning from this many CLOSE_WAIT sockets of one program, or from up to twice as many if it may still be answering its peers.',
  ),
};

/** From how many of one program to one server on they are most likely in a pool. */
export const POOL_CONNECTIONS = 3;

/** From how many on it is an error, whatever the share. */
export const CLOSE_WAIT_ERROR = {
  closeWaitError: threshold.sockets(
    50,
    'Report an error from this many CLOSE_WAIT sockets of one program.',
  ),
};

/**
 * Recv-Q by place in a list of rows, looked up once for each list: rows of one owner stand all
 * over the table.
 */
export function receiveQueues(index: SnapshotIndex, rows: Uint32Array): QueueColumn {
  return index.onceFor(rows, receiveQueues, () => {
    const { recvQ } = index.table;
    const queues: QueueColumn =
      recvQ instanceof Int32Array ? new Int32Array(rows.length) : new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) {
      queues[i] = recvQ[rows[i]!]!;
    }
    return queues;
  });
}

/** Bytes that came and were not read, by the Recv-Q of a CLOSE_WAIT; null where it has none. */
export function unreadBytes({ linux }: SnapshotIndex, queue: number): number | null {
  // Linux counts the peer's FIN as one more byte (rcv_nxt − copied_seq, tcp_diag.c).
  return queue === NONE ? null : linux ? Math.max(0, queue - 1) : queue;
}

/**
 * Whether all that is unread on a connection has the size of the end of TLS, be the FIN counted or
 * not.
 */
export function isTlsFarewell(index: SnapshotIndex, queue: number): boolean {
  const bytes = unreadBytes(index, queue) ?? 0;
  return bytes > 0 && TLS_CLOSE_SIZES.has(bytes + 1);
}

/** The CLOSE_WAIT rows of a snapshot by owner, NONE where none is shown. */
export const closeWaitByOwner = new PerSnapshot<readonly Part[]>(function* (index) {
  return [...(yield* groupByInSteps(index.rowsIn(State.CloseWait), row => index.owners.of(row)))];
});

/**
 * The CLOSE_WAIT rows that a program here has to close, by holder (see holderOf). Without those that
 * still send, which the program may do after the peer's half-close (RFC 9293 §3.6), and those that
 * it has to accept first.
 */
export const closeWaitByHolder = new PerSnapshot<readonly Part[]>(function* (index) {
  const { sendQ } = index.table;
  const some = index.sending.rowsIn(State.CloseWait).length > 0;
  const parts: Part[] = [];
  for (const [owner, rows] of yield* closeWaitByOwner.in(index)) {
    // What has an owner was accepted.
    const open =
      some || owner === NONE
        ? yield* whereInSteps(rows, row => !(sendQ[row]! > 0) && !isUnaccepted(index, row))
        : rows;
    if (owner === NONE) {
      for (const part of yield* groupByInSteps(open, row => holderOf(index, row))) {
        parts.push(part);
      }
    } else if (open.length > 0) {
      parts.push([owner, open]);
    }
  }
  return parts.sort(([, a], [, b]) => a[0]! - b[0]!);
});

/** Rows that a program may be accepting while its listing is made. */
const FEW = 5;

/**
 * {@link closeWaitByHolder} without the few rows that have no process because their program, which
 * has more of them, was accepting them: tools look for processes before they list sockets.
 */
export function closeWaitAccepted({
  history,
  index,
}: {
  readonly history: History;
  readonly index: SnapshotIndex;
}): readonly Part[] {
  return index.once(closeWaitAccepted, () => findAccepted(index, history));
}

function findAccepted(index: SnapshotIndex, history: History): readonly Part[] {
  const parts = closeWaitByHolder.of(index);
  if (index.snapshot.unprivileged || parts.every(([holder]) => holder >= NONE)) {
    return parts;
  }
  const counts = new Map(parts.map(([holder, { length }]) => [holder, length]));
  return parts.filter(
    ([holder, rows]) =>
      portOfHolder(holder) === null ||
      rows.length >= FEW ||
      !rows.every(row => {
        const owner = ownerOfListener(index, row);
        return owner !== NONE && (counts.get(owner) ?? 0) > rows.length && history.run(row) === 1;
      }),
  );
}

function ownerOfListener(index: SnapshotIndex, row: number): number {
  const listener = index.listenerOf(row);
  return listener === NONE ? NONE : index.owners.of(listener);
}
