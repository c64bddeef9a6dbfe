import { State } from '../../../vocabulary/state';
import { label, say, type Statement } from '../../../wording/statement';
import { NONE } from '../../../model/row';
import {
  acceptorCaveats,
  type AcceptQueue,
  acceptorOf,
  acceptorPids,
  acceptQueues,
  queueCommand,
  queueEnd,
  queueSubject,
} from '../../kit/listening/acceptQueue';
import { queueRemedy } from '../../kit/listening/descriptors';
import { beforeRestart } from '../../kit/remedy';
import type { Severity } from '../../kit/draft';
import { explainedBy, HANGS, mayHang, unreadOn } from '../../kit/listening/notAccepted';
import { each, rule } from '../../kit/rule';
import type { RuleContext } from '../../kit/ruleContext';
import { waitingFor } from '../../kit/unanswered/waitingFor';
import { threshold } from '../../kit/threshold';
import { ownerRowOf } from '../../kit/listening/unaccepted';

const TEXTS = {
  title: say(
    '{program} is not accepting on {port}: {connections} in the queue, already closed by {remote}',
    'measured',
    'linux-tcp-diag',
  ),
  likely: say(
    '{program} is most likely not accepting on {port}: {connections} closed while in the queue',
    'measured',
    'linux-tcp-diag',
  ),
  slow: say(
    '{program} can be slow to accept on {port}: {connections} closed while in the queue',
    'measured',
    'linux-tcp-diag',
  ),
  inode: say(
    'In CLOSE_WAIT without an inode, and so still in the accept queue: {connections}. The missing call is accept(), not close().',
    'measured',
    'linux-proc-net-tcp',
  ),
  owner: say(
    'In CLOSE_WAIT without a process, although this dump shows the process of the port: {connections}, most likely still in the accept queue. The missing call is accept(), not close().',
    'measured',
    'linux-proc-net-tcp',
  ),
  root: say(
    'In CLOSE_WAIT without a process, although root sees all processes: {connections}, most likely still in the accept queue. The missing call is accept(), not close().',
    'measured',
    'linux-proc-net-tcp',
  ),
  queue: say(
    'Recv-Q of the listening socket: {connections} waiting to be accepted.',
    'linux-tcp-diag',
    'measured',
  ),
  established: say('Also waiting, in ESTABLISHED without a process: {connections}.', 'measured'),
  unread: say(
    'With unread data, of the same program on this port: {connections}.',
    'measured',
    'linux-tcp-diag',
  ),
  look: say(
    'Run this twice. A Recv-Q of the listener that stays above 0 proves it.',
    'ss.8',
    'linux-tcp-diag',
  ),
  instant: say('A server that accepts many connections shows this for a moment.', 'measured'),
  namespace: say(
    'The processes of another PID namespace (a container) are not shown either.',
    'measured',
  ),
};

const THRESHOLDS = {
  unacceptedWarning: threshold.sockets(
    3,
    'CLOSE_WAIT sockets in an accept queue that make a warning.',
  ),
};
type Context = RuleContext<keyof typeof THRESHOLDS>;

export const notAccepting = rule({
  code: 'CW-5',
  id: 'not-accepting',
  title: label('Connections that the peer closed before they were accepted'),
  thresholds: THRESHOLDS,
  needs: { states: [State.CloseWait], queues: true },
  find(context) {
    return each(acceptQueues.of(context.index), queue => {
      const rows = queue.closeWait;
      if (rows.length === 0) {
        return undefined;
      }
      const { index } = context;
      const { owner, program } = acceptorOf(context, queue);
      const stuck = isStuck(context, queue);
      const unread = unreadOn(context, queue);
      const severity = severityOf(context, queue, stuck);
      const hangs = severity !== 'info' && mayHang(unread);
      return {
        cause: 'not-accepting',
        subject: queueSubject(context, queue),
        severity,
        // No inode proves that they wait, but not that it is for long.
        confidence: stuck && !hangs ? 'high' : severity === 'info' ? 'low' : 'medium',
        rows: queue.listener === NONE ? rows : [queue.listener, ...rows],
        owner,
        ...(severity === 'info' ? {} : { explains: explainedBy(context, queue, hangs) }),
        describe: () => {
          const reason = reasonOf(context, queue);
          const connections = context.connections(rows.length);
          const args = { program, port: queueEnd(context, queue), connections };
          return {
            title: hangs
              ? context.say(HANGS, args)
              : stuck
                ? context.say(TEXTS.title, {
                    ...args,
                    remote: context.remoteText(context.remotes(rows)),
                  })
                : context.say(severity === 'info' ? TEXTS.slow : TEXTS.likely, args),
            why: [context.say(reason, { connections })],
            evidence: [
              ...(severity === 'info' ? [] : waitingFor(context, acceptorPids(context, queue))),
              ...(queue.waiting === null
                ? []
                : [
                    context.evidence(
                      context.say(TEXTS.queue, {
                        connections: context.connections(queue.waiting),
                      }),
                      queue.listener,
                    ),
                  ]),
              // Of a queue that the listener shows, LQ-1 counts them.
              ...(queue.waiting !== null || queue.established.length === 0
                ? []
                : [
                    context.evidence(
                      context.say(TEXTS.established, {
                        connections: context.connections(queue.established.length),
                      }),
                    ),
                  ]),
              ...(hangs
                ? [
                    context.evidence(
                      context.say(TEXTS.unread, {
                        connections: context.connections(unread.length),
                      }),
                    ),
                  ]
                : []),
              ...context.examples(rows),
            ],
            confirm: [
              context.check(TEXTS.look, queueCommand(index.system, queue.port)),
              ...beforeRestart(context, owner, severity),
            ],
            remedy: queueRemedy(context, queue),
            alternatives: [
              ...(stuck || hangs ? [] : [context.say(TEXTS.instant)]),
              ...(reason === TEXTS.root ? [context.say(TEXTS.namespace)] : []),
            ],
            caveats: acceptorCaveats(context, queue, { time: true }),
          };
        },
      };
    });
  },
});

/** Whether the same connections wait as in an earlier snapshot. */
function isStuck({ history, index }: RuleContext, { listener, closeWait }: AcceptQueue): boolean {
  if (history.longestRun(closeWait) < 2) {
    return false;
  }
  const before = listener === NONE ? NONE : history.previous(listener);
  return listener === NONE || (before !== NONE && index.table.recvQ[before]! > 0);
}

function severityOf({ thresholds }: Context, queue: AcceptQueue, stuck: boolean): Severity {
  if (queue.closeWait.length >= thresholds.unacceptedWarning) {
    return stuck ? 'error' : 'warning';
  }
  return stuck ? 'warning' : 'info';
}

function reasonOf(context: RuleContext, queue: AcceptQueue): Statement<'connections'> {
  const { index } = context;
  return index.table.inode?.[queue.closeWait[0]!] === 0
    ? TEXTS.inode
    : ownerRowOf(index, queue) === NONE
      ? TEXTS.root
      : TEXTS.owner;
}
