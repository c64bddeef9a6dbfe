import { FREEBSD, LINUX, MACOS, on } from '../../../knowledge/advice';
import { NONE } from '../../../model/row';
import type { Task } from '../../../model/task';
import type { System } from '../../../vocabulary/system';
import { protocolWord } from '../../../vocabulary/protocol';
import { State } from '../../../vocabulary/state';
import type { Owner } from '../../../model/socket';
import type { OwnerIdentity } from '../../../index/owners';
import { programText } from '../../../explain/facts';
import { label, say } from '../../../wording/statement';
import type { Text } from '../../../wording/text';
import { groupByInSteps, type Groups, NO_ROWS, whereInSteps } from '../../../index/grouping';
import type { SnapshotIndex } from '../../../index/snapshotIndex';
import { FINDING_TEXTS } from '../findingTexts';
import { listenerCommand } from '../commands';
import { PerSnapshot } from '../perSnapshot';
import type { Holder, RuleContext } from '../ruleContext';
import { ownerRowOf, unaccepted } from './unaccepted';

const TEXTS = {
  group: label('a group of {count} processes ({first})'),
  mixedGroup: label('a group of {count} processes ({first}, {second})'),
  sharers: say(
    'Listening on this socket, with one queue for both: {first}, {second}. This dump does not show which of them should accept.',
    'measured',
    'listen.2',
  ),
  moreSharers: say(
    'Listening on this socket, with one queue for all of them: {first}, {second}, and {more} more. This dump does not show which of them should accept.',
    'measured',
    'listen.2',
  ),
  accept: say(
    'Find what keeps the program from calling accept(): blocked threads, an event loop that is busy with long work, too few workers, or no free descriptors.',
    'general-practice',
  ),
  activation: say(
    'systemd holds this socket for a service that it starts on demand, and that has not taken it over: run `systemctl status` for the socket and for its service.',
    'systemd.socket',
  ),
  raise: say(
    'If it is only bursts, raise both the listen() backlog and `net.core.somaxconn`.',
    'listen.2',
    'linux-ip-sysctl',
  ),
  raiseFreebsd: say(
    "For bursts only: raise both listen()'s backlog and `kern.ipc.soacceptqueue`.",
    'freebsd-listen.2',
  ),
  raiseMacos: say(
    "For bursts only: raise both listen()'s backlog and `kern.ipc.somaxconn`.",
    'xnu-uipc-socket2',
  ),
};

/** Whether the dump shows that nothing waits to be accepted on a port of Linux, whose Recv-Q is the queue. */
export function hasEmptyQueue(index: SnapshotIndex, port: number): boolean {
  const listeners = index.listeners.on(port);
  const { recvQ } = index.table;
  return index.linux && listeners.length > 0 && listeners.every(row => recvQ[row] === 0);
}

/** How full an accept queue is known to be. */
type Fullness = 'full' | 'likely' | 'not full' | 'unknown';

/** Connections that are complete, and that no program has accepted yet, on one port. */
export interface AcceptQueue {
  readonly port: number;
  /** Row of the listening socket; NONE where the dump does not have it. */
  readonly listener: number;
  /** Connections that wait (Recv-Q of the listener); null where the dump does not tell. */
  readonly waiting: number | null;
  /** The backlog in force; null where the tool does not print it. */
  readonly backlog: number | null;
  readonly fullness: Fullness;
  /** Rows that wait in it, as far as they can be told from accepted ones. */
  readonly established: Uint32Array;
  readonly closeWait: Uint32Array;
}

/**
 * What Recv-Q of a full queue is where the tool does not print the backlog: one more than the
 * backlogs that programs usually ask for, and 512 where 511 is held to be the limit.
 */
const USUAL_FULL: ReadonlySet<number> = new Set([
  ...[5, 10, 16, 20, 32, 50, 64, 100, 128, 150, 200, 250, 256, 500, 511, 512, 1000, 1024].map(
    backlog => backlog + 1,
  ),
  ...[2048, 4096, 8192, 16_384, 32_768, 65_535].map(backlog => backlog + 1),
]);

/** Connections of one address in a queue that show the way from there. */
const SEVERAL = 2;

/** Backlogs plus one that a queue may have by chance for a moment. */
const LEAST_USUAL = 51;

/**
 * Accept queues that are not empty, the one with the most first: Linux prints them, and BSD and
 * macOS with `netstat -L`.
 */
export const acceptQueues = new PerSnapshot<readonly AcceptQueue[]>(function* (index) {
  const rows = yield* unaccepted.in(index);
  const established = yield* byListener(index, rows.established);
  const closeWait = yield* byListener(index, rows.closeWait);
  const waiting = index.linux || isBsd(index) ? index.received.rowsIn(State.Listen) : NO_ROWS;
  // ss prints the backlog as Send-Q, netstat 0; so does an ss that has to read /proc.
  const printsBacklog = waiting.length > 0 && index.sending.rowsIn(State.Listen).length > 0;
  // Of a listener that only netstat lists, 0 says nothing.
  const least = index.snapshot.dialects.length > 1 ? 1 : 0;
  const repeated = yield* byListener(index, index.retransmitted.rowsIn(State.SynReceived));
  const { localPort, recvQ, sendQ } = index.table;
  const queues: AcceptQueue[] = [];
  for (const listener of waiting) {
    const backlog = printsBacklog && sendQ[listener]! >= least ? sendQ[listener]! : null;
    const own = established.of(listener);
    queues.push({
      port: localPort[listener]!,
      listener,
      waiting: recvQ[listener]!,
      backlog,
      fullness:
        backlog === null && dropsFrom(index, repeated.of(listener), own)
          ? 'likely'
          : fullnessOf(index, recvQ[listener]!, backlog),
      established: own,
      closeWait: closeWait.of(listener),
    });
  }
  const unheard = yield* groupByInSteps(established.of(NONE), row => localPort[row]!);
  for (const [port, own] of yield* groupByInSteps(closeWait.of(NONE), row => localPort[row]!)) {
    queues.push({
      port,
      listener: NONE,
      waiting: null,
      backlog: null,
      fullness: 'unknown',
      established: unheard.of(port),
      closeWait: own,
    });
  }
  return queues.sort((a, b) => (b.waiting ?? 0) - (a.waiting ?? 0));
});

/** Accept queues of UNIX sockets that are not empty, the one with the most first. */
export const unixQueues = new PerSnapshot<readonly AcceptQueue[]>(function* (index) {
  const { table } = index;
  const rows = index.linux
    ? yield* whereInSteps(
        index.received.rowsIn(State.None),
        row =>
          protocolWord(table.protocol[row]!).protocol === 'unix' &&
          table.rawStateOf(row) === 'LISTEN',
      )
    : NO_ROWS;
  return Array.from(rows, listener => {
    const waiting = table.recvQ[listener]!;
    const backlog = Math.max(0, table.sendQ[listener]!);
    return {
      port: NONE,
      listener,
      waiting,
      backlog,
      // As of TCP (unix_recvq_full in net/unix/af_unix.c).
      fullness: waiting > backlog ? ('full' as const) : ('not full' as const),
      established: NO_ROWS,
      closeWait: NO_ROWS,
    };
  }).sort((a, b) => b.waiting - a.waiting);
});

/** A queue as a finding's subject: its port, and who accepts there, as several programs may. */
export function queueSubject(context: RuleContext, queue: AcceptQueue): string {
  const { subject } = acceptorOf(context, queue);
  return subject === portSubject(queue) ? subject : `${portSubject(queue)} of ${subject}`;
}

/** The processes that hold a listening socket, where they are several: they share its queue. */
function sharersOf({ index }: RuleContext, { listener }: AcceptQueue): readonly Owner[] {
  const owners = index.files.owners.get(listener) ?? [];
  const all = new Map(owners.map(owner => [owner.pid, owner]));
  return all.size > 1 ? [...all.values()] : [];
}

function portSubject({ port }: AcceptQueue): string {
  return `port ${port}`;
}

/** Who should accept: who holds the listener, else the owner of other rows of its port. */
export function acceptorOf(context: RuleContext, queue: AcceptQueue): Holder {
  const sharers = sharersOf(context, queue);
  if (sharers.length > 0) {
    const byName = new Map(sharers.map(owner => [owner.process ?? '', owner]));
    const [one, other] = [...byName.values()].map(owner =>
      programText([{ ...owner, pid: null }], context.localizer),
    );
    const count = sharers.length;
    return {
      owner: null,
      program: () =>
        context.onHost(
          other === undefined
            ? context.localizer.format(TEXTS.group, { count, first: one! })
            : context.localizer.format(TEXTS.mixedGroup, { count, first: one!, second: other }),
        ),
      subject: `group ${[...byName.keys()].sort().join(' ')}`,
    };
  }
  const row = ownerRowOf(context.index, queue);
  return row === NONE && queue.port > 0
    ? {
        owner: null,
        program: () =>
          context.localizer.format(FINDING_TEXTS.programOnPort, { port: String(queue.port) }),
        subject: portSubject(queue),
      }
    : row === NONE
      ? context.holder(NONE)
      : context.holderOf(row);
}

/** PIDs of the processes that should accept, as far as they are shown. */
export function acceptorPids(context: RuleContext, queue: AcceptQueue): readonly (number | null)[] {
  const sharers = sharersOf(context, queue);
  return (sharers.length > 0 ? sharers : [acceptorOf(context, queue).owner]).map(
    owner => owner?.pid ?? null,
  );
}

/** What is not known of who should accept. */
export function acceptorCaveats(
  context: RuleContext,
  queue: AcceptQueue,
  what: Pick<Parameters<RuleContext['caveats']>[0], 'time'> = {},
): Text[] {
  const [first, second, ...others] = sharersOf(context, queue);
  if (first === undefined || second === undefined) {
    return context.caveats({ ...what, owner: acceptorOf(context, queue).owner });
  }
  const args = {
    first: programText([first], context.localizer),
    second: programText([second], context.localizer),
  };
  return [
    others.length === 0
      ? context.say(TEXTS.sharers, args)
      : context.say(TEXTS.moreSharers, { ...args, more: others.length }),
    ...context.caveats(what),
  ];
}

/** The end that connections come to, in texts. */
export function queueEnd(context: RuleContext, { listener, closeWait, port }: AcceptQueue): Text {
  return listener === NONE && closeWait.length === 0
    ? context.localizer.format(FINDING_TEXTS.port, { port: String(port) })
    : context.localOf(listener === NONE ? closeWait[0]! : listener);
}

/** Unanswered connects of this host to its own ports, by the port. */
const towardsHere = new PerSnapshot<Groups>(function* (index) {
  const rows = yield* whereInSteps(index.rowsIn(State.SynSent), row => index.isHere(row));
  return yield* groupByInSteps(rows, row => index.table.remotePort[row]!);
});

/** Unanswered connects to a queue of this host that is full, or may be. */
export function refusedBy({ index, history }: RuleContext, queue: AcceptQueue): Uint32Array {
  if (queue.fullness === 'not full') {
    return NO_ROWS;
  }
  const { retransmits } = index.table;
  return towardsHere
    .of(index)
    .of(queue.port)
    .filter(
      row =>
        (queue.listener === NONE || index.listenerAt(row) === queue.listener) &&
        // Where the queue is not known to be full, a SYN that was sent again shows it.
        (queue.fullness === 'full' || (retransmits?.[row] ?? NONE) > 0 || history.run(row) > 1),
    );
}

const NONE_REFUSED: ReadonlySet<number> = new Set();

/** All that {@link refusedBy} has of any queue. */
export function refusedConnects(context: RuleContext): ReadonlySet<number> {
  return towardsHere.of(context.index).size === 0
    ? NONE_REFUSED
    : new Set(acceptQueues.of(context.index).flatMap(queue => [...refusedBy(context, queue)]));
}

/** The listeners whose accept queue is full, so that Linux drops what a client holds to be open. */
export function fullListeners(index: SnapshotIndex): ReadonlySet<number> {
  return index.once(
    fullListeners,
    () =>
      new Set(
        acceptQueues
          .of(index)
          .filter(({ fullness }) => fullness === 'full' && index.linux)
          .map(({ listener }) => listener),
      ),
  );
}

/** The command that shows a queue with its backlog. */
export function queueCommand(system: System | null, port: number): string | null {
  switch (system) {
    case 'linux':
    case 'android':
      return listenerCommand(system, port);
    case 'freebsd':
    case 'macos':
      return 'netstat -Lan';
    default:
      return null;
  }
}

/** How to mend a program that does not accept. */
export function acceptRemedy(context: RuleContext, owner: OwnerIdentity | null): Text[] {
  return context.advise(
    // It accepts nothing itself: it hands the socket to the service that it starts.
    owner?.process === 'systemd' ? TEXTS.activation : TEXTS.accept,
    on(LINUX, TEXTS.raise),
    on(FREEBSD, TEXTS.raiseFreebsd),
    on(MACOS, TEXTS.raiseMacos),
  );
}

/** Prepares what rules ask of accept queues. */
export function* prepareQueues(index: SnapshotIndex): Task<void> {
  yield* acceptQueues.in(index);
  yield* unixQueues.in(index);
  yield* towardsHere.in(index);
}

/**
 * Linux takes one connection more than the backlog (sk_acceptq_is_full in include/net/sock.h),
 * FreeBSD one more than one and a half times as many (solisten_clone in kern/uipc_socket.c), macOS
 * as many as the backlog, unfinished handshakes included (sonewconn_internal, soqlimitcompat).
 */
function fullnessOf(index: SnapshotIndex, waiting: number, backlog: number | null): Fullness {
  if (backlog === null) {
    return isUsual(waiting) ? 'likely' : 'unknown';
  }
  const most = index.linux
    ? backlog + 1
    : index.system === 'macos'
      ? backlog
      : Math.floor((backlog * 3) / 2) + 1;
  return waiting >= most ? 'full' : 'not full';
}

/** Whether so many wait in a queue whose backlog is a usual one, and that is full. */
export function isUsual(waiting: number): boolean {
  return waiting >= LEAST_USUAL && USUAL_FULL.has(waiting);
}

/**
 * Whether a queue that may be full drops the last ACK of a handshake, as Linux does: the same address
 * has several connections in it, so that its packets do come.
 */
function dropsFrom(index: SnapshotIndex, repeated: Uint32Array, waiting: Uint32Array): boolean {
  if (!index.linux || repeated.length === 0 || waiting.length < SEVERAL) {
    return false;
  }
  const { remoteAddress } = index.table;
  const counts = new Map<number, number>();
  for (const row of waiting) {
    const remote = index.plainAddress(remoteAddress[row]!);
    counts.set(remote, (counts.get(remote) ?? 0) + 1);
  }
  return repeated.some(
    row => (counts.get(index.plainAddress(remoteAddress[row]!)) ?? 0) >= SEVERAL,
  );
}

function isBsd({ system }: SnapshotIndex): boolean {
  return system === 'freebsd' || system === 'macos';
}

/** Rows by the listener that they wait for; NONE where the dump does not have it. */
function byListener(index: SnapshotIndex, rows: Uint32Array): Task<Groups> {
  return groupByInSteps(rows, row => index.listenerOf(row));
}
