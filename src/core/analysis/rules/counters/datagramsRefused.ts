import { LINUX, on } from '../../../knowledge/advice';
import { label, say } from '../../../wording/statement';
import { movedIn } from '../../kit/counting/counters';
import { grown } from '../../kit/counting/grown';
import { rule } from '../../kit/rule';

const REFUSED = ['UdpNoPorts', 'Udp6NoPorts'];
const ALL = [...REFUSED, 'UdpInDatagrams', 'Udp6InDatagrams'];

/** Late answers of DNS and the like are refused all the time: judgement, no standard has a limit. */
const PER_SECOND = 10;
const PERCENT = 5;

const TEXTS = {
  title: say('Datagrams come for ports that no program has open: {count}', 'rfc4113', 'measured'),
  why: say(
    'This host answers each with "port unreachable", unless it was sent to several hosts at once.',
    'rfc1122',
    'measured',
  ),
  look: say('See who sends them, and to which port: each answer quotes the datagram.', 'tcpdump.1'),
  remedy: say(
    'Start the program that should have the port (syslog, StatsD, DNS), or stop the sender.',
    'general-practice',
  ),
  late: say(
    'Answers that come after their program has given up, as of DNS, are counted as well; so are broadcasts.',
    'general-practice',
  ),
};

export const datagramsRefused = rule({
  code: 'CT-18',
  id: 'counter-datagrams-refused',
  title: label('Counters show datagrams for ports without a program'),
  needs: { counters: true, time: true },
  find(context) {
    const moved = movedIn(context);
    if (moved === null) {
      return [];
    }
    const count = moved.by(...REFUSED);
    const { seconds } = moved;
    const isMuch =
      (moved.share(count, ...ALL) ?? 0) > PERCENT ||
      (seconds !== null && seconds > 0 && count / seconds > PER_SECOND);
    return isMuch
      ? [
          grown(context, moved, {
            subject: 'datagrams without a port',
            severity: 'info',
            confidence: 'high',
            counters: REFUSED,
            of: { counters: ALL, percent: PERCENT },
            says: TEXTS.title,
            why: TEXTS.why,
            look: {
              text: on(LINUX, TEXTS.look),
              command: "tcpdump -nni any 'icmp[0] == 3 and icmp[1] == 3'",
            },
            remedy: TEXTS.remedy,
            innocent: TEXTS.late,
          }),
        ]
      : [];
  },
});
