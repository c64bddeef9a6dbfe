import { State } from '../../../vocabulary/state';
import { label, say } from '../../../wording/statement';
import { movedIn } from '../../kit/counting/counters';
import { onCounters } from '../../kit/counting/grown';
import { rule } from '../../kit/rule';

const STARTED = ['TcpExtTW', 'TcpExtTWKilled'];
const REFUSED = 'TcpExtTCPTimeWaitOverflow';

/** How long Linux keeps TIME_WAIT (TCP_TIMEWAIT_LEN). */
const SECONDS = 60;

/** How far a steady rate and the rows of a minute may differ. */
const TOLERANCE = 0.2;

const FEW = 20;

const TEXTS = {
  title: say(
    'This host closes connections first, about {rate} per second: {count} in TIME_WAIT fit that',
    'linux-timewait-sock',
    'measured',
  ),
  why: say(
    'Each stays in TIME_WAIT for {time}. As many as the counter grows in that time are there, so the rate is steady.',
    'linux-tcp-h',
    'measured',
  ),
  remedy: say(
    'If they go to few services, a connection pool or HTTP keep-alive saves opening them anew.',
    'general-practice',
  ),
};

export const shortConnections = rule({
  code: 'CT-14',
  id: 'counter-short-connections',
  title: label('Counters show how many connections this host closes first'),
  needs: { counters: true, time: true },
  culprit: 'local',
  find(context) {
    const { index } = context;
    const moved = movedIn(context);
    const seconds = moved?.seconds ?? 0;
    const rows = index.rowsIn(State.TimeWait);
    if (
      moved === null ||
      seconds <= 0 ||
      rows.length < FEW ||
      context.isFiltered ||
      moved.by(REFUSED) > 0
    ) {
      return [];
    }
    const rate = moved.by(...STARTED) / seconds;
    if (Math.abs(rate * SECONDS - rows.length) > rows.length * TOLERANCE) {
      return [];
    }
    return [
      onCounters(context, moved, STARTED, {
        cause: 'time-wait',
        subject: 'host',
        severity: 'info',
        confidence: 'high',
        rows,
        describe: () => ({
          title: context.say(TEXTS.title, {
            rate: Number(rate.toFixed(1)),
            count: rows.length,
          }),
          why: [context.say(TEXTS.why, { time: context.duration(SECONDS) })],
          remedy: [context.say(TEXTS.remedy)],
        }),
      }),
    ];
  },
});
