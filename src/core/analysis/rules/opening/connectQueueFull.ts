import { say } from '../../../wording/statement';
import { NONE } from '../../../model/row';
import { State } from '../../../vocabulary/state';
import { type AcceptQueue, acceptQueues, isFull, queueSubject } from '../../kit/acceptQueue';
import { listenerCommand } from '../../kit/commands';
import { rule, type RuleContext } from '../../kit/ruleContext';
import { acceptRemedy } from './acceptQueue';

const TEXTS = {
  title: say(
    'ss-3.title',
    '{program} leaves {connections} to {port} without an answer: its accept queue is full',
    'linux-sock-h',
    'measured',
  ),
  why: say(
    'ss-3.why',
    'Client and server are on this host, so no firewall or route is in between: Linux drops the SYNs because {waiting} connections already wait for accept().',
    'linux-tcp-input',
    'measured',
  ),
  look: say('ss-3.look', 'Recv-Q above Send-Q means full.', 'linux-sock-h', 'measured'),
};

/** SS-3: connects on one host that a full accept queue leaves unanswered. */
export const connectQueueFull = rule(
  'SS-3',
  'A full accept queue on this host leaves connects unanswered',
  { queues: true },
  function* (context) {
    const { index } = context;
    for (const queue of yield* acceptQueues.in(index)) {
      const rows = refusedBy(context, queue);
      if (rows.length === 0) {
        continue;
      }
      const { owner, program } = context.partyOf(queue.listener);
      yield {
        code: 'SS-3',
        cause: 'not-accepting',
        subject: queueSubject(index, queue),
        severity: 'error',
        confidence: isFull(queue) ? 'high' : 'medium',
        rows: [queue.listener, ...rows],
        owner,
        tell: () => ({
          title: context.say(TEXTS.title, {
            connections: context.connections(rows.length),
            port: context.localOf(queue.listener),
            program,
          }),
          why: [context.say(TEXTS.why, { waiting: queue.waiting })],
          evidence: context.examples([queue.listener, ...rows]),
          confirm: [
            {
              text: context.say(TEXTS.look),
              command: listenerCommand(index.system, index.table.localPort[queue.listener]!),
            },
          ],
          remedy: acceptRemedy(context),
          caveats: context.caveats({ owner }),
        }),
      };
    }
  },
);

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
