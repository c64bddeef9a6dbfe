import { networkOf } from '../../vocabulary/address';
import { where } from '../../index/grouping';
import { numberRemotes } from '../../index/remotes';
import type { SnapshotIndex } from '../../index/snapshotIndex';
import type { RuleContext } from './ruleContext';

/** More addresses are of no one network. */
const MOST = 256;

/** Rows of one network, which fail while those of others do not. */
export interface OneNetwork {
  readonly network: string;
  readonly rows: Uint32Array;
  /** How many other rows there are, all from elsewhere. */
  readonly elsewhere: number;
}

/**
 * The one network that nine in ten of some failing rows are of, with at least so many addresses, and
 * none of the others: what is wrong is on the way to it.
 */
export function oneNetwork(
  context: RuleContext,
  failing: Uint32Array,
  others: Uint32Array,
  fewest: number,
): OneNetwork | null {
  const { index } = context;
  const { total } = context.remotes(failing);
  const network = total < fewest || total > MOST ? null : commonestNetwork(index, failing);
  if (network === null || others.length === 0) {
    return null;
  }
  const isOfIt = (row: number): boolean => isOfNetwork(index, row, network);
  const rows = where(failing, isOfIt);
  return context.remotes(rows).total >= fewest &&
    rows.length * 10 >= failing.length * 9 &&
    !others.some(isOfIt)
    ? { network, rows, elsewhere: others.length }
    : null;
}

/** Whether the remote address of a row is of a network that `networkOf` gave. */
export function isOfNetwork(index: SnapshotIndex, row: number, network: string): boolean {
  const { table } = index;
  const address = table.pool.get(index.plainAddress(table.remoteAddress[row]!));
  // There can be a million rows, and most are of IPv4, where the text shows it.
  return network.endsWith('.0/24') && !address.includes(':')
    ? address.startsWith(network.slice(0, -'0/24'.length))
    : networkOf(address) === network;
}

function commonestNetwork(index: SnapshotIndex, rows: Uint32Array): string | null {
  const { groups } = numberRemotes(index, rows);
  const counts = new Map<string, number>();
  let most: string | null = null;
  for (let number = 0; number < groups.size; number++) {
    const network = networkOf(index.table.pool.get(groups.get(number)));
    if (network !== null) {
      counts.set(network, (counts.get(network) ?? 0) + groups.counts[number]!);
      most = most === null || counts.get(network)! > counts.get(most)! ? network : most;
    }
  }
  return most;
}
