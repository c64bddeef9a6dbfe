import type { CounterMoves } from '../../explain/counterLine';
import { counterKey } from '../../model/counter';
import type { Snapshot } from '../../model/snapshot';
import type { Dump } from '../../reading/dump';
import { type CounterChanges, counterChanges } from './counterChanges';

interface Compared {
  readonly changes: CounterChanges;
  readonly byKey: ReadonlyMap<string, CounterChanges['list'][number]>;
  /** Whether the other snapshot is the earlier one. */
  readonly since: boolean;
}

/** Made once for each snapshot; null where no other has counters. */
const KNOWN = new WeakMap<Snapshot, Compared | null>();

/** How the counters of a snapshot moved since the one of its host before it, or up to the next. */
export function counterMoves(dump: Dump): CounterMoves {
  return (snapshot, counter) => {
    let compared = KNOWN.get(snapshot);
    if (compared === undefined) {
      compared = compare(dump, snapshot);
      KNOWN.set(snapshot, compared);
    }
    const change = compared?.byKey.get(counterKey(counter));
    if (compared === null || change === undefined) {
      return null;
    }
    const { changes, since } = compared;
    const { from, to } = change;
    return changes.restarted ? 'restarted' : { from, to, seconds: changes.seconds, since };
  };
}

function compare({ snapshots }: Dump, snapshot: Snapshot): Compared | null {
  const at = snapshots.indexOf(snapshot);
  const counts = ({ counted, host, source }: Snapshot): boolean =>
    counted.length > 0 && host === snapshot.host && source === snapshot.source;
  const before = snapshots.slice(0, at).reverse().find(counts);
  const after = before === undefined ? snapshots.slice(at + 1).find(counts) : undefined;
  if (before === undefined && after === undefined) {
    return null;
  }
  const changes = counterChanges(before ?? snapshot, after ?? snapshot);
  const byKey = new Map(changes.list.map(change => [counterKey(change.counter), change]));
  return { changes, byKey, since: before !== undefined };
}
