import { listsBy } from '../model/maps';
import { union } from '../index/grouping';
import { CONFIDENCES, SEVERITIES } from './kit/draft';
import { type Found, keyOf, type RuleDraft, weigh } from './ruleDraft';

/** What goes wrong in one way and is described one by one. */
export const MOST = 200;

/** How many are alike before one of them stands for all. */
export const ALIKE = 4;

/**
 * Of each cause the most important are described one by one. Of the others, those that are alike
 * (of one rule, as grave and as sure) have one that stands for all.
 */
export function limited(found: Found): Found {
  if (found.size <= MOST + 1) {
    return found;
  }
  for (const [cause, groups] of listsBy(found.values(), ([first]) => first!.cause)) {
    if (groups.length > MOST + 1) {
      groups.forEach(drafts => drafts.sort(byWeight));
      groups.sort(([a], [b]) => byWeight(a!, b!));
      for (const [kind, alike] of byKind(groups.slice(MOST))) {
        if (alike.length >= ALIKE) {
          alike.forEach(([first]) => found.delete(keyOf(first!)));
          found.set(`${cause} more ${kind}`, [standIn(alike, kind)]);
        }
      }
    }
  }
  return found;
}

/** The weightiest first. */
export function byWeight(a: RuleDraft, b: RuleDraft): number {
  return (
    Number(a.isSymptom ?? false) - Number(b.isSymptom ?? false) ||
    SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) ||
    CONFIDENCES.indexOf(b.confidence) - CONFIDENCES.indexOf(a.confidence) ||
    b.rows.length - a.rows.length
  );
}

function byKind(groups: readonly RuleDraft[][]): Map<string, RuleDraft[][]> {
  return listsBy(groups, drafts => {
    const { severity, confidence } = weigh(drafts);
    return `${drafts[0]!.rule.code} ${severity} ${confidence}`;
  });
}

/**
 * One draft for all that are alike.
 * @param alike Drafts by subject, the most important first.
 */
export function standIn(alike: readonly (readonly RuleDraft[])[], kind: string): RuleDraft {
  const first = alike[0]!;
  const { sorted, severity, confidence } = weigh(first);
  return {
    ...sorted[0]!,
    subject: `more ${kind}`,
    severity,
    confidence,
    rows: union(alike.flat().map(({ rows }) => rows)),
    standsFor: alike,
  };
}
