import { State } from '../../../vocabulary/state';
import { label, say } from '../../../wording/statement';
import {
  CLOSE_WAIT_ERROR,
  CLOSE_WAIT_WARNING,
  closeWaitByHolder,
  isTlsFarewell,
  receiveQueues,
  unreadBytes,
} from '../../kit/closeWait';
import {
  knowsShare,
  mayAnswer,
  otherReadings,
  PASSING,
  standing,
} from '../../kit/closeWaitReadings';
import { largest } from '../../kit/columns';
import { halfClosedPairs } from '../../kit/halfClosed';
import { isSuspendable, suspendedText } from '../../kit/suspendedApps';
import { listState } from '../../kit/commands';
import type { Draft, Severity } from '../../kit/draft';
import { each, rule } from '../../kit/rule';
import { threshold } from '../../kit/threshold';
import { onlyRemote, type RuleContext } from '../../kit/ruleContext';
import { beforeRestart, remedyFor } from '../../kit/remedy';
import { endOf } from '../../kit/whichEnd';
import { toldSeconds } from '../../time/history';
import { closerOf } from '../../kit/closer';
import type { Text } from '../../../wording/text';

/** Seconds from which on a CLOSE_WAIT is not just being closed. */
const LASTING = 10;

/** A descriptor's number from which on the program holds unusually many. */
const HIGH_DESCRIPTOR = 10_000;

/** Percent of a busy server's connections that may be between the FIN and close() at a moment. */
const MOMENT = 1;

const TEXTS = {
  leaks: say(
    'cw-1.leaks',
    '{program} leaks connections: {count} in CLOSE_WAIT, closed by {remote}',
    'rfc9293-3.3.2',
  ),
  likely: say(
    'cw-1.leaks-likely',
    '{program} most likely leaks connections: {count} in CLOSE_WAIT, closed by {remote}',
    'rfc9293-3.3.2',
  ),
  holds: say(
    'cw-1.holds',
    '{program} has {count} in CLOSE_WAIT, closed by {remote}',
    'rfc9293-3.3.2',
  ),
  reads: say(
    'cw-1.reads',
    '{program} is still reading {connections} that {remote} closed',
    'rfc9293-3.6',
    'linux-tcp-diag',
  ),
  why: say(
    'cw-1.why',
    'The peer has sent its FIN; {program} has not called close(). CLOSE_WAIT has no timeout.',
    'rfc9293-3.3.2',
    'rfc9293-3.6',
  ),
  cost: say(
    'cw-1.cost',
    'A socket in CLOSE_WAIT keeps a descriptor or handle, and often a worker or a slot in a pool, until the program closes it or ends.',
    'linux-tcp',
  ),
  share: say(
    'cw-1.share',
    'In CLOSE_WAIT: {count} of {all} sockets of {program}.',
    'rfc9293-3.3.2',
  ),
  consumed: say(
    'cw-1.consumed',
    'Recv-Q 0 on {count}: everything that came has been read.',
    'measured',
    'linux-tcp-diag',
  ),
  fin: say(
    'cw-1.fin',
    'Recv-Q 1 on {count}: only the FIN is unread. Most likely the program is not watching the socket.',
    'measured',
    'linux-tcp-diag',
  ),
  unread: say(
    'cw-1.unread',
    'Recv-Q above 1 on {count}: {bytes} still unread.',
    'measured',
    'linux-tcp-diag',
  ),
  unreadElsewhere: say(
    'cw-1.unread-elsewhere',
    'Recv-Q above 0 on {count}: {bytes} still unread.',
    'netstat.8',
  ),
  reading: say(
    'cw-1.reading',
    'Recv-Q has fallen since the snapshot before on {count}: the program is reading.',
    'linux-tcp-diag',
  ),
  lasting: say(
    'cw-1.lasting',
    "{connections} in CLOSE_WAIT for at least {time}: no ACK has arrived since then (lastack), and the peer's FIN carried one.",
    'measured',
    'linux-tcp-input',
  ),
  descriptor: say(
    'cw-1.descriptor',
    'Descriptor {fd}: open() and accept() take the lowest free number, so the program held about as many.',
    'open.2',
  ),
  again: say(
    'cw-1.again',
    'Run this now and again a minute later. Ports that are listed both times are stuck.',
    'rfc9293-3.6',
    'general-practice',
  ),
  busy: say(
    'cw-1.busy',
    'A busy server has a few sockets in CLOSE_WAIT for an instant, between the FIN and its close().',
    'measured',
  ),
  inherited: say(
    'cw-1.inherited',
    'A child process may have inherited the sockets. The parent may have closed its own copies.',
    'measured',
  ),
};

const THRESHOLDS = {
  ...CLOSE_WAIT_WARNING,
  ...CLOSE_WAIT_ERROR,
  closeWaitShare: threshold.percent(
    20,
    "Report an error from this percentage of a program's sockets in CLOSE_WAIT, once there are enough for a warning and other states are listed, too.",
  ),
};
type Context = RuleContext<keyof typeof THRESHOLDS>;

export const closeWaitLeak = rule({
  code: 'CW-1',
  id: 'close-wait-leak',
  title: label('rule.CW-1', 'Connections closed by the peer and not by the program'),
  thresholds: THRESHOLDS,
  needs: { states: [State.CloseWait] },
  find(context) {
    return each(closeWaitByHolder.of(context.index), ([number, rows]) =>
      leak(context, number, rows),
    );
  },
});

function leak(context: Context, number: number, all: Uint32Array): Draft {
  const { index } = context;
  const { owner, program, subject } = context.holder(number);
  const rows = standing(context, all);
  const told = toldLasting(context, rows);
  const suspended = isSuspendable(context, owner);
  const explained = suspended || halfClosedPairs.of(index).has(number);
  const sockets = owner === null || !knowsShare(context) ? null : index.owners.count(number);
  const remotes = context.remotes(all);
  // A share says little of a pool: most of it may have been idle when its server closed.
  const isPool =
    onlyRemote(remotes) !== null &&
    endOf(index, all) === 'client' &&
    receiveQueues(index, all).every(queue => isTlsFarewell(index, queue));
  const severity = explained ? 'info' : severityOf(context, rows, isPool ? null : sockets, told);
  const remote = closerOf(context, all);
  const count = all.length;
  const stuck = severity === 'error' && isLong(context, told);
  return {
    cause: 'close-wait',
    subject,
    severity,
    confidence: owner === null || severity === 'info' ? 'low' : stuck ? 'high' : 'medium',
    rows: all,
    owner,
    remote: onlyRemote(remotes),
    describe: () => ({
      title:
        rows.length === 0
          ? context.say(TEXTS.reads, { program, connections: context.connections(count), remote })
          : context.say(titleOf(context, count, stuck, severity, owner !== null), {
              program,
              count,
              remote,
            }),
      why: [
        ...(suspended ? [suspendedText(context, program)] : []),
        context.say(TEXTS.why, { program }),
        context.say(TEXTS.cost),
      ],
      evidence: [
        ...(sockets === null ? [] : [context.say(TEXTS.share, { count, all: sockets, program })]),
        ...(told.count === 0
          ? []
          : [
              context.say(TEXTS.lasting, {
                connections: context.connections(told.count),
                time: context.measured(told.least),
              }),
            ]),
        ...(rows.length === count
          ? []
          : [context.say(TEXTS.reading, { count: count - rows.length })]),
        ...queueTexts(context, rows),
        ...descriptorTexts(context, all),
      ]
        .map(text => context.evidence(text))
        .concat(context.examples(all)),
      confirm: [
        { text: context.say(TEXTS.again), command: listState(index.system, 'CLOSE-WAIT', owner) },
        ...beforeRestart(context, owner, severity),
      ],
      remedy: explained ? [] : remedyFor(context, 'CLOSE-WAIT', owner, all),
      alternatives: explained
        ? []
        : [
            ...(severity === 'error' || endOf(index, all) === 'client'
              ? []
              : [context.say(TEXTS.busy)]),
            ...otherReadings(context, all, told.least),
            context.say(TEXTS.inherited),
          ],
      caveats: [...context.between(all), ...context.caveats({ owner, time: true })],
    }),
  };
}

/** Only what is known to be no passing matter is called a leak. */
function titleOf(
  { thresholds }: Context,
  count: number,
  stuck: boolean,
  severity: Severity,
  known: boolean,
): (typeof TEXTS)['leaks'] {
  if (severity !== 'error' || !known) {
    return TEXTS.holds;
  }
  return stuck ? TEXTS.leaks : count >= thresholds.closeWaitError ? TEXTS.likely : TEXTS.holds;
}

/** Percent of a program's sockets that are most of them. */
const MOST_OF_IT = 50;

/** @param sockets How many sockets the program has; null where that is not known. */
function severityOf(
  context: Context,
  rows: Uint32Array,
  sockets: number | null,
  told: Lasting,
): Severity {
  const { index, thresholds } = context;
  const count = rows.length;
  const long = isLong(context, told);
  const share = sockets === null ? 0 : (count * 100) / sockets;
  if (count >= thresholds.closeWaitError) {
    // However busy a server is, so few of its connections are just being closed.
    return !long && sockets !== null && share < MOMENT ? 'info' : 'error';
  }
  if (count < thresholds.closeWaitWarning) {
    return 'info';
  }
  if (!long && mayAnswer(index, rows)) {
    // So few answers a server may well be making; more are told where they are most of its sockets.
    const least = thresholds.closeWaitWarning;
    // Whoever asks for a warning of a single one means it.
    const few = least > 1 && count < least * (share >= MOST_OF_IT ? 1.6 : 2);
    return few ? 'info' : 'warning';
  }
  return share >= thresholds.closeWaitShare ? 'error' : 'warning';
}

/** Rows that tell how long they have been in CLOSE_WAIT. */
interface Lasting {
  readonly count: number;
  /** Seconds that each of them has lasted at least; 0 where there are none. */
  readonly least: number;
}

/** Whether enough rows tell that they are not passing. */
function isLong({ thresholds }: Context, { count, least }: Lasting): boolean {
  return least >= PASSING && count >= thresholds.closeWaitWarning;
}

/** Rows that have lasted by what they tell themselves; most do not. */
function toldLasting({ index }: RuleContext, rows: Uint32Array): Lasting {
  const { dump, table } = index;
  let count = 0;
  let least = Infinity;
  for (const row of table.lastAck === undefined ? [] : rows) {
    const seconds = toldSeconds(dump, row) ?? 0;
    if (seconds >= LASTING) {
      count++;
      least = Math.min(least, seconds);
    }
  }
  return { count, least: count === 0 ? 0 : least };
}

/** What a high descriptor says of the program. */
function descriptorTexts(context: RuleContext, rows: Uint32Array): Text[] {
  const fd = largest(rows, context.index.table.fd);
  return fd < HIGH_DESCRIPTOR ? [] : [context.say(TEXTS.descriptor, { fd })];
}

/** What the receive queues say of how the program fails; only Linux counts the FIN. */
function queueTexts(context: RuleContext, rows: Uint32Array): Text[] {
  const { index } = context;
  let consumed = 0;
  let fin = 0;
  let unread = 0;
  let bytes = 0;
  for (const queue of receiveQueues(index, rows)) {
    if (queue > 1 || (queue === 1 && !index.linux)) {
      unread++;
      bytes += unreadBytes(index, queue) ?? 0;
    } else if (queue === 1) {
      fin++;
    } else if (queue === 0) {
      consumed++;
    }
  }
  return [
    ...(consumed > 0 && index.linux ? [context.say(TEXTS.consumed, { count: consumed })] : []),
    ...(fin > 0 ? [context.say(TEXTS.fin, { count: fin })] : []),
    ...(unread > 0
      ? [
          context.say(index.linux ? TEXTS.unread : TEXTS.unreadElsewhere, {
            count: unread,
            bytes: context.bytes(bytes),
          }),
        ]
      : []),
  ];
}
