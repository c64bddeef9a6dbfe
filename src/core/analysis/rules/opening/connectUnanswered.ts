import { label, say } from '../../../wording/statement';
import { quote } from '../../../wording/text';
import { reachOf } from '../../../vocabulary/address';
import { State } from '../../../vocabulary/state';
import { closerOf } from '../../kit/closer';
import { refusedConnects } from '../../kit/listening/acceptQueue';
import { largest } from '../../kit/columns';
import { listenerCommand, listState, remoteCommand } from '../../kit/commands';
import { isWithinHost } from '../../kit/reachable';
import { groupBy, NO_ROWS, union, where } from '../../../index/grouping';
import { messagesOf } from '../../kit/counting/messages';
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
import type { Confidence, Confirmation, Draft, Evidence, Severity } from '../../kit/draft';
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
import { type StragglingGroup, withStragglers } from '../../kit/unanswered/stragglers';
import { answeredMeanwhile, answersAsEvidence, isUp } from '../../kit/unanswered/otherAnswers';
import { linearSynAt } from '../../../knowledge/retransmission';
import { isUnanswered } from '../../kit/lastHeard';
import { HUNTED, SCAN } from '../../kit/unanswered/hunted';
import type { OwnerIdentity } from '../../../index/owners';
import { hasRemotes, type Remotes } from '../../../index/remotes';
import { each, rule } from '../../kit/rule';
import { threshold } from '../../kit/threshold';
import type { RuleContext } from '../../kit/ruleContext';

/** Ports below are those of well-known services, and of clients that only root can be. */
const WELL_KNOWN = 1024;

const SMTP = 25;

/** Addresses of which none answers on a port, from which on it is the port. */
const ADDRESSES = 5;

/** Snapshots in a row with attempts to connect alone from which on they are a matter of no moment. */
const TRIED = 3;

/** Retransmitted SYNs from which on the silence has lasted for 2 s at least. */
const SILENT = 2;

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
  path: say('Run this now, and test the same port from another host, too.', 'general-practice'),
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
  blocked: say(
    'Outgoing port {port} is most likely blocked: {program} is getting no answer from {count} remote addresses',
    'general-practice',
  ),
  blockedWhy: say(
    'No remote address answers on port {port}. A filter on the path is more likely than so many hosts that are down at once.',
    'general-practice',
  ),
  wayOut: say(
    'This host most likely has no way out: {program} is getting no answer from {count} remote addresses',
    'general-practice',
  ),
  source: say(
    'Everything from the local address {address} is most likely unanswered: {count} in SYN_SENT',
    'general-practice',
  ),
  sourceWhy: say(
    'Connections from other addresses of this host are answered: {count}. The interface with this address, or the VPN or tunnel behind it, most likely lets nothing through.',
    'general-practice',
  ),
  sourceRemedy: say(
    'Check whether the interface, VPN, or tunnel with this address is up, and connect it again.',
    'general-practice',
  ),
  wayOutWhy: say(
    'Different services in different networks are silent at once, and nothing else outside answers. One cause on the way out of this host is more likely than several servers that are down.',
    'general-practice',
  ),
  wayOutRemedy: say(
    'Before the services, check the default route, gateway, firewall, and NAT of this host.',
    'general-practice',
  ),
  allSilentWhy: say(
    'Several programs ask these addresses, and nothing outside this host answers. One cause at its own network is more likely than so many hosts that are down.',
    'general-practice',
  ),
  allSilentRemedy: say(
    'Before the services, check the interface of this host and its link, then its firewall, routes, and gateway.',
    'general-practice',
  ),
  common: say(
    'The services can have something else in common, such as a provider, a VPN, or a firewall of their own.',
    'general-practice',
  ),
  relay: say(
    'Many clouds and providers block outgoing port 25. Send through a relay on port 587 or 465, or ask the provider to open port 25.',
    'general-practice',
  ),
  egress: say(
    'Check what this host, its security group, its gateway, and its provider let out to this port.',
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
    const sources = silentSources(context, unanswered);
    yield* sources;
    const ofSource = new Set(sources.flatMap(({ rows }) => [...rows]));
    const others = ofSource.size === 0 ? unanswered : where(unanswered, row => !ofSource.has(row));
    const blocked =
      messagesOf(context, 'conntrack').length > 0 ? NO_PORTS : blockedPorts(context, others);
    const { remotePort } = index.table;
    const rows = blocked.size === 0 ? others : where(others, row => !blocked.has(remotePort[row]!));
    yield* each(blocked, ([port, own]) => blockedPort(context, port, own));
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
      yield wayOut(context, [...silent], far.size > 0);
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
      return {
        title:
          severity === 'info'
            ? context.say(TEXTS.connecting, { program, remote })
            : context.say(
                isLost ? TEXTS.lost : confidence === 'high' ? TEXTS.title : TEXTS.likely,
                {
                  program,
                  remote,
                  count: own.length,
                },
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

/** Local addresses that are told apart: more are no interfaces. */
const MOST_SOURCES = 10;

/** Local addresses from which nothing is answered, where others have answers. */
function silentSources(context: Context, rows: Uint32Array): Draft[] {
  const { index } = context;
  const { localAddress, pool, retransmits, sendQ } = index.table;
  const sourceOf = (row: number): number => index.plainAddress(localAddress[row]!);
  const outside = where(rows, row => !index.isHere(row));
  // Without counts of retransmissions, a few may be on their way.
  const fewest = retransmits === undefined ? ADDRESSES * 2 : ADDRESSES;
  if (!hasRemotes(index, outside, fewest)) {
    return [];
  }
  const open = where(
    union([index.rowsIn(State.Established), index.rowsIn(State.TimeWait)]),
    row => !index.isHere(row),
  );
  // Without those counts, data that waits shows no answer.
  const waits = (row: number): boolean => retransmits === undefined && sendQ[row]! > 0;
  const heard = where(open, row => !isUnanswered(index.table, row) && !waits(row));
  const count = heard.length;
  const answered = groupBy(heard, sourceOf);
  const openFrom = groupBy(open, sourceOf);
  const drafts: Draft[] = [];
  for (const [source, own] of groupBy(outside, sourceOf).withAtLeast(fewest)) {
    if (drafts.length === MOST_SOURCES) {
      break;
    }
    if (
      answered.of(source).length > 0 ||
      count < ADDRESSES ||
      index.isHidden(source) ||
      !hasRemotes(index, own, fewest) ||
      (retransmits !== undefined && largest(own, retransmits) < SILENT)
    ) {
      continue;
    }
    const owner = onlyOwner(context, own);
    const remotes = context.remotes(own);
    drafts.push({
      cause: 'connecting',
      subject: `from ${pool.get(source)}`,
      severity: 'warning',
      confidence: 'medium',
      rows: own,
      owner,
      explains: { rows: [own, openFrom.of(source)], symptoms: ['SS-2', 'RT-1', 'SQ-1', 'F1-1'] },
      describe: () => ({
        title: context.say(TEXTS.source, {
          address: quote(pool.get(source)),
          count: own.length,
        }),
        why: [context.say(TEXTS.sourceWhy, { count })],
        evidence: context.examples(own),
        confirm: [checkPath(context, remotes, owner)],
        remedy: [context.say(TEXTS.sourceRemedy)],
        caveats: context.caveats({ owner, time: true }),
      }),
    });
  }
  return drafts;
}

/** Where the log has another reason. */
const NO_PORTS: ReadonlyMap<number, Uint32Array> = new Map();

/** Silent connects by port, of well-known ports on which many addresses are asked and none answers. */
function blockedPorts(context: Context, rows: Uint32Array): ReadonlyMap<number, Uint32Array> {
  const { index } = context;
  const { remotePort, retransmits } = index.table;
  const wellKnown = where(
    rows,
    row =>
      remotePort[row]! > 0 &&
      remotePort[row]! < WELL_KNOWN &&
      !HUNTED.has(remotePort[row]!) &&
      !index.isHere(row),
  );
  const found = new Map<number, Uint32Array>();
  for (const [port, own] of groupBy(wellKnown, row => remotePort[row]!).withAtLeast(ADDRESSES)) {
    const isSilent =
      retransmits === undefined ||
      largest(own, retransmits) >= SILENT ||
      context.history.longestRun(own) > 1;
    if (
      isSilent &&
      hasRemotes(index, own, ADDRESSES) &&
      answeredOn(context, port).length === 0 &&
      isOnline(context)
    ) {
      found.set(port, own);
    }
  }
  return found;
}

function blockedPort(context: Context, port: number, rows: Uint32Array): Draft {
  const owner = onlyOwner(context, rows);
  const remotes = context.remotes(rows);
  // No provider is on the way there.
  const isNear = remotes.top.every(({ address }) => reachOf(address) === 'private');
  return {
    cause: 'connecting',
    subject: `to port ${port}`,
    severity: 'warning',
    confidence: 'medium',
    rows,
    owner,
    explains: { rows: [rows], symptoms: ['SS-2'] },
    describe: () => ({
      title: context.say(TEXTS.blocked, {
        port: String(port),
        program: context.programOf(rows),
        count: remotes.least,
      }),
      why: [context.say(TEXTS.blockedWhy, { port: String(port) })],
      evidence: context.examples(rows),
      confirm: [checkPath(context, remotes, owner)],
      remedy: isNear
        ? remedyFor(context, 'SYN-SENT', owner, rows)
        : [context.say(port === SMTP ? TEXTS.relay : TEXTS.egress)],
      caveats: context.caveats({ owner, time: true }),
    }),
  };
}

function wayOut(context: Context, silent: readonly RemoteGroup[], areFar: boolean): Draft {
  const rows = union(silent.map(group => group.rows));
  const owner = onlyOwner(context, rows);
  const remotes = context.remotes(rows);
  return {
    cause: 'connecting',
    subject: 'way out',
    severity: silent.some(group => severityOf(context, group) === 'error') ? 'error' : 'warning',
    confidence: 'medium',
    rows,
    owner,
    describe: () => ({
      title: context.say(TEXTS.wayOut, {
        program: context.programOf(rows),
        count: remotes.least,
      }),
      why: [context.say(areFar ? TEXTS.wayOutWhy : TEXTS.allSilentWhy)],
      evidence: context.examples(rows),
      confirm: [checkPath(context, remotes, owner)],
      remedy: [context.say(areFar ? TEXTS.wayOutRemedy : TEXTS.allSilentRemedy)],
      alternatives: [context.say(TEXTS.common)],
      caveats: context.caveats({ owner, time: true }),
    }),
  };
}

/** How to look at connects that get no answer. */
function checkPath(
  context: Context,
  { whole }: Remotes,
  owner: OwnerIdentity | null,
): Confirmation {
  const { system } = context.index;
  return context.check(
    TEXTS.path,
    remoteCommand(system, whole) ?? listState(system, 'SYN-SENT', owner),
  );
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

/** Whether nothing speaks against some other host that answers, so that there is a network. */
function isOnline({ index }: Context): boolean {
  return index
    .rowsIn(State.Established)
    .some(row => !index.isHere(row) && !isUnanswered(index.table, row));
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
