import { label, say } from '../../../wording/statement';
import { NONE } from '../../../model/row';
import { TimerKind } from '../../../vocabulary/timer';
import { State } from '../../../vocabulary/state';
import { listState } from '../../kit/commands';
import { where } from '../../../index/grouping';
import { remoteGroups } from '../../kit/remoteGroups';
import type { Remotes } from '../../../index/remotes';
import type { Draft } from '../../kit/draft';
import { rule } from '../../kit/rule';
import { threshold } from '../../kit/threshold';
import type { RuleContext } from '../../kit/ruleContext';
import type { SnapshotIndex } from '../../../index/snapshotIndex';

const TEXTS = {
  title: say(
    'f2-1.title',
    '{remote} did not close {connections} that this host has closed',
    'rfc9293-3.3.2',
    'apache-fin-wait-2',
  ),
  why: say(
    'f2-1.why',
    'FIN_WAIT2 without a process is the other side of a CLOSE_WAIT: the peers most likely leak connections.',
    'rfc9293-3.3.2',
    'apache-fin-wait-2',
  ),
  here: say(
    'f2-1.here',
    'They cost this host a little memory and end by themselves.',
    'linux-ip-sysctl',
  ),
  there: say('f2-1.there', 'To be run on the peer: shows which program does not close.', 'ss.8'),
  remedy: say(
    'f2-1.remedy',
    'Mend the program at the peer: it has to close what this host has closed.',
    'apache-fin-wait-2',
  ),
  clients: say(
    'f2-1.clients',
    'A busy web server has many clients that take their time.',
    'apache-fin-wait-2',
  ),
  noOwners: say(
    'f2-1.no-owners',
    'The dump does not show whether processes still hold them.',
    'netstat.8',
  ),
};

export const finWait2Many = rule({
  code: 'F2-1',
  id: 'fin-wait-2-many',
  title: label('rule.F2-1', 'Peers do not close what this host has closed'),
  thresholds: {
    orphansOneRemote: threshold.sockets(
      100,
      'FIN_WAIT2 sockets without owner, to one remote, that make a warning.',
    ),
    orphans: threshold.sockets(500, 'FIN_WAIT2 sockets without owner that make a warning.'),
  },
  find(context) {
    const { index, thresholds } = context;
    const least = Math.min(thresholds.orphansOneRemote, thresholds.orphans);
    if (index.counts[State.FinWait2]! < least) {
      return [];
    }
    const rows = where(index.rowsIn(State.FinWait2), row => !isHeld(index, row));
    const groups = remoteGroups(context, rows, thresholds.orphansOneRemote);
    const heavy = groups.filter(
      group => group.remote !== null && group.rows.length >= thresholds.orphansOneRemote,
    );
    return heavy.length === 0 && rows.length >= thresholds.orphans
      ? [draft(context, 'many', rows, context.remotes(rows), null)]
      : heavy.map(group => draft(context, group.subject, group.rows, group.remotes, group.remote));
  },
});

function draft(
  context: RuleContext,
  subject: string,
  rows: Uint32Array,
  remotes: Remotes,
  remote: string | null,
): Draft {
  const { index } = context;
  const known = index.showsPids || index.showsTimers;
  return {
    subject,
    severity: 'warning',
    confidence: known && remote !== null ? 'medium' : 'low',
    rows,
    remote,
    describe: () => ({
      title: context.say(TEXTS.title, {
        remote: context.remoteText(remotes),
        connections: context.connections(rows.length),
      }),
      why: [context.say(TEXTS.why), context.say(TEXTS.here)],
      evidence: context.examples(rows),
      confirm: [{ text: context.say(TEXTS.there), command: listState(index.system, 'CLOSE-WAIT') }],
      remedy: [context.say(TEXTS.remedy)],
      alternatives: remote === null ? [context.say(TEXTS.clients)] : [],
      caveats: [
        ...(known ? [] : [context.say(TEXTS.noOwners)]),
        ...context.caveats({ time: true }),
      ],
    }),
  };
}

/** Whether a process still holds a FIN_WAIT2 row. */
function isHeld({ owners, table }: SnapshotIndex, row: number): boolean {
  return (
    owners.of(row) !== NONE && table.pid[row] !== 0 && table.timer?.[row] !== TimerKind.TimeWait
  );
}
