import { State } from '../../../vocabulary/state';
import { FREEBSD, LINUX, MACOS, on } from '../../../knowledge/advice';
import { label, say } from '../../../wording/statement';
import { NONE } from '../../../model/row';
import { plain } from '../../../wording/text';
import {
  acceptorCaveats,
  type AcceptQueue,
  acceptorOf,
  acceptorPids,
  acceptQueues,
  isUsual,
  queueCommand,
  queueSubject,
  unixQueues,
} from '../../kit/listening/acceptQueue';
import { beforeRestart } from '../../kit/remedy';
import { course, type Course } from '../../kit/growing/growth';
import type { Confidence, Draft, Severity } from '../../kit/draft';
import { lacksDescriptors, OUT_OF_DESCRIPTORS, queueRemedy } from '../../kit/listening/descriptors';
import {
  droppedHandshakes,
  explainedBy,
  HANGS,
  mayHang,
  readsNothing,
  unreadOn,
} from '../../kit/listening/notAccepted';
import { oneClient } from '../../kit/listening/oneClient';
import { each, rule } from '../../kit/rule';
import { waitingFor } from '../../kit/unanswered/waitingFor';
import { threshold } from '../../kit/threshold';
import type { RuleContext } from '../../kit/ruleContext';

/** Connections that must wait in two snapshots, where the backlog is not known. */
const STANDING = 5;

/** Seconds within which a queue that grows is full: time to look, and none to wait. */
const SOON = 300;

const TEXTS = {
  full: say(
    'Accept queue of {port} is full ({waiting}, backlog {backlog}): {program} is not accepting fast enough',
    'linux-sock-h',
    'linux-af-unix',
    'measured',
  ),
  backlog: say(
    '{program} has {connections} waiting to be accepted on {port} (backlog {backlog})',
    'linux-tcp-diag',
    'linux-af-unix',
  ),
  waiting: say(
    '{program} has {connections} waiting to be accepted on {port}',
    'linux-tcp-diag',
    'measured',
  ),
  likely: say(
    'Accept queue of {port} is most likely full ({waiting}): {program} is not accepting fast enough',
    'linux-sock-h',
    'measured',
  ),
  stands: say(
    'Accept queue of {port} is full ({waiting} in two snapshots): {program} is not accepting fast enough',
    'linux-sock-h',
    'measured',
  ),
  usual: say(
    'Recv-Q {waiting}: one more than {usual}, a usual backlog. At that number Linux drops what comes.',
    'linux-sock-h',
    'measured',
  ),
  why: say(
    'Recv-Q of a listening socket counts connections that are complete and not yet accepted. When more than the backlog wait, new SYNs and the last ACKs of handshakes are dropped.',
    'linux-tcp-diag',
    'linux-sock-h',
    'measured',
  ),
  whyBsd: say(
    'The first number counts connections that are complete and not yet accepted. When more than one and a half times the backlog wait, new connections are dropped.',
    'freebsd-listen.2',
  ),
  whyMacos: say(
    'The first number counts connections that are not yet accepted, unfinished handshakes included. When it has reached the backlog, new connections are dropped.',
    'xnu-uipc-socket2',
  ),
  whyUnix: say(
    'Recv-Q of a listening UNIX socket counts connections that are not yet accepted. While more than the backlog wait, a non-blocking connect() fails with EAGAIN ("Resource temporarily unavailable"), and a blocking one waits.',
    'linux-af-unix',
    'unix.7',
  ),
  dropped: say(
    '{handshakes} on this port repeat SYN,ACK: the last ACK most likely came and was dropped.',
    'linux-tcp-input',
    'measured',
  ),
  established: say(
    'ESTABLISHED connections without a process, still waiting to be accepted: {count}.',
    'measured',
  ),
  before: say('Waiting in the previous snapshot: {count}.', 'linux-tcp-diag'),
  limit: say('the queue exceeds its backlog of {backlog}', 'linux-sock-h'),
  look: say('Run this twice. The queue of the listener should be 0 most of the time.', 'ss.8'),
  counters: say(
    'Run this twice. If ListenOverflows grows, connections are dropped because an accept queue is full.',
    'measured',
  ),
  burst: say('A burst of connections fills an accept queue for an instant.', 'general-practice'),
  noBacklog: say(
    'This dump does not show the backlog. `ss -tln` shows it as Send-Q.',
    'linux-tcp-diag',
    'measured',
  ),
};

const THRESHOLDS = {
  acceptQueueShare: threshold.percent(
    50,
    'Report a warning when this percentage of an accept queue is in use.',
  ),
};
type Context = RuleContext<keyof typeof THRESHOLDS>;

export const acceptQueue = rule({
  code: 'LQ-1',
  id: 'accept-queue',
  title: label('Connections waiting in an accept queue'),
  thresholds: THRESHOLDS,
  needs: { states: [State.Listen, State.None], received: true, queues: true },
  culprit: 'local',
  find(context) {
    const { index } = context;
    return each([...acceptQueues.of(index), ...unixQueues.of(index)], queue =>
      judge(context, queue),
    );
  },
});

function judge(context: Context, queue: AcceptQueue): Draft | undefined {
  const { index } = context;
  const { listener, waiting, backlog, fullness, port: number } = queue;
  if (waiting === null) {
    return undefined;
  }
  const isUnix = number === NONE;
  const { owner, program, subject } = acceptorOf(context, queue);
  const before = waitedBefore(context, listener);
  const severity = severityOf(context, queue, waiting, before);
  if (isUnix && severity === 'info') {
    return undefined;
  }
  const hangs = !isUnix && mayHang(unreadOn(context, queue));
  // What no program reads or accepts for several snapshots is more than a queue.
  const stopped =
    hangs && severity !== 'info' && stands(context, listener) && readsNothing(context, queue);
  return {
    cause: 'not-accepting',
    subject: isUnix
      ? `unix ${plain(context.localOf(listener))} of ${subject}`
      : queueSubject(context, queue),
    severity,
    confidence: stopped ? 'medium' : confidenceOf(fullness, severity, waiting, before),
    rows: [listener, ...queue.established, ...queue.closeWait],
    owner,
    ...(severity === 'info' || isUnix ? {} : { explains: explainedBy(context, queue, hangs) }),
    describe: () => {
      const { growth, texts } = courseOf(context, queue);
      const port = context.localOf(listener);
      const connections = context.connections(waiting);
      const lacking = severity !== 'info' && lacksDescriptors(context, queue);
      const dropped = droppedHandshakes(context, queue).length;
      return {
        title: lacking
          ? context.say(OUT_OF_DESCRIPTORS, { program, port, connections })
          : stopped
            ? context.say(HANGS, { program, port })
            : fullness === 'likely'
              ? context.say(before >= waiting ? TEXTS.stands : TEXTS.likely, {
                  program,
                  port,
                  waiting,
                })
              : backlog === null
                ? context.say(TEXTS.waiting, { program, connections, port })
                : fullness === 'full'
                  ? context.say(TEXTS.full, { program, waiting, port, backlog })
                  : context.say(TEXTS.backlog, { program, connections, port, backlog }),
        why: isUnix
          ? [context.say(TEXTS.whyUnix)]
          : context.advise(
              on(LINUX, TEXTS.why),
              on(FREEBSD, TEXTS.whyBsd),
              on(MACOS, TEXTS.whyMacos),
            ),
        evidence: [
          ...(severity === 'info' || isUnix || lacking
            ? []
            : waitingFor(context, acceptorPids(context, queue))),
          ...(severity === 'info' || isUnix ? [] : oneClient(context, queue)),
          ...(fullness === 'likely' && isUsual(waiting)
            ? [context.evidence(context.say(TEXTS.usual, { waiting, usual: waiting - 1 }))]
            : []),
          ...(before > 0 ? [context.evidence(context.say(TEXTS.before, { count: before }))] : []),
          ...texts.map(text => context.evidence(text)),
          ...(queue.established.length > 0
            ? [
                context.evidence(
                  context.say(TEXTS.established, { count: queue.established.length }),
                ),
              ]
            : []),
          ...(dropped > 0
            ? [
                context.evidence(
                  context.say(TEXTS.dropped, { handshakes: context.handshakes(dropped) }),
                ),
              ]
            : []),
          ...context.examples([listener]),
        ],
        confirm: [
          context.check(TEXTS.look, isUnix ? 'ss -xlp' : queueCommand(index.system, queue.port)),
          ...(index.linux && !isUnix
            ? [context.check(TEXTS.counters, 'nstat -asz TcpExtListenOverflows TcpExtListenDrops')]
            : []),
          ...beforeRestart(context, owner, severity, isUnix),
        ],
        remedy: queueRemedy(context, queue),
        alternatives: before > 0 ? [] : [context.say(TEXTS.burst)],
        caveats: [
          ...(backlog === null ? [context.say(TEXTS.noBacklog)] : []),
          ...acceptorCaveats(context, queue, { time: true }),
        ],
        growth,
      };
    },
  };
}

/** The queue through the snapshots in which its listener was there. */
function courseOf(context: RuleContext, { listener, backlog }: AcceptQueue): Course {
  const { history, index } = context;
  const rows = history.rowsUpTo(listener);
  const snapshots = Array.from(rows, row => history.snapshotOf(row));
  return course(
    context,
    snapshots,
    (_, i) => Math.max(0, index.table.recvQ[rows[i]!]!),
    backlog === null
      ? {}
      : { limit: { value: backlog + 1, text: context.say(TEXTS.limit, { backlog }) } },
  );
}

function waitedBefore({ index, history }: RuleContext, listener: number): number {
  const before = history.previous(listener);
  return before === NONE ? 0 : Math.max(0, index.table.recvQ[before]!);
}

/** How many waited in the last three snapshots, this one first; NONE without the listener. */
function lately(
  { history, index }: RuleContext,
  listener: number,
): readonly [number, number, number] {
  const { recvQ } = index.table;
  const waited = (row: number): number => (row === NONE ? NONE : Math.max(0, recvQ[row]!));
  const before = history.previous(listener);
  const first = before === NONE ? NONE : history.previous(before);
  return [waited(listener), waited(before), waited(first)];
}

/** Whether many waited in each of three snapshots, and it is no burst that is being worked off. */
function stands(context: RuleContext, listener: number): boolean {
  const [now, before, first] = lately(context, listener);
  return Math.min(now, before, first) >= STANDING && !(now < before && before < first);
}

/** Whether a queue has grown in each of three snapshots, and is full within minutes at that rate. */
function willBeFull(context: RuleContext, { backlog, listener }: AcceptQueue): boolean {
  const [now, before, first] = lately(context, listener);
  if (backlog === null || now < STANDING || first === NONE || now <= before || before <= first) {
    return false;
  }
  const { history, index } = context;
  const start = history.snapshotOf(history.previous(history.previous(listener)));
  const seconds = history.secondsBetween(start, index.number);
  return seconds !== null && ((backlog + 1 - now) * seconds) / (now - first) <= SOON;
}

function severityOf(
  context: Context,
  queue: AcceptQueue,
  waiting: number,
  before: number,
): Severity {
  const { backlog, fullness, listener, port } = queue;
  const { thresholds } = context;
  if (port === NONE && waiting < STANDING && before === 0) {
    // Backlogs of UNIX sockets can be as small as 0, and are full for a moment then.
    return fullness === 'full' ? 'warning' : 'info';
  }
  if (fullness === 'full') {
    return 'error';
  }
  if (fullness === 'likely') {
    return before >= waiting ? 'error' : 'warning';
  }
  const share = backlog === null ? 0 : (waiting * 100) / backlog;
  const isKnown = backlog === null && Math.min(before, waiting) >= STANDING;
  return isKnown ||
    stands(context, listener) ||
    willBeFull(context, queue) ||
    share >= thresholds.acceptQueueShare
    ? 'warning'
    : 'info';
}

function confidenceOf(
  fullness: AcceptQueue['fullness'],
  severity: Severity,
  waiting: number,
  before: number,
): Confidence {
  if (severity === 'info') {
    return 'low';
  }
  const lasting = fullness === 'likely' ? before >= waiting : before > 0;
  return fullness === 'full' || lasting ? 'high' : 'medium';
}
