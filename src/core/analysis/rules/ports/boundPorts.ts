import { say } from '../../../wording/statement';
import { State } from '../../../vocabulary/state';
import { inBlocks } from '../../../model/task';
import { listState } from '../../kit/commands';
import { rule } from '../../kit/ruleContext';
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

/** BND-1: ports that a program has taken and does not use. */
export const boundPorts = rule(
  'BND-1',
  'A program holds many bound ports without connections',
  {},
  function* (context) {
    const { index, thresholds } = context;
    if (index.counts[State.Bound]! < Math.min(thresholds.boundWarning, thresholds.boundError)) {
      return;
    }
    const { localPort } = index.table;
    // Windows lists an outgoing connection's port once more as BOUND.
    const connected = new Set<number>();
    const connections = index.rowsBetween(State.SynSent, State.Closed);
    yield* inBlocks(0, connections.length, (from, end) => {
      for (let i = from; i < end; i++) {
        connected.add(localPort[connections[i]!]!);
      }
    });
    const rows = yield* where(index.rowsIn(State.Bound), row => !connected.has(localPort[row]!));
    for (const [number, own] of yield* groupBy(rows, row => index.owners.of(row))) {
      if (own.length < thresholds.boundWarning && own.length < thresholds.boundError) {
        continue;
      }
      const { owner, program, subject } = context.holder(number);
      yield {
        code: 'BND-1',
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
    }
  },
);
