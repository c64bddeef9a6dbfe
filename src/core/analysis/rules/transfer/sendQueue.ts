import type { Text } from '../../../wording/text';
import { label, say } from '../../../wording/statement';
import { NONE } from '../../../model/row';
import { TimerKind } from '../../../vocabulary/timer';
import { remoteCommand } from '../../kit/commands';
import { holderOf } from '../../../index/holder';
import { onlyOwner, type RemoteGroup, remoteGroups } from '../../kit/remoteGroups';
import type { Draft, Severity } from '../../kit/draft';
import { type Drafts, each, rule } from '../../kit/rule';
import { threshold } from '../../kit/threshold';
import type { RuleContext } from '../../kit/ruleContext';
import { groupBy, where } from '../../../index/grouping';
import type { SnapshotIndex } from '../../../index/snapshotIndex';
import { openRows, unchangedRun } from '../../kit/queues';
import { largest } from '../../kit/columns';
import { probingRows, readerOf } from '../../kit/zeroWindow';

/** Unanswered probes from which on the peer is silent; one is normal for a moment. */
const SILENT_PROBES = 2;

/** Retransmissions from which on a peer is not just a packet away. */
const SILENT = 3;

const TEXTS = {
  notReading: say(
    'sq-1.not-reading',
    '{program} cannot send {bytes}: not read by {remote}',
    'measured',
    'linux-tcp-timer',
  ),
  notReadingWhy: say(
    'sq-1.not-reading-why',
    'The timer is probe: the peer answers, and its window is closed because its program does not read.',
    'measured',
    'linux-tcp-timer',
  ),
  silentProbes: say(
    'sq-1.silent-probes',
    'Up to {count} probes in a row are unanswered: the peer is silent as well.',
    'linux-tcp-timer',
    'measured',
  ),
  unanswered: say(
    'sq-1.unanswered',
    '{program} cannot send {bytes}: not acknowledged by {remote}',
    'measured',
    'linux-tcp-timer',
  ),
  unansweredWhy: say(
    'sq-1.unanswered-why',
    'The retransmission timer runs and the count grows: the peer or the path does not answer.',
    'measured',
    'linux-tcp-timer',
  ),
  waiting: say(
    'sq-1.waiting',
    '{program} has {bytes} waiting to be taken by {remote}',
    'linux-tcp-diag',
  ),
  waitingWhy: say(
    'sq-1.waiting-why',
    'Send-Q is what the peer has not acknowledged, with what is not sent yet. It falls as fast as the peer and the path take it.',
    'linux-tcp-diag',
    'measured',
  ),
  sameLong: say(
    'sq-1.same-long',
    'The same number of bytes in {snapshots} snapshots, for at least {time}.',
    'general-practice',
  ),
  same: say('sq-1.same', 'The same number of bytes as in the snapshot before.', 'general-practice'),
  details: say(
    'sq-1.details',
    'Shows with retransmissions, window and rates what the connection waits for.',
    'ss.8',
  ),
  bulk: say('sq-1.bulk', 'A large upload looks like this while it goes on.', 'general-practice'),
  noTimers: say(
    'sq-1.no-timers',
    'The dump has no timers, which would tell a peer that does not read from one that does not answer.',
    'linux-proc-net-tcp',
  ),
  reader: say(
    'sq-1.remedy.reader',
    'Look at the program at the other end: it has to read. Here, a write time-out or TCP_USER_TIMEOUT keeps the sender from waiting for ever.',
    'tcp.7',
  ),
  path: say(
    'sq-1.remedy.path',
    'Test the path to the peer. TCP_USER_TIMEOUT ends such connections sooner than the kernel does.',
    'tcp.7',
  ),
};

const THRESHOLDS = {
  sendQueue: threshold.bytes(
    65_536,
    'Bytes in the send queue of a connection that make a warning.',
  ),
};
type Context = RuleContext<keyof typeof THRESHOLDS>;

export const sendQueue = rule({
  code: 'SQ-1',
  id: 'send-queue',
  title: label('rule.SQ-1', 'Data waits to be taken by the peer'),
  thresholds: THRESHOLDS,
  needs: { queues: true },
  find(context) {
    return each([notReadHere, notReadThere, sentAgain, waiting], search => search(context));
  },
});

/** Whose window is closed by a reader that is in the dump. */
function notReadHere(context: Context): Drafts {
  const { index } = context;
  const rows = where(probingRows.of(index), row => readerOf(index, row) !== NONE);
  return each(
    groupBy(rows, row => holderOf(index, readerOf(index, row))),
    ([holder, own]) => {
      const { owner, subject } = context.holder(holder);
      return { ...closedWindow(context, own), subject, owner };
    },
  );
}

/** Whose window is closed by a reader elsewhere. */
function notReadThere(context: Context): Drafts {
  const { index } = context;
  const rows = where(probingRows.of(index), row => readerOf(index, row) === NONE);
  return each(remoteGroups(context, rows, 5), ({ rows: own, subject, remote }) => ({
    ...closedWindow(context, own),
    subject,
    remote,
  }));
}

function closedWindow(context: Context, rows: Uint32Array): Draft {
  const { index, thresholds } = context;
  const total = bytesIn(context, rows);
  const probes = largest(rows, index.table.probes);
  const stuck = rows.some(row => isUnchanged(context, row));
  const remotes = context.remotes(rows);
  return {
    cause: 'not-reading',
    subject: '',
    severity:
      stuck || total >= thresholds.sendQueue || probes >= SILENT_PROBES ? 'warning' : 'info',
    confidence: stuck ? 'high' : 'medium',
    rows,
    owner: onlyOwner(context, rows),
    describe: () => ({
      title: context.say(TEXTS.notReading, {
        remote: context.remoteText(remotes),
        bytes: context.bytes(total),
        program: context.program(onlyOwner(context, rows)),
      }),
      why: [context.say(TEXTS.notReadingWhy)],
      evidence: [
        ...(stuck ? [context.evidence(sameText(context, rows))] : []),
        ...(probes >= SILENT_PROBES
          ? [context.evidence(context.say(TEXTS.silentProbes, { count: probes }))]
          : []),
        ...context.examples(rows),
      ],
      confirm: [
        {
          text: context.say(TEXTS.details),
          command: remoteCommand(index.system, remotes.top[0]!.address),
        },
      ],
      remedy: [context.say(TEXTS.reader)],
      caveats: context.caveats({ owner: onlyOwner(context, rows), time: true }),
    }),
  };
}

/** What is sent again and not acknowledged. */
function sentAgain(context: Context): Drafts {
  const { index } = context;
  const rows = where(openRows(index, index.sending), row => isSentAgain(index, row));
  return each(remoteGroups(context, rows, 5), group => unacknowledged(context, group));
}

/** What waits and is much, or as much as before. */
function waiting(context: Context): Drafts {
  const { index, thresholds } = context;
  const { sendQ, timer } = index.table;
  const rows = where(
    openRows(index, index.sending),
    row =>
      timer?.[row] !== TimerKind.Probe &&
      !isSentAgain(index, row) &&
      (sendQ[row]! >= thresholds.sendQueue || isUnchanged(context, row)),
  );
  return each(remoteGroups(context, rows, 5), group => queued(context, group));
}

function isSentAgain({ table: { timer, retransmits } }: SnapshotIndex, row: number): boolean {
  return timer?.[row] === TimerKind.On && (retransmits?.[row] ?? 0) > 0;
}

function unacknowledged(context: Context, { rows, subject, remote, remotes }: RemoteGroup): Draft {
  const { index, thresholds } = context;
  const owner = onlyOwner(context, rows);
  const total = bytesIn(context, rows);
  const count = largest(rows, index.table.retransmits);
  return {
    cause: 'unanswered',
    subject,
    severity: count >= SILENT || (total >= thresholds.sendQueue && count > 1) ? 'warning' : 'info',
    confidence: count >= SILENT ? 'medium' : 'low',
    rows,
    owner,
    remote,
    describe: () => ({
      title: context.say(TEXTS.unanswered, {
        remote: context.remoteText(remotes),
        bytes: context.bytes(total),
        program: context.program(owner),
      }),
      why: [context.say(TEXTS.unansweredWhy)],
      evidence: context.examples(rows),
      confirm: [
        {
          text: context.say(TEXTS.details),
          command: remoteCommand(index.system, remotes.top[0]!.address),
        },
      ],
      remedy: [context.say(TEXTS.path)],
      caveats: context.caveats({ owner, time: true }),
    }),
  };
}

function queued(context: RuleContext, { rows, subject, remote, remotes }: RemoteGroup): Draft {
  const { index } = context;
  const owner = onlyOwner(context, rows);
  const stuck = rows.some(row => isUnchanged(context, row));
  // With a timer that shows no trouble, much data is a transfer that goes on.
  const severity: Severity = stuck || !index.showsTimers ? 'warning' : 'info';
  return {
    cause: 'unanswered',
    subject,
    severity,
    confidence: stuck ? 'medium' : 'low',
    rows,
    owner,
    remote,
    describe: () => ({
      title: context.say(TEXTS.waiting, {
        bytes: context.bytes(bytesIn(context, rows)),
        program: context.program(owner),
        remote: context.remoteText(remotes),
      }),
      why: [context.say(TEXTS.waitingWhy)],
      evidence: [
        ...(stuck ? [context.evidence(sameText(context, rows))] : []),
        ...context.examples(rows),
      ],
      confirm: [
        {
          text: context.say(TEXTS.details),
          command: remoteCommand(index.system, remotes.top[0]!.address),
        },
      ],
      remedy: severity === 'info' ? [] : [context.say(TEXTS.reader)],
      alternatives: stuck ? [] : [context.say(TEXTS.bulk)],
      caveats: [
        ...(index.showsTimers ? [] : [context.say(TEXTS.noTimers)]),
        ...context.caveats({ owner, time: true }),
      ],
    }),
  };
}

function bytesIn({ index }: RuleContext, rows: Uint32Array): number {
  return rows.reduce((total, row) => total + index.table.sendQ[row]!, 0);
}

/** Since when just as much has waited. */
function sameText(context: RuleContext, rows: Uint32Array): Text {
  const { index, history, past } = context;
  const run = unchangedRun(context, rows, index.table.sendQ);
  const seconds = history.secondsBetween(past[past.length - run]!, index.number);
  return run > 2 && seconds !== null && seconds > 0
    ? context.say(TEXTS.sameLong, { snapshots: run, time: context.measured(seconds) })
    : context.say(TEXTS.same);
}

/** Whether just as much waited in the snapshot before. */
function isUnchanged({ index, history }: RuleContext, row: number): boolean {
  const before = history.previous(row);
  return before !== NONE && index.table.sendQ[before] === index.table.sendQ[row];
}
