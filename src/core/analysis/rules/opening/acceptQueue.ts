import { label, say } from '../../../wording/statement';
import { NONE } from '../../../model/row';
import {
  acceptRemedy,
  type AcceptQueue,
  acceptQueues,
  isFull,
  queueSubject,
} from '../../kit/acceptQueue';
import { listenerCommand } from '../../kit/commands';
import { course, type Course } from '../../kit/growth';
import type { Severity } from '../../kit/draft';
import { each, rule } from '../../kit/rule';
import { threshold } from '../../kit/threshold';
import type { RuleContext } from '../../kit/ruleContext';

const TEXTS = {
  full: say(
    'lq-1.full',
    'Accept queue of {port} is full ({waiting}, backlog {backlog}): {program} does not accept()',
    'linux-sock-h',
    'measured',
  ),
  backlog: say(
    'lq-1.backlog',
    '{program} has {connections} in the queue for accept() on {port}, backlog {backlog}',
    'linux-tcp-diag',
  ),
  waiting: say(
    'lq-1.waiting',
    '{program} has {connections} in the queue for accept() on {port}',
    'linux-tcp-diag',
    'measured',
  ),
  why: say(
    'lq-1.why',
    'Recv-Q of a listening socket counts connections that are complete and not yet accepted. When more than the backlog wait, new SYNs are dropped.',
    'linux-tcp-diag',
    'linux-sock-h',
    'measured',
  ),
  established: say(
    'lq-1.established',
    '{count} of them are ESTABLISHED without a process.',
    'measured',
  ),
  before: say('lq-1.before', '{count} waited in the snapshot before.', 'linux-tcp-diag'),
  limit: say('lq-1.limit', 'the backlog of {backlog} is exceeded', 'linux-sock-h'),
  look: say('lq-1.look', 'Recv-Q of the listener should be 0 most of the time.', 'ss.8'),
  counters: say(
    'lq-1.counters',
    'Counts the connections that were dropped since boot because a queue was full.',
    'measured',
  ),
  burst: say('lq-1.burst', 'A burst of connections fills it for an instant.', 'general-practice'),
  noBacklog: say(
    'lq-1.no-backlog',
    'netstat does not print the backlog; `ss -tln` shows it as Send-Q.',
    'linux-tcp-diag',
    'measured',
  ),
};

const THRESHOLDS = {
  acceptQueueShare: threshold.percent(50, 'Share of an accept queue in use that makes a warning.'),
};
type Context = RuleContext<keyof typeof THRESHOLDS>;

export const acceptQueue = rule({
  code: 'LQ-1',
  id: 'accept-queue',
  title: label('rule.LQ-1', 'Connections wait for accept() in the queue of a listening socket'),
  thresholds: THRESHOLDS,
  needs: { queues: true },
  find(context) {
    const { index } = context;
    return each(acceptQueues.of(index), queue => {
      const { listener, waiting, backlog } = queue;
      const owner = context.ownerOf(listener);
      const before = waitedBefore(context, listener);
      const severity = severityOf(context, queue, before);
      return {
        cause: 'not-accepting',
        subject: queueSubject(index, queue),
        severity,
        confidence: before > 0 ? 'high' : severity === 'info' ? 'low' : 'medium',
        rows: [listener, ...queue.established, ...queue.closeWait],
        owner,
        describe: () => {
          const { growth, texts } = courseOf(context, queue);
          const { program } = context.holderOf(listener);
          const port = context.localOf(listener);
          const connections = context.connections(waiting);
          return {
            title:
              backlog === null
                ? context.say(TEXTS.waiting, { program, connections, port })
                : isFull(queue)
                  ? context.say(TEXTS.full, { program, waiting, port, backlog })
                  : context.say(TEXTS.backlog, { program, connections, port, backlog }),
            why: [context.say(TEXTS.why)],
            evidence: [
              ...(before > 0
                ? [context.evidence(context.say(TEXTS.before, { count: before }))]
                : []),
              ...texts.map(text => context.evidence(text)),
              ...(queue.established.length > 0
                ? [
                    context.evidence(
                      context.say(TEXTS.established, { count: queue.established.length }),
                    ),
                  ]
                : []),
              ...context.examples([listener]),
            ],
            confirm: [
              {
                text: context.say(TEXTS.look),
                command: listenerCommand(index.system, index.table.localPort[listener]!),
              },
              {
                text: context.say(TEXTS.counters),
                command: 'nstat -asz TcpExtListenOverflows TcpExtListenDrops',
              },
            ],
            remedy: acceptRemedy(context),
            alternatives: before > 0 ? [] : [context.say(TEXTS.burst)],
            caveats: [
              ...(backlog === null ? [context.say(TEXTS.noBacklog)] : []),
              ...context.caveats({ owner, time: true }),
            ],
            growth,
          };
        },
      };
    });
  },
});

/** The queue through the snapshots in which its listener was there. */
function courseOf(context: RuleContext, { listener, backlog }: AcceptQueue): Course {
  const { history, index, past } = context;
  const snapshots = past.slice(-history.run(listener));
  return course(
    context,
    snapshots,
    snapshot => {
      const row = history.back(listener, snapshots.length - 1 - snapshots.indexOf(snapshot));
      return Math.max(0, index.table.recvQ[row]!);
    },
    backlog === null
      ? {}
      : { limit: { value: backlog + 1, text: context.say(TEXTS.limit, { backlog }) } },
  );
}

function waitedBefore({ index, history }: RuleContext, listener: number): number {
  const before = history.previous(listener);
  return before === NONE ? 0 : Math.max(0, index.table.recvQ[before]!);
}

function severityOf({ thresholds }: Context, queue: AcceptQueue, before: number): Severity {
  if (isFull(queue)) {
    return 'error';
  }
  const share = queue.backlog === null ? 0 : (queue.waiting * 100) / queue.backlog;
  return before > 0 || share >= thresholds.acceptQueueShare ? 'warning' : 'info';
}
