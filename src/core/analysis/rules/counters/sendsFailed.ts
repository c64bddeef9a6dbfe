import { label, say } from '../../../wording/statement';
import { movedIn } from '../../kit/counting/counters';
import { grown } from '../../kit/counting/grown';
import { rule } from '../../kit/rule';

const FAILED = ['UdpSndbufErrors', 'Udp6SndbufErrors', 'IpOutDiscards', 'Ip6OutDiscards'];

/** What waits for the address of one neighbor may be dropped without anybody's missing it. */
const SOME = 20;

const TEXTS = {
  title: say(
    'Packets are not getting out of this host: sends failed, or were dropped here',
    'linux-snmp-counter',
    'measured',
  ),
  why: say(
    'These counters grow when a send buffer is full, a queue of the interface drops, or a neighbor on the link does not answer ARP. One packet may be counted in several.',
    'linux-udp',
    'measured',
  ),
  look: say(
    'See whether a neighbor is FAILED or INCOMPLETE; `tc -s qdisc` shows what queues have dropped.',
    'ip-neighbour.8',
    'tc.8',
  ),
  remedy: say(
    'Bring back the neighbor, or let the program send more slowly. A larger send buffer (SO_SNDBUF) gives bursts more room.',
    'general-practice',
    'socket.7',
  ),
  gone: say(
    'Programs that go on sending to a host on the same link that is switched off are counted, too.',
    'measured',
  ),
};

export const sendsFailed = rule({
  code: 'CT-19',
  id: 'counter-sends-failed',
  title: label('Counters show packets dropped before they were sent'),
  needs: { counters: true, time: true },
  find(context) {
    const moved = movedIn(context);
    // Other systems count other things under the same name.
    const most =
      moved === null || !context.index.linux ? 0 : Math.max(...FAILED.map(name => moved.by(name)));
    return moved === null || most <= 0
      ? []
      : [
          grown(context, moved, {
            subject: 'sends',
            severity: most >= SOME ? 'warning' : 'info',
            confidence: 'high',
            counters: FAILED,
            says: TEXTS.title,
            why: TEXTS.why,
            look: { text: TEXTS.look, command: 'ip neigh' },
            remedy: TEXTS.remedy,
            innocent: TEXTS.gone,
          }),
        ];
  },
});
