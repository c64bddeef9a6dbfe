import { CONFIDENCES, type Confidence, type Draft, SEVERITIES, type Severity } from './kit/draft';
import type { listedRules } from './ruleTable';

/** A draft with the rule that made it. */
export interface RuleDraft extends Omit<Draft, 'cause'> {
  readonly cause: string;
  readonly rule: (typeof listedRules)[number];
  /** Whether what it found is explained by another one of its group. */
  readonly isSymptom?: true;
  /** What it stands for, where it stands for several that nobody describes; itself included. */
  readonly standsFor?: readonly (readonly RuleDraft[])[];
}

/** What rules found in one snapshot, by cause and subject. */
export type Found = Map<string, RuleDraft[]>;

/** What findings are put together by. */
export function keyOf({ cause, subject }: RuleDraft): string {
  return `${cause} ${subject}`;
}

/** What several rules found of one subject, weighed. */
interface Weighed {
  /** Those that are no symptoms, the gravest first: the first one speaks. */
  readonly sorted: readonly RuleDraft[];
  readonly severity: Severity;
  readonly confidence: Confidence;
}

/** Weighs the drafts of one cause and subject; what is only information makes nothing surer. */
export function weigh(drafts: readonly RuleDraft[]): Weighed {
  const sorted = drafts
    .filter(draft => !draft.isSymptom)
    .sort((a, b) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity));
  const agreeing = sorted.filter((draft, i) => i === 0 || draft.severity !== 'info');
  return {
    sorted,
    severity: sorted[0]?.severity ?? 'info',
    confidence: confidenceOf(agreeing),
  };
}

/**
 * How sure a finding is whose rules agree: as sure as the surest of them. Two that are not sure
 * alone say that it is likely; more than that only a rule knows that has seen more.
 */
function confidenceOf(drafts: readonly RuleDraft[]): Confidence {
  const surest = drafts.reduce(
    (most, { confidence }) => Math.max(most, CONFIDENCES.indexOf(confidence)),
    0,
  );
  return CONFIDENCES[drafts.length > 1 ? Math.max(surest, 1) : surest]!;
}
