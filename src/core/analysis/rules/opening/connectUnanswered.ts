import { label, say } from '../../../wording/statement';
import { State } from '../../../vocabulary/state';
import { closerOf } from '../../kit/closer';
import { refusedConnects } from '../../kit/listening/acceptQueue';
import { largest } from '../../kit/columns';
import { listenerCommand } from '../../kit/commands';
import { isWithinHost } from '../../kit/reachable';
import { NO_ROWS, where } from '../../../index/grouping';
import { remedyFor } from '../../kit/remedy';
import {
  groupOfMany,
  groupText,
  networkTexts,
  onlyOwner,
  onlyRemotePort,
  type RemoteGroup,
  silentGroups,
} from '../../kit/remoteGroups';
import type { Confidence, Draft, Evidence, Severity } from '../../kit/draft';
import {
  answeredOn,
  connectionsWith,
  isAnswered,
  prepareAnswers,
} from '../../kit/unanswered/answered';
import { snapshotsTried } from '../../kit/unanswered/attempts';
import { ANSWER_PATH, lostAnswers } from '../../kit/unanswered/lostAnswers';
import { peerAttempts } from '../../kit/unanswered/peers';
import { allSilent, servicesOutside } from '../../kit/unanswered/silentServices';
import {
  checkPath,
  isOnline,
  SILENT,
  silentTogether,
  wayOut,
} from '../../kit/unanswered/silentTogether';
import { DNS_REMEDY, DNS_TITLE, lookupsWaiting } from '../../kit/unanswered/silentResolver';
import { type StragglingGroup, withStragglers } from '../../kit/unanswered/stragglers';
import { answeredMeanwhile, answersAsEvidence, isUp } from '../../kit/unanswered/otherAnswers';
import { linearSynAt } from '../../../knowledge/retransmission';
import { isUnanswered } from '../../kit/lastHeard';
import { SCAN } from '../../kit/unanswered/hunted';
import { each, rule } from '../../kit/rule';
import { threshold } from '../../kit/threshold';
import type { RuleContext } from '../../kit/ruleContext';

/** Snapshots in a row with attempts to connect alone from which on they are a matter of no moment. */
const TRIED = 3;

const TEXTS = {
  title: say('{program} is getting no answer from {remote}: {count} in SYN_SENT', 'rfc9293-3.5'),
  likely: say(
    '{program} is most likely getting no answer from {remote}: {count} in SYN_SENT',
    'rfc9293-3.5',
  ),
  connecting: say('{program} is connecting to {remote}', 'rfc9293-3.5'),
  why: say(
    'The SYN was sent, and nothing came back. An open port would answer, and a closed one would refuse at once: packets are dropped, the host is down, or its accept queue is full.',
    'rfc9293-3.5.2',
    'measured',
  ),
  retransmits: say('SYN retransmissions so far: up to {count}.', 'linux-proc-net-tcp'),
  lost: say(
    '{program} is getting no answer from {remote}, whose SYN,ACK is most likely lost: {count} in SYN_SENT',
    'rfc9293-3.5',
  ),
  lostWhy: say(
    'Both ends are in this dump: SYN_SENT here, and SYN_RECV at {server}. The SYN has arrived there, and its SYN,ACK has not arrived here.',
    'rfc9293-3.5',
  ),
  again: say(
    'Seen in {count} snapshots. A handshake normally takes one round trip.',
    'rfc9293-3.5',
  ),
  tried: say(
    'Attempts to connect are in each of {count} snapshots in a row, and a connection in none.',
    'general-practice',
  ),
  hereWhy: say(
    'The SYN was sent within this host, and nothing came back. A closed port would refuse at once: its own firewall drops packets, or the accept queue is full.',
    'rfc9293-3.5.2',
    'measured',
  ),
  here: say(
    'Look which program listens on the port, and how many connections wait in its queue.',
    'general-practice',
  ),
  hereRemedy: say(
    'Check whether the program that listens is accepting connections, and whether a firewall rule drops what this host sends to itself.',
    'general-practice',
  ),
  own: say(
    'If other remote addresses are silent as well, the network of this host may be down.',
    'measured',
  ),
  siblings: say('Other addresses with connections on port {port}: {count}.', 'rfc9293-3.5'),
  listed: say(
    'Other connections to the same address in ESTABLISHED: {count}. This does not show that it still answers.',
    'rfc9293-3.5.1',
  ),
  reached: say(
    'Other connections to the same address and port that were answered meanwhile: {count}. So the host is up: its accept queue is full, something limits new connections, or a NAT on the path has no free ports.',
    'general-practice',
  ),
  windows: say(
    'Windows keeps retrying for about 2 s after a refusal, so a closed port looks like this for a moment.',
    'general-practice',
  ),
};

const THRESHOLDS = {
  connecting: threshold.sockets(
    5,
    'Report a warning from this many SYN_SENT sockets to one remote address.',
  ),
  connectingError: threshold.sockets(
    20,
    'Report an error from this many SYN_SENT sockets to one remote address.',
  ),
};
type Context = RuleContext<keyof typeof THRESHOLDS>;

export const connectUnanswered = rule({
  code: 'SS-1',
  id: 'connect-unanswered',
  title: label('Connection attempts without an answer'),
  thresholds: THRESHOLDS,
  needs: { states: [State.SynSent] },
  culprit: 'remote',
  *find(context) {
    const { index, thresholds } = context;
    const refused = refusedConnects(context);
    const open = where(index.rowsIn(State.SynSent), row => !refused.has(row));
    const peers = peerAttempts(context, open);
    let unanswered = open;
    if (peers.length > 0) {
      yield judge(context, groupOfMany(context, peers), 'info');
      const ofPeers = new Set(peers);
      unanswered = where(open, row => !ofPeers.has(row));
    }
    const together = silentTogether(context, unanswered);
    yield* together;
    const taken = new Set(together.flatMap(draft => [...draft.rows]));
    const rows = taken.size === 0 ? unanswered : where(unanswered, row => !taken.has(row));
    const { retransmits } = index.table;
    const found = silentGroups(
      context,
      rows,
      thresholds.connecting,
      row => (retransmits?.[row] ?? 0) >= SILENT,
    );
    if (!index.isSmall && found.some(group => severityOf(context, group) !== 'info')) {
      yield* prepareAnswers(index);
    }
    const groups = withStragglers(context, found, thresholds.connecting);
    const old = groups.filter(group => severityOf(context, group) !== 'info');
    const far = servicesOutside(context, old);
    const silent = far.size > 0 ? far : allSilent(context, old);
    if (silent.size > 0) {
      const isError = [...silent].some(group => severityOf(context, group) === 'error');
      yield wayOut(context, [...silent], far.size > 0, isError ? 'error' : 'warning');
    }
    yield* each(groups, group => (silent.has(group) ? undefined : judge(context, group)));
  },
});

function judge(
  context: Context,
  group: StragglingGroup,
  severity = severityOf(context, group),
): Draft {
  const { index, history } = context;
  const own = group.rows;
  const owner = onlyOwner(context, own);
  const retransmits = largest(own, index.table.retransmits);
  const run = history.longestRun(own);
  const tried = severity === 'info' ? 0 : snapshotsTried(context, own);
  const isLost = severity !== 'info' && areAnswersLost(context, own);
  const confidence: Confidence =
    severity === 'info' ? 'low' : !isLost && (retransmits >= SILENT || run > 1) ? 'high' : 'medium';
  return {
    // What else is unanswered by one remote has the same cause.
    cause: group.remote === null ? 'connecting' : 'unanswered',
    // Mere information on one program is what SS-2 says of it, too.
    subject:
      group.remote === null && owner !== null && severity === 'info'
        ? `${SCAN} ${context.holderOf(own[0]!).subject}`
        : group.subject,
    severity,
    confidence,
    rows: own,
    owner,
    remote: group.remote,
    describe: () => {
      const program = context.programOf(own);
      const remote = groupText(context, group);
      const here = isWithinHost(context, own);
      const count = own.length;
      const sockets = severity === 'info' || isLost ? 0 : lookupsWaiting(context, own);
      return {
        title:
          severity === 'info'
            ? context.say(TEXTS.connecting, { program, remote })
            : sockets > 0
              ? context.say(DNS_TITLE, { remote, count, sockets })
              : context.say(
                  isLost ? TEXTS.lost : confidence === 'high' ? TEXTS.title : TEXTS.likely,
                  { program, remote, count },
                ),
        why:
          severity === 'info'
            ? []
            : isLost
              ? [context.say(TEXTS.lostWhy, { server: closerOf(context, own) })]
              : [context.say(here ? TEXTS.hereWhy : TEXTS.why)],
        evidence: [
          ...(retransmits > 0
            ? [context.evidence(context.say(TEXTS.retransmits, { count: retransmits }))]
            : []),
          ...(run > 1 ? [context.evidence(context.say(TEXTS.again, { count: run }))] : []),
          ...(tried > run ? [context.evidence(context.say(TEXTS.tried, { count: tried }))] : []),
          ...networkTexts(context, group.network),
          ...(here || isLost || severity === 'info' ? [] : othersThatAnswer(context, group)),
          ...(group.answering === undefined
            ? []
            : siblings(context, index.table.remotePort[own[0]!]!, group.answering)),
          ...context.examples(own),
        ],
        confirm: [
          here
            ? context.check(
                TEXTS.here,
                listenerCommand(index.system, index.table.remotePort[own[0]!]!),
              )
            : checkPath(context, group.remotes, owner),
        ],
        remedy:
          severity === 'info'
            ? []
            : here
              ? [context.say(TEXTS.hereRemedy)]
              : isLost
                ? [context.say(ANSWER_PATH)]
                : sockets > 0
                  ? [context.say(DNS_REMEDY)]
                  : remedyFor(context, 'SYN-SENT', owner, own),
        alternatives: [
          ...(severity === 'info' || here || isLost || isOnline(context)
            ? []
            : [context.say(TEXTS.own)]),
          ...(index.system === 'windows' ? [context.say(TEXTS.windows)] : []),
        ],
        caveats: context.caveats({ owner, time: true }),
      };
    },
  };
}

/** What else answers on the port of a group, or at its very address. */
function othersThatAnswer(context: Context, group: RemoteGroup): Evidence[] {
  const { index } = context;
  const { rows, remote } = group;
  const { remoteAddress, remotePort, state } = index.table;
  const [first] = rows;
  if (remote === null) {
    return [];
  }
  const port = remotePort[first!]!;
  const isOnePort = port > 0 && rows.every(row => remotePort[row] === port);
  const address = index.plainAddress(remoteAddress[first!]!);
  const answers = answeredMeanwhile(
    context,
    group,
    linearSynAt(largest(rows, index.table.retransmits)),
  );
  const listed = isUp(answers)
    ? 0
    : connectionsWith(index, address).filter(
        row => state[row] === State.Established && !isUnanswered(index.table, row),
      ).length;
  const answered = isOnePort ? answeredOn(context, port) : NO_ROWS;
  const others =
    context.remotes(answered).least -
    Number(answered.some(row => index.plainAddress(remoteAddress[row]!) === address));
  return [
    ...(answers.same > 0
      ? [context.evidence(context.say(TEXTS.reached, { count: answers.same }))]
      : answersAsEvidence(context, answers)),
    ...(listed > 0 ? [context.evidence(context.say(TEXTS.listed, { count: listed }))] : []),
    ...(others > 0 ? siblings(context, port, others) : []),
    ...context.mountTexts(rows),
  ];
}

function siblings(context: Context, port: number, count: number): Evidence[] {
  return [context.evidence(context.say(TEXTS.siblings, { port: String(port), count }))];
}

function severityOf(
  context: Context,
  { rows, remote, remotes, network, answering }: StragglingGroup,
): Severity {
  const { index, history, thresholds } = context;
  const { retransmits } = index.table;
  const again = largest(rows, retransmits);
  const several = history.longestRun(rows) > 1;
  if (answering !== undefined || (retransmits !== undefined && again === 0 && !several)) {
    // Of very many some are always gone; and younger than a second, an answer may be on its way.
    return 'info';
  }
  if (remote !== null && rows.length >= thresholds.connectingError) {
    return 'error';
  }
  if (
    remote === null &&
    // Of many peers some are always gone, but not the servers of one network and none of another.
    !(network !== undefined && onlyRemotePort(context, rows) !== null) &&
    onlyOwner(context, rows) !== null &&
    isAnswered(context, index.owners.of(rows[0]!), remotes.least)
  ) {
    return 'info';
  }
  const many = remote !== null && rows.length >= thresholds.connecting;
  const lasts = remote !== null && snapshotsTried(context, rows) >= TRIED;
  return again >= SILENT || several || many || lasts || areAnswersLost(context, rows)
    ? 'warning'
    : 'info';
}

/** Whether the server sends SYN,ACK to most of these, which does not get here. */
function areAnswersLost(context: Context, rows: Uint32Array): boolean {
  return lostAnswers(context, rows).length * 2 > rows.length;
}
