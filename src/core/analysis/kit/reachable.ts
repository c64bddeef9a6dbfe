import { where } from '../../index/grouping';
import { reachOf } from '../../vocabulary/address';
import type { RuleContext } from './ruleContext';

/** What listens on a port on addresses that other hosts may reach. */
export function reachable(context: RuleContext, port: number): Uint32Array {
  return where(context.index.listeners.on(port), row => {
    const reach = reachOf(addressOf(context, row));
    return reach !== 'host' && reach !== 'unknown';
  });
}

/** A row's local address as printed. */
export function addressOf({ index }: RuleContext, row: number): string {
  return index.table.pool.get(index.table.localAddress[row]!);
}

/** Whether some rows lead to this host itself, so that no network is between. */
export function isWithinHost({ index }: RuleContext, rows: Uint32Array): boolean {
  return rows.every(row => index.isHere(row));
}
