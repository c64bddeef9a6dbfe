import type { CounterMoves } from '../explain/counterLine';
import { counterCalled } from '../knowledge/counters';
import { type Counter, counterKey } from '../model/counter';
import type { Snapshot } from '../model/snapshot';
import { lookRank } from './counterList';

/** How many of a snapshot's counters are worth a look, as far as that can be said without findings. */
export function worthALook(
  counters: readonly Counter[],
  snapshot: Snapshot,
  movesOf: CounterMoves,
): number {
  const found = counters.filter(counter => {
    const moved = movesOf(snapshot, counter);
    const change = moved === null || moved === 'restarted' ? null : moved.to - moved.from;
    return lookRank(counterCalled(counter.name), counter.value, change) !== null;
  });
  return new Set(found.map(counterKey)).size;
}
