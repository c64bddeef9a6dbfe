import { label, say } from '../../../wording/statement';
import { TimerKind } from '../../../vocabulary/timer';
import { State } from '../../../vocabulary/state';
import { remoteCommand } from '../../kit/commands';
import { where } from '../../../index/grouping';
import { onlyOwner, remoteGroups } from '../../kit/remoteGroups';
import { each, rule } from '../../kit/rule';
import { largest } from '../../kit/columns';

/** Linux defaults: probes before it gives up, and seconds between them (tcp(7)). */
const PROBES = 9;
const INTERVAL = 75;

const TEXTS = {
  title: say(
    'ka-2.title',
    '{program} gets no answer to keepalive probes from {remote}: {probes} in a row',
    'linux-tcp-timer',
    'tcp.7',
  ),
  why: say(
    'ka-2.why',
    'The connection was idle, and the kernel asked whether the peer is still there. It is most likely gone, or the path is.',
    'linux-tcp-timer',
    'tcp.7',
  ),
  ends: say(
    'ka-2.ends',
    'With defaults the connection ends in about {time}; both number and interval can be set per socket.',
    'tcp.7',
  ),
  details: say('ka-2.details', 'Shows whether the count still grows.', 'ss.8'),
  remedy: say(
    'ka-2.remedy',
    'Test the path and the peer. A NAT or load balancer that forgot the idle connection looks the same: then keepalive must come sooner (TCP_KEEPIDLE).',
    'tcp.7',
    'aws-elb',
    'azure-lb',
  ),
};

export const keepaliveUnanswered = rule({
  code: 'KA-2',
  id: 'keepalive-unanswered',
  title: label('rule.KA-2', 'Keepalive probes are not answered'),
  needs: { timers: true },
  find(context) {
    const { index } = context;
    const { timer, probes } = index.table;
    const rows = where(
      index.probed.rowsIn(State.Established),
      row => timer![row] === TimerKind.Keepalive,
    );
    return each(remoteGroups(context, rows, 5), group => {
      const owner = onlyOwner(context, group.rows);
      const count = largest(group.rows, probes);
      const left = (PROBES - count) * INTERVAL;
      return {
        cause: 'unanswered',
        subject: group.subject,
        severity: 'warning',
        confidence: count > 1 ? 'high' : 'medium',
        rows: group.rows,
        owner,
        remote: group.remote,
        describe: () => ({
          title: context.say(TEXTS.title, {
            remote: context.remoteText(group.remotes),
            program: context.program(owner),
            probes: count,
          }),
          why: [
            context.say(TEXTS.why),
            ...(left > 0 ? [context.say(TEXTS.ends, { time: context.duration(left) })] : []),
          ],
          evidence: context.examples(group.rows),
          confirm: [
            {
              text: context.say(TEXTS.details),
              command: remoteCommand(index.system, group.remotes.top[0]!.address),
            },
          ],
          remedy: [context.say(TEXTS.remedy)],
          caveats: context.caveats({ owner }),
        }),
      };
    });
  },
});
