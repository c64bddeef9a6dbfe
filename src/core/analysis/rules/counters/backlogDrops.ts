import { label, say } from '../../../wording/statement';
import { confirmGrowth, counterCaveats, movedIn } from '../../kit/counters';
import { rule } from '../../kit/rule';

const DROPS = 'TcpExtTCPBacklogDrop';

const TEXTS = {
  title: say(
    'ct-6.title',
    'A program keeps its socket busy for too long: {count} segments were dropped meanwhile',
    'linux-tcp-ipv4',
  ),
  why: say(
    'ct-6.why',
    'While a program reads or writes, what comes for the socket waits in its backlog, and is dropped where that is full. It is not the backlog of listen().',
    'linux-tcp-ipv4',
  ),
  which: say(
    'ct-6.which',
    'Counters do not say which socket: in `skmem`, bl is above 0 for it.',
    'ss.8',
  ),
  remedy: say(
    'ct-6.remedy',
    'Look for a program with a small SO_RCVBUF, or one that reads or writes very much with one call.',
    'linux-tcp-ipv4',
    'general-practice',
  ),
};

export const backlogDrops = rule({
  code: 'CT-6',
  id: 'counter-backlog-drops',
  title: label('rule.CT-6', 'Counters show segments dropped at sockets in use'),
  needs: { counters: true, time: true },
  find(context) {
    const moved = movedIn(context);
    const count = moved?.by(DROPS) ?? 0;
    return moved === null || count <= 0
      ? []
      : [
          {
            subject: 'socket backlog',
            severity: 'warning',
            confidence: 'high',
            rows: [],
            describe: () => ({
              title: context.say(TEXTS.title, { count }),
              why: [context.say(TEXTS.why)],
              evidence: moved.evidence(context, DROPS),
              confirm: [
                { text: context.say(TEXTS.which), command: 'ss -tanpm' },
                ...confirmGrowth(context, DROPS),
              ],
              remedy: [context.say(TEXTS.remedy)],
              caveats: counterCaveats(context),
            }),
          },
        ];
  },
});
