import type { CounterMoves } from '../explain/counterLine';
import { counterCalled } from '../knowledge/counters';
import { type Counter, counterKey } from '../model/counter';
import type { Snapshot } from '../model/snapshot';

/**
 * How many of a snapshot's counters are a sign of trouble: sums that grew, where another snapshot
 * shows it; else those above 0, which may be long past.
 */
export function worthALook(
  counters: readonly Counter[],
  snapshot: Snapshot,
  movesOf: CounterMoves,
): number {
  const found = counters.filter(counter => {
    const known = counter.value > 0 ? counterCalled(counter.name) : null;
    if (known?.kind !== 'sum' || (known.verdict !== 'each' && known.verdict !== 'growth')) {
      return false;
    }
    const moved = movesOf(snapshot, counter);
    return (
      known.verdict === 'each' || moved === null || moved === 'restarted' || moved.to > moved.from
    );
  });
  return new Set(found.map(counterKey)).size;
}
