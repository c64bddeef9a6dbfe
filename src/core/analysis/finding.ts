import type { OwnerIdentity } from '../index/owners';
import type { Text } from '../wording/text';
import type { Dump } from '../reading/dump';
import type { SocketTable } from '../model/socketTable';

/** The rules under the codes that reports name, each with its stable name for settings. */
export const RULE_IDS = {
  'CW-1': 'close-wait-leak',
  'CW-2': 'close-wait-stuck',
  'CW-3': 'close-wait-growing',
  'CW-4': 'close-wait-unread',
  'CW-5': 'not-accepting',
  'CW-6': 'close-wait-pool',
  'CW-7': 'close-wait-keepalive',
  'PAIR-1': 'peer-must-close',
  'PAIR-2': 'peer-not-reading',
  'PAIR-3': 'half-open',
  'TW-1': 'port-exhaustion',
  'TW-2': 'many-time-wait',
  'TW-3': 'local-reconnects',
  'BND-1': 'bound-ports',
  'SR-1': 'syn-backlog',
  'SR-2': 'handshake-lost',
  'SS-1': 'connect-unanswered',
  'SS-2': 'connect-scan',
  'SS-3': 'connect-queue-full',
  'LQ-1': 'accept-queue',
  'F2-1': 'fin-wait-2-many',
  'F2-2': 'half-closed-held',
  'F1-1': 'close-unacknowledged',
  'SQ-1': 'send-queue',
  'RQ-1': 'receive-queue',
  'RT-1': 'retransmitting',
  'KA-1': 'no-keepalive',
  'KA-2': 'keepalive-unanswered',
  'HO-1': 'many-from-one-remote',
  'EXP-1': 'exposed-port',
  'DUP-1': 'shared-port',
  'UDP-1': 'udp-queue',
} as const;

export type RuleCode = keyof typeof RULE_IDS;
export type RuleId = (typeof RULE_IDS)[RuleCode];

/** From the least to the most urgent. */
export const SEVERITIES = ['info', 'warning', 'error'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** How sure the cause is, from the least to the most. */
export const CONFIDENCES = ['low', 'medium', 'high'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** One thing that a finding rests on. */
export interface Evidence {
  readonly text: Text;
  /** Index in the table, where it is about one row. */
  readonly row: number | null;
  /** 0-based line of that row. */
  readonly line: number | null;
}

/** How to make sure. */
export interface Confirmation {
  readonly text: Text;
  /** What to type on that system, exactly; null where there is no command for it. */
  readonly command: string | null;
}

/** A rule that said the same of the same owner, and is now part of another one's finding. */
export interface MergedRule {
  readonly rule: RuleId;
  readonly code: RuleCode;
  readonly title: Text;
}

/** How what a finding counts grows from snapshot to snapshot. */
export interface Growth {
  readonly perMinute: number;
  /** The middle half of the rates between its snapshots. */
  readonly low: number;
  readonly high: number;
  /** From the first of these snapshots to the last. */
  readonly seconds: number;
  readonly snapshots: number;
  /** What it grows towards, and in how many seconds it is there; null where nothing is known. */
  readonly limit: number | null;
  readonly secondsToLimit: number | null;
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
  /** All rows concerned, ascending. */
  readonly rows: Uint32Array;
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

/** 0-based lines of the rows that a finding is about, ascending, each once; the first `most`. */
export function linesOf({ rows }: Finding, { line }: SocketTable, most = rows.length): Uint32Array {
  const lines = new Uint32Array(most);
  let count = 0;
  for (let i = 0; i < rows.length && count < most; i++) {
    const own = line[rows[i]!]!;
    if (count === 0 || lines[count - 1] !== own) {
      lines[count++] = own;
    }
  }
  return lines.subarray(0, count);
}

/** How many lines the rows of a finding are on. */
export function countLines(finding: Finding, { records, table }: Dump): number {
  // Only what is printed in blocks has several sockets on a line.
  return records.isEmpty ? finding.rows.length : linesOf(finding, table).length;
}

/** Every code that a finding stands for, its own first. */
export function codesOf(finding: Finding): RuleCode[] {
  return [finding.code, ...finding.merged.map(merged => merged.code)];
}
