import { NONE } from '../../../model/row';
import { State } from '../../../vocabulary/state';
import { label, say } from '../../../wording/statement';
import { groupBy, where } from '../../../index/grouping';
import {
  type AcceptQueue,
  acceptQueues,
  acceptRemedy,
  queueSubject,
} from '../../kit/listening/acceptQueue';
import { onlyOwner } from '../../kit/remoteGroups';
import { each, rule } from '../../kit/rule';
import type { RuleContext } from '../../kit/ruleContext';

/** Dropped packets that any server has sometime, after a start or in a burst. */
const FEW = 100;

/** The same between two snapshots. */
const FEW_MORE = 10;

const TEXTS = {
  total: say(
    'Port {port} has dropped {count} SYNs or last ACKs since {program} opened it',
    'ss.8',
    'linux-tcp-h',
  ),
  grown: say(
    'Port {port} is dropping connections to {program}: {count} more SYNs or last ACKs',
    'ss.8',
    'linux-tcp-h',
  ),
  why: say(
    'd in `skmem` of a listening socket counts packets of handshakes that Linux dropped, most often because its accept queue was full. A client repeats them, and each time counts.',
    'ss.8',
    'linux-tcp-h',
    'linux-tcp-ipv4',
  ),
  look: say(
    'Run this twice. If d in `skmem` grows, it is happening now; else it may be long ago.',
    'ss.8',
  ),
};

export const listenDrops = rule({
  code: 'LQ-2',
  id: 'listen-drops',
  title: label('Connection attempts dropped by listening sockets'),
  needs: { states: [State.Listen] },
  culprit: 'local',
  find(context) {
    const { index, history } = context;
    const { drops, localPort } = index.table;
    if (drops === undefined || !index.linux) {
      return [];
    }
    const since = (row: number): number => {
      const before = history.previous(row);
      return before === NONE ? 0 : Math.max(0, drops[row]! - Math.max(0, drops[before]!));
    };
    const rows = where(index.rowsIn(State.Listen), row => drops[row]! > 0);
    const queues = queuesByPort(context, rows);
    // Sockets that share a port (SO_REUSEPORT) share what comes.
    return each(
      groupBy(rows, row => localPort[row]!),
      ([port, own]) => {
        const more = own.reduce((sum, row) => sum + since(row), 0);
        const total = own.reduce((sum, row) => sum + drops[row]!, 0);
        const grows = more >= FEW_MORE;
        if (!grows && total < FEW) {
          return undefined;
        }
        const owner = onlyOwner(context, own);
        // Who still waits is told of in one finding with what was dropped.
        const queue = queues.get(port);
        return {
          cause: 'not-accepting',
          subject: queue === undefined ? `port ${port}` : queueSubject(context, queue),
          severity: grows ? 'warning' : 'info',
          confidence: 'high',
          rows: own,
          owner,
          describe: () => ({
            title: context.say(grows ? TEXTS.grown : TEXTS.total, {
              port: String(port),
              program: context.programOf(own),
              count: grows ? more : total,
            }),
            why: [context.say(TEXTS.why)],
            evidence: context.examples(own),
            confirm: [context.check(TEXTS.look, `ss -tlnpm 'sport = :${port}'`)],
            remedy: grows ? acceptRemedy(context, owner) : [],
            caveats: context.caveats({ owner }),
          }),
        };
      },
    );
  },
});

/** By port, the first accept queue of some listeners. */
function queuesByPort({ index }: RuleContext, rows: Uint32Array): ReadonlyMap<number, AcceptQueue> {
  const listeners = new Set(rows);
  const queues = new Map<number, AcceptQueue>();
  for (const queue of acceptQueues.of(index)) {
    const port = index.table.localPort[queue.listener]!;
    if (listeners.has(queue.listener) && !queues.has(port)) {
      queues.set(port, queue);
    }
  }
  return queues;
}
