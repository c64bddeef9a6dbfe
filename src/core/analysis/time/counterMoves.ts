import { getOrAdd } from '../../model/maps';
import type { CounterMoves } from '../../explain/counterLine';
import { counterKey } from '../../model/counter';
import type { Snapshot } from '../../model/snapshot';
import type { Dump } from '../../reading/dump';
import { type CounterChanges, counterChanges } from './counterChanges';

interface Compared {
  readonly changes: CounterChanges;
  /** Whether the other snapshot is the earlier one. */
  readonly since: boolean;
}

/** Made once for each snapshot; null where no other has counters. */
const KNOWN = new WeakMap<Snapshot, Compared | null>();

/** How the counters of a snapshot moved since the one of its host before it, or up to the next. */
export function counterMoves(dump: Dump): CounterMoves {
  return (snapshot, counter) => {
    const compared = getOrAdd(KNOWN, snapshot, () => compare(dump, snapshot));
    const change = compared?.changes.byKey.get(counterKey(counter));
    if (compared === null || change === undefined) {
      return null;
    }
    const { changes, since } = compared;
    const { from, to } = change;
    return changes.restarted ? 'restarted' : { from, to, seconds: changes.seconds, since };
  };
}

function compare(dump: Dump, snapshot: Snapshot): Compared | null {
  const { before, after } = neighborsOf(dump).get(snapshot) ?? {};
  if (before === undefined && after === undefined) {
    return null;
  }
  const changes = counterChanges(before ?? snapshot, before === undefined ? after! : snapshot);
  return { changes, since: before !== undefined };
}

/** Snapshots with counters of one host. */
interface Neighbors {
  before?: Snapshot;
  after?: Snapshot;
}

const NEIGHBORS = new WeakMap<Dump, ReadonlyMap<Snapshot, Neighbors>>();

/** The neighbors of each snapshot that has counters; found for all at once. */
function neighborsOf(dump: Dump): ReadonlyMap<Snapshot, Neighbors> {
  let neighbors = NEIGHBORS.get(dump);
  if (neighbors === undefined) {
    const found = new Map<Snapshot, Neighbors>();
    const last = new Map<string, Snapshot>();
    for (const snapshot of dump.snapshots.filter(({ counted }) => counted.length > 0)) {
      const key = JSON.stringify([snapshot.host, snapshot.source]);
      const before = last.get(key);
      found.set(snapshot, before === undefined ? {} : { before });
      if (before !== undefined) {
        found.get(before)!.after = snapshot;
      }
      last.set(key, snapshot);
    }
    neighbors = found;
    NEIGHBORS.set(dump, neighbors);
  }
  return neighbors;
}
