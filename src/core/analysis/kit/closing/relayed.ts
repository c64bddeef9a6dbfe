import type { SnapshotIndex } from '../../../index/snapshotIndex';
import { isRelay } from '../../../knowledge/relays';
import { State } from '../../../vocabulary/state';

/** How many open connections to servers a proxy has; 0 where an owner is none. */
export function relayedBy(index: SnapshotIndex, owner: number): number {
  return index.once(relayedBy, () => countsOf(index)).get(owner) ?? 0;
}

function countsOf(index: SnapshotIndex): ReadonlyMap<number, number> {
  const { owners } = index;
  const counts = new Map<number, number>();
  for (let owner = 0; owner < owners.size; owner++) {
    if (isRelay(owners.get(owner).process)) {
      counts.set(owner, 0);
    }
  }
  for (const row of counts.size === 0 ? [] : index.rowsIn(State.Established)) {
    const count = counts.get(owners.of(row));
    if (count !== undefined && index.roleOf(row) === 'client') {
      counts.set(owners.of(row), count + 1);
    }
  }
  return counts;
}
