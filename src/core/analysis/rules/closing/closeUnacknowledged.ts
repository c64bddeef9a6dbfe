import { union, where } from '../../../index/grouping';
import { label, say } from '../../../wording/statement';
import { TimerKind } from '../../../vocabulary/timer';
import { State } from '../../../vocabulary/state';
import { remoteCommand } from '../../kit/commands';
import { onlyOwner, type RemoteGroup, remoteGroups } from '../../kit/remoteGroups';
import type { Draft, Severity } from '../../kit/draft';
import { each, rule } from '../../kit/rule';
import { threshold } from '../../kit/threshold';
import type { RuleContext } from '../../kit/ruleContext';
import { largest } from '../../kit/columns';

/** Retransmissions of a FIN from which on the peer is silent. */
const SILENT = 3;

/** Rows to one remote from which on it is that remote, and not this or that client. */
const SAME_REMOTE = 3;

const TEXTS = {
  title: say(
    'f1-1.title',
    'No acknowledgement from {remote} for the end of {connections}',
    'rfc9293-3.6',
    'linux-tcp-timer',
  ),
  why: say(
    'f1-1.why',
    'This host has sent its FIN (FIN_WAIT1, LAST_ACK, CLOSING) and the peer does not acknowledge it: it is gone, or something on the way drops the packets.',
    'rfc9293-3.3.2',
    'linux-tcp-timer',
  ),
  ends: say(
    'f1-1.ends',
    'Linux gives up after 102 s or a little more; with a process that only called shutdown(), after about 15 minutes.',
    'linux-tcp-timer',
    'measured',
  ),
  retransmits: say('f1-1.retransmits', 'Sent again up to {count} times.', 'linux-proc-net-tcp'),
  again: say('f1-1.again', '{count} of them were there in the snapshot before.', 'rfc9293-3.6'),
  details: say('f1-1.details', 'Shows whether the count still grows.', 'ss.8'),
  mobile: say('f1-1.mobile', 'Mobile clients vanish like that all the time.', 'general-practice'),
  remedy: say(
    'f1-1.remedy',
    'Test the path to the peer. Nothing has to be done here: the kernel gives up by itself.',
    'linux-tcp-timer',
  ),
  orphans: say(
    'f1-1.remedy.orphans',
    'Very many take memory (`tcp_max_orphans`): a lower `tcp_orphan_retries` ends them sooner.',
    'linux-ip-sysctl',
  ),
};

const THRESHOLDS = {
  unacknowledgedClose: threshold.sockets(
    100,
    'FIN_WAIT1, LAST_ACK and CLOSING sockets with unsent data that make an error.',
  ),
};
type Context = RuleContext<keyof typeof THRESHOLDS>;

export const closeUnacknowledged = rule({
  code: 'F1-1',
  id: 'close-unacknowledged',
  title: label('rule.F1-1', 'The end of connections is not acknowledged by the peer'),
  thresholds: THRESHOLDS,
  find(context) {
    const { index } = context;
    const { sendQ, timer } = index.table;
    let rows: Uint32Array = new Uint32Array(0);
    for (const state of [State.FinWait1, State.LastAck, State.Closing]) {
      // A closed window is another matter: the peer answers, and does not read (SQ-1).
      const own = where(
        index.rowsIn(state),
        row => sendQ[row] !== 0 && timer?.[row] !== TimerKind.Probe,
      );
      rows = union(rows, own);
    }
    return each(remoteGroups(context, rows, SAME_REMOTE), group =>
      draft(context, group, rows.length),
    );
  },
});

function draft(context: Context, group: RemoteGroup, all: number): Draft {
  const { index, history, thresholds } = context;
  const { rows } = group;
  const owner = onlyOwner(context, rows);
  const retransmits = largest(rows, index.table.retransmits);
  const again = history.longestRun(rows) > 1 ? rows.filter(row => history.run(row) > 1).length : 0;
  const severity = severityOf(context, group, retransmits >= SILENT || again > 0, all);
  const many = rows.length >= thresholds.unacknowledgedClose;
  return {
    cause: 'unanswered',
    subject: group.subject,
    severity,
    confidence: severity === 'info' ? 'low' : retransmits >= SILENT ? 'high' : 'medium',
    rows,
    owner,
    remote: group.remote,
    describe: () => ({
      title: context.say(TEXTS.title, {
        remote: context.remoteText(group.remotes),
        connections: context.connections(rows.length),
      }),
      why: [context.say(TEXTS.why), ...(index.linux ? [context.say(TEXTS.ends)] : [])],
      evidence: [
        ...(retransmits > 0
          ? [context.evidence(context.say(TEXTS.retransmits, { count: retransmits }))]
          : []),
        ...(again > 0 ? [context.evidence(context.say(TEXTS.again, { count: again }))] : []),
        ...context.examples(rows),
      ],
      confirm: [
        {
          text: context.say(TEXTS.details),
          command: remoteCommand(index.system, group.remotes.top[0]!.address),
        },
      ],
      remedy: severity === 'info' ? [] : [context.say(many ? TEXTS.orphans : TEXTS.remedy)],
      alternatives: [context.say(TEXTS.mobile)],
      caveats: context.caveats({ time: true }),
    }),
  };
}

function severityOf(
  { index, thresholds }: Context,
  { rows, remote }: RemoteGroup,
  silent: boolean,
  all: number,
): Severity {
  if (rows.length >= thresholds.unacknowledgedClose) {
    return 'error';
  }
  // One or two of many clients of a server that vanished are everyday life.
  const oneOfMany =
    remote === null ||
    (rows.length < SAME_REMOTE &&
      all > rows.length &&
      rows.every(row => index.roleOf(row) === 'server'));
  return silent && !oneOfMany ? 'warning' : 'info';
}
