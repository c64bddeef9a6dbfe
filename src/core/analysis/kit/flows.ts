import { endpointText } from '../../explain/facts';
import { groupBy, where } from '../../index/grouping';
import { Tuples } from '../../model/tuples';
import { FlowFlag, NONE } from '../../model/row';
import type { Endpoint } from '../../model/socket';
import type { SnapshotIndex } from '../../index/snapshotIndex';
import { networkOf, reachOf } from '../../vocabulary/address';
import { State } from '../../vocabulary/state';

/* What rules about connections that were seen passing have in common. */

/** Flows of one destination. */
export interface FlowGroup {
  readonly rows: Uint32Array;
  /** Where the first packets were sent, address and port. */
  readonly target: string;
  /** What the target is translated to; null where it is not. */
  readonly server: string | null;
  /** How many other flows to the same target did get an answer. */
  readonly answered: number;
}

/** Flows that nothing came back for. */
export function unreplied(index: SnapshotIndex, keeps: (row: number) => boolean): Uint32Array {
  const { flow } = index.table;
  return where(index.flows, row => (flow![row]! & FlowFlag.Unreplied) !== 0 && keeps(row));
}

/** SYNs that nothing came back for, though there was time for it. */
export function unansweredSyns(index: SnapshotIndex): Uint32Array {
  return unreplied(
    index,
    row => index.table.state[row] === State.SynSent && !isFresh(index, row, SYN_SECONDS),
  );
}

/** Seconds for which Linux keeps flows without an answer by default: SYNs, datagrams, others of TCP. */
const SYN_SECONDS = [120];
const UDP_SECONDS = [30];
const TCP_SECONDS = [10, 30, 60, 120, 300, 432_000];

/** Seconds within which an answer may still come, as of a resolver that has to ask others. */
const ANSWER_SECONDS = 5;

/** Whether the last packet of a flow passed a moment ago, for which the first answer may come yet. */
export function isYoung(index: SnapshotIndex, row: number): boolean {
  return isFresh(index, row, index.table.isTcp(row) ? TCP_SECONDS : UDP_SECONDS);
}

/** The same by the seconds that such flows are kept; each packet has them start anew. */
function isFresh({ table }: SnapshotIndex, row: number, kept: readonly number[]): boolean {
  const left = table.flowSeconds?.[row] ?? NONE;
  // Where more are left than the default, how long it is kept is a setting.
  const most = kept.find(seconds => seconds >= left) ?? left;
  return left !== NONE && most - left < ANSWER_SECONDS;
}

/** Whether a target is asked from the networks of others: what it does not answer, it may refuse. */
export function isAskedFromAfar({ table, canonical }: SnapshotIndex, rows: Uint32Array): boolean {
  const seen = new Set<number>();
  const networks = new Set<string>();
  for (const row of rows) {
    const inbound = (table.flow![row]! & FlowFlag.Inbound) !== 0;
    const source = canonical[(inbound ? table.remoteAddress : table.localAddress)[row]!]!;
    const address = seen.has(source) ? '' : table.pool.get(source);
    seen.add(source);
    if (address !== '' && reachOf(address) === 'public') {
      networks.add(networkOf(address)!);
    }
    if (networks.size >= FOREIGN) {
      return true;
    }
  }
  return false;
}

/** Networks from which on clients are not those of one site. */
const FOREIGN = 10;

/** Rows by their destination and what it is translated to, where there are so many of them. */
export function* flowGroups(
  index: SnapshotIndex,
  rows: Uint32Array,
  least: number,
): Generator<FlowGroup, void> {
  const { table, flows } = index;
  const flow = table.flow!;
  const targets = new Tuples();
  const keyOf = (row: number): number => {
    const [address, port] = targetOf(index, row);
    return targets.add(address, port, index.table.protocol[row]!);
  };
  const pairs = new Tuples();
  const groups = groupBy(rows, row => pairs.add(keyOf(row), serverOf(index, row), 0));
  let answered: Uint32Array | undefined;
  for (const [, own] of groups.withAtLeast(least)) {
    answered ??= answersTo(
      index,
      where(flows, row => (flow[row]! & FlowFlag.Unreplied) === 0),
      targets,
    );
    const first = table.socket(own[0]!);
    const { flow: passing } = first;
    const inbound = passing?.inbound === true;
    const server = inbound ? passing.reply?.local : passing?.reply?.remote;
    const target = inbound || first.remote === null ? first.local : first.remote;
    yield {
      rows: own,
      target: endpointText(target),
      server: server === undefined || isSame(server, target) ? null : endpointText(server),
      answered: answered[keyOf(own[0]!)] ?? 0,
    };
  }
}

/** How many of some rows go to each of the targets. */
function answersTo(index: SnapshotIndex, rows: Uint32Array, targets: Tuples): Uint32Array {
  const counts = new Uint32Array(targets.size);
  for (const row of rows) {
    const [address, port] = targetOf(index, row);
    const number = targets.find(address, port, index.table.protocol[row]!);
    if (number >= 0) {
      counts[number]!++;
    }
  }
  return counts;
}

/** Pool number of the address that a row's first packet was sent to, and its port. */
function targetOf({ table }: SnapshotIndex, row: number): readonly [address: number, port: number] {
  return (table.flow![row]! & FlowFlag.Inbound) === 0
    ? [table.remoteAddress[row]!, table.remotePort[row]!]
    : [table.localAddress[row]!, table.localPort[row]!];
}

/** Pool number of the address that answers a row. */
function serverOf({ table }: SnapshotIndex, row: number): number {
  const inbound = (table.flow![row]! & FlowFlag.Inbound) !== 0;
  return (inbound ? table.replyLocalAddress : table.replyRemoteAddress)?.[row] ?? 0;
}

function isSame(a: Endpoint, b: Endpoint): boolean {
  return a.address === b.address && a.port === b.port;
}
