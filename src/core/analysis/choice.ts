import { addTo } from '../model/maps';
import type { Snapshot } from '../model/snapshot';
import { CONFIDENCES, SEVERITIES } from './kit/draft';
import type { Found, RuleDraft } from './ruleDraft';

/** Of the rows of a finding, how many in a hundred must be explained for it to be a symptom. */
const MOST = 66;

/** What some rows are explained by. */
interface Cause {
  readonly key: string;
  /** Codes of the rules whose findings it explains. */
  readonly symptoms: ReadonlySet<string>;
  /** The gravest, the surest, and how many rows are explained; what comes first weighs more. */
  readonly weight: readonly [severity: number, confidence: number, rows: number];
  readonly rows: readonly Uint32Array[];
}

/**
 * Lets the best causes explain what other rules found: their findings become symptoms of the
 * cause's. A cause comes before another one where it is graver, surer, and explains more; what it
 * explains is not explained again.
 */
export function choose({ firstRow, endRow }: Snapshot, found: Found): Found {
  const causes: Cause[] = [];
  for (const [key, drafts] of found) {
    if (drafts.some(draft => draft.explains && draft.severity !== 'info')) {
      causes.push(causeOf(key, drafts));
    }
  }
  if (causes.length === 0) {
    return found;
  }
  causes.sort(byWeight);
  /** The place of the cause of each row of the snapshot, from 1 on; 0 where nothing explains it. */
  const places = new Uint32Array(endRow - firstRow);
  causes.forEach((cause, place) => {
    for (const rows of cause.rows) {
      for (const row of rows) {
        places[row - firstRow] ||= place + 1;
      }
    }
  });
  /** The rules whose findings some cause explains. */
  const explicable = new Set(causes.flatMap(({ symptoms }) => [...symptoms]));
  const chosen: Found = new Map(found);
  const explained = new Map<string, RuleDraft[]>();
  const causeOfCause = new Map<string, string>();
  for (const [key, drafts] of found) {
    const cause = drafts.some(({ rule }) => explicable.has(rule.code))
      ? causeFor(drafts, causes, row => (places[row - firstRow] ?? 0) - 1)?.key
      : undefined;
    if (cause !== undefined && cause !== key && chosen.has(cause)) {
      chosen.delete(key);
      causeOfCause.set(key, cause);
      drafts.forEach(draft => addTo(explained, cause, { ...draft, isSymptom: true }));
    }
  }
  for (const [cause, symptoms] of explained) {
    // What explains may be explained itself.
    let last = cause;
    while (causeOfCause.has(last)) {
      last = causeOfCause.get(last)!;
    }
    chosen.set(last, [...chosen.get(last)!, ...symptoms]);
  }
  return chosen;
}

/** The cause that explains what some drafts are about; undefined where none does. */
function causeFor(
  drafts: readonly RuleDraft[],
  causes: readonly Cause[],
  placeOf: (row: number) => number,
): Cause | undefined {
  const counts = new Map<number, number>();
  let explained = 0;
  let all = 0;
  for (const { rows, rule } of drafts) {
    all += rows.length;
    for (const row of rows) {
      const place = placeOf(row);
      if (place >= 0 && causes[place]!.symptoms.has(rule.code)) {
        explained++;
        counts.set(place, (counts.get(place) ?? 0) + 1);
      }
    }
  }
  if (explained * 100 < all * MOST) {
    return undefined;
  }
  const [best] = [...counts].reduce((most, one) => (one[1] > most[1] ? one : most), [-1, 0]);
  return causes[best];
}

function causeOf(key: string, drafts: readonly RuleDraft[]): Cause {
  const rows = drafts.map(draft => draft.explains?.rows ?? []);
  return {
    key,
    symptoms: new Set(drafts.flatMap(draft => draft.explains?.symptoms ?? [])),
    weight: [
      most(drafts, draft => SEVERITIES.indexOf(draft.severity)),
      most(drafts, draft => CONFIDENCES.indexOf(draft.confidence)),
      most(rows, lists => lists.reduce((sum, { length }) => sum + length, 0)),
    ],
    rows: rows.flat(),
  };
}

function byWeight({ weight: a }: Cause, { weight: b }: Cause): number {
  return b[0] - a[0] || b[1] - a[1] || b[2] - a[2];
}

function most<T>(list: readonly T[], of: (one: T) => number): number {
  return list.reduce((all, one) => Math.max(all, of(one)), 0);
}
