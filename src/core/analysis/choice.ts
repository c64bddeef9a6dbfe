import type { Snapshot } from '../model/snapshot';
import { CONFIDENCES, SEVERITIES } from './kit/draft';
import type { Found, RuleDraft } from './ruleDraft';

/** Of the rows of a finding, how many in a hundred must be explained for it to be a symptom. */
const MOST = 66;

/**
 * Lets the best causes explain what other rules found: their findings become symptoms of the
 * cause's. A cause comes before another one where it is graver, surer, and explains more; what it
 * explains is not explained again.
 */
export function choose({ firstRow, endRow }: Snapshot, found: Found): Found {
  const causes = [...found].filter(([, drafts]) =>
    drafts.some(draft => draft.explains && draft.severity !== 'info'),
  );
  if (causes.length === 0) {
    return found;
  }
  causes.sort(([, a], [, b]) => byWeight(b, a));
  /** The place of the cause of each row of the snapshot, from 1 on; 0 where nothing explains it. */
  const places = new Uint32Array(endRow - firstRow);
  causes.forEach(([, drafts], place) => {
    for (const draft of drafts) {
      for (const rows of draft.explains?.rows ?? []) {
        for (const row of rows) {
          places[row - firstRow] ||= place + 1;
        }
      }
    }
  });
  const chosen: Found = new Map(found);
  for (const [key, drafts] of found) {
    const place = causeFor(drafts, causes, row => (places[row - firstRow] ?? 0) - 1);
    const cause = causes[place]?.[0];
    if (cause !== undefined && cause !== key && chosen.has(cause)) {
      chosen.delete(key);
      const symptoms = drafts.map((draft): RuleDraft => ({ ...draft, isSymptom: true }));
      chosen.set(cause, [...chosen.get(cause)!, ...symptoms]);
    }
  }
  return chosen;
}

/** The place of the cause that explains what some drafts are about; -1 where none does. */
function causeFor(
  drafts: readonly RuleDraft[],
  causes: readonly (readonly [string, readonly RuleDraft[]])[],
  placeOf: (row: number) => number,
): number {
  const counts = new Map<number, number>();
  let explained = 0;
  let all = 0;
  for (const { rows, rule } of drafts) {
    all += rows.length;
    for (const row of rows) {
      const place = placeOf(row);
      if (place >= 0 && explains(causes[place]![1], rule.code)) {
        explained++;
        counts.set(place, (counts.get(place) ?? 0) + 1);
      }
    }
  }
  if (explained * 100 < all * MOST) {
    return -1;
  }
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best), [-1, 0])[0];
}

function explains(drafts: readonly RuleDraft[], code: string): boolean {
  return drafts.some(draft => draft.explains?.symptoms.includes(code) === true);
}

function byWeight(a: readonly RuleDraft[], b: readonly RuleDraft[]): number {
  return (
    most(a, draft => SEVERITIES.indexOf(draft.severity)) -
      most(b, draft => SEVERITIES.indexOf(draft.severity)) ||
    most(a, draft => CONFIDENCES.indexOf(draft.confidence)) -
      most(b, draft => CONFIDENCES.indexOf(draft.confidence)) ||
    most(a, explainedRows) - most(b, explainedRows)
  );
}

function explainedRows({ explains: explained }: RuleDraft): number {
  return explained?.rows.reduce((sum, rows) => sum + rows.length, 0) ?? 0;
}

function most(drafts: readonly RuleDraft[], of: (draft: RuleDraft) => number): number {
  return drafts.reduce((all, draft) => Math.max(all, of(draft)), 0);
}
