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
    'No FIN from {remote} on {connections} that this host has closed (FIN_WAIT_2)',
    'rfc9293-3.3.2',
    'apache-fin-wait-2',
  ),
  why: say(
    'FIN_WAIT_2 without a process: this host has closed, and the FIN of the peer has not come.',
    'rfc9293-3.3.2',
    'apache-fin-wait-2',
  ),
  whyUnknown: say(
    'FIN_WAIT_2: this host has closed its side, and the FIN of the peer has not come.',
    'rfc9293-3.3.2',
  ),
  here: say(
    'Sockets in FIN_WAIT_2 that no process holds cost a little memory each, and expire.',
    'linux-ip-sysctl',
  ),
  there: say('Run this on the peer, and see which program has not closed.', 'ss.8'),
  remedy: say(
    'Nothing has to be done on this host. A client program of your own should close what this host has closed; a pool should discard idle connections before the server closes them.',
    'apache-fin-wait-2',
    'apache-hc',
  ),
  remedyUnknown: say(
    'A client program of your own should close what this host has closed. Whether this system lets these sockets expire is not known.',
    'apache-fin-wait-2',
  ),
  clients: say(
    'Idle pools and browsers notice the close only at their next request. Mobile clients vanish, and a FIN can be lost.',
    'apache-fin-wait-2',
    'general-practice',
  ),
  nat: say('One address can be a NAT or a proxy with many clients behind it.', 'general-practice'),
  noOwners: say('This dump does not show whether a process still holds them.', 'netstat.8'),
};

export const finWait2Many = rule({
  code: 'F2-1',
  id: 'fin-wait-2-many',
  title: label('Peers do not close what this host has closed'),
  thresholds: {
    orphansOneRemote: threshold.sockets(
      100,
      'Report FIN_WAIT_2 sockets without a process to one remote address from this many.',
    ),
    orphans: threshold.sockets(
      500,
      'Report a warning from this many FIN_WAIT_2 sockets without a process.',
    ),
  },
  needs: { states: [State.FinWait2] },
  culprit: 'remote',
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
  context: RuleContext<'orphans'>,
  subject: string,
  rows: Uint32Array,
  remotes: Remotes,
  remote: string | null,
): Draft {
  const { index } = context;
  // HP-UX, for one, keeps them for good.
  const expire = index.linux || index.system !== null;
  const known = index.showsPids || index.showsTimers;
  return {
    subject,
    // What expires within a minute, and costs little, is worth a look only in numbers.
    severity: rows.length >= context.thresholds.orphans ? 'warning' : 'info',
    confidence: 'low',
    rows,
    remote,
    describe: () => ({
      title: context.say(TEXTS.title, {
        remote: context.remoteText(remotes),
        connections: context.connections(rows.length),
      }),
      why: [
        context.say(known ? TEXTS.why : TEXTS.whyUnknown),
        ...(expire ? [context.say(TEXTS.here)] : []),
      ],
      evidence: context.examples(rows),
      confirm: [{ text: context.say(TEXTS.there), command: listState(index.system, 'CLOSE-WAIT') }],
      remedy: [context.say(expire ? TEXTS.remedy : TEXTS.remedyUnknown)],
      alternatives: [
        context.say(TEXTS.clients),
        ...(remote === null ? [] : [context.say(TEXTS.nat)]),
      ],
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
