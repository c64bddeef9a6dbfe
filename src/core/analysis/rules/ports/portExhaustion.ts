import { quote } from '../../../wording/text';
import { label, say } from '../../../wording/statement';
import { systemKnowledge } from '../../../knowledge/systems';
import { NONE } from '../../../model/row';
import { State } from '../../../vocabulary/state';
import { ascending, pick, where } from '../../../index/grouping';
import { course } from '../../kit/growth';
import { remedyFor } from '../../kit/remedy';
import { numberRemotes } from '../../../index/remotes';
import type { Draft, Severity } from '../../kit/draft';
import { type Drafts, each, rule } from '../../kit/rule';
import { threshold } from '../../kit/threshold';
import { remoteName, type RuleContext } from '../../kit/ruleContext';
import type { SnapshotIndex } from '../../../index/snapshotIndex';
import { Tuples } from '../../../index/tuples';

const TEXTS = {
  toRemote: say(
    'tw-1.title',
    'Ports for connections to {remote} run out: {used} of {all} are in use, {waiting} in TIME_WAIT',
    'linux-ip-sysctl',
    'measured',
  ),
  host: say(
    'tw-1.host',
    'Ports for outgoing connections run out: {used} of {all} are in use, {waiting} in TIME_WAIT',
    'ms-port-exhaustion',
  ),
  why: say(
    'tw-1.why',
    'Each connection to the same address and port needs a local port of its own, and TIME_WAIT keeps it. When all are taken, connect() fails (EADDRNOTAVAIL).',
    'measured',
    'connect.2',
  ),
  hostWhy: say(
    'tw-1.host-why',
    'Windows gives these ports out once for all destinations. When all are taken, connect() fails (10048, 10055), and Tcpip logs event 4227 or 4231.',
    'ms-port-exhaustion',
  ),
  range: say('tw-1.range', 'The range is taken to be the default: {range}.', 'general-practice'),
  program: say('tw-1.program', '{program} holds other connections to it.', 'general-practice'),
  limit: say('tw-1.limit', 'all {all} ports are used', 'general-practice'),
  check: say('tw-1.check', 'Shows the range that is in force.', 'general-practice'),
};

const RANGE_COMMANDS: Partial<Readonly<Record<string, string>>> = {
  linux: 'sysctl net.ipv4.ip_local_port_range net.ipv4.tcp_tw_reuse',
  android: 'sysctl net.ipv4.ip_local_port_range net.ipv4.tcp_tw_reuse',
  windows: 'netsh int ipv4 show dynamicport tcp',
  macos: 'sysctl net.inet.ip.portrange.first net.inet.ip.portrange.last',
  freebsd: 'sysctl net.inet.ip.portrange.first net.inet.ip.portrange.last',
};

const THRESHOLDS = {
  portsWarning: threshold.percent(
    50,
    'Share of the ports for outgoing connections in use that makes a warning.',
  ),
  portsError: threshold.percent(
    80,
    'Share of the ports for outgoing connections in use that makes an error.',
  ),
};
type Context = RuleContext<keyof typeof THRESHOLDS>;

export const portExhaustion = rule({
  code: 'TW-1',
  id: 'port-exhaustion',
  title: label('rule.TW-1', 'The ports for outgoing connections run out'),
  thresholds: THRESHOLDS,
  find(context) {
    const { index, thresholds } = context;
    const range = systemKnowledge(index.linux ? 'linux' : index.system)?.ephemeral ?? null;
    if (range === null) {
      return [];
    }
    const needed = ((range[1] - range[0] + 1) * thresholds.portsWarning) / 100;
    if (index.size < needed) {
      return [];
    }
    return index.system === 'windows'
      ? [ofHost(context, range)]
      : byDestination(context, range, needed);
  },
});

type Range = readonly [first: number, last: number];

/** Windows gives ports out for all destinations together. */
function ofHost(context: Context, range: Range): Draft | undefined {
  const { index } = context;
  const { localPort } = index.table;
  const tcp = index.rowsBetween(State.Unknown, State.Count);
  const rows = where(tcp, row => isIn(range, localPort[row]!));
  return judge(context, range, ascending(rows), null);
}

/** An address and port, and the address here that connections to it come from. */
interface Destination {
  readonly local: number;
  readonly remote: number;
  readonly port: number;
}

/** How many ports of the range a snapshot uses for a destination; null for all together. */
function portsIn(index: SnapshotIndex, range: Range, to: Destination | null): number {
  const { localAddress, localPort, remoteAddress, remotePort, state } = index.table;
  const used = index.portTally();
  for (let row = index.snapshot.firstRow; row < index.snapshot.endRow; row++) {
    if (
      isIn(range, localPort[row]!) &&
      state[row] !== State.None &&
      (to === null ||
        (remotePort[row] === to.port &&
          index.plainAddress(remoteAddress[row]!) === to.remote &&
          index.plainAddress(localAddress[row]!) === to.local &&
          state[row] !== State.SynReceived))
    ) {
      used.add(localPort[row]!);
    }
  }
  return used.size;
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
      table.state[row] !== State.SynReceived
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
    // tcp_tw_reuse is 2 by default: on loopback such ports are taken again after a second.
    if (index.linux && index.isLoopback(remote)) {
      return undefined;
    }
    const rows = ascending(rowsOf[i]!);
    return judge(context, range, rows, { local, remote, port });
  });
}

function judge(
  context: Context,
  range: Range,
  rows: Uint32Array,
  to: Destination | null,
): Draft | undefined {
  const { index, thresholds } = context;
  const remote =
    to === null
      ? null
      : remoteName({ address: index.table.pool.get(to.remote), port: to.port, count: 0 });
  const { state, localPort } = index.table;
  // Many rows on one local port are a server's, whose ports do not run out.
  const ports = index.portTally();
  for (const row of rows) {
    ports.add(localPort[row]!);
  }
  const used = ports.size;
  const all = range[1] - range[0] + 1;
  const percent = (used * 100) / all;
  if (percent < thresholds.portsWarning) {
    return undefined;
  }
  const severity: Severity = percent >= thresholds.portsError ? 'error' : 'warning';
  const waiting = where(rows, row => state[row] === State.TimeWait).length;
  const args = { used, all, waiting };
  const number = rows.find(row => ownerOf(index, row) !== NONE);
  const owner = number === undefined ? null : context.holderOf(number).owner;
  const command = RANGE_COMMANDS[index.linux ? 'linux' : (index.system ?? '')] ?? null;
  return {
    cause: 'ports',
    subject: remote ?? 'host',
    severity,
    confidence: 'medium',
    rows,
    owner: remote === null ? null : owner,
    remote,
    describe: () => {
      const { growth, texts } = course(
        context,
        context.past,
        snapshot => portsIn(context.at(snapshot), range, to),
        { limit: { value: all, text: context.say(TEXTS.limit, { all }) } },
      );
      return {
        title:
          remote === null
            ? context.say(TEXTS.host, args)
            : context.say(TEXTS.toRemote, { ...args, remote: quote(remote) }),
        why: [context.say(remote === null ? TEXTS.hostWhy : TEXTS.why)],
        evidence: [
          ...texts.map(text => context.evidence(text)),
          ...(remote !== null && owner !== null
            ? [context.evidence(context.say(TEXTS.program, { program: context.program(owner) }))]
            : []),
          ...context.examples(rows),
        ],
        confirm: [{ text: context.say(TEXTS.check), command }],
        remedy: remedyFor(context, 'TIME-WAIT', owner),
        caveats: [
          context.say(TEXTS.range, { range: `${range[0]}–${range[1]}` }),
          ...context.caveats({ time: true }),
        ],
        growth,
      };
    },
  };
}

function ownerOf({ owners, table }: SnapshotIndex, row: number): number {
  return table.pid[row]! > 0 || table.process[row]! > 0 ? owners.of(row) : NONE;
}

function isIn([first, last]: Range, port: number): boolean {
  return port >= first && port <= last;
}
