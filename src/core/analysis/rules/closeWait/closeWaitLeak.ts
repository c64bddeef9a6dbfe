import { State } from '../../../vocabulary/state';
import { label, say } from '../../../wording/statement';
import {
  CLOSE_WAIT_ERROR,
  CLOSE_WAIT_WARNING,
  closeWaitAccepted,
  isTlsFarewell,
  POOL_CONNECTIONS,
  receiveQueues,
  unreadBytes,
} from '../../kit/closing/closeWait';
import {
  areJustClosed,
  knowsShare,
  mayAnswer,
  otherReadings,
  PASSING,
  standing,
} from '../../kit/closing/closeWaitReadings';
import { areUnnoticed, isLeftPool } from '../../kit/closing/idlePool';
import { relayedBy } from '../../kit/closing/relayed';
import { areNoneLeft, countBefore, snapshotsReplaced } from '../../kit/closing/closeWaitTurnover';
import { largest } from '../../kit/columns';
import { halfClosedPairs, keptOpenBy, MANY_HALF_CLOSED } from '../../kit/closing/halfClosed';
import { isSuspendable, suspendedText } from '../../kit/suspendedApps';
import { listState, listStateOfPort } from '../../kit/commands';
import { type Crew, crewsOf } from '../../kit/closing/crews';
import type { Part } from '../../../index/grouping';
import type { SnapshotIndex } from '../../../index/snapshotIndex';
import { type Draft, lower, type Severity } from '../../kit/draft';
import { rule } from '../../kit/rule';
import { threshold } from '../../kit/threshold';
import { lookAtThreads, notReadingText, threadsText } from '../../kit/closing/notReading';
import { sidecarTexts } from '../../kit/closing/sidecars';
import { waitingFor } from '../../kit/unanswered/waitingFor';
import { type Unread, UNREAD_TEXTS, unreadOf } from '../../kit/closing/unread';
import { type Holder, onlyRemote, type RuleContext } from '../../kit/ruleContext';
import { checkHttpSys, closeWaitRemedy, isKernel } from '../../kit/closing/closeWaitRemedy';
import { holderOfAll, mayBeInherited, sharingOf, sharingTexts } from '../../kit/closing/inherited';
import { beforeRestart } from '../../kit/remedy';
import { isRead, sentAfterFin } from '../../kit/transfer/queues';
import { endOf } from '../../kit/whichEnd';
import { toldSeconds } from '../../time/history';
import { closerOf } from '../../kit/closer';
import { quote, type Text } from '../../../wording/text';
import { FINDING_TEXTS } from '../../kit/findingTexts';

/** Seconds from which on a CLOSE_WAIT is not just being closed. */
const LASTING = 10;

/** A descriptor's number from which on the program holds unusually many. */
const HIGH_DESCRIPTOR = 10_000;

/** Percent of a busy server's connections that may be between the FIN and close() at a moment. */
const MOMENT = 1;

/** The same of clients that have nothing in common: how many leave at once is up to them. */
const MINOR = 5;

const TEXTS = {
  leaks: say(
    '{program} leaks connections: {count} in CLOSE_WAIT, closed by {remote}',
    'rfc9293-3.3.2',
  ),
  likely: say(
    '{program} most likely leaks connections: {count} in CLOSE_WAIT, closed by {remote}',
    'rfc9293-3.3.2',
  ),
  hangs: say(
    '{program} most likely hangs or leaks connections: {count} in CLOSE_WAIT, closed by {remote}',
    'rfc9293-3.3.2',
    'linux-tcp-diag',
  ),
  inherited: say(
    '{program} most likely inherited {count} in CLOSE_WAIT, closed by {remote}',
    'measured',
  ),
  holds: say('{program} has {count} in CLOSE_WAIT, closed by {remote}', 'rfc9293-3.3.2'),
  reads: say(
    '{program} is still reading {connections} that {remote} closed',
    'rfc9293-3.6',
    'linux-tcp-diag',
  ),
  why: say(
    'The peer has sent its FIN; {program} has not called close(). CLOSE_WAIT has no timeout.',
    'rfc9293-3.3.2',
    'rfc9293-3.6',
  ),
  cost: say(
    'A socket in CLOSE_WAIT keeps a descriptor or handle, and often a worker or a slot in a pool, until the program closes it or ends.',
    'linux-tcp',
  ),
  share: say('In CLOSE_WAIT: {count} of {all} sockets of {program}.', 'rfc9293-3.3.2'),
  unreadElsewhere: say('Recv-Q above 0 on {count}: {bytes} still unread.', 'netstat.8'),
  reading: say(
    'Recv-Q has fallen since the snapshot before on {count}: the program is reading.',
    'linux-tcp-diag',
  ),
  sending: say(
    'Send-Q or bytes_acked has changed since the snapshot before on {count}: the program sends, as it may after a half-close.',
    'rfc9293-3.6',
    'ss.8',
  ),
  justSent: say(
    'Data was sent within the last 2 s on {count} (lastsnd): the program is still sending, or the FIN has only just come.',
    'rfc9293-3.6',
    'ss.8',
  ),
  noneLeft: say('None of the {count} in the snapshot before is left.', 'rfc9293-3.6'),
  before: say(
    'In CLOSE_WAIT in the snapshot before: {count}. Still there of these: {left}.',
    'rfc9293-3.6',
  ),
  replaced: say(
    'In each of the last {count} snapshots all of them are new: the program closes them, if late.',
    'rfc9293-3.6',
  ),
  lasting: say(
    "{connections} in CLOSE_WAIT for at least {time}: no ACK has arrived since then (lastack), and the peer's FIN carried one.",
    'measured',
    'linux-tcp-input',
  ),
  justClosed: say(
    'The timers of the other ends show that they closed moments ago.',
    'linux-tcp',
    'measured',
  ),
  descriptor: say(
    'Descriptor {fd}: open() and accept() take the lowest free number, so the program held about as many.',
    'open.2',
  ),
  again: say(
    'Run this now and again a minute later. Ports that are listed both times are stuck.',
    'rfc9293-3.6',
    'general-practice',
  ),
  busy: say(
    'A busy server has a few sockets in CLOSE_WAIT for an instant, between the FIN and its close().',
    'measured',
  ),
  idle: say(
    'A client that keeps connections for later looks like this: the server has closed idle ones, and the client notices at their next use. Their number does not grow beyond the size of its pool.',
    'apache-hc',
    'dotnet-httpclient',
  ),
  relay: say(
    'A proxy may keep a client that has given up until the server behind it answers, or has a place for it. Connections of {program} to servers: {count}.',
    'general-practice',
  ),
  behind: say(
    'Before you look for a mistake in the proxy, see how long the servers behind it take to answer.',
    'general-practice',
  ),
  partly: say(
    'On {count} of them data is unread: there the program has not come to the end of the stream. A program that hangs, or has no thread left, looks like this.',
    'linux-tcp-diag',
    'general-practice',
  ),
  forgotten: say(
    'A program that has forgotten connections does not read them either. Then it goes on serving new ones.',
    'general-practice',
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
  title: label('Connections closed by the peer and not by the program'),
  thresholds: THRESHOLDS,
  needs: { states: [State.CloseWait] },
  find(context) {
    return leaks(context);
  },
});

/** Rules that accuse a proxy of what it passes on, or who waits for a program that does not close. */
const OF_OTHER_ENDS = ['PAIR-4', 'CW-1', 'CW-4', 'CW-6', 'PAIR-1', 'F2-2'];

/** The other ends of some rows that wait for them to be closed, where this host has so many. */
function waitingEnds(index: SnapshotIndex, rows: Uint32Array): Uint32Array[] {
  if (!index.connections.hasLocal) {
    return [];
  }
  const { state } = index.table;
  const ends = rows.map(row => index.otherEnd(row)).filter(end => state[end] === State.FinWait2);
  return ends.length < MANY_HALF_CLOSED ? [] : [ends];
}

/** What each program does not close, and what those of one name do not close together. */
function* leaks(context: Context): Generator<Draft> {
  const { index, thresholds } = context;
  const workers: Part[] = [];
  for (const part of closeWaitAccepted(context)) {
    const judged = judge(context, part);
    if (part[0] >= 0 && !judged.explained && judged.severity !== 'error') {
      workers.push(part);
    }
    const kept =
      judged.severity === 'info'
        ? []
        : [...keptOpenBy(index, judged.all), ...waitingEnds(index, judged.rows)];
    const own = draft(context, judged);
    yield kept.length === 0 ? own : { ...own, explains: { rows: kept, symptoms: OF_OTHER_ENDS } };
  }
  for (const crew of crewsOf(index, workers, thresholds.closeWaitWarning * MANY)) {
    const judged = judgeCrew(context, crew);
    if (judged.severity !== 'info') {
      yield {
        ...draft(context, judged),
        explains: { rows: [crew.rows], symptoms: ['CW-1', 'CW-2', 'CW-4', 'CW-6'] },
      };
    }
  }
}

/** Who has some rows in CLOSE_WAIT, and how grave that is. */
interface Judged {
  readonly holder: Holder;
  readonly all: Uint32Array;
  /** Those that are not just being read. */
  readonly rows: Uint32Array;
  /** How many sockets the program has; null where that is not known. */
  readonly sockets: number | null;
  readonly told: Lasting;
  readonly severity: Severity;
  /** See snapshotsReplaced. */
  readonly replaced: number;
  /** See countBefore. */
  readonly before: number;
  /** See areNoneLeft. */
  readonly noneLeft: boolean;
  readonly suspended: boolean;
  /** Whether it is told why they are not closed. */
  readonly explained: boolean;
  /** See areJustClosed. */
  readonly justClosed: boolean;
  /** The remote end of all; null where they have several. */
  readonly remote: string | null;
  /** Null where it is one process. */
  readonly crew: Crew | null;
}

function judge(context: Context, [number, all]: Part): Judged {
  const { index } = context;
  const holder = holderOfAll(context, number, all);
  const { owner } = holder;
  const rows = standing(context, all);
  const told = toldLasting(context, rows);
  const suspended = isSuspendable(context, owner);
  const explained = suspended || halfClosedPairs.of(index).has(number);
  const sockets = owner === null || !knowsShare(context) ? null : index.owners.count(number);
  const remote = onlyRemote(context.remotes(all));
  const replaced = snapshotsReplaced(context, holder.subject, all);
  // A share says little of a pool: most of it may have been idle when its server closed.
  const isPool = (): boolean =>
    remote !== null &&
    endOf(index, all) === 'client' &&
    receiveQueues(index, all).every(queue => isTlsFarewell(index, queue));
  const isFew = rows.length < context.thresholds.closeWaitWarning;
  const weighed =
    explained || isFew
      ? 'info'
      : severityOf(context, rows, sockets === null || isPool() ? null : sockets, told);
  const justClosed = weighed !== 'info' && areJustClosed(context, rows);
  const isWaiting = weighed === 'error' && !isLong(context, told) && relayedFor(index, all) > 0;
  const severity = justClosed ? 'info' : isWaiting ? 'warning' : weighed;
  const noneLeft = severity === 'error' && areNoneLeft(context, holder.subject, number);
  return {
    holder,
    all,
    rows,
    sockets,
    told,
    // What is closed late weighs less than what is not closed.
    severity: replaced > 0 || noneLeft ? lower(severity) : severity,
    replaced,
    before: countBefore(context, holder.subject),
    noneLeft,
    suspended,
    explained,
    justClosed,
    remote,
    crew: null,
  };
}

/** What processes that do the same have, of which each alone has little. */
function judgeCrew(context: Context, crew: Crew): Judged {
  const { name, end, port, processes, rows: all } = crew;
  const { index } = context;
  const rows = standing(context, all);
  const told = toldLasting(context, rows);
  const sockets =
    end === 'server' && knowsShare(context) ? all.length + index.establishedOn(port) : null;
  const remote = onlyRemote(context.remotes(all));
  return {
    holder: {
      owner: { pid: null, process: name },
      program: () => context.processes(name, processes),
      subject: `name ${name} ${end === 'server' ? `port ${port}` : `to ${remote ?? port}`}`,
    },
    all,
    rows,
    sockets,
    told,
    severity: crewSeverity(context, crew, rows.length, sockets, told),
    replaced: 0,
    before: 0,
    noneLeft: false,
    suspended: false,
    explained: false,
    justClosed: false,
    remote,
    crew,
  };
}

/**
 * Workers that serve one connection each are waited for while they work: some of them are always
 * in CLOSE_WAIT when clients give up, and a client of each keeps an idle connection. A pool of
 * each, with several, is told as that of one program is.
 */
function crewSeverity(
  context: Context,
  { end, processes }: Crew,
  count: number,
  sockets: number | null,
  told: Lasting,
): Severity {
  const { thresholds } = context;
  const share = sockets === null ? null : (count * 100) / sockets;
  const large = share !== null && share >= thresholds.closeWaitShare;
  if (count >= thresholds.closeWaitError) {
    return end === 'server' && (large || share === null) ? 'error' : 'warning';
  }
  const pools = end === 'client' && count >= POOL_CONNECTIONS * processes;
  return large || pools || isLong(context, told) ? 'warning' : 'info';
}

/** How many of what sockets wait; those of a crew are counted on its port, whoever has them. */
function shareText(context: Context, { crew, holder }: Judged, count: number, all: number): Text {
  const program =
    crew === null
      ? holder.program
      : context.onHost(
          context.localizer.format(FINDING_TEXTS.onPort, {
            program: quote(crew.name),
            port: String(crew.port),
          }),
        );
  return context.say(TEXTS.share, { count, all, program });
}

function draft(context: Context, judged: Judged): Draft {
  const { all, rows, told, sockets, severity, explained, suspended, replaced, before } = judged;
  const { crew } = judged;
  const { owner, program, subject } = judged.holder;
  const { index } = context;
  const count = all.length;
  const stuck = severity === 'error' && isLong(context, told);
  return {
    cause: 'close-wait',
    subject,
    severity,
    confidence: owner === null || severity === 'info' ? 'low' : stuck ? 'high' : 'medium',
    rows: all,
    owner: crew === null ? owner : null,
    remote: judged.remote,
    describe: () => {
      const remote = closerOf(context, all);
      const { others } = unreadOf(index, rows);
      const sharing = crew === null ? sharingOf(index, all) : null;
      const isInherited = sharing?.inherited === true;
      const inheriting = sharing === null ? mayBeInherited(context, all, owner) : null;
      const kernel = isKernel(context, owner);
      // Who does not know of a connection neither reads it nor hangs.
      const blamed = severity !== 'info' && !isInherited && !kernel;
      const hangs = blamed && isHanging(context, rows, others);
      const mayHang = blamed && !hangs && crew === null && mayHangOrLeak(context, rows, others);
      // A process that has one connection is doing something for it.
      const isServingCrew = crew?.end === 'server';
      // What process it is must be known first.
      const process = crew === null ? owner : context.ownerOf(all[0]!);
      const threads =
        blamed &&
        process !== null &&
        (isServingCrew || mayHang || others.rows.length >= context.thresholds.closeWaitWarning)
          ? [lookAtThreads(context, process)]
          : [];
      const command =
        crew === null
          ? listState(index.system, 'CLOSE-WAIT', owner)
          : listStateOfPort(index.system, 'CLOSE-WAIT', crew.end, crew.port);
      const again = rows.length === 0 ? [] : [context.check(TEXTS.again, command)];
      const moving = movingOf(context, all, rows);
      const relayed = crew === null ? relayedFor(index, all) : 0;
      return {
        title: hangs
          ? notReadingText(context, program, others)
          : rows.length === 0 && moving.read === count
            ? context.say(TEXTS.reads, { program, connections: context.connections(count), remote })
            : context.say(
                isInherited
                  ? TEXTS.inherited
                  : titleOf(context, judged, { stuck, mayHang, kernel }),
                { program, count, remote },
              ),
        why: [
          ...(suspended ? [suspendedText(context, program)] : []),
          context.say(TEXTS.why, { program }),
          context.say(TEXTS.cost),
        ],
        evidence: [
          ...(sockets === null ? [] : [shareText(context, judged, count, sockets)]),
          ...(judged.justClosed ? [context.say(TEXTS.justClosed)] : []),
          ...(replaced === 0 ? [] : [context.say(TEXTS.replaced, { count: replaced })]),
          ...(judged.noneLeft && replaced === 0
            ? [context.say(TEXTS.noneLeft, { count: before })]
            : severity !== 'info' && before > 0 && before < count
              ? [
                  context.say(TEXTS.before, {
                    count: before,
                    left: all.filter(row => context.history.run(row) > 1).length,
                  }),
                ]
              : []),
          ...(told.count === 0
            ? []
            : [
                context.say(TEXTS.lasting, {
                  connections: context.connections(told.count),
                  time: context.measured(told.least),
                }),
              ]),
          ...(moving.read === 0 ? [] : [context.say(TEXTS.reading, { count: moving.read })]),
          ...(moving.since === 0 ? [] : [context.say(TEXTS.sending, { count: moving.since })]),
          ...(moving.just === 0 ? [] : [context.say(TEXTS.justSent, { count: moving.just })]),
          ...queueTexts(context, rows),
          ...descriptorTexts(context, all),
          ...(sharing === null ? [] : sharingTexts(context, sharing)),
        ]
          .map(text => context.evidence(text))
          .concat(hangs ? waitingFor(context, [owner?.pid ?? null]) : [], context.examples(all)),
        confirm: [
          ...(hangs ? [...threads, ...again] : [...again, ...threads]),
          ...checkHttpSys(context, owner, all),
          ...(severity === 'info' || explained || hangs ? [] : (inheriting?.checks ?? [])),
          ...(isInherited ? [] : beforeRestart(context, owner, severity)),
        ],
        remedy:
          explained || rows.length === 0 || (replaced > 0 && severity === 'info')
            ? []
            : hangs
              ? [threadsText(context, program)]
              : [
                  ...(relayed > 0 ? [context.say(TEXTS.behind)] : []),
                  ...(isServingCrew || mayHang ? [threadsText(context, program)] : []),
                  ...closeWaitRemedy(context, owner, all, {
                    severity,
                    ...(crew?.end === 'client' ? { pool: true } : {}),
                  }),
                ],
        alternatives:
          explained || rows.length === 0
            ? []
            : hangs
              ? [context.say(TEXTS.forgotten), ...sidecarTexts(context, all)]
              : [
                  ...(inheriting?.isShown === true ? [inheriting.text] : []),
                  ...(relayed > 0 ? [context.say(TEXTS.relay, { program, count: relayed })] : []),
                  ...(severity === 'error' ||
                  count >= context.thresholds.closeWaitError ||
                  isInherited ||
                  endOf(index, all) === 'client'
                    ? []
                    : [context.say(TEXTS.busy)]),
                  ...(others.rows.length >= context.thresholds.closeWaitWarning &&
                  endOf(index, all) === 'server'
                    ? [context.say(TEXTS.partly, { count: others.rows.length })]
                    : []),
                  ...otherReadings(context, all, told.least),
                  ...(!stuck && endOf(index, all) === 'client' && !isToldAsPool(context, judged)
                    ? [context.say(TEXTS.idle)]
                    : []),
                  ...(inheriting?.isShown === false ? [inheriting.text] : []),
                ],
        caveats: [...context.between(all), ...context.caveats({ owner, time: true })],
      };
    },
  };
}

/** Connections to servers that a proxy has for these clients; 0 where their program is none. */
function relayedFor(index: SnapshotIndex, rows: Uint32Array): number {
  return endOf(index, rows) === 'server' ? relayedBy(index, index.owners.of(rows[0]!)) : 0;
}

/** How many of some rows move: are read, have more acknowledged, or were sent on just now. */
function movingOf(
  context: RuleContext,
  all: Uint32Array,
  standingOnes: Uint32Array,
): Readonly<Record<'read' | 'since' | 'just', number>> {
  const moving = { read: 0, since: 0, just: 0 };
  for (const row of standingOnes.length === all.length ? [] : all) {
    const how = isRead(context, row) ? 'read' : sentAfterFin(context, row);
    if (how !== null) {
      moving[how]++;
    }
  }
  return moving;
}

/** Whether CW-6 speaks of most of these, and not this rule: its title says that they are idle. */
function isToldAsPool(context: Context, { rows, severity, crew }: Judged): boolean {
  const most = context.remotes(rows).top[0]?.count ?? 0;
  return (
    crew === null && severity !== 'error' && most >= POOL_CONNECTIONS && most * 2 >= rows.length
  );
}

/** Percent of its connections whose requests a server that hangs has not read. */
const UNREAD = 66;

/**
 * Whether a server has not come to the end of nearly all of these connections, so that it cannot
 * have missed it. A client that leaves answers unread leaks them.
 */
function isHanging({ index }: Context, rows: Uint32Array, unread: Unread): boolean {
  return unread.rows.length * 100 >= rows.length * UNREAD && endOf(index, rows) === 'server';
}

/**
 * Whether a server may as well hang as leak: it has read nearly none of these connections to the
 * end of the stream.
 */
function mayHangOrLeak({ index, thresholds }: Context, rows: Uint32Array, unread: Unread): boolean {
  if (!index.linux || rows.length < thresholds.closeWaitWarning) {
    return false;
  }
  const fins = receiveQueues(index, rows).filter(queue => queue === 1).length;
  return (
    (fins + unread.rows.length) * 100 >= rows.length * UNREAD && endOf(index, rows) === 'server'
  );
}

/** Only what is known to be no passing matter is called a leak, and only of who may leak it. */
function titleOf(
  context: Context,
  judged: Judged,
  {
    stuck,
    mayHang,
    kernel,
  }: { readonly stuck: boolean; readonly mayHang: boolean; readonly kernel: boolean },
): (typeof TEXTS)['leaks'] {
  const { all, severity, crew, holder } = judged;
  const told =
    stuck ||
    (all.length >= context.thresholds.closeWaitError &&
      !isLeftPool(context.index, all, judged.remote));
  if (severity !== 'error' || holder.owner === null || crew !== null || kernel || !told) {
    return TEXTS.holds;
  }
  return mayHang ? TEXTS.hangs : stuck ? TEXTS.leaks : TEXTS.likely;
}

/** Percent of a program's sockets that are most of them. */
const MOST_OF_IT = 50;

/** How many times as many as for a warning are no few any more. */
const MANY = 2;

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
  const enough = count >= thresholds.closeWaitError;
  if (!long && sockets !== null && share < MOMENT) {
    // However busy a server is, so few of its connections are just being closed. Whoever asks for
    // a warning of a single one means it.
    if (enough || (thresholds.closeWaitWarning > 1 && endOf(index, rows) === 'server')) {
      return 'info';
    }
  }
  if (enough) {
    const isMoment = !long && context.history.longestRun(rows) === 1;
    return isMoment &&
      (mayOnlyAnswer(context, rows) ||
        (sockets !== null && share < MINOR && areManyClients(context, rows)))
      ? 'warning'
      : 'error';
  }
  if (!long && mayAnswer(index, rows)) {
    // So few answers a server may well be making; more are told where they are most of its sockets.
    const least = thresholds.closeWaitWarning;
    // Whoever asks for a warning of a single one means it.
    const few = least > 1 && count < least * (share >= MOST_OF_IT ? 1.6 : 2);
    return few ? 'info' : 'warning';
  }
  if (!long && areUnnoticed(index, rows) && context.history.longestRun(rows) === 1) {
    // A pool looks so as soon as its server has closed what was idle.
    return thresholds.closeWaitWarning > 1 && isOneForEach(context, rows) ? 'info' : 'warning';
  }
  // One idle connection to each of a few servers is soon a large share of a small client.
  const tells = long || count >= thresholds.closeWaitWarning * MANY || !isOneForEach(context, rows);
  if (!tells && thresholds.closeWaitWarning > 1 && !areReadToTheEnd(index, rows)) {
    return 'info';
  }
  return tells && share >= thresholds.closeWaitShare ? 'error' : 'warning';
}

/**
 * Whether a server may have just such clients as close their side first, and read on: it has no
 * other ones, has read each to its end, and nothing shows that it does not send.
 */
function mayOnlyAnswer(context: RuleContext, rows: Uint32Array): boolean {
  const { index } = context;
  const { lastSent, localPort } = index.table;
  return (
    index.linux &&
    knowsShare(context) &&
    lastSent === undefined &&
    mayAnswer(index, rows) &&
    rows.every(row => index.establishedOn(localPort[row]!) === 0)
  );
}

/** Whether a client has about one of these to each of several servers. */
function isOneForEach(context: RuleContext, rows: Uint32Array): boolean {
  return endOf(context.index, rows) === 'client' && areOfDifferentHosts(context, rows);
}

/** Whether these are a server's, each of a client of its own, about. */
function areManyClients(context: RuleContext, rows: Uint32Array): boolean {
  return endOf(context.index, rows) === 'server' && areOfDifferentHosts(context, rows);
}

function areOfDifferentHosts(context: RuleContext, rows: Uint32Array): boolean {
  return context.remotes(rows).total * 2 >= rows.length;
}

/** Whether a program knows of some of these that the peer has closed: it has read the FIN. */
function areReadToTheEnd(index: SnapshotIndex, rows: Uint32Array): boolean {
  return index.linux && receiveQueues(index, rows).some(queue => queue === 0);
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
    ...(consumed > 0 && index.linux
      ? [context.say(UNREAD_TEXTS.consumed, { count: consumed })]
      : []),
    ...(fin > 0 ? [context.say(UNREAD_TEXTS.fin, { count: fin })] : []),
    ...(unread > 0
      ? [
          context.say(index.linux ? UNREAD_TEXTS.unread : TEXTS.unreadElsewhere, {
            count: unread,
            bytes: context.bytes(bytes),
          }),
        ]
      : []),
  ];
}
