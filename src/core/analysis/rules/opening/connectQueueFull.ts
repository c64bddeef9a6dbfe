import { State } from '../../../vocabulary/state';
import { label, say } from '../../../wording/statement';
import { queueRemedy } from '../../kit/listening/descriptors';
import {
  acceptorCaveats,
  acceptorOf,
  acceptQueues,
  queueCommand,
  queueEnd,
  queueSubject,
  refusedBy,
} from '../../kit/listening/acceptQueue';
import { explainedBy } from '../../kit/listening/notAccepted';
import { NONE } from '../../../model/row';
import { each, rule } from '../../kit/rule';

const TEXTS = {
  title: say(
    '{program} leaves {connections} to {port} unanswered: its accept queue is full',
    'linux-sock-h',
    'measured',
  ),
  likely: say(
    '{program} leaves {connections} to {port} unanswered: its accept queue is most likely full',
    'linux-sock-h',
    'measured',
  ),
  why: say(
    'Client and server are on this host, so no network is in between. Linux drops SYNs while the accept queue is full; waiting for accept() in it: {waiting}.',
    'linux-tcp-input',
    'measured',
  ),
  local: say(
    'Client and server are on this host, so no network is in between. Linux drops SYNs while the accept queue is full.',
    'linux-tcp-input',
    'measured',
  ),
  look: say(
    'Check the listening socket: Recv-Q above Send-Q means that the queue is full.',
    'linux-sock-h',
    'measured',
  ),
};

export const connectQueueFull = rule({
  code: 'SS-3',
  id: 'connect-queue-full',
  title: label('Connection attempts dropped by a full accept queue here'),
  needs: { states: [State.SynSent], acceptors: true, queues: true },
  culprit: 'remote',
  find(context) {
    const { index } = context;
    // Other systems answer SYNs while the queue is full.
    return each(index.linux ? acceptQueues.of(index) : [], queue => {
      const rows = refusedBy(context, queue);
      if (rows.length === 0) {
        return undefined;
      }
      const { owner, program } = acceptorOf(context, queue);
      return {
        cause: 'not-accepting',
        subject: queueSubject(context, queue),
        severity: queue.waiting === null ? 'warning' : 'error',
        confidence: queue.fullness === 'full' ? 'high' : 'medium',
        rows: queue.listener === NONE ? rows : [queue.listener, ...rows],
        owner,
        explains: explainedBy(context, queue, false),
        describe: () => ({
          title: context.say(queue.fullness === 'full' ? TEXTS.title : TEXTS.likely, {
            connections: context.connections(rows.length),
            port: queueEnd(context, queue),
            program,
          }),
          why: [
            queue.waiting === null
              ? context.say(TEXTS.local)
              : context.say(TEXTS.why, { waiting: queue.waiting }),
          ],
          evidence: context.examples(queue.listener === NONE ? rows : [queue.listener, ...rows]),
          confirm: [context.check(TEXTS.look, queueCommand(index.system, queue.port))],
          remedy: queueRemedy(context, queue),
          caveats: acceptorCaveats(context, queue),
        }),
      };
    });
  },
});
