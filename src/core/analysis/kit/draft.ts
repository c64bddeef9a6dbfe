import type { OwnerIdentity } from '../../index/owners';
import type { Counter } from '../../model/counter';
import type { Text } from '../../wording/text';

/** From the least to the most urgent. */
export const SEVERITIES = ['info', 'warning', 'error'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Whether a severity is as urgent as another one, or more. */
export function isAtLeast(severity: Severity, least: Severity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least);
}

/** A severity one step lower, as far as it goes. */
export function lower(severity: Severity): Severity {
  return SEVERITIES[Math.max(0, SEVERITIES.indexOf(severity) - 1)]!;
}

/** How sure the cause is, from the least to the most. */
export const CONFIDENCES = ['low', 'medium', 'high'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** One thing that a finding rests on. */
export interface Evidence {
  readonly text: Text;
  /** Index in the table, where it is about one row. */
  readonly row: number | null;
  /** 0-based line of that row, or of a counter. */
  readonly line: number | null;
  /** Where it is about one. */
  readonly counter?: Counter;
}

/** How to make sure. */
export interface Confirmation {
  readonly text: Text;
  /** What to type on that system, exactly; null where there is no command for it. */
  readonly command: string | null;
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

/** What goes wrong where several rules show it: findings of one cause and subject are one finding. */
type Cause =
  | 'close-wait'
  | 'not-accepting'
  | 'not-reading'
  | 'unanswered'
  | 'connecting'
  | 'handshake'
  | 'ports'
  | 'time-wait'
  | 'datagrams'
  | 'orphans'
  | 'one-client'
  | 'udp-sockets';

/** Rows that a cause explains, so that they are not accused again. */
export interface Explained {
  readonly rows: readonly Uint32Array[];
  /** Codes of the rules that would accuse them. */
  readonly symptoms: readonly string[];
}

/** What a rule found, before findings with the same cause are put together. */
export interface Draft {
  /** Only where other rules may find the same. */
  readonly cause?: Cause;
  /** What it is about, the same in every snapshot and for every rule: an owner, port or remote. */
  readonly subject: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly rows: Uint32Array | readonly number[];
  readonly owner?: OwnerIdentity | null;
  readonly remote?: string | null;
  /** What else looks as it does because of this; only of a cause that is known well enough. */
  readonly explains?: Explained;
  /** What to say about it; asked for only if no later snapshot shows the same. */
  readonly describe: () => Description;
}

/** What a rule says about what it found. */
export interface Description {
  readonly title: Text;
  readonly why?: readonly Text[];
  readonly evidence?: readonly Evidence[];
  readonly confirm?: readonly Confirmation[];
  readonly remedy?: readonly Text[];
  readonly alternatives?: readonly Text[];
  /** What else it may be than the title says: told only where that is the finding's. */
  readonly instead?: readonly Text[];
  readonly caveats?: readonly Text[];
  readonly growth?: Growth | null;
}
