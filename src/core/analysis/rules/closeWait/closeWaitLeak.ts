import { label, say } from '../../../wording/statement';
import {
  CLOSE_WAIT_WARNING,
  closeWaitByHolder,
  receiveQueues,
  unreadBytes,
} from '../../kit/closeWait';
import { listState } from '../../kit/commands';
import type { Draft, Severity } from '../../kit/draft';
import { each, rule } from '../../kit/rule';
import { threshold } from '../../kit/threshold';
import { onlyRemote, type RuleContext } from '../../kit/ruleContext';
import { remedyFor } from '../../kit/remedy';
import { toldSeconds } from '../../time/history';
import { closerOf } from '../../kit/closer';
import type { Text } from '../../../wording/text';

/** Seconds from which on a CLOSE_WAIT is not just being closed. */
const LASTING = 10;

const TEXTS = {
  leaks: say(
    'cw-1.leaks',
    '{program} leaks connections: {count} CLOSE_WAIT, closed by {remote}',
    'rfc9293-3.3.2',
  ),
  holds: say('cw-1.holds', '{program} has {count} CLOSE_WAIT, closed by {remote}', 'rfc9293-3.3.2'),
  one: say('cw-1.one', '{program} has one CLOSE_WAIT, closed by {remote}', 'rfc9293-3.3.2'),
  why: say(
    'cw-1.why',
    'The peer has sent its FIN; {program} has not called close(). No timer ends that.',
    'rfc9293-3.3.2',
    'rfc9293-3.6',
  ),
  cost: say(
    'cw-1.cost',
    'Each one keeps a file descriptor, and often a worker or a place in a pool, until the program closes it or ends.',
    'linux-tcp',
  ),
  share: say('cw-1.share', '{count} of its {all} sockets are in CLOSE_WAIT.', 'rfc9293-3.3.2'),
  consumed: say(
    'cw-1.consumed',
    'Recv-Q 0 on {count}: the end of the stream was most likely read, and close() forgotten.',
    'measured',
    'linux-tcp-diag',
  ),
  fin: say(
    'cw-1.fin',
    'Recv-Q 1 on {count}: only the FIN is unread; most likely nobody looks at the socket.',
    'measured',
    'linux-tcp-diag',
  ),
  unread: say(
    'cw-1.unread',
    'Recv-Q above 1 on {count}: {bytes} were never read.',
    'measured',
    'linux-tcp-diag',
  ),
  lasting: say(
    'cw-1.lasting',
    '{connections} in CLOSE_WAIT for at least {time}: since then no ACK has come (lastack), and the FIN was one.',
    'measured',
    'linux-tcp-input',
  ),
  again: say(
    'cw-1.again',
    'Run it again a minute later: ports that are still there are stuck.',
    'rfc9293-3.6',
    'general-practice',
  ),
  busy: say(
    'cw-1.busy',
    'A busy server has a few for an instant, between the FIN and its close().',
    'measured',
  ),
  inherited: say(
    'cw-1.inherited',
    'A child process may have inherited the sockets: then the parent did close them.',
    'measured',
  ),
};

const THRESHOLDS = {
  ...CLOSE_WAIT_WARNING,
  closeWaitError: threshold.sockets(50, 'CLOSE_WAIT sockets of one program that make an error.'),
  closeWaitShare: threshold.percent(
    20,
    "Share of a program's sockets in CLOSE_WAIT that makes an error, from the number for a warning up.",
  ),
};
type Context = RuleContext<keyof typeof THRESHOLDS>;

export const closeWaitLeak = rule({
  code: 'CW-1',
  id: 'close-wait-leak',
  title: label('rule.CW-1', 'A program does not close connections that its peers have closed'),
  thresholds: THRESHOLDS,
  find(context) {
    return each(closeWaitByHolder.of(context.index), ([number, rows]) =>
      leak(context, number, rows),
    );
  },
});

function leak(context: Context, number: number, rows: Uint32Array): Draft {
  const { index } = context;
  const { owner, program, subject } = context.holder(number);
  const count = rows.length;
  const all = owner === null ? null : index.owners.count(number);
  const severity = severityOf(context, count, all);
  const remotes = context.remotes(rows);
  const remote = closerOf(context, rows);
  return {
    cause: 'close-wait',
    subject,
    severity,
    confidence: owner === null || severity === 'info' ? 'low' : 'medium',
    rows,
    owner,
    remote: onlyRemote(remotes),
    describe: () => ({
      title:
        severity !== 'info'
          ? context.say(TEXTS.leaks, { program, count, remote })
          : count === 1
            ? context.say(TEXTS.one, { program, remote })
            : context.say(TEXTS.holds, { program, count, remote }),
      why: [context.say(TEXTS.why, { program }), context.say(TEXTS.cost)],
      evidence: [
        ...(all === null ? [] : [context.evidence(context.say(TEXTS.share, { count, all }))]),
        ...lastingTexts(context, rows).map(text => context.evidence(text)),
        ...queueTexts(context, rows).map(text => context.evidence(text)),
        ...context.examples(rows),
      ],
      confirm: [
        { text: context.say(TEXTS.again), command: listState(index.system, 'CLOSE-WAIT', owner) },
      ],
      remedy: remedyFor(context, 'CLOSE-WAIT', owner),
      alternatives: [
        ...(severity === 'error' ? [] : [context.say(TEXTS.busy)]),
        context.say(TEXTS.inherited),
      ],
      caveats: [...context.between(rows), ...context.caveats({ owner, time: true })],
    }),
  };
}

function severityOf({ thresholds }: Context, count: number, all: number | null): Severity {
  if (count < thresholds.closeWaitWarning) {
    return count >= thresholds.closeWaitError ? 'error' : 'info';
  }
  const share = all === null ? 0 : (count * 100) / all;
  return count >= thresholds.closeWaitError || share >= thresholds.closeWaitShare
    ? 'error'
    : 'warning';
}

/** How long rows have been in CLOSE_WAIT by what they tell themselves; most do not. */
function lastingTexts(context: RuleContext, rows: Uint32Array): Text[] {
  const { dump, table } = context.index;
  let long = 0;
  let least = Infinity;
  for (const row of table.lastAck === undefined ? [] : rows) {
    const seconds = toldSeconds(dump, row) ?? 0;
    if (seconds >= LASTING) {
      long++;
      least = Math.min(least, seconds);
    }
  }
  return long === 0
    ? []
    : [
        context.say(TEXTS.lasting, {
          connections: context.connections(long),
          time: context.measured(least),
        }),
      ];
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
      ? [context.say(TEXTS.unread, { count: unread, bytes: context.bytes(bytes) })]
      : []),
  ];
}
