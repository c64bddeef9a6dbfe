import { label, say } from '../../../wording/statement';
import { confirmGrowth, counterCaveats, movedIn } from '../../kit/counters';
import { rule } from '../../kit/rule';

const DROPPED = 'TcpExtTCPReqQFullDrop';

const TEXTS = {
  title: say(
    'ct-2.title',
    'A queue of half-open connections is full: {count} SYNs were dropped',
    'linux-tcp-input',
    'measured',
  ),
  why: say(
    'ct-2.why',
    'As many handshakes as the backlog of a listener wait for their last ACK, and SYN cookies are off, so further SYNs are dropped.',
    'linux-tcp-input',
    'measured',
  ),
  cookies: say(
    'ct-2.remedy',
    'Set `net.ipv4.tcp_syncookies` to 1: SYNs above the backlog are then answered with cookies. Look in SYN_RECV where the handshakes come from.',
    'linux-ip-sysctl',
    'measured',
  ),
  route: say(
    'ct-2.route',
    'A small backlog, or a way back on which SYN,ACK gets lost, looks like a flood of SYNs.',
    'general-practice',
  ),
};

export const synQueueFull = rule({
  code: 'CT-2',
  id: 'counter-syn-queue',
  title: label('rule.CT-2', 'Counters show SYNs dropped at a full half-open queue'),
  needs: { counters: true, time: true },
  find(context) {
    const moved = movedIn(context);
    const count = moved?.by(DROPPED) ?? 0;
    return moved === null || count <= 0
      ? []
      : [
          {
            subject: 'half-open queues',
            severity: 'warning',
            confidence: 'medium',
            rows: [],
            describe: () => ({
              title: context.say(TEXTS.title, { count }),
              why: [context.say(TEXTS.why)],
              evidence: moved.evidence(context, DROPPED, 'TcpExtListenDrops'),
              confirm: confirmGrowth(context, DROPPED, 'TcpExtListenDrops'),
              remedy: [context.say(TEXTS.cookies)],
              alternatives: [context.say(TEXTS.route)],
              caveats: counterCaveats(context),
            }),
          },
        ];
  },
});
