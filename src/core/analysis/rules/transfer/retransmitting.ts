import { say } from '../../../wording/statement';
import { retransmittedFor } from '../../../knowledge/retransmission';
import { TimerKind } from '../../../vocabulary/timer';
import { State } from '../../../vocabulary/state';
import { inBlocks } from '../../../model/task';
import { remoteCommand } from '../../kit/commands';
import { onlyOwner, remoteGroups } from '../../kit/remoteGroups';
import { rule } from '../../kit/ruleContext';
import { largest } from '../../kit/columns';

const TEXTS = {
  title: say(
    'rt-1.title',
    '{program} has had no answer from {remote} for at least {time}',
    'linux-tcp-timer',
    'measured',
  ),
  why: say(
    'rt-1.why',
    'The same data was sent again {count} times, each time after twice the pause. The peer is gone, or something on the way drops the packets.',
    'linux-tcp-timer',
    'measured',
  ),
  ends: say(
    'rt-1.ends',
    'Linux gives up after about 15 minutes (`tcp_retries2` 15: at least 924.6 s).',
    'linux-ip-sysctl',
  ),
  details: say('rt-1.details', 'Shows whether the count still grows.', 'ss.8'),
  path: say(
    'rt-1.remedy',
    'Test the path and the peer: cable, route, firewall that forgot the connection, host that was switched off. TCP_USER_TIMEOUT makes the program notice sooner.',
    'tcp.7',
    'general-practice',
  ),
};

/** RT-1: data that is sent again and again. */
export const retransmitting = rule(
  'RT-1',
  'Data is sent again and again without an answer',
  { timers: true },
  function* (context) {
    const { index, thresholds } = context;
    const { timer, retransmits } = index.table;
    const rows: number[] = [];
    for (const state of [State.Established, State.CloseWait]) {
      const again = index.retransmitted.rowsIn(state);
      yield* inBlocks(0, again.length, (from, end) => {
        for (let i = from; i < end; i++) {
          const row = again[i]!;
          if (timer![row] === TimerKind.On && retransmits![row]! >= thresholds.retransmissions) {
            rows.push(row);
          }
        }
      });
    }
    for (const group of yield* remoteGroups(context, new Uint32Array(rows), 5)) {
      const owner = onlyOwner(context, group.rows);
      const count = largest(group.rows, retransmits);
      yield {
        code: 'RT-1',
        cause: 'unanswered',
        subject: group.subject,
        severity: count >= thresholds.retransmissionsError ? 'error' : 'warning',
        confidence: 'high',
        rows: group.rows,
        owner,
        remote: group.remote,
        describe: () => ({
          title: context.say(TEXTS.title, {
            remote: context.remoteText(group.remotes),
            program: context.program(owner),
            time: context.duration(retransmittedFor(count)),
          }),
          why: [
            context.say(TEXTS.why, { count }),
            ...(index.linux ? [context.say(TEXTS.ends)] : []),
          ],
          evidence: context.examples(group.rows),
          confirm: [
            {
              text: context.say(TEXTS.details),
              command: remoteCommand(index.system, group.remotes.top[0]!.address),
            },
          ],
          remedy: [context.say(TEXTS.path)],
          caveats: context.caveats({ owner }),
        }),
      };
    }
  },
);
