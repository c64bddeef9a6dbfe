import { label, say } from '../../../wording/statement';
import { State } from '../../../vocabulary/state';
import { listState } from '../../kit/commands';
import { each, rule } from '../../kit/rule';
import { threshold } from '../../kit/threshold';
import { groupBy, where } from '../../../index/grouping';

const TEXTS = {
  title: say(
    'bnd-1.title',
    '{program} holds {count} bound ports without a connection',
    'ms-port-exhaustion',
  ),
  why: say(
    'bnd-1.why',
    'A BOUND socket has taken a port and neither listens nor is connected. So many of one program are sockets that it made and never closed.',
    'ms-port-exhaustion',
  ),
  look: say('bnd-1.look', 'Counts them as they are now.', 'ms-get-nettcpconnection'),
  remedy: say(
    'bnd-1.remedy',
    'Look for sockets that are made and not closed when connecting fails; the handle count of the process grows with them.',
    'ms-port-exhaustion',
  ),
};

export const boundPorts = rule({
  code: 'BND-1',
  id: 'bound-ports',
  title: label('rule.BND-1', 'A program holds many bound ports without connections'),
  thresholds: {
    boundWarning: threshold.sockets(
      500,
      'BOUND sockets of one program without a connection that make a warning.',
    ),
    boundError: threshold.sockets(
      8000,
      'BOUND sockets of one program without a connection that make an error.',
    ),
  },
  find(context) {
    const { index, thresholds } = context;
    if (index.counts[State.Bound]! < Math.min(thresholds.boundWarning, thresholds.boundError)) {
      return [];
    }
    const { localPort } = index.table;
    // Windows lists an outgoing connection's port once more as BOUND.
    const connected = new Set<number>();
    const connections = index.rowsBetween(State.SynSent, State.Closed);
    for (const row of connections) {
      connected.add(localPort[row]!);
    }
    const rows = where(index.rowsIn(State.Bound), row => !connected.has(localPort[row]!));
    return each(
      groupBy(rows, row => index.owners.of(row)),
      ([number, own]) => {
        if (own.length < thresholds.boundWarning && own.length < thresholds.boundError) {
          return undefined;
        }
        const { owner, program, subject } = context.holder(number);
        return {
          cause: 'ports',
          subject,
          severity: own.length >= thresholds.boundError ? 'error' : 'warning',
          confidence: owner === null ? 'low' : 'medium',
          rows: own,
          owner,
          describe: () => ({
            title: context.say(TEXTS.title, { program, count: own.length }),
            why: [context.say(TEXTS.why)],
            evidence: context.examples(own),
            confirm: [
              { text: context.say(TEXTS.look), command: listState(index.system, 'BOUND', owner) },
            ],
            remedy: [context.say(TEXTS.remedy)],
            caveats: context.caveats({ owner, time: true }),
          }),
        };
      },
    );
  },
});
