import type { Text } from '../../../wording/text';
import { label, say } from '../../../wording/statement';
import { NONE } from '../../../model/row';
import { retransmittedFor } from '../../../knowledge/retransmission';
import { TimerKind } from '../../../vocabulary/timer';
import { detailsCommand, queuesCommand } from '../../kit/commands';
import { closerOf } from '../../kit/closer';
import { areFewClients, MOBILE } from '../../kit/transfer/fewClients';
import { holderOf } from '../../../index/holder';
import {
  groupText,
  networkTexts,
  onlyOwner,
  type RemoteGroup,
  remoteGroups,
  silentGroups,
} from '../../kit/remoteGroups';
import type { Confirmation, Draft, Severity } from '../../kit/draft';
import { type Drafts, each, rule } from '../../kit/rule';
import { threshold } from '../../kit/threshold';
import type { RuleContext } from '../../kit/ruleContext';
import {
  answeredMeanwhile,
  behindOneAddress,
  silenceMeans,
} from '../../kit/unanswered/otherAnswers';
import { onlyLargeLost } from '../../kit/transfer/largeLost';
import { silentRemedy, waitLess } from '../../kit/unanswered/pathRemedy';
import { otherEndShows } from '../../kit/transfer/lostDirection';
import { sendingLimits, showsLimits } from '../../kit/transfer/sendingLimits';
import type { Remotes } from '../../../index/remotes';
import { groupBy, where } from '../../../index/grouping';
import type { SnapshotIndex } from '../../../index/snapshotIndex';
import {
  hasSentFin,
  isUnchanged,
  openRows,
  unchanged,
  unsentBytes,
} from '../../kit/transfer/queues';
import { largest } from '../../kit/columns';
import {
  BULK,
  emptiedOf,
  heldUpBy,
  isStalled,
  probingRows,
  readerElsewhere,
  readerOf,
  SILENT_PROBES,
  takenNothingFor,
  timerText,
  waitingForReader,
} from '../../kit/transfer/zeroWindow';

/** Retransmissions from which on a peer is not just a packet away. */
const SILENT = 3;

const TEXTS = {
  notTaken: say(
    '{program} cannot send {bytes}: not taken by {remote} for about {time} or longer',
    'measured',
    'linux-tcp-timer',
  ),
  closed: say(
    '{program} has {bytes} to send, and the window offered by {remote} is closed',
    'measured',
    'linux-tcp-timer',
  ),
  left: say(
    'The last {bytes} of {connections} closed here: not taken by {remote} for about {time} or longer',
    'measured',
    'linux-tcp-timer',
  ),
  leftWindow: say(
    'Not yet taken by {remote}, whose window is closed: the last {bytes} of {connections} closed here',
    'measured',
    'linux-tcp-timer',
  ),
  leftWhy: say(
    'The FIN follows these bytes, so no program here waits to send more.',
    'rfc9293-3.6',
  ),
  closedWhy: say(
    "The timer is that of window probes: the peer's window is closed. What came is not read, or not as fast as it is sent.",
    'measured',
    'linux-tcp-timer',
    'rfc9293-3.8.6.1',
  ),
  slow: say(
    'A reader that is only slower than the sender looks like this again and again.',
    'measured',
  ),
  unread: say('At the other end, {reader} has {bytes} to read.', 'linux-tcp-diag'),
  emptied: say(
    'At the other end, {reader} has nothing left to read: what came was read since.',
    'linux-tcp-diag',
  ),
  perhapsEmptied: say(
    'At the other end, {reader} has nothing to read. If that was listed later, what came was read since.',
    'linux-tcp-diag',
  ),
  proxy: say(
    'The peer may be a proxy or load balancer, which waits for a program behind it.',
    'general-practice',
  ),
  silentProbes: say(
    'Unanswered probes in a row: up to {count}. The peer is silent, too.',
    'linux-tcp-timer',
    'measured',
  ),
  unanswered: say(
    '{program} cannot send {bytes}: no acknowledgment from {remote}',
    'measured',
    'linux-tcp-timer',
  ),
  unansweredWhy: say(
    'The retransmission timer runs and the count of retransmissions is above 0: the peer or the path does not answer.',
    'measured',
    'linux-tcp-timer',
  ),
  waiting: say('{program} has {bytes} not yet acknowledged by {remote}', 'linux-tcp-diag'),
  waitingWhy: say(
    'Send-Q counts the bytes that the peer has not acknowledged, including bytes not sent yet. It shrinks as fast as the peer and the path take them.',
    'linux-tcp-diag',
    'measured',
  ),
  sameLong: say(
    'The same number of bytes in {snapshots} snapshots, for at least {time}.',
    'general-practice',
  ),
  same: say('The same number of bytes as in the previous snapshot.', 'general-practice'),
  details: say(
    'Look at retransmissions, window and rates: `rwnd_limited` is the time that the window was closed.',
    'ss.8',
  ),
  again: say(
    'Run this twice, some seconds apart. If Send-Q is the same number, most likely nothing is being acknowledged.',
    'netstat.8',
  ),
  noTimers: say(
    'This dump shows no timers, so a peer that is not reading looks the same as one that does not answer.',
    'linux-proc-net-tcp',
  ),
  reader: say(
    'Look at the program at the other end: it has to read. Here, a write timeout keeps the sender from waiting forever.',
    'general-practice',
  ),
};

const THRESHOLDS = {
  sendQueue: threshold.bytes(
    65_536,
    'Report a warning from this many bytes in the send queue of a connection.',
  ),
};
type Context = RuleContext<keyof typeof THRESHOLDS>;

export const sendQueue = rule({
  code: 'SQ-1',
  id: 'send-queue',
  title: label('Data in send queues that the peer has not acknowledged'),
  thresholds: THRESHOLDS,
  needs: { queues: true },
  culprit: 'remote',
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
      const draft = { ...closedWindow(context, own), subject, owner };
      return heldUpBy(context, holder, own.length) === null
        ? draft
        : { ...draft, severity: 'info', describe: () => ({ ...draft.describe(), remedy: [] }) };
    },
  );
}

/** Whose window is closed by a reader elsewhere. */
function notReadThere(context: Context): Drafts {
  const { index } = context;
  const rows = where(probingRows.of(index), row => readerOf(index, row) === NONE);
  return each(
    groupBy(rows, row => ENDS.indexOf(otherEndOf(context, row))),
    ([end, list]) =>
      each(remoteGroups(context, list, 5), ({ rows: own, subject, remote }) => ({
        ...closedWindow(context, own, ENDS[end]),
        subject,
        remote,
      })),
  );
}

/** What the end that is to read shows: unread data, none any more, or perhaps so; or it is not shown. */
const ENDS = ['hidden', 'unread', 'since', 'perhaps'] as const;
type OtherEnd = (typeof ENDS)[number];

function otherEndOf(context: Context, row: number): OtherEnd {
  return readerElsewhere(context, row) === NONE ? (emptiedOf(context, row) ?? 'hidden') : 'unread';
}

/** What a closed window holds up; only told where the program that is to read is accused (PAIR-2). */
function closedWindow(context: Context, all: Uint32Array, end: OtherEnd = 'hidden'): Draft {
  const { index, thresholds } = context;
  const stalled = all.filter(row => isStalled(context, row));
  const rows = stalled.length > 0 ? stalled : all;
  const total = bytesIn(context, rows);
  const probes = largest(rows, index.table.probes);
  const left = rows.reduce((most, row) => Math.max(most, takenNothingFor(index, row)), 0);
  const stuck = rows.some(row => isUnchanged(context, row, index.table.sendQ));
  const remotes = context.remotes(rows);
  const owner = onlyOwner(context, rows);
  // The end that is to read is told of where it does not (PAIR-2).
  const isOpen = end === 'hidden' || end === 'perhaps';
  const args = { remote: context.remoteText(remotes), bytes: context.bytes(total) };
  // What was closed here waits for no program of this host.
  const closed = rows.every(row => hasSentFin(index.table.state[row]!));
  const title = (): Text => {
    const time = context.duration(left);
    if (closed) {
      const last = { ...args, connections: context.connections(rows.length) };
      return left > 0
        ? context.say(TEXTS.left, { ...last, time })
        : context.say(TEXTS.leftWindow, last);
    }
    const program = context.programOf(rows);
    return left > 0
      ? context.say(TEXTS.notTaken, { ...args, program, time })
      : context.say(TEXTS.closed, { ...args, program });
  };
  return {
    cause: 'not-reading',
    subject: '',
    // The kernel keeps what was closed here, and ends it; that is trouble where it is much.
    severity:
      stalled.length > 0 && isOpen && (!closed || total >= thresholds.sendQueue)
        ? 'warning'
        : 'info',
    confidence: left > 0 || stuck ? 'high' : 'medium',
    rows,
    owner,
    describe: () => ({
      title: title(),
      why: [context.say(TEXTS.closedWhy), ...(closed ? [context.say(TEXTS.leftWhy)] : [])],
      evidence: [
        ...otherEndTexts(context, rows, end).map(text => context.evidence(text)),
        ...(left > 0 ? [context.evidence(timerText(context, left))] : []),
        ...(stuck ? [context.evidence(sameText(context, rows))] : []),
        ...(probes >= SILENT_PROBES
          ? [context.evidence(context.say(TEXTS.silentProbes, { count: probes }))]
          : []),
        ...sendingLimits(context, rows),
        ...context.mountTexts(rows),
        ...context.examples(rows),
      ],
      confirm: lookCloser(context, remotes),
      remedy:
        stalled.length > 0 && !closed && isOpen
          ? [context.say(TEXTS.reader), ...waitLess(context, rows)]
          : [],
      alternatives: [
        ...(stalled.length > 0 ? [] : [context.say(TEXTS.slow)]),
        ...(end === 'hidden' ? [context.say(TEXTS.proxy)] : []),
      ],
      caveats: context.caveats({ owner, time: true }),
    }),
  };
}

/** What waits at the ends that are to read what some rows send. */
function otherEndTexts(context: RuleContext, rows: Uint32Array, end: OtherEnd): Text[] {
  if (end === 'hidden') {
    return [];
  }
  const { recvQ } = context.index.table;
  const reader = closerOf(context, rows);
  return [
    end === 'unread'
      ? context.say(TEXTS.unread, {
          reader,
          bytes: context.bytes(
            rows.reduce((sum, row) => sum + recvQ[readerElsewhere(context, row)]!, 0),
          ),
        })
      : context.say(end === 'since' ? TEXTS.emptied : TEXTS.perhapsEmptied, { reader }),
  ];
}

/** What tells more of connections to the first of some remotes. */
function lookCloser(context: RuleContext, { whole }: Remotes): Confirmation[] {
  const { system } = context;
  const details = detailsCommand(system, whole);
  const queues = queuesCommand(system, whole);
  if (details !== null) {
    const isShown = showsLimits(context.index.table);
    return [context.check(isShown ? TEXTS.again : TEXTS.details, details)];
  }
  return queues === null ? [] : [context.check(TEXTS.again, queues)];
}

/** What is sent again and not acknowledged. */
function sentAgain(context: Context): Drafts {
  const { index } = context;
  const rows = where(openRows(index, index.sending), row => isSentAgain(index, row));
  const isSilent = (row: number): boolean => index.table.retransmits![row]! >= SILENT;
  return each(silentGroups(context, rows, 5, isSilent), group => unacknowledged(context, group));
}

/** What waits and is much, or as much as before. */
function waiting(context: Context): Drafts {
  const { index, thresholds } = context;
  const { sendQ, timer } = index.table;
  // Of those the end that is to read is known, and told of (PAIR-2).
  const read = new Set(waitingForReader.of(index));
  const rows = where(
    openRows(index, index.sending),
    row =>
      !read.has(row) &&
      timer?.[row] !== TimerKind.Probe &&
      !isSentAgain(index, row) &&
      (sendQ[row]! >= thresholds.sendQueue || isUnchanged(context, row, sendQ)),
  );
  return each(remoteGroups(context, rows, 5), group => queued(context, group));
}

function isSentAgain({ table: { timer, retransmits } }: SnapshotIndex, row: number): boolean {
  return timer?.[row] === TimerKind.On && (retransmits?.[row] ?? 0) > 0;
}

function unacknowledged(context: Context, group: RemoteGroup): Draft {
  const { index, thresholds } = context;
  const { rows, subject, remote, remotes } = group;
  const few = areFewClients(context, group);
  const owner = onlyOwner(context, rows);
  const total = bytesIn(context, rows);
  const count = largest(rows, index.table.retransmits);
  return {
    cause: 'unanswered',
    subject,
    severity:
      !few && (count >= SILENT || (total >= thresholds.sendQueue && count > 1))
        ? 'warning'
        : 'info',
    confidence: count >= SILENT ? 'medium' : 'low',
    rows,
    owner,
    remote,
    describe: () => {
      const answers = answeredMeanwhile(
        context,
        group,
        count >= SILENT ? retransmittedFor(count) : 0,
      );
      const shown = count >= SILENT ? otherEndShows(context, rows) : null;
      return {
        // Sent again once: the answer may be on its way.
        title: context.say(count > 1 ? TEXTS.unanswered : TEXTS.waiting, {
          remote: groupText(context, group),
          bytes: context.bytes(total),
          program: context.programOf(rows),
        }),
        why:
          onlyLargeLost(context, group) !== null
            ? []
            : [
                count > 1
                  ? silenceMeans(context, answers, () => context.say(TEXTS.unansweredWhy))
                  : context.say(TEXTS.waitingWhy),
              ],
        evidence: [
          ...networkTexts(context, group.network),
          ...context.mountTexts(rows),
          ...(shown === null ? [] : [context.evidence(shown)]),
          ...context.examples(rows),
        ],
        confirm: lookCloser(context, remotes),
        remedy: few ? [] : silentRemedy(context, group, answers),
        alternatives: few ? [context.say(MOBILE)] : behindOneAddress(context, answers),
        caveats: context.caveats({ owner, time: true }),
      };
    },
  };
}

function queued(context: Context, { rows, subject, remote, remotes }: RemoteGroup): Draft {
  const { index, thresholds } = context;
  const { sendQ } = index.table;
  const owner = onlyOwner(context, rows);
  const stuck = rows.some(row => isUnchanged(context, row, sendQ));
  // With a timer that shows no trouble, data has just been sent; little of it waits now and then.
  const severity: Severity =
    !index.showsTimers &&
    rows.some(row => sendQ[row]! >= thresholds.sendQueue && isUnchanged(context, row, sendQ))
      ? 'warning'
      : 'info';
  return {
    cause: 'unanswered',
    subject,
    severity,
    confidence: 'low',
    rows,
    owner,
    remote,
    describe: () => ({
      title: context.say(TEXTS.waiting, {
        bytes: context.bytes(bytesIn(context, rows)),
        program: context.programOf(rows),
        remote: context.remoteText(remotes),
      }),
      why: [context.say(TEXTS.waitingWhy)],
      evidence: [
        ...(stuck ? [context.evidence(sameText(context, rows))] : []),
        ...sendingLimits(context, rows),
        ...context.examples(rows),
      ],
      confirm: lookCloser(context, remotes),
      remedy: severity === 'info' ? [] : [context.say(TEXTS.reader), ...waitLess(context, rows)],
      alternatives: [context.say(BULK)],
      caveats: [
        ...(index.showsTimers ? [] : [context.say(TEXTS.noTimers)]),
        ...context.caveats({ owner, time: true }),
      ],
    }),
  };
}

function bytesIn({ index }: RuleContext, rows: Uint32Array): number {
  return rows.reduce((total, row) => total + unsentBytes(index, row), 0);
}

/** Since when just as much has waited. */
function sameText(context: RuleContext, rows: Uint32Array): Text {
  const { run, seconds } = unchanged(context, rows, context.index.table.sendQ);
  return run > 2 && seconds !== null && seconds > 0
    ? context.say(TEXTS.sameLong, { snapshots: run, time: context.measured(seconds) })
    : context.say(TEXTS.same);
}
