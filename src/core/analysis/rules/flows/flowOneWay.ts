import { label, say } from '../../../wording/statement';
import { quote } from '../../../wording/text';
import { addressClass } from '../../../vocabulary/address';
import { FlowFlag } from '../../../model/row';
import { State } from '../../../vocabulary/state';
import { flowGroups, isAskedFromAfar, isYoung, unreplied } from '../../kit/flows';
import { each, rule } from '../../kit/rule';
import { threshold } from '../../kit/threshold';

const TEXTS = {
  tcp: say('TCP connections to {target} may be seen in one direction only: {count}', 'conntrack8'),
  udp: say('Flows to {target} have had no answer: {count}', 'conntrack8'),
  requests: say(
    '{target} most likely does not answer; requests that passed without an answer: {count}',
    'conntrack8',
    'general-practice',
  ),
  requestsWhy: say(
    'Services on this port answer requests, and not one flow to it has had an answer.',
    'general-practice',
  ),
  requestsRemedy: say(
    'Check whether the service is running there and accepts these clients, and whether a filter drops requests or answers.',
    'general-practice',
  ),
  around: say('Answers may take a path around this host.', 'conntrack8'),
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

/** Ports of datagrams that are requests: Kerberos, DNS, NTP, SNMP, LDAP and RADIUS answer them. */
const ANSWERED: ReadonlySet<number> = new Set([53, 88, 123, 161, 389, 1812, 1813]);

/** So many of them without an answer are not just on their way. */
const SILENT = 20;

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
      row =>
        table.state[row] !== State.SynSent &&
        table.state[row] !== State.TimeWait &&
        (table.isTcp(row) || !isYoung(index, row)),
    );
    return each(flowGroups(index, rows, thresholds.flowsOneWay), group => {
      const { target, answered } = group;
      const [first = 0] = group.rows;
      const tcp = table.isTcp(first);
      const { local, remote } = table.socket(first);
      if ([local, remote].some(end => end !== null && GROUPS.has(addressClass(end.address)))) {
        return undefined;
      }
      const port = (table.flow![first]! & FlowFlag.Inbound) === 0 ? remote?.port : local.port;
      const silent =
        !tcp &&
        group.rows.length >= SILENT &&
        answered === 0 &&
        !context.isFiltered &&
        ANSWERED.has(port ?? 0) &&
        !isAskedFromAfar(index, group.rows);
      // What is busy looks young each time; all of it at once does where the table was just emptied.
      const passing = tcp && !group.rows.every(row => isYoung(index, row));
      const args = { count: group.rows.length, target: quote(target) };
      return {
        subject: target,
        severity: passing || silent ? 'warning' : 'info',
        confidence: silent ? 'medium' : 'low',
        rows: group.rows,
        remote: target,
        describe: () => ({
          title: context.say(tcp ? TEXTS.tcp : silent ? TEXTS.requests : TEXTS.udp, args),
          why: [context.say(tcp ? TEXTS.tcpWhy : silent ? TEXTS.requestsWhy : TEXTS.udpWhy)],
          evidence: context.examples(group.rows),
          remedy: tcp
            ? [context.say(TEXTS.routes)]
            : silent
              ? [context.say(TEXTS.requestsRemedy)]
              : [],
          alternatives: silent ? [context.say(TEXTS.around)] : [],
          caveats: context.caveats({ time: true }),
        }),
      };
    });
  },
});
