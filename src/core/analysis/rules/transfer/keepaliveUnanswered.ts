import { label, say } from '../../../wording/statement';
import { TimerKind } from '../../../vocabulary/timer';
import { State } from '../../../vocabulary/state';
import { detailsCommand } from '../../kit/commands';
import { LINUX, on } from '../../../knowledge/advice';
import { where } from '../../../index/grouping';
import { groupText, networkTexts, onlyOwner, silentGroups } from '../../kit/remoteGroups';
import {
  answeredMeanwhile,
  answersAsEvidence,
  behindOneAddress,
  isUp,
  KEEP_ALIVE_SOONER,
  silenceMeans,
} from '../../kit/unanswered/otherAnswers';
import { isNfsMount, MOUNT_TIMEOUT } from '../../kit/nfsMount';
import { each, rule } from '../../kit/rule';
import { largest, smallest } from '../../kit/columns';
import { silentFor } from '../../kit/lastHeard';

/** One unanswered probe is seen on every healthy connection until its answer is back. */
const LEAST = 2;

/** Linux defaults: probes before it gives up, and seconds between them (tcp(7)). */
const PROBES = 9;
const INTERVAL = 75;

const TEXTS = {
  title: say(
    '{program} is getting no answer to keepalive probes from {remote}: {probes} in a row',
    'linux-tcp-timer',
    'tcp.7',
  ),
  why: say(
    'The connection was idle, and the kernel asked whether the peer is still there. The peer is most likely gone, or the path to it.',
    'linux-tcp-timer',
    'tcp.7',
  ),
  ends: say(
    'With the defaults, the connection ends in about {time}. The number and the interval of probes can be set per socket.',
    'tcp.7',
  ),
  details: say('Check whether the count of unanswered probes is still growing.', 'ss.8'),
  remedy: say(
    'Test the path and the peer. If a NAT or load balancer forgot the idle connection, keepalive must come sooner.',
    'tcp.7',
    'aws-elb',
    'azure-lb',
  ),
  idle: say('TCP_KEEPIDLE sets for one socket when the first probe is sent.', 'tcp.7'),
};

export const keepaliveUnanswered = rule({
  code: 'KA-2',
  id: 'keepalive-unanswered',
  title: label('Unanswered keepalive probes'),
  needs: { states: [State.Established], timers: true },
  culprit: 'remote',
  find(context) {
    const { index } = context;
    const { timer, probes } = index.table;
    const rows = where(
      index.probed.rowsIn(State.Established),
      row => timer![row] === TimerKind.Keepalive && probes![row]! >= LEAST,
    );
    return each(
      silentGroups(context, rows, 5, () => true),
      group => {
        const owner = onlyOwner(context, group.rows);
        // What is said of several remotes holds of each.
        const count =
          group.remote === null
            ? smallest(group.rows, row => probes![row]!)
            : largest(group.rows, probes);
        const left = (PROBES - count) * INTERVAL;
        return {
          cause: 'unanswered',
          subject: group.subject,
          severity: 'warning',
          confidence: 'high',
          rows: group.rows,
          owner,
          remote: group.remote,
          describe: () => {
            const silence = smallest(group.rows, row => silentFor(index.table, row));
            const isMount = isNfsMount(index, group.rows);
            const answers = answeredMeanwhile(context, group, silence);
            return {
              title: context.say(TEXTS.title, {
                remote: groupText(context, group),
                program: context.programOf(group.rows),
                probes: count,
              }),
              why: [
                silenceMeans(context, answers, () => context.say(TEXTS.why)),
                ...(left > 0 && !isMount
                  ? [context.say(TEXTS.ends, { time: context.duration(left) })]
                  : []),
              ],
              evidence: [
                ...networkTexts(context, group.network),
                ...answersAsEvidence(context, answers),
                ...context.mountTexts(group.rows),
                ...context.examples(group.rows),
              ],
              confirm: [
                context.check(TEXTS.details, detailsCommand(context.system, group.remotes.whole)),
              ],
              remedy: context.advise(
                isUp(answers) ? KEEP_ALIVE_SOONER : TEXTS.remedy,
                on(LINUX, isMount ? MOUNT_TIMEOUT : TEXTS.idle),
              ),
              alternatives: behindOneAddress(context, answers),
              caveats: context.caveats({ owner }),
            };
          },
        };
      },
    );
  },
});
