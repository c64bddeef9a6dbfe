import { label, say } from '../../../wording/statement';
import { LINUX, on } from '../../../knowledge/advice';
import { NONE } from '../../../model/row';
import { TimerKind } from '../../../vocabulary/timer';
import { State } from '../../../vocabulary/state';
import { listState } from '../../kit/commands';
import { each, rule } from '../../kit/rule';
import { threshold } from '../../kit/threshold';
import { groupBy, where } from '../../../index/grouping';

/** Seconds from which on a connection is a lasting one. */
const LASTING = 60;

const TEXTS = {
  title: say(
    '{program} may not notice that a peer is gone: {count} lasting connections without keepalive',
    'rfc9293-3.8.4',
    'cloudflare-die',
  ),
  why: say(
    'No timer runs on these connections: if a peer loses power, or a NAT or load balancer forgets a connection, it stays ESTABLISHED until something is sent.',
    'rfc9293-3.5.1',
    'rfc9293-3.8.4',
    'cloudflare-die',
  ),
  middle: say(
    'By default AWS NLB forgets idle connections after 350 s, and Azure after 4 min, both in silence.',
    'aws-elb',
    'azure-lb',
  ),
  timers: say('Check which connections have a keepalive timer.', 'ss.8'),
  keepalive: say(
    'Turn keepalive on, with a first probe sooner than the shortest idle timeout on the path, or use a heartbeat.',
    'rfc9293-3.8.4',
    'aws-elb',
  ),
  idle: say(
    'SO_KEEPALIVE alone waits 2 h for its first probe; TCP_KEEPIDLE makes it sooner.',
    'tcp.7',
  ),
  heartbeat: say(
    'The program may send heartbeats of its own, which a dump does not show.',
    'general-practice',
  ),
};

export const noKeepalive = rule({
  code: 'KA-1',
  id: 'no-keepalive',
  title: label('Long-lived connections without keepalive'),
  thresholds: {
    withoutKeepalive: threshold.sockets(
      10,
      'Report from this many long-lived connections of one program without keepalive.',
    ),
  },
  needs: { states: [State.Established], timers: true, pids: true, time: true },
  culprit: 'remote',
  find(context) {
    const { index, history, thresholds } = context;
    const { timer } = index.table;
    const rows = where(
      index.rowsIn(State.Established),
      row =>
        isOff(timer![row]) &&
        index.owners.of(row) !== NONE &&
        !index.isHere(row) &&
        (history.secondsSeen(row, index.number) ?? 0) >= LASTING,
    );
    const byOwner = groupBy(rows, row => index.owners.of(row));
    return each(byOwner.withAtLeast(thresholds.withoutKeepalive), ([number, own]) => {
      const { owner, program, subject } = context.holder(number);
      return {
        subject,
        severity: 'info',
        confidence: 'low',
        rows: own,
        owner,
        describe: () => ({
          title: context.say(TEXTS.title, { program, count: own.length }),
          why: [context.say(TEXTS.why), context.say(TEXTS.middle)],
          evidence: context.examples(own),
          confirm: [context.check(TEXTS.timers, listState(index.system, 'ESTABLISHED', owner))],
          remedy: context.advise(TEXTS.keepalive, on(LINUX, TEXTS.idle)),
          alternatives: [context.say(TEXTS.heartbeat)],
        }),
      };
    });
  },
});

/** ss prints nothing where no timer runs. */
function isOff(timer: number | undefined): boolean {
  return timer === TimerKind.Off || timer === TimerKind.None;
}
