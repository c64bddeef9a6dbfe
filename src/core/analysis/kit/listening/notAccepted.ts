import {
  groupByInSteps,
  type Groups,
  NO_ROWS,
  union,
  where,
  whereInSteps,
} from '../../../index/grouping';
import { NONE } from '../../../model/row';
import { State } from '../../../vocabulary/state';
import { say } from '../../../wording/statement';
import { type AcceptQueue, refusedBy } from './acceptQueue';
import type { Explained } from '../draft';
import { PerSnapshot } from '../perSnapshot';
import { isBeingRead, isRead } from '../transfer/queues';
import type { RuleContext } from '../ruleContext';
import { isUnaccepted } from './unaccepted';

const TEXTS = {
  hangs: say(
    '{program} most likely hangs: it is neither accepting nor reading on {port}',
    'measured',
    'general-practice',
  ),
};

/** The title of a program that does neither. */
export const { hangs: HANGS } = TEXTS;

/** Rules that accuse somebody else of what a full accept queue or a hung program causes. */
const SYMPTOMS = [
  ...['CW-1', 'CW-2', 'CW-3', 'CW-4', 'CW-6', 'CW-7', 'SR-1', 'SR-2', 'SS-1', 'SS-2', 'SS-3'],
  ...['F1-1', 'F2-1', 'RT-1', 'RQ-1', 'SQ-1', 'HO-1', 'KA-1', 'PAIR-1', 'PAIR-2', 'PAIR-3'],
] as const;

/** Connections to this host's own ports that repeat what they sent, by the port. */
const repeatingHere = new PerSnapshot<Groups>(function* (index) {
  const sending = index.retransmitted.rowsBetween(State.SynSent, State.Count);
  const rows = yield* whereInSteps(sending, row => index.isHere(row));
  return yield* groupByInSteps(rows, row => index.table.remotePort[row]!);
});

/** Accepted connections with more than a FIN to read, by their local port. */
const unreadByPort = new PerSnapshot<Groups>(function* (index) {
  const { received, table } = index;
  const isUnread = (row: number): boolean => table.recvQ[row]! > 1 && !isUnaccepted(index, row);
  const established = yield* whereInSteps(received.rowsIn(State.Established), isUnread);
  const closeWait = yield* whereInSteps(received.rowsIn(State.CloseWait), isUnread);
  const rows = union([established, closeWait]);
  return yield* groupByInSteps(rows, row => table.localPort[row]!);
});

/** Handshakes that the program's side has answered again, by their local port. */
const repeatedHandshakes = new PerSnapshot<Groups>(function* (index) {
  const rows = index.retransmitted.rowsIn(State.SynReceived);
  return yield* groupByInSteps(rows, row => index.table.localPort[row]!);
});

/** CLOSE_WAIT by local port, where no program is shown. */
const closeWaitByPort = new PerSnapshot<Groups>(function* (index) {
  return yield* groupByInSteps(index.rowsIn(State.CloseWait), row => index.table.localPort[row]!);
});

/** Connections of a queue's program, on its port, that it has accepted and does not read. */
export function unreadOn({ index }: RuleContext, { port }: AcceptQueue): Uint32Array {
  return unreadByPort.of(index).of(port);
}

/** Unread connections from which on a program does not just have its hands full. */
const UNREAD = 3;

/** Whether a program that leaves so many connections unread hangs. */
export function mayHang({ length }: Uint32Array): boolean {
  return length >= UNREAD;
}

/**
 * Whether a program has read nothing on a queue's port for three snapshots: connections had data to
 * read in each of them, and on none less waits than did before, or more has come than waits.
 */
export function readsNothing(context: RuleContext, queue: AcceptQueue): boolean {
  const { index, history } = context;
  const { recvQ } = index.table;
  const kept = where(unreadOn(context, queue), row => {
    const before = history.previous(row);
    const first = before === NONE ? NONE : history.previous(before);
    return first !== NONE && Math.min(recvQ[before]!, recvQ[first]!) > 0;
  });
  return (
    mayHang(kept) &&
    !readPorts(context).has(queue.port) &&
    !kept.some(row => isBeingRead(context, row) || isBeingRead(context, history.previous(row)))
  );
}

/** Local ports on which some connection was read lately: less waits on it than did before. */
function readPorts(context: RuleContext): ReadonlySet<number> {
  const { index, history } = context;
  return index.once(readPorts, () => {
    const read = where(index.rowsIn(State.Established), row => {
      const before = history.previous(row);
      return isRead(context, row) || (before !== NONE && isRead(context, before));
    });
    return new Set(Array.from(read, row => index.table.localPort[row]!));
  });
}

/**
 * Handshakes on a queue's port whose last ACK may have come and was dropped: above its backlog
 * Linux does so (tcp_v4_syn_recv_sock in net/ipv4/tcp_ipv4.c), and the row stays SYN_RECV.
 */
export function droppedHandshakes({ index }: RuleContext, { port }: AcceptQueue): Uint32Array {
  return repeatedHandshakes.of(index).of(port);
}

/** CLOSE_WAIT on a queue's port that may be in it: where no program is shown, all that fit. */
function mayWait({ index }: RuleContext, { port, waiting }: AcceptQueue): Uint32Array {
  const rows = index.showsPids ? NO_ROWS : closeWaitByPort.of(index).of(port);
  return rows.length <= (waiting ?? 0) ? rows : NO_ROWS;
}

/** All that a program that does not accept on a port explains; that does not read, if it hangs. */
export function explainedBy(context: RuleContext, queue: AcceptQueue, hangs: boolean): Explained {
  return {
    rows: [
      queue.closeWait,
      queue.established,
      mayWait(context, queue),
      droppedHandshakes(context, queue),
      refusedBy(context, queue),
      repeatingHere.of(context.index).of(queue.port),
      ...(hangs ? [unreadOn(context, queue)] : []),
    ],
    symptoms: SYMPTOMS,
  };
}
