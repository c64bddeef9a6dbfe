import { State } from '../../../vocabulary/state';
import { label, say } from '../../../wording/statement';
import { confirmGrowth, counterCaveats, movedIn } from '../../kit/counters';
import { rule } from '../../kit/rule';

const REFUSED = 'TcpExtTCPTimeWaitOverflow';

const TEXTS = {
  title: say(
    'The limit of TIME_WAIT is most likely reached; connections closed without it: {count}',
    'linux-tcp-minisocks',
    'measured',
  ),
  why: say(
    'Linux keeps at most `net.ipv4.tcp_max_tw_buckets` in TIME_WAIT. What is closed above that is gone at once, and late segments of it meet no socket.',
    'linux-tcp-minisocks',
    'linux-ip-sysctl',
    'measured',
  ),
  rows: say('In TIME_WAIT: {count}.', 'measured'),
  limit: say('This shows the limit.', 'linux-ip-sysctl'),
  remedy: say(
    'Let connections be used again (a pool, keep-alive of HTTP), or let the client close first. Else raise `net.ipv4.tcp_max_tw_buckets`.',
    'general-practice',
    'linux-ip-sysctl',
  ),
  low: say(
    'Some set a low limit on purpose; the kernel also refuses TIME_WAIT when it has no memory for it.',
    'linux-ip-sysctl',
    'linux-tcp-minisocks',
  ),
};

export const timeWaitRefused = rule({
  code: 'CT-4',
  id: 'counter-time-wait',
  title: label('Counters show that connections skip TIME_WAIT'),
  needs: { counters: true, time: true },
  find(context) {
    const { index } = context;
    const moved = movedIn(context);
    const count = moved?.by(REFUSED) ?? 0;
    if (moved === null || count <= 0) {
      return [];
    }
    const rows = index.rowsIn(State.TimeWait);
    return [
      {
        subject: 'limit of TIME_WAIT',
        severity: 'warning',
        confidence: 'medium',
        rows,
        describe: () => ({
          title: context.say(TEXTS.title, { count }),
          why: [context.say(TEXTS.why)],
          evidence: [
            ...moved.evidence(context, REFUSED, 'TcpExtTW'),
            ...(rows.length > 0
              ? [context.evidence(context.say(TEXTS.rows, { count: rows.length }))]
              : []),
          ],
          confirm: [
            context.check(TEXTS.limit, 'sysctl net.ipv4.tcp_max_tw_buckets'),
            ...confirmGrowth(context, REFUSED),
          ],
          remedy: [context.say(TEXTS.remedy)],
          alternatives: [context.say(TEXTS.low)],
          caveats: counterCaveats(context),
        }),
      },
    ];
  },
});
