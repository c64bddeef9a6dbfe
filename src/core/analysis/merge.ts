import type { Text } from '../explain/text';
import {
  CONFIDENCES,
  type Confidence,
  type Finding,
  RULE_IDS,
  SEVERITIES,
  type Severity,
} from './finding';
import type { Draft } from './ruleContext';

/** The weightier of two. */
function worse(a: Severity, b: Severity): Severity {
  return SEVERITIES.indexOf(a) >= SEVERITIES.indexOf(b) ? a : b;
}

/** A severity one step lower, as far as it goes. */
export function lower(severity: Severity): Severity {
  return SEVERITIES[Math.max(0, SEVERITIES.indexOf(severity) - 1)] ?? 'info';
}

/** A confidence one step higher, as far as it goes. */
export function surer(confidence: Confidence): Confidence {
  return (
    CONFIDENCES[Math.min(CONFIDENCES.length - 1, CONFIDENCES.indexOf(confidence) + 1)] ?? 'high'
  );
}

/**
 * Puts what rules found in one snapshot, with the same cause and subject, together: the weightiest
 * speaks, the others add their evidence, and each makes it surer.
 */
export function merge(drafts: readonly Draft[], snapshot: number): Finding {
  const sorted = [...drafts].sort(
    (a, b) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity),
  );
  const lead = sorted[0];
  if (lead === undefined) {
    throw new RangeError('nothing to merge');
  }
  const others = sorted.slice(1);
  // What is only information shows nothing more.
  const agreeing = others.filter(draft => draft.severity !== 'info');
  return {
    rule: RULE_IDS[lead.code],
    code: lead.code,
    severity: sorted.reduce<Severity>((all, draft) => worse(all, draft.severity), 'info'),
    confidence: agreeing.reduce<Confidence>(all => surer(all), lead.confidence),
    title: lead.title,
    why: texts(sorted.map(draft => draft.why)),
    evidence: sorted.flatMap(draft => draft.evidence ?? []).filter(firstOfRow()),
    confirm: unique(
      sorted.flatMap(draft => draft.confirm ?? []),
      confirmation => key(confirmation.text),
    ),
    remedy: texts(sorted.map(draft => draft.remedy)),
    alternatives: texts(sorted.map(draft => draft.alternatives)),
    caveats: texts(sorted.map(draft => draft.caveats)),
    rows: rowsOf(sorted),
    owner: sorted.map(draft => draft.owner ?? null).find(found => found !== null) ?? null,
    remote: lead.remote ?? null,
    snapshot,
    since: snapshot,
    merged: others.map(({ code, title }) => ({ rule: RULE_IDS[code], code, title })),
  };
}

function rowsOf(drafts: readonly Draft[]): Uint32Array {
  const [only] = drafts;
  const rows =
    drafts.length === 1 && only !== undefined
      ? Uint32Array.from(only.rows)
      : Uint32Array.from(new Set(drafts.flatMap(draft => [...draft.rows])));
  return rows.sort();
}

function texts(lists: readonly (readonly Text[] | undefined)[]): Text[] {
  return unique(
    lists.flatMap(list => list ?? []),
    key,
  );
}

function key(text: Text): string {
  return `${text.id} ${text.parts.map(part => part.text).join('')}`;
}

function unique<T>(list: readonly T[], keyOf: (item: T) => string): T[] {
  const seen = new Set<string>();
  return list.filter(item => {
    const itemKey = keyOf(item);
    const first = !seen.has(itemKey);
    seen.add(itemKey);
    return first;
  });
}

/** Keeps the first that is said of each row, and all that is said of none. */
function firstOfRow(): (evidence: { readonly row: number | null }) => boolean {
  const seen = new Set<number>();
  return ({ row }) => {
    const first = row === null || !seen.has(row);
    if (row !== null) {
      seen.add(row);
    }
    return first;
  };
}
