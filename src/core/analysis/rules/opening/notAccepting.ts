import { label, say } from '../../../wording/statement';
import { NONE } from '../../../model/row';
import { acceptQueues, acceptRemedy, queueSubject } from '../../kit/acceptQueue';
import { listenerCommand } from '../../kit/commands';
import { each, rule } from '../../kit/rule';

const TEXTS = {
  title: say(
    'cw-5.title',
    '{program} does not accept() on {port}: {connections} in the queue, already closed by {remote}',
    'measured',
    'linux-tcp-diag',
  ),
  slow: say(
    'cw-5.slow',
    '{program} does not accept() fast enough on {port}: {connections} in the queue, already closed by {remote}',
    'measured',
    'linux-tcp-diag',
  ),
  why: say(
    'cw-5.why',
    'They have no process and no inode: they are still in the accept queue. The missing call is accept(), not close().',
    'measured',
    'linux-proc-net-tcp',
  ),
  queue: say(
    'cw-5.queue',
    'Recv-Q of the listening socket: {connections} in the queue for accept().',
    'linux-tcp-diag',
    'measured',
  ),
  look: say('cw-5.look', 'Recv-Q of the listener should be 0 most of the time.', 'ss.8'),
  instant: say(
    'cw-5.instant',
    'A server that accepts many connections shows such rows for an instant.',
    'measured',
  ),
};

export const notAccepting = rule({
  code: 'CW-5',
  id: 'not-accepting',
  title: label('rule.CW-5', 'Connections were closed by the peer before the program accepted them'),
  needs: { queues: true },
  find(context) {
    const { index, history } = context;
    return each(acceptQueues.of(index), queue => {
      const rows = queue.closeWait;
      if (rows.length === 0) {
        return undefined;
      }
      const { owner, program } = context.holderOf(queue.listener);
      const port = context.localOf(queue.listener);
      const before = history.previous(queue.listener);
      const stuck =
        history.longestRun(rows) > 1 && before !== NONE && index.table.recvQ[before]! > 0;
      const remote = context.remoteText(context.remotes(rows));
      const args = { program, port, connections: context.connections(rows.length), remote };
      return {
        cause: 'not-accepting',
        subject: queueSubject(index, queue),
        severity: stuck ? 'error' : 'warning',
        confidence: index.table.inode !== undefined || stuck ? 'high' : 'medium',
        rows: [queue.listener, ...rows],
        owner,
        describe: () => ({
          title: stuck ? context.say(TEXTS.title, args) : context.say(TEXTS.slow, args),
          why: [context.say(TEXTS.why)],
          evidence: [
            context.evidence(
              context.say(TEXTS.queue, { connections: context.connections(queue.waiting) }),
              queue.listener,
            ),
            ...context.examples(rows),
          ],
          confirm: [
            {
              text: context.say(TEXTS.look),
              command: listenerCommand(index.system, index.table.localPort[queue.listener]!),
            },
          ],
          remedy: acceptRemedy(context),
          alternatives: stuck ? [] : [context.say(TEXTS.instant)],
          caveats: context.caveats({ owner, time: true }),
        }),
      };
    });
  },
});
