import { explainRowState, stateEvidence } from '../../explain/state';
import { type Explanation, sourcesOf } from '../../explain/explanation';
import { dumpContext } from '../../explain/dumpContext';
import { RowFacts } from '../../explain/facts';
import { hostName, Hosts } from '../../analysis/hosts/hosts';
import { Addresses } from '../../index/ownAddresses';
import { adviceOn } from '../../knowledge/advice';
import { type ExcludedRange } from '../../knowledge/excludedPorts';
import { NONE } from '../../model/row';
import { EMPTY_SNAPSHOT, type Snapshot } from '../../model/snapshot';
import { socketRecord } from '../../model/socketFields';
import type { Socket } from '../../model/socket';
import type { SocketTable } from '../../model/socketTable';
import { runToEnd } from '../../model/task';
import type { Dump } from '../../reading/dump';
import { State } from '../../vocabulary/state';
import { type Localizer, plain, quote, type Text } from '../../wording/text';
import { WORDS } from '../../wording/words';
import { type Check, checksOf, elsewhereChecks, excludedChecks, type Question } from './portChecks';
import { ELSEWHERE, INACTIVE, REUSE, TEXTS } from './portTexts';
import { contextOf, type Found, isOf, type Kind, KINDS, lists, NAMED, rowsOf } from './rowsOfPort';
import { type Transport, type WantedPort, wantedText } from './wantedPort';

/** What uses a port: the first of these that there is. `not-found` says nothing is seen here. */
type PortUse = 'listener' | 'bound' | 'time-wait' | 'connection' | 'excluded' | 'not-found';

/** A machine that was asked for all its sockets just now, and what else it says. */
export interface LiveMachine {
  /** The ranges that Windows has reserved; null where they are not known. */
  readonly excluded: readonly ExcludedRange[] | null;
}

/** What uses a port, and the commands that would tell more. */
export interface PortAnswer {
  readonly transport: Transport;
  /** What the host is called, where the dump is of several. */
  readonly host: string | null;
  /** When the snapshot was taken that this is from; null where that is not known. */
  readonly time: string | null;
  readonly use: PortUse;
  /** How many sockets use it so. */
  readonly count: number;
  /** The first of them. */
  readonly sockets: readonly Socket[];
  readonly excluded: ExcludedRange | null;
  readonly explanation: Explanation;
  readonly checks: readonly Check[];
}

/**
 * What uses a local port of each host in a dump, by the last snapshot that lists the transport.
 * `live` is the machine that has just made the dump; null if it is any other.
 */
export function answerPort(
  dump: Dump,
  wanted: WantedPort,
  live: LiveMachine | null,
  localizer: Localizer,
): PortAnswer[] {
  return hostsOf(dump, localizer).flatMap(host =>
    answerHost({ dump, host, wanted, live, localizer }),
  );
}

/** A machine that is asked, by the snapshots that there are of it. */
interface AskedHost {
  /** Null where there is only this one. */
  readonly name: string | null;
  /** Their indexes, the oldest first. */
  readonly snapshots: readonly number[];
}

function hostsOf(dump: Dump, localizer: Localizer): readonly AskedHost[] {
  if (dump.snapshots.length < 2) {
    // A machine without any socket has no snapshot, and an answer.
    return [{ name: null, snapshots: dump.snapshots.map((_, i) => i) }];
  }
  const hosts = runToEnd(Hosts.of(dump, runToEnd(Addresses.of(dump))));
  return hosts.list.map(host => ({
    name: hosts.several ? hostName(host, localizer) : null,
    snapshots: host.snapshots,
  }));
}

interface Asked {
  readonly dump: Dump;
  readonly host: AskedHost;
  readonly wanted: WantedPort;
  readonly live: LiveMachine | null;
  readonly localizer: Localizer;
}

function answerHost(asked: Asked): PortAnswer[] {
  const { transport } = asked.wanted;
  if (transport !== null) {
    return [answer(asked, transport)];
  }
  const tcp = answer(asked, 'tcp');
  const udp = answer({ ...asked, live: asked.live && { excluded: null } }, 'udp');
  return udp.count === 0 ? [tcp] : tcp.count === 0 && tcp.excluded === null ? [udp] : [tcp, udp];
}

/** The answers for programs. `source` is the file, or the host that was asked. */
export function portJson(source: string, wanted: WantedPort, answers: readonly PortAnswer[]) {
  return {
    source,
    port: wanted.port,
    address: wanted.address,
    answers: answers.map(({ count, sockets, excluded, explanation, checks, ...answer }) => ({
      ...answer,
      text: explanation.lead.map(plain).join(' '),
      evidence: explanation.evidence.map(plain),
      checks: checks.map(({ text, command }) => ({ text: plain(text), command })),
      excludedRange: excluded,
      count,
      sockets: sockets.map(socket => socketRecord(socket, 'json')),
    })),
  };
}

function answer({ dump, host, wanted, live, localizer }: Asked, transport: Transport): PortAnswer {
  const { snapshots } = host;
  const last = snapshots.at(-1) ?? NONE;
  const number = [...snapshots].reverse().find(one => lists(dump, one, transport)) ?? last;
  const snapshot = dump.snapshots[number] ?? EMPTY_SNAPSHOT;
  const found = rowsOf(dump.table, snapshot, wanted, transport);
  const names = { transport: transport.toUpperCase(), port: wantedText(wanted) };
  const title =
    host.name === null
      ? localizer.format(TEXTS.title, names)
      : localizer.format(TEXTS.titleOfHost, { ...names, host: quote(host.name) });
  const kind = KINDS.find(one => found[one].count > 0);
  const range =
    kind === undefined
      ? (live?.excluded?.find(({ from, to }) => from <= wanted.port && wanted.port <= to) ?? null)
      : null;
  const first = kind === undefined ? undefined : found[kind].first[0];
  const context = first === undefined ? contextOf(snapshot) : runToEnd(dumpContext(dump, first));
  const question: Question = { wanted, transport, context, isLive: live !== null, localizer };
  const { lead, evidence, checks } =
    kind !== undefined
      ? usedBy(dump, snapshot, kind, found, question)
      : range !== null
        ? reserved(range, question)
        : unseen(dump.table, snapshot, question);
  const whole =
    number === last
      ? evidence
      : [
          ...evidence,
          localizer.say(TEXTS.earlier, {
            number: number + 1,
            count: dump.snapshots.length,
            transport: names.transport,
          }),
        ];
  const items = checks.map(({ text }) => text);
  return {
    transport,
    host: host.name,
    time: snapshot.time,
    use: kind ?? (range === null ? 'not-found' : 'excluded'),
    count: kind === undefined ? 0 : found[kind].count,
    sockets: (kind === undefined ? [] : found[kind].first).map(row => dump.table.socket(row)),
    excluded: range,
    explanation: {
      title,
      lead,
      evidence: whole,
      details:
        items.length === 0 ? [] : [{ id: 'check', title: localizer.format(WORDS.check), items }],
      pictures: [],
      links: [],
      sources: sourcesOf(lead, whole, items),
      facts: null,
    },
    checks,
  };
}

interface Said {
  readonly lead: readonly Text[];
  readonly evidence: readonly Text[];
  readonly checks: readonly Check[];
}

/** What keeps a snapshot from showing every socket of a transport that listens. */
function gapsOf(
  table: SocketTable,
  snapshot: Snapshot,
  { transport, isLive, localizer }: Question,
): readonly Text[] {
  const { firstRow, endRow, listing, listsBoth } = snapshot;
  let listed = isLive;
  // Below a title alone, rows may have been left out before they were pasted.
  let listeners = isLive || (listsBoth && listing.command !== null) || transport === 'udp';
  let names = false;
  for (let row = firstRow; row < endRow && !(listed && listeners && names); row++) {
    if (isOf(table, row, transport)) {
      listed = true;
      listeners ||= table.state[row] === State.Listen;
      names ||= table.localPort[row] === NONE && (table.localService?.[row] ?? 0) !== 0;
    }
  }
  return [
    ...(listing.filtered ? [localizer.say(TEXTS.filtered)] : []),
    ...(!listed
      ? [localizer.say(TEXTS.notListed, { transport: transport.toUpperCase() })]
      : listeners
        ? []
        : [localizer.say(TEXTS.noListeners)]),
    ...(names ? [localizer.say(TEXTS.names)] : []),
  ];
}

/** What is said where sockets use the port. */
function usedBy(
  dump: Dump,
  snapshot: Snapshot,
  kind: Kind,
  found: Found,
  question: Question,
): Said {
  const { transport, context, localizer } = question;
  const { first, count } = found[kind];
  const facts = first.map(row => new RowFacts(dump.table.socket(row), context, localizer));
  const head = facts[0]!;
  const { system } = context;
  const isTcp = transport === 'tcp';
  // That no socket listens is said where the listing would show it.
  const gaps =
    isTcp && (kind === 'time-wait' || kind === 'connection')
      ? gapsOf(dump.table, snapshot, question)
      : null;
  const texts =
    kind === 'time-wait'
      ? [
          localizer.say(TEXTS.timeWait, { local: head.local, count }),
          // Who waits for what is said of one connection; the clock is that of all.
          ...explainRowState(head.socket, 'TIME-WAIT', context, localizer).lead.slice(
            2,
            count === 1 ? 3 : 2,
          ),
        ]
      : facts.map(row => headline(kind, row, transport, localizer));
  const said = kind === 'connection' ? 1 : texts.length;
  const others = head.holders.slice(1);
  const lead = [
    ...(gaps?.length === 0 ? [localizer.say(TEXTS.noListener)] : []),
    ...texts.slice(0, said),
    ...(gaps !== null && gaps.length > 0 ? [localizer.say(TEXTS.listenerUnknown)] : []),
  ];
  const evidence = [
    ...(gaps ?? []),
    ...texts.slice(said),
    ...(kind === 'listener' && isTcp ? stateEvidence(head, localizer) : []),
    ...(others.length === 0 || kind === 'time-wait'
      ? []
      : [localizer.say(TEXTS.alsoHeld, { programs: programsText(others) })]),
    ...(count > first.length && kind !== 'time-wait'
      ? [localizer.say(TEXTS.more, { count: count - first.length })]
      : []),
    ...(kind === 'listener' && found.connection.count > 0
      ? [localizer.say(TEXTS.connections, { count: found.connection.count })]
      : []),
    ...(kind === 'time-wait' ? [localizer.say(TEXTS.noProgram)] : []),
    ...(gaps === null ? [] : adviceOn(system, REUSE).map(text => localizer.say(text))),
  ];
  return { lead, evidence, checks: checksOf(kind, head, question) };
}

function headline(
  kind: Exclude<Kind, 'time-wait'>,
  row: RowFacts,
  transport: Transport,
  localizer: Localizer,
): Text {
  const { socket, words } = row;
  const seen = row.ownership === 'known';
  if (kind === 'connection') {
    const all = { ...words, state: quote(socket.rawState ?? socket.state ?? '') };
    return transport === 'udp'
      ? localizer.say(seen ? TEXTS.peerOnly : TEXTS.peerOnlyUnseen, words)
      : localizer.say(seen ? TEXTS.connection : TEXTS.connectionUnseen, all);
  }
  if (kind === 'bound') {
    return localizer.say(seen ? TEXTS.bound : TEXTS.boundUnseen, words);
  }
  return transport === 'udp'
    ? localizer.say(seen ? TEXTS.receiver : TEXTS.receiverUnseen, words)
    : localizer.say(seen ? TEXTS.listener : TEXTS.listenerUnseen, words);
}

function programsText(owners: Socket['owners']): Text {
  const named = owners
    .slice(0, NAMED)
    .map(({ process, pid }) =>
      pid === null ? (process ?? '') : `${process ?? ''} (${pid})`.trim(),
    );
  const more = owners.length > NAMED ? ['…'] : [];
  return quote([...named, ...more].join(', '));
}

function reserved({ from, to }: ExcludedRange, question: Question): Said {
  const { localizer } = question;
  return {
    lead: [localizer.say(TEXTS.excluded, { from: String(from), to: String(to) })],
    evidence: [localizer.say(TEXTS.excludedAccess)],
    checks: excludedChecks(question),
  };
}

/** What is said where no row has the port: that it is free is not known. */
function unseen(table: SocketTable, snapshot: Snapshot, question: Question): Said {
  const { context, transport, localizer } = question;
  const flows = snapshot.dialects.length > 0 && snapshot.dialects.every(d => d.flows === true);
  const elsewhere = [...ELSEWHERE, ...(transport === 'tcp' ? INACTIVE : [])];
  return {
    lead: [localizer.say(question.wanted.address === null ? TEXTS.notFound : TEXTS.notFoundAt)],
    evidence: flows
      ? [localizer.say(TEXTS.flows)]
      : [
          ...gapsOf(table, snapshot, question),
          ...adviceOn(context.system, elsewhere).map(text => localizer.say(text)),
        ],
    checks: elsewhereChecks(question),
  };
}
