import { State } from '../../../vocabulary/state';
import { label, say } from '../../../wording/statement';
import { TimerKind } from '../../../vocabulary/timer';
import { closeWaitByHolder } from '../../kit/closing/closeWait';
import { where } from '../../../index/grouping';
import { holderOfAll } from '../../kit/closing/inherited';
import { each, rule } from '../../kit/rule';

const TEXTS = {
  title: say(
    '{program} has keepalive on {count} in CLOSE_WAIT: a reset removes the socket, not the descriptor',
    'tcp.7',
    'measured',
  ),
  why: say(
    'A keepalive probe that the peer answers with a reset removes the socket from the listing, but the descriptor stays open in the program. A leak then looks smaller than it is.',
    'measured',
  ),
  count: say('Count the descriptors that are really open.', 'general-practice'),
};

export const closeWaitKeepalive = rule({
  code: 'CW-7',
  id: 'close-wait-keepalive',
  title: label('Keepalive hides part of a CLOSE_WAIT leak'),
  needs: { states: [State.CloseWait], timers: true },
  find(context) {
    const { index } = context;
    const { timer } = index.table;
    return each(closeWaitByHolder.of(index), ([number, rows]) => {
      const kept = where(rows, row => timer?.[row] === TimerKind.Keepalive);
      if (kept.length === 0) {
        return undefined;
      }
      const { owner, program, subject } = holderOfAll(context, number, kept);
      const pid = owner?.pid ?? null;
      return {
        cause: 'close-wait',
        subject,
        severity: 'info',
        confidence: 'high',
        rows: kept,
        owner,
        describe: () => ({
          title: context.say(TEXTS.title, { program, count: kept.length }),
          why: [context.say(TEXTS.why)],
          evidence: context.examples(kept),
          confirm:
            pid === null || !index.linux
              ? []
              : [context.check(TEXTS.count, `ls /proc/${pid}/fd | wc -l`)],
          caveats: context.caveats({ owner }),
        }),
      };
    });
  },
});
