import { groupBy, where } from '../../../index/grouping';
import { State } from '../../../vocabulary/state';
import { label, say } from '../../../wording/statement';
import { lower } from '../../kit/draft';
import { FINDING_TEXTS } from '../../kit/findingTexts';
import { assumedRange, PORT_THRESHOLDS, portRange } from '../../kit/portRange';
import { each, rule } from '../../kit/rule';
import { isUdp, UDP_TEXTS } from '../../kit/udp';

const TEXTS = {
  title: say(
    '{program} holds {count} of the {all} UDP ports that the system gives out',
    'ip.7',
    'ms-port-exhaustion',
  ),
  why: say(
    'Each UDP socket takes a port of its own. When all are taken, DNS lookups and other requests over UDP fail.',
    'ip.7',
    'general-practice',
  ),
};

/** Servers that hold many ports on purpose: resolvers against forged answers, others for media. */
const USUAL =
  /^(?:dns(?:\.exe)?$|named|unbound|pdns_recursor|kresd|turnserver|asterisk|freeswitch|rtpengine|jvb)/i;

export const udpPorts = rule({
  code: 'UDP-4',
  id: 'udp-ports',
  title: label('A program holds most of the UDP ports'),
  thresholds: PORT_THRESHOLDS,
  needs: { states: [State.None], pids: true },
  culprit: 'local',
  find(context) {
    const { index, thresholds } = context;
    const range = portRange(context, 'udp');
    if (range === null || index.hasFlows) {
      return [];
    }
    const { first, last } = range;
    const all = last - first + 1;
    const needed = (all * Math.min(thresholds.portsWarning, thresholds.portsError)) / 100;
    const { localPort } = index.table;
    if (index.counts[State.None]! < needed) {
      return [];
    }
    const rows = where(
      index.rowsIn(State.None),
      row => first <= localPort[row]! && localPort[row]! <= last && isUdp(index, row),
    );
    const byOwner = groupBy(rows, row => index.owners.of(row));
    return each(byOwner.withAtLeast(needed), ([number, own]) => {
      const { owner, program, subject } = context.holder(number);
      // A socket for IPv4 and one for IPv6 can have one port.
      const ports = index.portTally();
      for (const row of own) {
        ports.add(localPort[row]!);
      }
      const count = ports.size;
      if (owner === null || count < needed) {
        return undefined;
      }
      const severity = count * 100 >= all * thresholds.portsError ? 'error' : 'warning';
      return {
        cause: 'udp-sockets',
        subject,
        severity: USUAL.test(owner.process ?? '') ? lower(severity) : severity,
        confidence: 'medium',
        rows: own,
        owner,
        describe: () => ({
          title: context.say(TEXTS.title, { program, count, all }),
          why: [context.say(TEXTS.why), context.say(UDP_TEXTS.why)],
          evidence: context.examples(own),
          confirm: [context.check(UDP_TEXTS.again, null)],
          remedy: [context.say(FINDING_TEXTS.freePorts), context.say(FINDING_TEXTS.update)],
          alternatives: [context.say(UDP_TEXTS.normal)],
          caveats: [...assumedRange(context, range), ...context.caveats({ owner, time: true })],
        }),
      };
    });
  },
});
