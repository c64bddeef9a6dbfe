import type { Rule } from './kit/rule';
import type { ThresholdSpec } from './kit/threshold';
import { listedRules, type RuleCode } from './ruleTable';

export type { ThresholdUnit } from './kit/threshold';

export interface Threshold extends ThresholdSpec {
  readonly rule: RuleCode;
}

/** Every threshold, by the name that settings and options use. */
export const thresholds = thresholdsOf(listedRules);

export type ThresholdId = keyof typeof thresholds;
export type Thresholds = Readonly<Record<ThresholdId, number>>;

/** The thresholds with some of them replaced; a value that is out of range counts as its limit. */
export function thresholdValues(overrides: Partial<Thresholds> = {}): Thresholds {
  const values: Partial<Record<ThresholdId, number>> = {};
  for (const [id, threshold] of Object.entries(thresholds) as [ThresholdId, Threshold][]) {
    const value = overrides[id] ?? threshold.default;
    values[id] = Number.isFinite(value)
      ? Math.min(threshold.max, Math.max(threshold.min, value))
      : threshold.default;
  }
  return values as Thresholds;
}

/** The names of the thresholds of some rules. */
type NamesIn<R> = R extends Rule<string, string, infer Name> ? Name : never;

/** The type is spelled out, so that the library's declarations show names only, and no rules. */
function thresholdsOf<R extends Rule<RuleCode>>(
  rules: readonly R[],
): Readonly<Record<NamesIn<R>, Threshold>> {
  const table: Record<string, Threshold> = {};
  for (const { code, thresholds: specs = {} } of rules) {
    for (const [name, spec] of Object.entries(specs)) {
      table[name] ??= { rule: code, ...spec };
    }
  }
  return table as Record<NamesIn<R>, Threshold>;
}
