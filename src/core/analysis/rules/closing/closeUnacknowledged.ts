import { union, where } from '../../../index/grouping';
import { label, say, whileItLasts } from '../../../wording/statement';
import { LINUX, on } from '../../../knowledge/advice';
import { NONE } from '../../../model/row';
import type { Text } from '../../../wording/text';
import { TimerKind } from '../../../vocabulary/timer';
import { FIN_UNACKNOWLEDGED, State, stateCode, stateName } from '../../../vocabulary/state';
import { listState, remoteCommand } from '../../kit/commands';
import { MOBILE, SAME_REMOTE } from '../../kit/transfer/fewClients';
import {
  groupText,
  networkTexts,
  onlyOwner,
  onlySilent,
  type RemoteGroup,
  silentGroups,
} from '../../kit/remoteGroups';
import type { Draft, Severity } from '../../kit/draft';
import { each, rule } from '../../kit/rule';
import { threshold } from '../../kit/threshold';
import type { RuleContext } from '../../kit/ruleContext';
import { largest } from '../../kit/columns';

/** Retransmissions of a FIN from which on the peer is silent. */
const SILENT = 3;

/** The same, where everything to that remote is unanswered, and others answer. */
const GONE = 2;

const TEXTS = {
  title: say(
    'No acknowledgment from {remote} for the end of {connections}',
    'rfc9293-3.6',
    'linux-tcp-timer',
  ),
  why: say(
    'This host has sent its FIN (FIN_WAIT_1, LAST_ACK, CLOSING), and no acknowledgment has come yet.',
    'rfc9293-3.3.2',
  ),
  gone: say(
    'No answer means that the peer is gone, or that something on the path drops packets.',
    'linux-tcp-timer',
    'general-practice',
  ),
  ends: say(
    'Linux gives up after at least 102 s; with a process that only called shutdown(), after about 15 min.',
    'linux-tcp-timer',
    'measured',
  ),
  fins: say(
    'Only the FIN is unacknowledged on {count}. Retransmissions so far: up to {times}.',
    'linux-proc-net-tcp',
  ),
  data: say(
    'Data and the FIN after it are unacknowledged on {count}. Retransmissions so far: up to {times}.',
    'linux-proc-net-tcp',
  ),
  again: say('Already in the snapshot before: {count}.', 'rfc9293-3.6'),
  list: say('Run this again. The rows should disappear within minutes.', 'rfc9293-3.6'),
  details: say('Check whether the count after the timer still grows.', 'ss.8'),
  moment: say('A busy host has such sockets for one round trip after each close().', 'rfc9293-3.6'),
  remedy: whileItLasts(
    say(
      'Test the path to the peer. Nothing has to be done on this host: the kernel gives up.',
      'linux-tcp-timer',
    ),
  ),
  orphans: say(
    'Very many sockets without a process take memory (`tcp_max_orphans`). A lower `tcp_orphan_retries` ends them sooner.',
    'linux-ip-sysctl',
  ),
};

const THRESHOLDS = {
  unacknowledgedClose: threshold.sockets(
    100,
    'Report a warning from this many FIN_WAIT_1, LAST_ACK, and CLOSING sockets with a repeated FIN, to any number of remote addresses.',
  ),
};
type Context = RuleContext<keyof typeof THRESHOLDS>;

const CLOSING = FIN_UNACKNOWLEDGED.map(stateCode);

export const closeUnacknowledged = rule({
  code: 'F1-1',
  id: 'close-unacknowledged',
  title: label('Closed connections whose end the peer has not acknowledged'),
  thresholds: THRESHOLDS,
  needs: { states: CLOSING },
  culprit: 'remote',
  find(context) {
    const { index } = context;
    const { sendQ, timer } = index.table;
    // A closed window is another matter: the peer answers, and is not reading (SQ-1). So is a
    // program on this host: no path is between, and it most likely has not accepted (LQ-1).
    const rows = where(
      union(CLOSING.map(state => index.rowsIn(state))),
      row => sendQ[row] !== 0 && timer?.[row] !== TimerKind.Probe && !index.isHere(row),
    );
    const { retransmits } = index.table;
    const isSilent = (row: number): boolean => (retransmits?.[row] ?? 0) >= GONE;
    return each(silentGroups(context, rows, SAME_REMOTE, isSilent), group => draft(context, group));
  },
});

function draft(context: Context, group: RemoteGroup): Draft | undefined {
  const { index, history, thresholds } = context;
  const { rows } = group;
  const owner = onlyOwner(context, rows);
  const retransmits = largest(rows, index.table.retransmits);
  const again = history.longestRun(rows) > 1 ? rows.filter(row => history.run(row) > 1).length : 0;
  if (index.table.retransmits !== undefined && retransmits === 0 && again === 0) {
    // Their acknowledgments are on the way.
    return undefined;
  }
  const others =
    retransmits >= GONE && rows.length >= SAME_REMOTE ? answeringOthers(context, group) : 0;
  const silent = retransmits >= SILENT || again > 0 || others > 0 || group.network !== undefined;
  const repeated =
    retransmits === 0 ? 0 : rows.filter(row => index.table.retransmits![row]! > 0).length;
  const many = repeated >= thresholds.unacknowledgedClose;
  const severity = severityOf(context, group, silent, many);
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
        remote: groupText(context, group),
        connections: context.connections(rows.length),
      }),
      why: [
        context.say(TEXTS.why),
        ...(severity === 'info' ? [] : [context.say(TEXTS.gone)]),
        ...(index.linux ? [context.say(TEXTS.ends)] : []),
      ],
      evidence: [
        ...(others > 0
          ? [onlySilent(context, context.remoteText(group.remotes), others)]
          : networkTexts(context, group.network)),
        ...repeatedTexts(context, rows).map(text => context.evidence(text)),
        ...(again > 0 ? [context.evidence(context.say(TEXTS.again, { count: again }))] : []),
        ...context.examples(rows),
      ],
      confirm: [
        context.check(
          index.linux ? TEXTS.details : TEXTS.list,
          remoteCommand(index.system, group.remotes.whole) ??
            listState(index.system, stateName(index.table.state[rows[0]!]!)!),
        ),
      ],
      remedy:
        severity === 'info'
          ? []
          : context.advise(TEXTS.remedy, ...(many ? [on(LINUX, TEXTS.orphans)] : [])),
      alternatives: [
        ...(group.network === undefined ? [context.say(MOBILE)] : []),
        ...(severity === 'info' ? [context.say(TEXTS.moment)] : []),
      ],
      caveats: context.caveats({ time: true }),
    }),
  };
}

/** Nothing here is an error: the kernel gives up, and no program waits for it. */
function severityOf(
  { index }: Context,
  { rows, remote, network }: RemoteGroup,
  silent: boolean,
  many: boolean,
): Severity {
  // One or two clients of a server that vanished, or one each of many, are everyday life.
  const isEveryday = (): boolean =>
    (remote === null && network === undefined) ||
    (rows.length < SAME_REMOTE && rows.every(row => index.roleOf(row) === 'server'));
  return many || (silent && !isEveryday()) ? 'warning' : 'info';
}

/** How often what is unacknowledged was repeated, by the timers. */
function repeatedTexts(context: RuleContext, rows: Uint32Array): Text[] {
  const { sendQ, retransmits } = context.index.table;
  const texts: Text[] = [];
  // The FIN counts as one byte, and is the last.
  for (const [text, isOf] of [
    [TEXTS.fins, (queue: number) => queue === 1],
    [TEXTS.data, (queue: number) => queue > 1],
  ] as const) {
    const own = rows.filter(row => isOf(sendQ[row]!) && (retransmits?.[row] ?? NONE) > 0);
    if (own.length > 0) {
      texts.push(context.say(text, { count: own.length, times: largest(own, retransmits) }));
    }
  }
  return texts;
}

/**
 * How many ESTABLISHED connections to other addresses have no retransmissions; 0 where some of this
 * remote's own have none either, so that it answers.
 */
function answeringOthers({ index }: Context, { rows, remote }: RemoteGroup): number {
  const { remoteAddress, retransmits } = index.table;
  const address = index.plainAddress(remoteAddress[rows[0]!]!);
  let others = 0;
  for (const row of remote === null ? [] : index.rowsIn(State.Established)) {
    const answers = !((retransmits?.[row] ?? NONE) > 0);
    if (index.plainAddress(remoteAddress[row]!) !== address) {
      others += Number(answers);
    } else if (answers) {
      return 0;
    }
  }
  return others;
}
