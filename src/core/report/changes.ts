import type { CountedState, SnapshotSummary } from '../analysis/summary';
import type { Localizer } from '../wording/text';
import { stateText } from './unreadStates';

/** States that a line names at most. */
const MOST = 4;

/**
 * What the counts of states say of a snapshot after another one, `+5 CLOSE_WAIT, −2 ESTABLISHED`;
 * empty where they are the same. CLOSE_WAIT comes first, then what changed most.
 */
export function stateChanges(
  before: SnapshotSummary,
  after: SnapshotSummary,
  localizer: Localizer,
): string {
  const states = new Set([
    ...Object.keys(before.stateCounts),
    ...Object.keys(after.stateCounts),
  ] as CountedState[]);
  return [...states]
    .map(state => ({
      state,
      change: (after.stateCounts[state] ?? 0) - (before.stateCounts[state] ?? 0),
    }))
    .filter(({ change }) => change !== 0)
    .sort(
      (a, b) =>
        Number(b.state === 'CLOSE-WAIT') - Number(a.state === 'CLOSE-WAIT') ||
        Math.abs(b.change) - Math.abs(a.change),
    )
    .slice(0, MOST)
    .map(({ state, change }) => `${localizer.signed(change)} ${stateText(state, localizer)}`)
    .join(', ');
}
