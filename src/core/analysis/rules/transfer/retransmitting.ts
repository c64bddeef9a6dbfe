import { label, say } from '../../../wording/statement';
import { retransmittedFor } from '../../../knowledge/retransmission';
import { TimerKind } from '../../../vocabulary/timer';
import { detailsCommand } from '../../kit/commands';
import { otherEndShows } from '../../kit/transfer/lostDirection';
import { onlyLargeLost } from '../../kit/transfer/largeLost';
import { areFewClients, MOBILE } from '../../kit/transfer/fewClients';
import {
  answeredMeanwhile,
  answersAsEvidence,
  behindOneAddress,
  silenceMeans,
} from '../../kit/unanswered/otherAnswers';
import { silentRemedy } from '../../kit/unanswered/pathRemedy';
import { groupText, networkTexts, onlyOwner, silentGroups } from '../../kit/remoteGroups';
import { each, rule } from '../../kit/rule';
import { isNfsMount } from '../../kit/nfsMount';
import { threshold } from '../../kit/threshold';
import { where } from '../../../index/grouping';
import { largest, smallest } from '../../kit/columns';
import { openRows } from '../../kit/transfer/queues';

const TEXTS = {
  title: say(
    '{program} has had no answer from {remote} for at least {time}',
    'linux-tcp-timer',
    'measured',
  ),
  some: say(
    '{program} has had no answer from {remote} on {connections} for at least {time}, while others are answered',
    'linux-tcp-timer',
    'measured',
  ),
  large: say(
    '{program} gets no large packets through to {remote} for at least {time}',
    'rfc1191',
    'measured',
  ),
  why: say(
    'The same data was sent again, so far: {count}, with the wait doubled each time. The peer is gone, or something on the path drops the packets.',
    'linux-tcp-timer',
    'measured',
  ),
  path: say(
    'The same data was sent again, so far: {count}, with the wait doubled each time.',
    'linux-tcp-timer',
    'measured',
  ),
  ends: say(
    'Linux gives up after about 15 minutes (`tcp_retries2` 15: at least 924.6 s).',
    'linux-ip-sysctl',
  ),
  details: say('Check whether the count of retransmissions is still growing.', 'ss.8'),
};

export const retransmitting = rule({
  code: 'RT-1',
  id: 'retransmitting',
  title: label('Data retransmitted without an answer'),
  thresholds: {
    retransmissions: threshold.retransmissions(
      5,
      'Report a warning from this many retransmissions without an answer.',
    ),
    retransmissionsError: threshold.retransmissions(
      9,
      'Report an error from this many retransmissions without an answer.',
    ),
  },
  needs: { timers: true },
  culprit: 'remote',
  find(context) {
    const { index, thresholds } = context;
    const { timer, retransmits } = index.table;
    const rows = where(
      openRows(index, index.retransmitted),
      row => timer![row] === TimerKind.On && retransmits![row]! >= thresholds.retransmissions,
    );
    return each(
      silentGroups(context, rows, 5, () => true),
      group => {
        const owner = onlyOwner(context, group.rows);
        const count = largest(group.rows, retransmits);
        const few = areFewClients(context, group);
        return {
          cause: 'unanswered',
          subject: group.subject,
          severity: few ? 'info' : count >= thresholds.retransmissionsError ? 'error' : 'warning',
          confidence: 'high',
          rows: group.rows,
          owner,
          remote: group.remote,
          describe: () => {
            // What is said of several remotes holds of each.
            const least =
              group.remote === null ? smallest(group.rows, row => retransmits![row]!) : count;
            const silence = retransmittedFor(least);
            const answers = answeredMeanwhile(context, group, silence);
            const large = onlyLargeLost(context, group);
            const lost = large === null ? otherEndShows(context, group.rows) : null;
            const title =
              large !== null ? TEXTS.large : answers.same > 0 ? TEXTS.some : TEXTS.title;
            return {
              title: context.say(title, {
                remote: groupText(context, group),
                program: context.programOf(group.rows),
                connections: context.connections(group.rows.length),
                time: group.remote === null ? context.measured(silence) : context.duration(silence),
              }),
              why: [
                large?.why ??
                  silenceMeans(context, answers, () =>
                    context.say(lost === null ? TEXTS.why : TEXTS.path, { count: least }),
                  ),
                ...(index.linux && !isNfsMount(index, group.rows) ? [context.say(TEXTS.ends)] : []),
              ],
              evidence: [
                ...networkTexts(context, group.network),
                ...answersAsEvidence(context, answers),
                ...context.mountTexts(group.rows),
                ...(lost === null ? [] : [context.evidence(lost)]),
                ...context.examples(group.rows),
              ],
              confirm: [
                ...(large === null ? [] : [large.check]),
                context.check(TEXTS.details, detailsCommand(context.system, group.remotes.whole)),
              ],
              remedy: few && large === null ? [] : silentRemedy(context, group, answers),
              alternatives: few ? [context.say(MOBILE)] : behindOneAddress(context, answers),
              caveats: context.caveats({ owner }),
            };
          },
        };
      },
    );
  },
});
