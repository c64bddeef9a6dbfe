import { NONE } from '../../model/row';
import { say } from '../../wording/statement';
import type { Text } from '../../wording/text';
import type { RuleContext } from './ruleContext';
import { State } from '../../vocabulary/state';
import type { Task } from '../../model/task';
import { isUnaccepted } from './closeWait';
import { groupByInSteps, type Groups, whereInSteps } from '../../index/grouping';
import { PerSnapshot } from './perSnapshot';
import type { SnapshotIndex } from '../../index/snapshotIndex';

const TEXTS = {
  accept: say(
    'lq-1.remedy.accept',
    'Find what keeps the program from calling accept(): blocked threads, an event loop that does long work, too few workers, or no free descriptors.',
    'general-practice',
  ),
  raise: say(
    'lq-1.remedy.raise',
    "For bursts only: raise both listen()'s backlog and `net.core.somaxconn`.",
    'listen.2',
    'linux-ip-sysctl',
  ),
};

/** A listening socket with connections that its program has not accepted yet. */
export interface AcceptQueue {
  /** Row of the listening socket. */
  readonly listener: number;
  /** Connections that wait (Recv-Q of the listener). */
  readonly waiting: number;
  /**
   * The backlog in force; null where the tool does not print it. The queue is full when more wait
   * (sk_acceptq_is_full in Linux include/net/sock.h).
   */
  readonly backlog: number | null;
  /** Rows that wait in it, as far as they can be told from accepted ones. */
  readonly established: Uint32Array;
  readonly closeWait: Uint32Array;
}

/** Accept queues that are not empty. Only Linux prints them in its rows. */
export const acceptQueues = new PerSnapshot<readonly AcceptQueue[]>(function* (index) {
  const waiting = index.linux ? index.received.rowsIn(State.Listen) : NO_ROWS;
  if (waiting.length === 0) {
    return [];
  }
  // ss prints the backlog as Send-Q, netstat 0; so does an ss that has to read /proc.
  const printsBacklog = index.sending.rowsIn(State.Listen).length > 0;
  const established = yield* byListener(index, State.Established);
  const closeWait = yield* byListener(index, State.CloseWait);
  const { recvQ, sendQ } = index.table;
  return Array.from(waiting, listener => ({
    listener,
    waiting: recvQ[listener]!,
    backlog: printsBacklog ? sendQ[listener]! : null,
    established: established.of(listener),
    closeWait: closeWait.of(listener),
  }));
});

const NO_ROWS = new Uint32Array(0);

/** Whether a queue is known to be full. */
export function isFull({ waiting, backlog }: AcceptQueue): boolean {
  return backlog !== null && waiting > backlog;
}

/** The port of a queue as a finding's subject. */
export function queueSubject(index: SnapshotIndex, { listener }: AcceptQueue): string {
  return `port ${index.table.localPort[listener]!}`;
}

/** Rows of a state that wait to be accepted, by the listener that they wait for. */
function* byListener(index: SnapshotIndex, state: State): Task<Groups> {
  const rows = yield* whereInSteps(index.rowsIn(state), row => isUnaccepted(index, row));
  return yield* groupByInSteps(rows, row => index.listenerOf(row));
}

/** Unanswered connects to a listener of this host whose queue is full, or may be. */
export function refusedBy({ index, history }: RuleContext, queue: AcceptQueue): number[] {
  if (queue.backlog !== null && !isFull(queue)) {
    return [];
  }
  const { retransmits } = index.table;
  return [...index.rowsIn(State.SynSent)].filter(
    row =>
      index.listenerAt(row) === queue.listener &&
      // Without the backlog, a SYN that was sent again shows that the queue is full.
      (isFull(queue) || (retransmits?.[row] ?? NONE) > 0 || history.run(row) > 1),
  );
}

/** How to mend a program that does not accept. */
export function acceptRemedy(context: RuleContext): Text[] {
  return [context.say(TEXTS.accept), context.say(TEXTS.raise)];
}
