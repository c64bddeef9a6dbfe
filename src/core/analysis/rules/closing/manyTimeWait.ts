import { label, say } from '../../../wording/statement';
import { systemKnowledge } from '../../../knowledge/systems';
import { LINUX, on } from '../../../knowledge/advice';
import { NONE } from '../../../model/row';
import { State } from '../../../vocabulary/state';
import { rule } from '../../kit/rule';
import { TIME_WAIT_MANY, TIME_WAIT_TEXTS, timeWaitLimit } from '../../kit/closing/timeWait';

const TEXTS = {
  rate: say(
    'TIME_WAIT lasts {time}: about {rate} connections are closed each second.',
    'linux-tcp-h',
    'general-practice',
  ),
  buckets: say(
    'The rate can be higher: Linux makes no TIME_WAIT above `tcp_max_tw_buckets`.',
    'linux-ip-sysctl',
    'measured',
  ),
  server: say(
    'On ports that this host listens on: {count}. Here it is the server and closes first, which uses up no outgoing ports.',
    'rfc9293-3.6',
  ),
  client: say(
    '{count} were opened by this host. Each keeps a local port until its timer expires.',
    'rfc9293-3.6',
  ),
};

export const manyTimeWait = rule({
  code: 'TW-2',
  id: 'many-time-wait',
  title: label('Very many sockets in TIME_WAIT'),
  thresholds: TIME_WAIT_MANY,
  needs: { states: [State.TimeWait] },
  culprit: 'local',
  find(context) {
    const { index, thresholds } = context;
    const count = index.counts[State.TimeWait]!;
    if (count < thresholds.timeWaitMany) {
      return [];
    }
    const rows = index.rowsIn(State.TimeWait);
    let server = 0;
    for (const row of rows) {
      server += Number(index.isServed(row));
    }
    const [from, to] = systemKnowledge(index.linux ? 'linux' : index.system)?.limits['time-wait']
      ?.seconds ?? [NONE, NONE];
    const limit = timeWaitLimit(context);
    const isLimited = limit?.isReached === true;
    return [
      {
        cause: 'time-wait',
        subject: 'host',
        severity: 'info',
        confidence: 'high',
        rows,
        describe: () => ({
          title: context.say(TIME_WAIT_TEXTS.title, { count }),
          why: [context.say(TIME_WAIT_TEXTS.why)],
          evidence: [
            ...(from > 0 && from === to
              ? [
                  context.evidence(
                    context.say(TEXTS.rate, {
                      time: context.duration(from),
                      rate: Math.round(count / from),
                    }),
                  ),
                  // Below a limit that is known there is none that was not made.
                  ...(limit === null || isLimited
                    ? context.advise(on(LINUX, TEXTS.buckets)).map(text => context.evidence(text))
                    : []),
                ]
              : []),
            ...(server > 0 ? [context.evidence(context.say(TEXTS.server, { count: server }))] : []),
            ...(server > 0 && server < count
              ? [context.evidence(context.say(TEXTS.client, { count: count - server }))]
              : []),
          ],
          remedy: isLimited ? [] : [context.say(TIME_WAIT_TEXTS.remedy)],
        }),
      },
    ];
  },
});
