import type { OwnerIdentity } from '../index/owners';
import type { Text } from '../wording/text';
import type { Dump } from '../reading/dump';
import { distinct } from '../index/grouping';
import { firstIndex } from '../model/search';
import type { SocketTable } from '../model/socketTable';
import type { Confidence, Confirmation, Evidence, Growth, Severity } from './kit/draft';
import type { RuleCode, RuleId } from './ruleTable';

export type { RuleCode, RuleId } from './ruleTable';

export {
  type Confidence,
  CONFIDENCES,
  type Confirmation,
  type Evidence,
  type Growth,
  isAtLeast,
  SEVERITIES,
  type Severity,
} from './kit/draft';

/** A rule that said the same of the same owner, and is now part of another one's finding. */
export interface MergedRule {
  readonly rule: RuleId;
  readonly code: RuleCode;
  readonly title: Text;
}

/** What a finding is about: one process, one remote address, or one port. */
export interface Subject {
  /** Null where it is not shown, or not known to be one only. */
  readonly owner: OwnerIdentity | null;
  /** The one remote address; null where there are several. */
  readonly remote: string | null;
  /** Ascending. */
  readonly rows: Uint32Array;
}

/** Something in a dump that deserves attention. */
export interface Finding {
  readonly rule: RuleId;
  readonly code: RuleCode;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** One sentence, the program first. */
  readonly title: Text;
  /** Why that is so, and what it leads to. */
  readonly why: readonly Text[];
  readonly evidence: readonly Evidence[];
  readonly confirm: readonly Confirmation[];
  readonly remedy: readonly Text[];
  /** What else could explain it. */
  readonly alternatives: readonly Text[];
  /** What the dump cannot show. */
  readonly caveats: readonly Text[];
  /** What it is about; several where the same is found of them, the one with most rows first. */
  readonly subjects: readonly Subject[];
  /**
   * All rows concerned, of all subjects, ascending; with several subjects of any snapshot from
   * `since` on.
   */
  readonly rows: Uint32Array;
  /** Null also where there are several. */
  readonly owner: OwnerIdentity | null;
  /** The one remote address, with its port where that is constant; null where there are several. */
  readonly remote: string | null;
  /** Index of the snapshot that it is about. */
  readonly snapshot: number;
  /** Index of the first snapshot that showed the same. */
  readonly since: number;
  /** The machine; null where the dump is of one only. */
  readonly host: string | null;
  /** Null where it does not grow, or where fewer than three snapshots tell their time. */
  readonly growth: Growth | null;
  /** Further rules with the same cause, the weightiest first. */
  readonly merged: readonly MergedRule[];
}

/** 0-based lines that a finding is about, ascending: those of its rows, else of its evidence. */
export function linesOf(of: Subject | Finding, { line }: SocketTable): Uint32Array {
  return distinct(
    of.rows.length === 0 && 'evidence' in of
      ? Uint32Array.from(of.evidence.flatMap(one => one.line ?? [])).sort()
      : of.rows.map(row => line[row]!),
  );
}

/** How many lines a finding is about. */
export function countLines(finding: Finding, { records, table }: Dump): number {
  // Only what is printed in blocks has several sockets on a line.
  return records.isEmpty && finding.rows.length > 0
    ? finding.rows.length
    : linesOf(finding, table).length;
}

/** Every code that a finding stands for, each once, its own first. */
export function codesOf(finding: Finding): RuleCode[] {
  return [...new Set([finding.code, ...finding.merged.map(merged => merged.code)])];
}

/** The gravest of findings, ordered by urgency, that are about row `row`; undefined where none is. */
export function findingAt(findings: readonly Finding[], row: number): Finding | undefined {
  return findings.find(({ rows }) => {
    const at = firstIndex(rows.length, i => rows[i]! >= row);
    return rows[at] === row;
  });
}

/** The finding of a rule that commands name by its code and one of its rows; null where it has none. */
export function findingOf(
  findings: readonly Finding[],
  row: number | null,
  code: unknown,
): Finding | undefined {
  const ofRule = findings.filter(one => one.code === code);
  return row === null ? ofRule.find(({ rows }) => rows.length === 0) : findingAt(ofRule, row);
}

/** The command that checks a finding first; null where there is none for its system. */
export function checkOf({ confirm }: Finding): string | null {
  return confirm.find(({ command }) => command !== null)?.command ?? null;
}
