import { label, say } from '../../../wording/statement';
import { quote } from '../../../wording/text';
import { addressClass } from '../../../vocabulary/address';
import { State } from '../../../vocabulary/state';
import { flowGroups, unreplied } from '../../kit/flows';
import { each, rule } from '../../kit/rule';
import { threshold } from '../../kit/threshold';

const TEXTS = {
  tcp: say('TCP connections to {target} may be seen in one direction only: {count}', 'conntrack8'),
  udp: say('Flows to {target} have had no answer: {count}', 'conntrack8'),
  tcpWhy: say(
    'These connections are past their SYN, yet no packet of the other direction was seen here. Answers may take a path around this host. A stateful filter then drops packets that it cannot place.',
    'conntrack8',
  ),
  udpWhy: say(
    'Some protocols expect no answer (syslog, metrics, NetFlow). If one is expected, as of DNS, it is lost or the target is silent.',
    'general-practice',
  ),
  routes: say(
    'Compare the routes of both directions; let both pass this host, or neither.',
    'general-practice',
  ),
};

/** Classes of addresses that nobody answers from. */
const GROUPS: ReadonlySet<string | null> = new Set(['multicast', 'mdns', 'ssdp', 'broadcast']);

export const flowOneWay = rule({
  code: 'FL-2',
  id: 'flow-one-way',
  title: label('Traffic that goes one way only'),
  thresholds: {
    flowsOneWay: threshold.sockets(5, 'Flows of one direction to one target that are named.'),
  },
  needs: { flows: true },
  culprit: 'remote',
  find(context) {
    const { index, thresholds } = context;
    const { table } = index;
    const rows = unreplied(
      index,
      row => table.state[row] !== State.SynSent && table.state[row] !== State.TimeWait,
    );
    return each(flowGroups(index, rows, thresholds.flowsOneWay), group => {
      const { target } = group;
      const [first = 0] = group.rows;
      const tcp = table.isTcp(first);
      const { local, remote } = table.socket(first);
      if ([local, remote].some(end => end !== null && GROUPS.has(addressClass(end.address)))) {
        return undefined;
      }
      const args = { count: group.rows.length, target: quote(target) };
      return {
        subject: target,
        severity: tcp ? 'warning' : 'info',
        confidence: 'low',
        rows: group.rows,
        remote: target,
        describe: () => ({
          title: context.say(tcp ? TEXTS.tcp : TEXTS.udp, args),
          why: [context.say(tcp ? TEXTS.tcpWhy : TEXTS.udpWhy)],
          evidence: context.examples(group.rows),
          remedy: tcp ? [context.say(TEXTS.routes)] : [],
          caveats: context.caveats({ time: true }),
        }),
      };
    });
  },
});
