import type { Text } from '../wording/text';
import type { Task } from '../model/task';
import { CONFIDENCES, type Confidence, type Finding, SEVERITIES, type Severity } from './finding';
import { ascending, union } from '../index/grouping';
import type { RuleDraft } from './draftLimit';
import type { Description } from './kit/draft';

/** The weightier of two. */
function worse(a: Severity, b: Severity): Severity {
  return SEVERITIES.indexOf(a) >= SEVERITIES.indexOf(b) ? a : b;
}

/** A severity one step lower, as far as it goes. */
export function lower(severity: Severity): Severity {
  return SEVERITIES[Math.max(0, SEVERITIES.indexOf(severity) - 1)]!;
}

/** A confidence one step higher, as far as it goes. */
function surer(confidence: Confidence): Confidence {
  return (
    CONFIDENCES[Math.min(CONFIDENCES.length - 1, CONFIDENCES.indexOf(confidence) + 1)] ?? 'high'
  );
}

/** What rules found in one snapshot with the same cause and subject. */
export interface Group {
  /** In the order of the rules. */
  readonly drafts: readonly RuleDraft[];
  /** Index of the snapshot. */
  readonly snapshot: number;
  /** Index of the first snapshot that showed the same. */
  readonly since: number;
}

/** The severity of what several rules found: that of the weightiest. */
export function severityOf({ drafts }: Group): Severity {
  return drafts.reduce<Severity>((all, draft) => worse(all, draft.severity), 'info');
}

/**
 * Makes one finding of a group: the weightiest rule speaks, the others add their evidence, and
 * each makes it surer. `sight` says when it was seen.
 */
export function* merge(group: Group, host: string | null, sight: Text | null): Task<Finding> {
  const sorted = [...group.drafts].sort(
    (a, b) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity),
  );
  const lead = sorted[0];
  if (lead === undefined) {
    throw new RangeError('nothing to merge');
  }
  const others = sorted.slice(1);
  const said: Description[] = [];
  for (const draft of sorted) {
    said.push(draft.describe());
    yield;
  }
  // What is only information shows nothing more.
  const agreeing = others.filter(draft => draft.severity !== 'info');
  return {
    rule: lead.rule.id,
    code: lead.rule.code,
    severity: severityOf(group),
    confidence: agreeing.reduce<Confidence>(all => surer(all), lead.confidence),
    title: said[0]!.title,
    why: texts(said.map(telling => telling.why)),
    evidence: [
      ...said.flatMap(telling => telling.evidence ?? []),
      ...(sight === null ? [] : [{ text: sight, row: null, line: null }]),
    ]
      .filter(firstOfRow())
      .sort((a, b) => Number(a.row !== null) - Number(b.row !== null)),
    confirm: unique(
      said.flatMap(telling => telling.confirm ?? []),
      confirmation => key(confirmation.text),
    ),
    remedy: texts(said.map(telling => telling.remedy)),
    alternatives: texts(said.map(telling => telling.alternatives)),
    caveats: texts(said.map(telling => telling.caveats)),
    rows: yield* rowsOf(sorted),
    owner: sorted.map(draft => draft.owner ?? null).find(found => found !== null) ?? null,
    remote: lead.remote ?? null,
    snapshot: group.snapshot,
    since: group.since,
    host,
    growth: said.map(telling => telling.growth ?? null).find(growth => growth !== null) ?? null,
    merged: others.map(({ rule }, i) => ({
      rule: rule.id,
      code: rule.code,
      title: said[i + 1]!.title,
    })),
  };
}

function* rowsOf(drafts: readonly RuleDraft[]): Task<Uint32Array> {
  let rows: Uint32Array = new Uint32Array(0);
  for (const draft of drafts) {
    rows = union(rows, ascending(draft.rows));
    yield;
  }
  return rows;
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
