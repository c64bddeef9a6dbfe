import { explainRowState, stateEvidence } from '../explain/state';
import { type Explanation, sourcesOf } from '../explain/explanation';
import { dumpContext } from '../explain/dumpContext';
import { type ExplainContext, noContext } from '../explain/context';
import { endpointText, RowFacts } from '../explain/facts';
import { addressesOf } from '../explain/situations/open';
import { hostName, Hosts } from '../analysis/hosts/hosts';
import { processCommand } from '../analysis/kit/commands';
import { OpenFiles } from '../index/openFiles';
import { Addresses } from '../index/ownAddresses';
import { type Advice, adviceOn, LINUX, MACOS, on, WINDOWS } from '../knowledge/advice';
import { excludedPortsCommand, type ExcludedRange } from '../knowledge/excludedPorts';
import { isLinux } from '../knowledge/systems';
import { NONE } from '../model/row';
import type { Snapshot } from '../model/snapshot';
import { socketRecord } from '../model/socketFields';
import type { Socket } from '../model/socket';
import type { SocketTable } from '../model/socketTable';
import { runToEnd } from '../model/task';
import type { Dump } from '../reading/dump';
import { isAnyAddress, isLoopback, plainAddress } from '../vocabulary/address';
import { protocolWord } from '../vocabulary/protocol';
import { State } from '../vocabulary/state';
import type { System } from '../vocabulary/system';
import { label, say, type Statement } from '../wording/statement';
import { type Localizer, plain, quote, type Text, uncut } from '../wording/text';
import { WORDS } from '../wording/words';

const TEXTS = {
  title: label('port-use.title', '**{transport} port {port}**'),
  titleOfHost: label('port-use.title-of-host', '**{transport} port {port}** on {host}'),
  noListener: say('port-use.no-listener', 'No socket listens on it.', 'rfc9293-3.3.2'),
  listenerUnknown: say(
    'port-use.listener-unknown',
    'This dump does not show whether a socket listens on it.',
    'general-practice',
  ),
  listener: say('port-use.listener', '**{program}** listens on {local}.', 'rfc9293-3.3.2'),
  listenerUnseen: say(
    'port-use.listener-unseen',
    'A socket listens on {local}. Its process is not shown.',
    'rfc9293-3.3.2',
  ),
  receiver: say('port-use.receiver', '**{program}** receives datagrams on {local}.', 'rfc768'),
  receiverUnseen: say(
    'port-use.receiver-unseen',
    'A socket receives datagrams on {local}. Its process is not shown.',
    'rfc768',
  ),
  alsoHeld: say('port-use.also-held', 'The same socket is also held by {programs}.', 'fork.2'),
  more: say(
    'port-use.more',
    'Further sockets that use the port in this way: {count}.',
    'rfc9293-3.3.1',
  ),
  connections: say('port-use.connections', 'Connections on the port: {count}.', 'rfc9293-3.3.1'),
  bound: say(
    'port-use.bound',
    '**{program}** has bound a socket to {local}, which neither listens nor is connected.',
    'ms-tcpstate',
    'ss.8',
  ),
  boundUnseen: say(
    'port-use.bound-unseen',
    'A socket is bound to {local}, and neither listens nor is connected. Its process is not shown.',
    'ms-tcpstate',
    'ss.8',
  ),
  timeWait: say(
    'port-use.time-wait',
    'Closed connections of {local} are in TIME_WAIT: {count}.',
    'rfc9293-3.6.1',
  ),
  noProgram: say(
    'port-use.no-program',
    'No program holds a connection in TIME_WAIT, so there is none to stop. The kernel keeps it until it expires.',
    'rfc9293-3.6.1',
    'measured',
  ),
  connection: say(
    'port-use.connection',
    '**{program}** uses it for a connection in {state}: {local} to {remote}.',
    'rfc9293-3.3.1',
  ),
  connectionUnseen: say(
    'port-use.connection-unseen',
    'A connection in {state} uses it: {local} to {remote}. Its process is not shown.',
    'rfc9293-3.3.1',
  ),
  peerOnly: say(
    'port-use.peer-only',
    '**{program}** uses it for datagrams between {local} and {remote} only.',
    'udp.7',
  ),
  peerOnlyUnseen: say(
    'port-use.peer-only-unseen',
    'A socket uses it for datagrams between {local} and {remote} only. Its process is not shown.',
    'udp.7',
  ),
  excluded: say(
    'port-use.excluded',
    'No socket uses it. Windows has reserved the ports {from} to {to}, as it does for Hyper-V, WSL, and Docker.',
    'ms-netsh-interface',
    'general-practice',
  ),
  excludedAccess: say(
    'port-use.excluded-access',
    'bind() to a port of such a range fails with WSAEACCES (10013).',
    'general-practice',
  ),
  notFound: say(
    'port-use.not-found',
    'No socket listed here has this local port.',
    'general-practice',
  ),
  notFoundAt: say(
    'port-use.not-found-at',
    'No socket listed here has this port on this address.',
    'general-practice',
  ),
  filtered: say(
    'port-use.filtered',
    'Rows are missing from this dump: it does not show whether the port is free.',
    'general-practice',
  ),
  noListeners: say(
    'port-use.no-listeners',
    'This dump has no row in LISTEN: netstat and ss leave listening sockets out unless they are asked for (`-a`).',
    'netstat.8',
    'ss.8',
  ),
  notListed: say(
    'port-use.not-listed',
    'This dump lists no {transport} socket, so it does not show whether {transport} uses the port.',
    'general-practice',
  ),
  earlier: say(
    'port-use.earlier',
    'This is from snapshot {number} of {count}: later ones list no {transport} socket.',
    'general-practice',
  ),
  names: say(
    'port-use.names',
    'This dump shows some ports by name. Run the tool with `-n` to see their numbers.',
    'netstat.8',
    'ss.8',
  ),
  flows: say(
    'port-use.flows',
    'This dump lists connections that passed by, not the sockets of a host.',
    'conntrack8',
  ),
};

/** On Linux: which sockets may have the same address and port (inet_rcv_saddr_equal, sk_reuse). */
const REUSE: readonly Advice[] = [
  on(
    LINUX,
    say(
      'port-use.reuse',
      'bind() to the same address, or to all addresses, fails unless this socket and the new one both have SO_REUSEADDR, or both SO_REUSEPORT.',
      'linux-connection-sock',
      'measured',
    ),
  ),
];

/** The same for TCP; a bound socket of UDP has a row. */
const INACTIVE: readonly Advice[] = [
  on(
    LINUX,
    say(
      'port-use.inactive',
      'A socket that is bound, and neither listens nor is connected, is in no list of netstat.',
      'linux-proc-net-tcp',
      'ss.8',
    ),
  ),
];

/** Where a port may be in use without a row that shows it. */
const ELSEWHERE: readonly Advice[] = [
  on(
    LINUX,
    say(
      'port-use.namespace',
      'Another network namespace may use it, such as that of a container: netstat and ss list only one namespace.',
      'network-namespaces.7',
    ),
  ),
  on(
    WINDOWS,
    say(
      'port-use.windows-elsewhere',
      'A container or WSL may use it in a network of its own, or Windows has reserved it.',
      'general-practice',
    ),
  ),
  on(
    MACOS,
    say(
      'port-use.macos-elsewhere',
      'Containers on macOS run in a virtual machine: what listens there is not in this list.',
      'docker-desktop',
    ),
  ),
];

const CHECKS = {
  process: say(
    'port-use.check.process',
    'To see which file it runs and who started it: `{command}`',
    'general-practice',
  ),
  httpSys: say(
    'port-use.check.http-sys',
    'PID 4 is the kernel. If HTTP.sys listens here, this shows for which program: `{command}`',
    'http-sys',
  ),
  smb: say(
    'port-use.check.smb',
    'PID 4 is the kernel, and this is the port of SMB (file sharing). To see who is connected: `{command}`',
    'general-practice',
  ),
  netBios: say(
    'port-use.check.net-bios',
    'PID 4 is the kernel, and this is a port of NetBIOS. To see its names: `{command}`',
    'general-practice',
  ),
  owner: say('port-use.check.owner', 'To see the process: `{command}`', 'general-practice'),
  rows: say(
    'port-use.check.rows',
    'To see all sockets on the port: `{command}`',
    'general-practice',
  ),
  wait: say('port-use.check.wait', 'To see how long it takes: `{command}`', 'ss.8'),
  namespaces: say(
    'port-use.check.namespaces',
    'To find network namespaces with a process in each: `{command}`',
    'lsns.8',
  ),
  inside: say(
    'port-use.check.inside',
    'To look into one of them, put its PID here: `{command}`',
    'nsenter.1',
  ),
  container: say(
    'port-use.check.container',
    'To find a container that publishes the port: `{command}`',
    'docker-ps',
  ),
  inactive: say(
    'port-use.check.inactive',
    'To see sockets that are only bound (iproute2 6.8 or newer): `{command}`',
    'ss.8',
  ),
  excluded: say(
    'port-use.check.excluded',
    'To see the reserved ranges: `{command}`',
    'ms-netsh-interface',
  ),
};

/** Sockets that are named one by one. */
const NAMED = 5;

type Transport = 'tcp' | 'udp';

/** A local port that is asked about. */
export interface WantedPort {
  readonly port: number;
  /** Null for TCP, and UDP where that uses the port. */
  readonly transport: Transport | null;
  /** The local address; null for any. */
  readonly address: string | null;
}

/** What uses a port: the first of these that there is. `not-found` says nothing is seen here. */
type PortUse = 'listener' | 'bound' | 'time-wait' | 'connection' | 'excluded' | 'not-found';

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

interface Check {
  readonly text: Text;
  readonly command: string;
}

/**
 * Reads a port as people write it: `8080`, `:8080`, `127.0.0.1:8080`, `[::1]:8080`, `53/udp`.
 * Null for anything else.
 */
export function readPort(text: string): WantedPort | null {
  const match =
    /^(?:(\[[\da-f:.]{2,45}\]|[\d.]{7,15}|localhost|\*)?:)?(\d{1,5})(?:\/(tcp|udp))?$/i.exec(
      text.trim(),
    );
  const port = Number(match?.[2]);
  if (match === null || port < 1 || port > 65_535) {
    return null;
  }
  const host = match[1]?.toLowerCase().replace(/[[\]]/g, '') ?? null;
  const address = host === '*' ? null : host;
  return address !== null && address !== 'localhost' && plainAddress(address) === null
    ? null
    : {
        port,
        transport: (match[3]?.toLowerCase() as Transport | undefined) ?? null,
        address,
      };
}

/**
 * What uses a local port of each host in a dump, by the last snapshot that lists the transport.
 * `excluded` are the ranges that Windows has reserved; null where they are not known.
 */
export function answerPort(
  dump: Dump,
  wanted: WantedPort,
  excluded: readonly ExcludedRange[] | null,
  localizer: Localizer,
): PortAnswer[] {
  return hostsOf(dump, localizer).flatMap(host =>
    answerHost({ dump, host, wanted, excluded, localizer }),
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
    return dump.snapshots.map(() => ({ name: null, snapshots: [0] }));
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
  readonly excluded: readonly ExcludedRange[] | null;
  readonly localizer: Localizer;
}

function answerHost(asked: Asked): PortAnswer[] {
  const { transport } = asked.wanted;
  if (transport !== null) {
    return [answer(asked, transport)];
  }
  const tcp = answer(asked, 'tcp');
  const udp = answer({ ...asked, excluded: null }, 'udp');
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

/** Rows of a port of one kind: how many, and the first of them. */
class Rows {
  public count = 0;
  public readonly first: number[] = [];

  public add(row: number): void {
    this.count++;
    if (this.first.length < NAMED) {
      this.first.push(row);
    }
  }
}

type Kind = 'listener' | 'bound' | 'time-wait' | 'connection';

const KINDS: readonly Kind[] = ['listener', 'bound', 'time-wait', 'connection'];

type Found = Readonly<Record<Kind, Rows>>;

function answer(
  { dump, host, wanted, excluded, localizer }: Asked,
  transport: Transport,
): PortAnswer {
  const { snapshots } = host;
  const last = snapshots.at(-1)!;
  const number = [...snapshots].reverse().find(one => lists(dump, one, transport)) ?? last;
  const snapshot = dump.snapshots[number]!;
  const found = rowsOf(dump.table, snapshot, wanted, transport);
  const names = { transport: transport.toUpperCase(), port: wantedText(wanted) };
  const title =
    host.name === null
      ? localizer.format(TEXTS.title, names)
      : localizer.format(TEXTS.titleOfHost, { ...names, host: quote(host.name) });
  const kind = KINDS.find(one => found[one].count > 0);
  const range =
    kind === undefined
      ? (excluded?.find(({ from, to }) => from <= wanted.port && wanted.port <= to) ?? null)
      : null;
  const first = kind === undefined ? undefined : found[kind].first[0];
  const context = first === undefined ? contextOf(snapshot) : runToEnd(dumpContext(dump, first));
  const question: Question = { wanted, transport, context, localizer };
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

/** The port, with the address that it is asked about on. */
function wantedText({ port, address }: WantedPort): string {
  return address === null
    ? String(port)
    : endpointText({ address, port, service: null, scope: null });
}

/** What is known of a snapshot in which no row has the port. */
function contextOf(snapshot: Snapshot): ExplainContext {
  return {
    ...noContext,
    system: snapshot.system ?? onlySystem(snapshot),
    tool: snapshot.dialects[0] ?? null,
  };
}

/** Whether a snapshot has any socket of a transport. */
function lists({ table, snapshots }: Dump, number: number, transport: Transport): boolean {
  const { firstRow, endRow } = snapshots[number]!;
  for (let row = firstRow; row < endRow; row++) {
    if (isOf(table, row, transport)) {
      return true;
    }
  }
  return false;
}

/** Whether a row is a socket of this host and of a transport. */
function isOf(table: SocketTable, row: number, transport: Transport): boolean {
  return (
    (transport === 'tcp'
      ? table.isTcp(row)
      : protocolWord(table.protocol[row]!).protocol === 'udp') && (table.flow?.[row] ?? 0) === 0
  );
}

interface Question {
  readonly wanted: WantedPort;
  readonly transport: Transport;
  readonly context: ExplainContext;
  readonly localizer: Localizer;
}

interface Said {
  readonly lead: readonly Text[];
  readonly evidence: readonly Text[];
  readonly checks: readonly Check[];
}

/** One pass over the rows of a snapshot. */
function rowsOf(
  table: SocketTable,
  snapshot: Snapshot,
  { port, address }: WantedPort,
  transport: Transport,
): Found {
  const found = {
    listener: new Rows(),
    bound: new Rows(),
    'time-wait': new Rows(),
    connection: new Rows(),
  };
  const { repeated } = runToEnd(OpenFiles.of(table, snapshot));
  const isWanted = addressTest(table, snapshot, address);
  for (let row = snapshot.firstRow; row < snapshot.endRow; row++) {
    if (
      table.localPort[row] === port &&
      isOf(table, row, transport) &&
      !repeated.has(row) &&
      isWanted(row)
    ) {
      found[kindOf(table, row, transport)].add(row);
    }
  }
  // Windows lists the port of a connection once more as BOUND.
  return found.connection.count > 0 ? { ...found, bound: new Rows() } : found;
}

function kindOf({ state, remotePort }: SocketTable, row: number, transport: Transport): Kind {
  if (transport === 'udp') {
    return remotePort[row]! > 0 ? 'connection' : 'listener';
  }
  switch (state[row]! as State) {
    case State.Listen:
      return 'listener';
    case State.Bound:
    case State.Closed:
    case State.Idle:
      return 'bound';
    case State.TimeWait:
      return 'time-wait';
    default:
      return 'connection';
  }
}

/** Whether a row's socket is in the way on the address that is asked for. */
function addressTest(
  table: SocketTable,
  snapshot: Snapshot,
  address: string | null,
): (row: number) => boolean {
  const wanted = address === null ? null : plainAddress(address);
  if (address === null || (wanted !== null && isAnyAddress(wanted.toString()))) {
    return () => true;
  }
  const { localAddress, pool } = table;
  const context = contextOf(snapshot);
  // Tools of Windows may write `::` for a socket of both families.
  const showsFamilies = context.system !== null && context.system !== 'windows';
  const known = new Map<number, boolean>();
  return row => {
    const id = localAddress[row]!;
    const own = pool.get(id);
    if (isAnyAddress(own)) {
      // A socket of one family alone leaves the addresses of the other.
      const family = wanted === null ? null : addressesOf(table.socket(row), context);
      return family === 'ipv4' || (family === 'ipv6' && showsFamilies)
        ? family === wanted?.kind()
        : true;
    }
    let fits = known.get(id);
    if (fits === undefined) {
      fits =
        wanted === null ? isLoopback(own) : plainAddress(own)?.toString() === wanted.toString();
      known.set(id, fits);
    }
    return fits;
  };
}

/** What keeps a snapshot from showing every socket of a transport that listens. */
function gapsOf(
  table: SocketTable,
  snapshot: Snapshot,
  { transport, localizer }: Question,
): readonly Text[] {
  const { firstRow, endRow, listing } = snapshot;
  let listed = false;
  let listeners = transport === 'udp';
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

/** The commands that tell more of sockets on the port; the most wanted first. */
function checksOf(kind: Kind, { socket, ownership }: RowFacts, question: Question): Check[] {
  const { context, localizer } = question;
  const { system } = context;
  const linux = isLinux(system);
  const port = String(question.wanted.port);
  if (kind === 'time-wait') {
    return linux
      ? [check(CHECKS.wait, `ss -tano state time-wait 'sport = :${port}'`, localizer)]
      : [check(CHECKS.rows, portCommand(question).command, localizer)];
  }
  if (ownership !== 'known') {
    return [ownerCheck(question, CHECKS.owner)];
  }
  const pid = socket.owners[0]?.pid ?? null;
  const process = processCommand(system, pid);
  return [
    ...(system === 'windows' && pid === KERNEL
      ? kernelChecks(question)
      : process === null
        ? []
        : [check(CHECKS.process, process, localizer)]),
    check(CHECKS.rows, portCommand(question).command, localizer),
  ];
}

/** The process of the Windows kernel. */
const KERNEL = 4;

/** What tells more of a port of the Windows kernel, by what is known to listen there. */
function kernelChecks({ wanted: { port }, transport, localizer }: Question): Check[] {
  if (port >= 137 && port <= 139) {
    return [check(CHECKS.netBios, 'nbtstat -n', localizer)];
  }
  if (transport === 'udp') {
    return [];
  }
  return port === 445
    ? [check(CHECKS.smb, 'Get-SmbSession', localizer)]
    : [check(CHECKS.httpSys, 'netsh http show servicestate', localizer)];
}

function elsewhereChecks(question: Question): Check[] {
  const { transport, wanted, context, localizer } = question;
  const { system } = context;
  if (isLinux(system)) {
    const bound = `ss -tanp state bound-inactive 'sport = :${wanted.port}'`;
    return [
      check(CHECKS.container, `docker ps --filter publish=${wanted.port}/${transport}`, localizer),
      check(CHECKS.namespaces, 'sudo lsns -t net', localizer),
      check(CHECKS.inside, `sudo nsenter -t PID -n ${portCommand(question).command}`, localizer),
      ...(transport === 'tcp' ? [check(CHECKS.inactive, bound, localizer)] : []),
    ];
  }
  return [
    ...(system === 'windows' ? excludedChecks(question) : []),
    ownerCheck(question, CHECKS.rows),
  ];
}

function excludedChecks({ transport, localizer }: Question): Check[] {
  return [check(CHECKS.excluded, excludedPortsCommand(transport), localizer)];
}

function check(text: Statement<'command'>, command: string, localizer: Localizer): Check {
  return { text: localizer.say(text, { command: uncut(command) }), command };
}

/** A command that lists all sockets on the port. */
interface PortCommand {
  readonly command: string;
  /** As whom it shows their processes; null where it never does. */
  readonly owners: 'root' | 'anyone' | null;
}

function portCommand({ transport, wanted: { port }, context }: Question): PortCommand {
  const { system, tool } = context;
  const tcp = transport === 'tcp';
  switch (system) {
    case 'linux':
    case 'android':
      return { command: `ss -${tcp ? 't' : 'u'}anp 'sport = :${port}'`, owners: 'root' };
    case 'windows': {
      const command = `Get-Net${tcp ? 'TCPConnection' : 'UDPEndpoint'} -LocalPort ${port}`;
      return { command, owners: 'anyone' };
    }
    case 'macos':
      return { command: lsofCommand(transport, port), owners: 'root' };
    case 'freebsd':
      return { command: `sockstat -46 -P ${transport} -p ${port}`, owners: 'anyone' };
    case 'openbsd':
      return { command: `fstat | grep 'internet.*:${port}'`, owners: 'root' };
    case 'netbsd':
      return { command: `sockstat -n -p ${port}`, owners: 'anyone' };
    case 'solaris':
      return { command: `netstat -anu -P ${transport} | grep '[.]${port} '`, owners: 'root' };
    case 'esxi':
      return { command: `esxcli network ip connection list | grep :${port}`, owners: 'anyone' };
    default: {
      const best = tool?.best.command ?? '';
      return tool?.id.startsWith('lsof') === true
        ? { command: lsofCommand(transport, port), owners: 'root' }
        : {
            command: best.startsWith('show ')
              ? `${best} | include ${port}`
              : `netstat -an | grep ${port}`,
            owners: null,
          };
    }
  }
}

function lsofCommand(transport: Transport, port: number): string {
  return `lsof -nP -i${transport.toUpperCase()}:${port}`;
}

/** The command with the rights to see every process; where it never shows any, for the rows. */
function ownerCheck(question: Question, text: Statement<'command'>): Check {
  const { command, owners } = portCommand(question);
  // Solaris need not have sudo.
  const sudo = owners === 'root' && question.context.system !== 'solaris' ? 'sudo ' : '';
  return check(owners === null ? CHECKS.rows : text, sudo + command, question.localizer);
}

/** The system whose tool alone prints such a dump; null where several do. */
function onlySystem({ dialects }: Snapshot): System | null {
  const systems = dialects[0]?.systems ?? [];
  return systems.length === 1 ? systems[0]! : null;
}
