import { LINUX, on } from '../../../knowledge/advice';
import { label, say } from '../../../wording/statement';
import { movedIn } from '../../kit/counting/counters';
import { grown } from '../../kit/counting/grown';
import { rule } from '../../kit/rule';

/** On Linux, a timeout is one of the failures. */
const FAILED = ['IpReasmFails', 'Ip6ReasmFails'];
const TIMED_OUT = ['IpReasmTimeout', 'Ip6ReasmTimeout'];
const FRAGMENTS = ['IpReasmReqds', 'Ip6ReasmReqds', 'IpFragmentsReceived'];
const TOO_LARGE = ['IpFragFails', 'Ip6FragFails'];

/** Judgement: no standard has a limit. */
const PERCENT = 5;

const TEXTS = {
  title: say(
    'Fragments are most likely lost on the path; packets that could not be put together: {count}',
    'rfc4293',
    'measured',
  ),
  why: say(
    'A packet that came in fragments is dropped if one of them is missing: after 30 s on Linux.',
    'linux-ip-fragment',
    'measured',
  ),
  tooLarge: say(
    'Packets were too large for their next link and must not be fragmented: {count}',
    'rfc4293',
  ),
  tooLargeWhy: say(
    'The sender is told by ICMP, and sends smaller packets from then on. If that ICMP is filtered, large packets of its connections vanish.',
    'rfc1191',
  ),
  look: say('See which fragments come, and of which packets.', 'tcpdump.1'),
  remedy: say(
    'Let senders avoid fragments: smaller answers of DNS (EDNS 1232), TCP for NFS, a lower MTU for tunnels. Let fragments and ICMP "too big" pass firewalls.',
    'general-practice',
  ),
  scan: say('Scanners send lone fragments that never become a packet.', 'general-practice'),
};

export const fragmentsLost = rule({
  code: 'CT-22',
  id: 'counter-fragments',
  title: label('Counters show lost fragments or packets that are too large'),
  needs: { counters: true, time: true },
  *find(context) {
    const moved = movedIn(context);
    if (moved === null) {
      return;
    }
    const lost = FAILED.some(name => moved.knows(name)) ? FAILED : TIMED_OUT;
    const count = moved.by(...lost);
    if (count > 0) {
      // Few fragments are no basis for a share; that none became whole is one for a warning.
      const isFew = count * 100 <= moved.by(...FRAGMENTS) * PERCENT;
      yield grown(context, moved, {
        subject: 'fragments',
        severity: isFew ? 'info' : 'warning',
        confidence: 'medium',
        counters: lost,
        beside: [...TIMED_OUT.filter(name => !lost.includes(name)), ...FRAGMENTS],
        says: TEXTS.title,
        why: on(LINUX, TEXTS.why),
        look: {
          text: on(LINUX, TEXTS.look),
          command: "tcpdump -nnvi any 'ip[6:2] & 0x3fff != 0'",
        },
        remedy: TEXTS.remedy,
        innocent: TEXTS.scan,
      });
    }
    if (moved.by(...TOO_LARGE) > 0) {
      yield grown(context, moved, {
        subject: 'too large',
        severity: 'info',
        confidence: 'high',
        counters: TOO_LARGE,
        says: TEXTS.tooLarge,
        why: TEXTS.tooLargeWhy,
      });
    }
  },
});
