import { label, say } from '../../../wording/statement';
import { confirmGrowth, counterCaveats, movedIn } from '../../kit/counters';
import { rule } from '../../kit/rule';

const DROPS = ['TcpExtTCPRcvQDrop', 'TcpExtTCPOFODrop', 'TcpExtRcvPruned', 'TcpExtOfoPruned'];

const TEXTS = {
  title: say(
    'ct-5.title',
    'Received TCP data was dropped for want of buffer memory and had to be sent again',
    'linux-tcp-input',
  ),
  why: say(
    'ct-5.why',
    'These counters grow where a segment came and neither the receive buffer of its socket nor what the system allows for TCP had room for it.',
    'linux-tcp-input',
  ),
  look: say(
    'ct-5.look',
    'In `skmem`, r close to rb is a full receive buffer, and d counts what was dropped.',
    'ss.8',
  ),
  remedy: say(
    'ct-5.remedy',
    'Let the program that owns the full sockets read faster; else raise the third number of `net.ipv4.tcp_rmem`.',
    'general-practice',
    'linux-ip-sysctl',
  ),
};

export const receiveDrops = rule({
  code: 'CT-5',
  id: 'counter-receive-drops',
  title: label('rule.CT-5', 'Counters show received TCP data dropped for lack of memory'),
  needs: { counters: true, time: true },
  find(context) {
    const moved = movedIn(context);
    return moved === null || moved.by(...DROPS) <= 0
      ? []
      : [
          {
            subject: 'receive buffers',
            severity: 'warning',
            confidence: 'high',
            rows: [],
            describe: () => ({
              title: context.say(TEXTS.title),
              why: [context.say(TEXTS.why)],
              evidence: moved.evidence(context, ...DROPS),
              confirm: [
                { text: context.say(TEXTS.look), command: 'ss -tanpm' },
                ...confirmGrowth(context, ...DROPS),
              ],
              remedy: [context.say(TEXTS.remedy)],
              caveats: counterCaveats(context),
            }),
          },
        ];
  },
});
