import { State } from '../../../vocabulary/state';
import { label, say } from '../../../wording/statement';
import { confirmGrowth, counterCaveats, movedIn, totalEvidence } from '../../kit/counting/counters';
import { rule } from '../../kit/rule';
import { timeWaitLimit } from '../../kit/closing/timeWait';

const REFUSED = 'TcpExtTCPTimeWaitOverflow';

const TEXTS = {
  title: say(
    'The limit of TIME_WAIT is most likely reached; connections closed without it: {count}',
    'linux-tcp-minisocks',
    'measured',
  ),
  reached: say(
    'The limit of TIME_WAIT is most likely reached: {count} of {limit}',
    'linux-tcp-minisocks',
    'linux-ip-sysctl',
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
  needs: { counters: true },
  find(context) {
    const { index } = context;
    const moved = movedIn(context);
    const refused = moved?.by(REFUSED) ?? 0;
    const known = timeWaitLimit(context);
    // Far below the limit it is not the limit that has refused some.
    if (known?.isReached !== true && (refused <= 0 || known?.isFar === true)) {
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
          title:
            known?.isReached === true && refused <= 0
              ? context.say(TEXTS.reached, { count: known.count, limit: known.limit.value })
              : context.say(TEXTS.title, { count: refused }),
          why: [context.say(TEXTS.why)],
          evidence: [
            ...(moved?.evidence(context, REFUSED, 'TcpExtTW') ?? []),
            ...(known === null
              ? []
              : [...known.gauges, known.limit].map(gauge => totalEvidence(context, gauge))),
            ...(rows.length > 0
              ? [context.evidence(context.say(TEXTS.rows, { count: rows.length }))]
              : []),
          ],
          confirm: [
            ...(known === null
              ? [context.check(TEXTS.limit, 'sysctl net.ipv4.tcp_max_tw_buckets')]
              : []),
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
