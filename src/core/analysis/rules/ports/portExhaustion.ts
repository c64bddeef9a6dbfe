import { quote, type Text } from '../../../wording/text';
import { label, say } from '../../../wording/statement';
import { NONE } from '../../../model/row';
import { State } from '../../../vocabulary/state';
import { ascending, groupBy, pick, where } from '../../../index/grouping';
import { ownerOfHolder } from '../../../index/holder';
import { FIRST_DYNAMIC_PORT } from '../../../index/identity';
import type { OwnerIdentity } from '../../../index/owners';
import { boundAlone } from '../../kit/boundAlone';
import { FREEBSD, LINUX, MACOS, on, WINDOWS } from '../../../knowledge/advice';
import type { System } from '../../../vocabulary/system';
import { getOrAdd } from '../../../model/maps';
import type { History } from '../../time/history';
import { settingOf, totalEvidence } from '../../kit/counting/counters';
import { course } from '../../kit/growing/growth';
import { messageEvidence, messagesOf } from '../../kit/counting/messages';
import {
  listsTimeWait,
  TIME_WAIT_BY_PEER,
  TIME_WAIT_TEXTS,
  timeWaitGauges,
} from '../../kit/closing/timeWait';
import { numberRemotes } from '../../../index/remotes';
import type { Draft, Severity } from '../../kit/draft';
import { assumedRange, PORT_THRESHOLDS, type PortRange, portRange } from '../../kit/portRange';
import { type Drafts, each, rule } from '../../kit/rule';
import { remoteName, type RuleContext } from '../../kit/ruleContext';
import type { SnapshotIndex } from '../../../index/snapshotIndex';
import { Tuples } from '../../../model/tuples';

const TEXTS = {
  toRemote: say(
    'Ports to {remote} are most likely running out: {used} of {all} are in use, {waiting} in TIME_WAIT',
    'linux-ip-sysctl',
    'measured',
  ),
  toRemoteOpen: say(
    'Ports to {remote} are most likely running out: {used} of {all} are in use',
    'linux-ip-sysctl',
    'measured',
  ),
  toRemoteCounted: say(
    'Ports to {remote} are most likely running out: nearly all listed connections go there, and {waiting} are in TIME_WAIT',
    'linux-ip-sysctl',
    'measured',
  ),
  toRemoteFailed: say(
    'Ports to {remote} are most likely running out: nearly all listed connections go there, and connect() has failed',
    'connect.2',
    'measured',
  ),
  host: say(
    'Ports for outgoing connections are most likely running out: {used} of {all} in use, {waiting} in TIME_WAIT',
    'ms-port-exhaustion',
    'xnu-in-pcb',
  ),
  hostOpen: say(
    'Ports for outgoing connections are most likely running out: {used} of {all} are in use',
    'ms-port-exhaustion',
    'xnu-in-pcb',
  ),
  source: say(
    'Ports of {address} for outgoing connections may run out: {used} of {all} in use, none of them shared',
    'ip.7',
    'linux-ip-sysctl',
  ),
  why: say(
    'Each connection to the same address and port needs a local port of its own. When all are taken, connect() fails (EADDRNOTAVAIL).',
    'measured',
    'connect.2',
  ),
  waiting: say('TIME_WAIT keeps a port until it ends.', 'rfc9293-3.6.1'),
  hostWhy: say(
    'Windows shares these ports among all destinations. When none is left, connect() fails with error 10048 or 10055, and Tcpip logs event 4227 or 4231.',
    'ms-port-exhaustion',
  ),
  hostWhyMac: say(
    'macOS gives these ports out once for all destinations. When all are taken, connect() fails (EADDRNOTAVAIL).',
    'xnu-in-pcb',
  ),
  sourceWhy: say(
    'No port is used twice, though the destinations differ. This happens when programs call bind() before connect(). Each port is then good for one connection from the address, whatever the destination.',
    'ip.7',
  ),
  program: say('{program} holds connections to {remote}.', 'general-practice'),
  most: say(
    'Most frequent destination: {remote}, {count} of {all} connections.',
    'general-practice',
  ),
  holds: say('{program} holds {count} of the {all} that are not in TIME_WAIT.', 'general-practice'),
  limit: say('all {all} ports are in use', 'general-practice'),
  check: say('Check the range that is in force.', 'general-practice'),
  reuse: say(
    'Reuse connections (keep-alive, a pool): that needs the fewest ports.',
    'bernat-time-wait',
  ),
  fewer: say(
    'Most of the connections are open. Limit how many the program opens, and look whether it closes those that it no longer needs.',
    'general-practice',
  ),
  more: say(
    'More addresses or ports at the destination, or a wider `net.ipv4.ip_local_port_range`, give more room.',
    'linux-ip-sysctl',
    'bernat-time-wait',
  ),
  again: say(
    'Quick relief: `net.ipv4.tcp_tw_reuse=1` lets outgoing connections take ports of TIME_WAIT again after a second; both ends need TCP timestamps.',
    'linux-ip-sysctl',
    'bernat-time-wait',
  ),
  noPort: say(
    'Programs that bind() an address before connect(): set IP_BIND_ADDRESS_NO_PORT, so that ports count per destination.',
    'ip.7',
  ),
  moreWindows: say(
    'A wider range gives more room: `netsh int ipv4 set dynamicport tcp start=10000 num=55536`.',
    'ms-port-exhaustion',
  ),
  moreMac: say('A lower `net.inet.ip.portrange.first` gives more room.', 'xnu-in-h'),
  moreFreebsd: say(
    'More addresses or ports at the destination give more room.',
    'general-practice',
  ),
};

const LINUX_RANGE = 'sysctl net.ipv4.ip_local_port_range net.ipv4.tcp_tw_reuse';
const BSD_RANGE = 'sysctl net.inet.ip.portrange.first net.inet.ip.portrange.last';
const RANGE_COMMANDS: Partial<Readonly<Record<System, string>>> = {
  linux: LINUX_RANGE,
  android: LINUX_RANGE,
  windows: 'netsh int ipv4 show dynamicport tcp',
  macos: BSD_RANGE,
  freebsd: BSD_RANGE,
};

/** Ports per connection from which on hardly any is used twice. */
const ONCE = 0.98;

/** Connections that show where others go, and the part of them that has to go there. */
const SAMPLE = 20;
const NEARLY_ALL = 0.9;

/** What picks connections by their ends, or puts those with one end first. */
const PICKS =
  /\b(?:dst|src|[sd]port|grep|findstr|find|select-string|sls|rg|ag|ack|awk|sed|sort|where)/i;

type Context = RuleContext<keyof typeof PORT_THRESHOLDS>;

export const portExhaustion = rule({
  code: 'TW-1',
  id: 'port-exhaustion',
  title: label('Running out of ports for outgoing connections'),
  thresholds: PORT_THRESHOLDS,
  culprit: 'local',
  find(context) {
    const { index, thresholds } = context;
    const range = rangeOf(context);
    if (range === null) {
      return [];
    }
    const needed = (range.size * thresholds.portsWarning) / 100;
    if (index.size < needed) {
      return [ofSample(context, range)];
    }
    if (context.system === 'windows' || context.system === 'macos') {
      return [ofHost(context, range)];
    }
    return each([byDestination, bySource], search => search(context, range, needed));
  },
});

/** Ports for outgoing connections. */
interface Range extends PortRange {
  /** Ports of it that no connection is given (`net.ipv4.ip_local_reserved_ports`). */
  readonly reserved: ReadonlySet<number>;
  /** How many are left. */
  readonly size: number;
  /** Whether ports in TIME_WAIT are taken again after a second, whatever the destination. */
  readonly reused: boolean;
}

function rangeOf(context: Context): Range | null {
  const range = portRange(context, 'tcp');
  if (range === null) {
    return null;
  }
  const { first, last } = range;
  const reused = context.index.linux && settingOf(context, 'SysctlTcpTwReuse') === 1;
  const reserved = reservedIn(context, first, last);
  const size = last - first + 1 - reserved.size;
  return size === 0 ? null : { ...range, reserved, size, reused };
}

/** By the ranges that are set aside: a watch has thousands of snapshots, and these are as they were. */
const RESERVED = new WeakMap<History, Map<string, ReadonlySet<number>>>();

/** The ports of a range that are set aside, as far as the dump shows it. */
function reservedIn(context: Context, first: number, last: number): ReadonlySet<number> {
  const ranges: (readonly [from: number, to: number])[] = [];
  for (let range = 1; context.index.linux; range++) {
    const from = settingOf(context, `SysctlIpLocalReservedPorts${range}First`);
    const to = settingOf(context, `SysctlIpLocalReservedPorts${range}Last`);
    if (from === undefined || to === undefined) {
      break;
    }
    ranges.push([Math.max(first, from), Math.min(last, to)]);
  }
  const known = getOrAdd(RESERVED, context.history, () => new Map<string, ReadonlySet<number>>());
  return getOrAdd(known, ranges.join(), () => {
    const reserved = new Set<number>();
    for (const [from, to] of ranges) {
      for (let port = from; port <= to; port++) {
        reserved.add(port);
      }
    }
    return reserved;
  });
}

/** Windows and macOS give ports out for all destinations together. */
function ofHost(context: Context, range: Range): Draft | undefined {
  const { index } = context;
  const { localPort } = index.table;
  const tcp = index.rowsBetween(State.Unknown, State.Count);
  const rows = where(tcp, row => isIn(range, localPort[row]!));
  // What one program took with sockets that it never closed is told of that program.
  const alone = where(boundAlone(index), row => isIn(range, localPort[row]!));
  for (const [, own] of groupBy(alone, row => index.owners.of(row))) {
    if (own.length * 2 > rows.length) {
      return undefined;
    }
  }
  return judge(context, range, ascending(rows), { kind: 'host' });
}

/** What ports are given out for: addresses in their plain form. */
type Scope =
  | { readonly kind: 'host' }
  | {
      readonly kind: 'destination';
      readonly local: number;
      readonly remote: number;
      readonly port: number;
    }
  | { readonly kind: 'source'; readonly local: number };

/** Whether a row takes a port of the range for something. */
function takes(context: Pick<Context, 'index'>, range: Range, to: Scope, row: number): boolean {
  const { index } = context;
  const { localAddress, localPort, remoteAddress, remotePort, state } = index.table;
  if (!isIn(range, localPort[row]!) || state[row] === State.None) {
    return false;
  }
  if (to.kind === 'host') {
    return true;
  }
  if (!isOpen(state[row]!) || index.plainAddress(localAddress[row]!) !== to.local) {
    return false;
  }
  return to.kind === 'source'
    ? isOutgoing(index, row)
    : remotePort[row] === to.port &&
        index.plainAddress(remoteAddress[row]!) === to.remote &&
        !isTakenAgain(index, range, row, to.remote);
}

/** Whether a connection in a state takes a port, and is not one that was opened from elsewhere. */
function isOpen(state: State): boolean {
  return state >= State.SynSent && state < State.Closed && state !== State.SynReceived;
}

/** Whether a row is most likely a client's end. */
function isOutgoing(index: SnapshotIndex, row: number): boolean {
  return index.table.remotePort[row]! < FIRST_DYNAMIC_PORT && !index.isServed(row);
}

/** Whether the port may be taken again at once: after a second, by default on loopback only. */
function isTakenAgain(
  index: SnapshotIndex,
  { reused }: Range,
  row: number,
  remote: number,
): boolean {
  return (
    index.linux && index.table.state[row] === State.TimeWait && (reused || index.isLoopback(remote))
  );
}

/** How many ports of the range a snapshot uses for something. */
function portsIn(index: SnapshotIndex, range: Range, to: Scope): number {
  const used = index.portTally();
  for (let row = index.snapshot.firstRow; row < index.snapshot.endRow; row++) {
    if (takes({ index }, range, to, row)) {
      used.add(index.table.localPort[row]!);
    }
  }
  return used.size;
}

/** Where programs bind an address before they connect, a port is good for one connection from it. */
function bySource(context: Context, range: Range, needed: number): Drafts {
  const { index } = context;
  const { localAddress, localPort } = index.table;
  const open = where(
    index.rowsBetween(State.SynSent, State.Closed),
    row => isIn(range, localPort[row]!) && isOutgoing(index, row),
  );
  if (!index.linux || open.length < needed) {
    return [];
  }
  const groups = groupBy(open, row => index.plainAddress(localAddress[row]!));
  return each(groups.withAtLeast(needed), ([local, own]) => {
    const ports = index.portTally();
    for (const row of own) {
      ports.add(localPort[row]!);
    }
    if (index.isLoopback(local) || ports.size < Math.max(needed, own.length * ONCE)) {
      return undefined;
    }
    // What one destination takes most of is told of that one.
    const most = context.remotes(own).top[0]?.count ?? 0;
    if (most >= needed) {
      return undefined;
    }
    return judge(context, range, ascending(own), { kind: 'source', local });
  });
}

function byDestination(context: Context, range: Range, needed: number): Drafts {
  const { index } = context;
  const { table } = index;
  if (index.heaviestRemote < needed) {
    return [];
  }
  // Few remotes of many have so many rows that their ports must be told apart.
  const open = index.rowsBetween(State.SynSent, State.Closed);
  const { numbers: remotes, groups } = numberRemotes(index, open);
  const destinations = new Tuples();
  const numbers = new Int32Array(open.length).fill(NONE);
  for (let i = 0; i < open.length; i++) {
    const row = open[i]!;
    if (
      groups.counts[remotes[i]!]! >= needed &&
      isIn(range, table.localPort[row]!) &&
      table.state[row] !== State.SynReceived &&
      !isTakenAgain(index, range, row, groups.get(remotes[i]!))
    ) {
      const local = index.plainAddress(table.localAddress[row]!);
      numbers[i] = destinations.add(local, remotes[i]!, table.remotePort[row]!);
    }
  }
  const heavy = destinations.atLeast(needed);
  const rowsOf = pick(open, numbers, destinations, heavy);
  return each(heavy.entries(), ([i, destination]) => {
    const [local, number, port] = destinations.get(destination);
    const remote = groups.get(number);
    const rows = ascending(rowsOf[i]!);
    return judge(context, range, rows, { kind: 'destination', local, remote, port });
  });
}

/**
 * A few of the rows show where nearly all connections go; how many there are, or that no port was
 * left, stands beside them.
 */
function ofSample(context: Context, range: Range): Draft | undefined {
  const { index, thresholds } = context;
  const { localAddress, localPort, pool, remoteAddress, remotePort, state } = index.table;
  const messages = messagesOf(context, 'addresses').filter(({ connects }) => connects);
  // What is listed in whole takes too few ports.
  const isSample = isFairSample(context) && !listsTimeWait(context);
  const gauges = isSample ? timeWaitGauges(context) : [];
  if (messages.length === 0 && gauges.length === 0) {
    return undefined;
  }
  const outgoing = where(
    index.rowsBetween(State.SynSent, State.Closed),
    row => isIn(range, localPort[row]!) && isOutgoing(index, row),
  );
  const destinations = new Tuples();
  const groups = groupBy(outgoing, row =>
    destinations.add(
      index.plainAddress(localAddress[row]!),
      index.plainAddress(remoteAddress[row]!),
      remotePort[row]!,
    ),
  );
  const [most] = destinations.commonest(1);
  if (most === undefined || groups.of(most).length < SAMPLE) {
    return undefined;
  }
  const rows = groups.of(most);
  const [, address, port] = destinations.get(most);
  const end = { address: pool.get(address), port, count: rows.length };
  const remote = remoteName(end);
  const isMost = rows.length >= outgoing.length * NEARLY_ALL;
  const failed = messages.some(({ target }) => (target === null ? isMost : target === remote));
  const isReused = index.linux && (range.reused || index.isLoopback(address));
  const waiting =
    isMost && (failed || !isReused) && rows.some(row => state[row] === State.TimeWait)
      ? gauges.reduce((sum, { value }) => sum + value, 0)
      : 0;
  const percent = (waiting * 100) / range.size;
  const isCounted = percent >= thresholds.portsWarning;
  if (!failed && !isCounted) {
    return undefined;
  }
  return {
    cause: 'ports',
    subject: remote,
    // A message alone may be of another time or host.
    severity: !isCounted ? 'info' : percent >= thresholds.portsError ? 'error' : 'warning',
    confidence: isCounted ? 'medium' : 'low',
    rows,
    owner: firstOwner(context, rows),
    remote,
    describe: () => ({
      title: isCounted
        ? context.say(TEXTS.toRemoteCounted, { remote: quote(remote), waiting })
        : context.say(TEXTS.toRemoteFailed, { remote: quote(remote) }),
      why: [context.say(TEXTS.why), context.say(TEXTS.waiting)],
      evidence: [
        ...(isCounted
          ? gauges.map(gauge => totalEvidence(context, gauge))
          : messages.slice(0, 1).map(message => messageEvidence(message, context.localizer))),
        context.evidence(
          context.say(TEXTS.most, {
            remote: quote(remote),
            count: rows.length,
            all: outgoing.length,
          }),
        ),
        ...context.examples(rows),
      ],
      confirm: index.linux ? [context.check(TIME_WAIT_TEXTS.byPeer, TIME_WAIT_BY_PEER)] : [],
      remedy: remedyOf(context, { kind: 'destination', local: 0, remote: address, port }, true),
      caveats: [
        ...(isCounted ? assumedRange(context, range) : []),
        ...context.caveats({ time: true }),
      ],
    }),
  };
}

/** Whether what is left out of a listing has nothing to do with destinations: `ss -tan | head`. */
function isFairSample({ index: { snapshot } }: Context): boolean {
  const { command, filters } = snapshot.listing;
  return ![command ?? '', ...filters].some(words => PICKS.test(words));
}

function judge(context: Context, range: Range, rows: Uint32Array, to: Scope): Draft | undefined {
  const { index, system, thresholds } = context;
  const { pool, state, localPort } = index.table;
  const remote =
    to.kind === 'destination'
      ? remoteName({ address: pool.get(to.remote), port: to.port, count: 0 })
      : null;
  // Many rows on one local port are a server's, whose ports do not run out.
  const ports = index.portTally();
  for (const row of rows) {
    ports.add(localPort[row]!);
  }
  const used = ports.size;
  const all = range.size;
  const percent = (used * 100) / all;
  if (percent < thresholds.portsWarning) {
    return undefined;
  }
  const severity: Severity = percent >= thresholds.portsError ? 'error' : 'warning';
  const timeWait = where(rows, row => state[row] === State.TimeWait);
  const waiting = timeWait.length;
  const owner = to.kind === 'host' ? mainOwner(context, rows) : firstOwner(context, rows);
  return {
    cause: 'ports',
    subject: remote ?? (to.kind === 'source' ? `from ${pool.get(to.local)}` : 'host'),
    severity: to.kind === 'source' ? 'warning' : severity,
    confidence: to.kind === 'source' ? 'low' : 'medium',
    rows,
    owner,
    remote,
    explains: { rows: [timeWait], symptoms: ['TW-2'] },
    describe: () => {
      const { growth, texts } = course(
        context,
        context.past,
        snapshot => portsIn(context.at(snapshot), range, to),
        { limit: { value: all, text: context.say(TEXTS.limit, { all }) } },
      );
      return {
        title: titleOf(context, to, { used, all, waiting }),
        why: [
          ...whyOf(context, to),
          ...(waiting > 0 && to.kind !== 'source' ? [context.say(TEXTS.waiting)] : []),
        ],
        evidence: [
          ...texts.map(text => context.evidence(text)),
          ...(remote !== null && owner !== null
            ? [
                context.evidence(
                  context.say(TEXTS.program, {
                    program: context.program(owner),
                    remote: quote(remote),
                  }),
                ),
              ]
            : []),
          ...(remote === null ? takersOf(context, rows).map(text => context.evidence(text)) : []),
          ...context.examples(rows),
        ],
        confirm: range.shown
          ? []
          : [context.check(TEXTS.check, (system === null ? null : RANGE_COMMANDS[system]) ?? null)],
        remedy: remedyOf(context, to, waiting * 2 >= rows.length),
        caveats: [...assumedRange(context, range), ...context.caveats({ time: true })],
        growth,
      };
    },
  };
}

function titleOf(
  context: Context,
  to: Scope,
  args: { readonly used: number; readonly all: number; readonly waiting: number },
): Text {
  const { pool } = context.index.table;
  switch (to.kind) {
    case 'host':
      return context.say(args.waiting > 0 ? TEXTS.host : TEXTS.hostOpen, args);
    case 'source':
      return context.say(TEXTS.source, { ...args, address: quote(pool.get(to.local)) });
    case 'destination': {
      const name = remoteName({ address: pool.get(to.remote), port: to.port, count: 0 });
      return context.say(args.waiting > 0 ? TEXTS.toRemote : TEXTS.toRemoteOpen, {
        ...args,
        remote: quote(name),
      });
    }
  }
}

function whyOf(context: Context, to: Scope): Text[] {
  switch (to.kind) {
    case 'host':
      return context.advise(on(WINDOWS, TEXTS.hostWhy), on(MACOS, TEXTS.hostWhyMac));
    case 'source':
      return [context.say(TEXTS.sourceWhy)];
    case 'destination':
      return [context.say(TEXTS.why)];
  }
}

/** @param done Whether most of the connections are over, and only keep their ports. */
function remedyOf(context: Context, to: Scope, done: boolean): Text[] {
  const first = done ? TEXTS.reuse : TEXTS.fewer;
  return to.kind === 'source'
    ? context.advise(on(LINUX, TEXTS.noPort), first)
    : context.advise(
        first,
        ...(done ? [on(LINUX, TEXTS.again)] : []),
        on(LINUX, TEXTS.more),
        on(WINDOWS, TEXTS.moreWindows),
        on(MACOS, TEXTS.moreMac),
        on(FREEBSD, TEXTS.moreFreebsd),
      );
}

/** Where most of the ports go that all destinations share, and which program holds open ones. */
function takersOf(context: Context, rows: Uint32Array): Text[] {
  const { index } = context;
  const { state } = index.table;
  const connected = where(rows, row => isOpen(state[row]!));
  const [remote] = context.remotes(connected).top;
  const open = where(rows, row => state[row] !== State.TimeWait);
  const owners = groupBy(open, row => ownerOf(index, row));
  let [holder, held]: [number, number] = [NONE, 0];
  for (const [number, own] of owners) {
    if (number !== NONE && own.length > held) {
      [holder, held] = [number, own.length];
    }
  }
  return [
    ...(remote === undefined
      ? []
      : [
          context.say(TEXTS.most, {
            remote: quote(remoteName(remote)),
            count: remote.count,
            all: connected.length,
          }),
        ]),
    ...(holder === NONE
      ? []
      : [
          context.say(TEXTS.holds, {
            program: context.program(ownerOfHolder(index, holder)),
            count: held,
            all: open.length,
          }),
        ]),
  ];
}

/** The owner of most rows; null where there is none. */
function mainOwner({ index }: Context, rows: Uint32Array): OwnerIdentity | null {
  for (const [number, own] of groupBy(rows, row => ownerOf(index, row))) {
    if (own.length * 2 > rows.length) {
      return ownerOfHolder(index, number);
    }
  }
  return null;
}

/** The owner of the first row that shows one; TIME_WAIT has none on most systems. */
function firstOwner(context: Context, rows: Uint32Array): OwnerIdentity | null {
  const row = rows.find(one => ownerOf(context.index, one) !== NONE);
  return row === undefined ? null : context.holderOf(row).owner;
}

/** The owner that a row itself shows: a port listed again in TIME_WAIT (PID 0) is still the program's. */
function ownerOf({ owners, table }: SnapshotIndex, row: number): number {
  const pid = table.pid[row]!;
  return pid > 0 ? owners.find(pid) : table.process[row]! > 0 ? owners.of(row) : NONE;
}

function isIn({ first, last, reserved }: Range, port: number): boolean {
  return port >= first && port <= last && !reserved.has(port);
}
