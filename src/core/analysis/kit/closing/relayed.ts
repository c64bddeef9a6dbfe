import type { SnapshotIndex } from '../../../index/snapshotIndex';
import { isRelay } from '../../../knowledge/relays';
import { NONE } from '../../../model/row';
import { State } from '../../../vocabulary/state';

/** How many open connections to servers a proxy has; 0 where an owner is none. */
export function relayedBy(index: SnapshotIndex, owner: number): number {
  return counts(index).get(owner) ?? 0;
}

function counts(index: SnapshotIndex): ReadonlyMap<number, number> {
  return index.once(counts, () => {
    const found = new Map<number, number>();
    for (const row of index.rowsIn(State.Established)) {
      const own = index.owners.of(row);
      if (
        own !== NONE &&
        isRelay(index.owners.get(own).process) &&
        index.roleOf(row) === 'client'
      ) {
        found.set(own, (found.get(own) ?? 0) + 1);
      }
    }
    return found;
  });
}
