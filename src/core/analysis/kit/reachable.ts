import { where } from '../../index/grouping';
import { State } from '../../vocabulary/state';
import type { SnapshotIndex } from '../../index/snapshotIndex';
import { reachOf } from '../../vocabulary/address';
import type { RuleContext } from './ruleContext';

/** What listens on a port on addresses that other hosts may reach. */
export function reachable(context: RuleContext, port: number): Uint32Array {
  return where(context.index.listeners.on(port), row => {
    const reach = reachOf(addressOf(context, row));
    return reach !== 'host' && reach !== 'unknown';
  });
}

/** Of some ports those that are listened on, in their order: most snapshots have none of them. */
export function listenedOn<T>(
  { index }: RuleContext,
  ports: ReadonlyMap<number, T>,
): Iterable<readonly [port: number, of: T]> {
  const { localPort } = index.table;
  const found = new Set<number>();
  for (const row of index.rowsIn(State.Listen)) {
    if (ports.has(localPort[row]!)) {
      found.add(localPort[row]!);
    }
  }
  return found.size === 0 ? [] : [...ports].filter(([port]) => found.has(port));
}

/** A row's local address as printed. */
export function addressOf({ index }: RuleContext, row: number): string {
  return index.table.pool.get(index.table.localAddress[row]!);
}

/** Whether some rows lead to this host itself, so that no network is between. */
export function isWithinHost({ index }: RuleContext, rows: Uint32Array): boolean {
  return rows.every(row => index.isHere(row));
}

/** Whether the remote address of a row is a public one. */
export function isPublicRemote(index: SnapshotIndex, row: number): boolean {
  const { pool, remoteAddress } = index.table;
  return reachOf(pool.get(index.plainAddress(remoteAddress[row]!))) === 'public';
}
