import { label, say } from '../../../wording/statement';
import { acceptQueues, acceptRemedy, isFull, queueSubject, refusedBy } from '../../kit/acceptQueue';
import { listenerCommand } from '../../kit/commands';
import { each, rule } from '../../kit/rule';

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

export const connectQueueFull = rule({
  code: 'SS-3',
  id: 'connect-queue-full',
  title: label('rule.SS-3', 'A full accept queue on this host leaves connects unanswered'),
  needs: { queues: true },
  find(context) {
    const { index } = context;
    return each(acceptQueues.of(index), queue => {
      const rows = refusedBy(context, queue);
      if (rows.length === 0) {
        return undefined;
      }
      const { owner, program } = context.holderOf(queue.listener);
      return {
        cause: 'not-accepting',
        subject: queueSubject(index, queue),
        severity: 'error',
        confidence: isFull(queue) ? 'high' : 'medium',
        rows: [queue.listener, ...rows],
        owner,
        describe: () => ({
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
    });
  },
});
