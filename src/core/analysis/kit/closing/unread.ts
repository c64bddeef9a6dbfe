import type { SnapshotIndex } from '../../../index/snapshotIndex';
import { NO_ROWS } from '../../../index/grouping';
import { say } from '../../../wording/statement';
import { isTlsFarewell, receiveQueues, unreadBytes } from './closeWait';

/** What is unread of what came, by its queues. */
export const UNREAD_TEXTS = {
  consumed: say(
    'Recv-Q 0 on {count}: everything that came has been read.',
    'measured',
    'linux-tcp-diag',
  ),
  fin: say(
    'Recv-Q 1 on {count}: only the FIN is unread. Most likely the program is not watching the socket.',
    'measured',
    'linux-tcp-diag',
  ),
  unread: say('Recv-Q above 1 on {count}: {bytes} still unread.', 'measured', 'linux-tcp-diag'),
};

/** Rows with unread bytes. */
export interface Unread {
  readonly rows: Uint32Array;
  readonly total: number;
}

const NOTHING_UNREAD = { others: { rows: NO_ROWS, total: 0 }, farewells: NO_ROWS };

/** The rows that have unread bytes: those that look like the end of TLS, and all others. */
export function unreadOf(
  index: SnapshotIndex,
  rows: Uint32Array,
): { readonly others: Unread; readonly farewells: Uint32Array } {
  const queues = receiveQueues(index, rows);
  if (queues.every(queue => !((unreadBytes(index, queue) ?? 0) > 0))) {
    return NOTHING_UNREAD;
  }
  const others = new Uint32Array(rows.length);
  const farewells = new Uint32Array(rows.length);
  let other = 0;
  let farewell = 0;
  let total = 0;
  for (let i = 0; i < rows.length; i++) {
    const queue = queues[i]!;
    const bytes = unreadBytes(index, queue) ?? 0;
    if (isTlsFarewell(index, queue)) {
      farewells[farewell++] = rows[i]!;
    } else if (bytes > 0) {
      others[other++] = rows[i]!;
      total += bytes;
    }
  }
  return {
    others: { rows: others.slice(0, other), total },
    farewells: farewells.slice(0, farewell),
  };
}
