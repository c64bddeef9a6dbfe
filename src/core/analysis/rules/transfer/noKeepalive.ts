import { label, say } from '../../../wording/statement';
import { NONE } from '../../../model/row';
import { TimerKind } from '../../../vocabulary/timer';
import { State } from '../../../vocabulary/state';
import { listState } from '../../kit/commands';
import { remedyFor } from '../../kit/remedy';
import { each, rule } from '../../kit/rule';
import { threshold } from '../../kit/threshold';
import { groupBy, where } from '../../../index/grouping';

const TEXTS = {
  title: say(
    'ka-1.title',
    '{program} would not notice that a peer is gone: {count} lasting connections without keepalive',
    'rfc9293-3.8.4',
    'cloudflare-die',
  ),
  why: say(
    'ka-1.why',
    'No timer runs on them: if a peer loses power, or a NAT or load balancer forgets the connection, they stay ESTABLISHED for ever.',
    'rfc9293-3.5.1',
    'rfc9293-3.8.4',
    'cloudflare-die',
  ),
  middle: say(
    'ka-1.middle',
    'AWS NLB forgets idle connections after 350 s, Azure after 4 to 100 minutes, by default in silence.',
    'aws-elb',
    'azure-lb',
  ),
  timers: say('ka-1.timers', 'Shows which of them have a keepalive timer.', 'ss.8'),
  heartbeat: say(
    'ka-1.heartbeat',
    'The program may have a heartbeat of its own, which the dump does not show.',
    'general-practice',
  ),
};

export const noKeepalive = rule({
  code: 'KA-1',
  id: 'no-keepalive',
  title: label('rule.KA-1', 'Lasting connections without keepalive'),
  thresholds: {
    withoutKeepalive: threshold.sockets(
      10,
      'Lasting connections of one program without keepalive that are pointed out.',
    ),
  },
  needs: { timers: true, pids: true, time: true },
  find(context) {
    const { index, history, thresholds } = context;
    const { timer } = index.table;
    const rows = where(
      index.rowsIn(State.Established),
      row =>
        isOff(timer![row]) &&
        history.run(row) > 1 &&
        index.owners.of(row) !== NONE &&
        !index.isHere(row),
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
          confirm: [
            {
              text: context.say(TEXTS.timers),
              command: listState(index.system, 'ESTABLISHED', owner),
            },
          ],
          remedy: remedyFor(context, 'ESTABLISHED', owner),
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
