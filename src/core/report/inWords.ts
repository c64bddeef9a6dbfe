import type { Analysis } from '../analysis/analyze';
import { FINDING_TEXTS } from '../analysis/kit/findingTexts';
import type { Finding } from '../analysis/finding';
import type { SnapshotSummary } from '../analysis/summary';
import { endpointText, programText } from '../explain/facts';
import { portKey } from '../index/equalEnds';
import type { SnapshotIndex } from '../index/snapshotIndex';
import { Tuples } from '../model/tuples';
import { NONE } from '../model/row';
import type { Endpoint } from '../model/socket';
import { State } from '../vocabulary/state';
import { label, say } from '../wording/statement';
import { type Localizer, plain, quote, type Text } from '../wording/text';
import { PHRASES } from '../wording/words';
import { andMore } from './findingParts';

const TEXTS = {
  serves: say('Serves {items}.', 'rfc9293-3.3.2', 'iana-ports'),
  served: label('{port} to {addresses} ({connections})'),
  servedHidden: label('{port} ({connections})'),
  client: say('Client of {items}.', 'rfc9293-3.3.2', 'iana-ports'),
  server: label('{endpoint} ({connections})'),
  program: label('{program} at {endpoint} ({connections})'),
  idle: say('Listening, with no established connection: {ports}.', 'rfc9293-3.3.2'),
  flows: say(
    'These connections were seen passing. Which program holds one, and whether it should have closed it, this list cannot show.',
    'general-practice',
  ),
  unknown: say('Connections whose opener this dump does not show: {count}.', 'iana-ports'),
  addresses: label('{n} addresses'),
  oneAddress: label('1 address'),
};

/** Ports and servers that a sentence names. */
const NAMED = 3;

/** Connections from which on nothing is said: to tell them apart would take too long. */
const TOO_MANY = 100_000;

/** Listening rows looked at; no host has as many. */
const MAX_LISTENERS = 20_000;

/** Connections counted by what they have in common. */
class Groups {
  public readonly keys = new Tuples();
  /** The first row of each group. */
  public readonly rows: number[] = [];

  public add(a: number, b: number, row: number): number {
    const number = this.keys.add(a, b, 0);
    if (number === this.rows.length) {
      this.rows.push(row);
    }
    return number;
  }

  /** The largest groups, as `text` says them. */
  public named(text: (number: number, count: number) => Text, localizer: Localizer): string {
    const first = this.keys.commonest(NAMED);
    const items = first.map(number => plain(text(number, this.keys.counts[number]!)));
    return andMore(items, this.rows.length - items.length, localizer);
  }
}

/** Whether there is nothing that needs to be done. */
export function isHealthy(findings: readonly Finding[]): boolean {
  return findings.every(({ severity }) => severity === 'info');
}

/**
 * What a host does by one of its snapshots, a sentence each: for dumps that show no problem. Empty
 * where they show no TCP socket, or too many connections; of a firewall, what its list cannot show.
 */
export function inWords(
  analysis: Analysis,
  summary: SnapshotSummary,
  localizer: Localizer,
): Text[] {
  const index = analysis.index(summary.index);
  const { table, canonical } = index;
  if (index.hasFlows) {
    return [localizer.say(TEXTS.flows)];
  }
  if (index.rowsIn(State.Established).length > TOO_MANY) {
    return [];
  }
  const ports = new Groups();
  const remotes = new Tuples();
  const remotesOf: number[] = [];
  const servers = new Groups();
  /** Who holds the other ends of a group, by number. */
  const holdersOf: Set<number>[] = [];
  let hidden = false;
  let unknown = 0;
  for (const row of index.rowsIn(State.Established)) {
    const role = index.roleOf(row);
    const remote = canonical[table.remoteAddress[row]!]!;
    if (role === 'server') {
      const port = ports.add(portKey(table.localPort[row]!, table.localService?.[row]), 0, row);
      const known = remotes.size;
      remotes.add(port, remote, 0);
      remotesOf[port] = (remotesOf[port] ?? 0) + remotes.size - known;
      hidden ||= index.isHidden(table.remoteAddress[row]!);
    } else if (role === 'client') {
      const port = portKey(table.remotePort[row]!, table.remoteService?.[row]);
      const number = servers.add(remote, port, row);
      const other = index.otherEnd(row);
      (holdersOf[number] ??= new Set()).add(other === NONE ? NONE : index.owners.of(other));
    } else {
      unknown++;
    }
  }
  // What is not listed need not be missing.
  const isWhole =
    index.listsConnections &&
    !summary.snapshot.listing.filtered &&
    index.counts[State.Unknown] === 0;
  const idle = isWhole ? idlePorts(index, ports, localizer) : '';
  const connections = (n: number): Text =>
    n === 1
      ? localizer.format(PHRASES.oneConnection)
      : localizer.format(PHRASES.connections, { n });
  const addresses = (n: number): Text =>
    n === 1 ? localizer.format(TEXTS.oneAddress) : localizer.format(TEXTS.addresses, { n });
  const served = (number: number, count: number): Text => {
    const port = portText(table.socket(ports.rows[number]!).local);
    const args = { port, connections: connections(count) };
    return hidden
      ? localizer.format(TEXTS.servedHidden, args)
      : localizer.format(TEXTS.served, { ...args, addresses: addresses(remotesOf[number]!) });
  };
  const server = (number: number, count: number): Text => {
    const row = servers.rows[number]!;
    const { remote } = table.socket(row);
    const program = serverText(index, row, holdersOf[number]!, localizer);
    const args = {
      endpoint: quote(remote === null ? '' : endpointText(remote)),
      connections: connections(count),
    };
    return program === null
      ? localizer.format(TEXTS.server, args)
      : localizer.format(TEXTS.program, { ...args, program });
  };
  return [
    ...(ports.rows.length === 0
      ? []
      : [localizer.say(TEXTS.serves, { items: quote(ports.named(served, localizer)) })]),
    ...(servers.rows.length === 0
      ? []
      : [localizer.say(TEXTS.client, { items: quote(servers.named(server, localizer)) })]),
    ...(unknown === 0 ? [] : [localizer.say(TEXTS.unknown, { count: unknown })]),
    ...(idle === '' ? [] : [localizer.say(TEXTS.idle, { ports: quote(idle) })]),
  ];
}

/** Who holds the other ends of connections like a row, else who listens there; null where neither is shown. */
function serverText(
  index: SnapshotIndex,
  row: number,
  holders: ReadonlySet<number>,
  localizer: Localizer,
): Text | null {
  const names = new Set(
    [...holders].map(one => (one === NONE ? null : index.owners.get(one).process)),
  );
  const [name = null] = names;
  if (holders.size > 1 && names.size === 1 && name !== null) {
    const text = localizer.format(FINDING_TEXTS.processes, {
      program: quote(name),
      n: holders.size,
    });
    return { ...text, verbatim: true };
  }
  const own = holders.size === 1 ? index.otherEnd(row) : NONE;
  const other = own === NONE ? index.listenerAt(row) : own;
  const owners = other === NONE ? [] : index.table.socket(other).owners;
  return owners.length === 0 ? null : programText(owners, localizer);
}

/** Ports that are listened on and have no connection, the lowest first; empty if there are none. */
function idlePorts(index: SnapshotIndex, served: Groups, localizer: Localizer): string {
  const { table } = index;
  const rows = new Map<number, number>();
  for (const row of index.rowsIn(State.Listen).subarray(0, MAX_LISTENERS)) {
    const key = portKey(table.localPort[row]!, table.localService?.[row]);
    if (served.keys.find(key, 0, 0) === NONE) {
      rows.set(key, row);
    }
  }
  const named = [...rows]
    .sort(([a], [b]) => a - b)
    .slice(0, NAMED)
    .map(([, row]) => portText(table.socket(row).local));
  return andMore(named, rows.size - named.length, localizer);
}

function portText({ port, service }: Endpoint): string {
  return port === null ? (service ?? '') : String(port);
}
