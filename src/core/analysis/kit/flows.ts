import { endpointText } from '../../explain/facts';
import { groupBy, where } from '../../index/grouping';
import { Tuples } from '../../model/tuples';
import { FlowFlag } from '../../model/row';
import type { Endpoint } from '../../model/socket';
import type { SnapshotIndex } from '../../index/snapshotIndex';

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
