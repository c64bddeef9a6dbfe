import * as vscode from 'vscode';

import { RULE_IDS, type RuleId } from '../core/analysis/finding';
import { type ThresholdId, type Thresholds, thresholds } from '../core/analysis/thresholds';

/** The part of the settings that all of ours are in. */
export const SECTION = 'netstatLens';

const RULES: ReadonlySet<unknown> = new Set(Object.values(RULE_IDS));

/** What the user has set for the analysis of a document; values out of place are left out. */
export interface AnalysisSettings {
  readonly thresholds: Partial<Thresholds>;
  readonly ignoredRules: readonly RuleId[];
}

export function analysisSettings(scope: vscode.ConfigurationScope): AnalysisSettings {
  const settings = vscode.workspace.getConfiguration(SECTION, scope);
  const values: Partial<Record<ThresholdId, number>> = {};
  for (const id of Object.keys(thresholds) as ThresholdId[]) {
    const value = settings.get<unknown>(`thresholds.${id}`);
    if (typeof value === 'number') {
      values[id] = value;
    }
  }
  const ignored = settings.get<unknown>('ignoredRules');
  return {
    thresholds: values,
    ignoredRules: Array.isArray(ignored)
      ? ignored.filter((rule): rule is RuleId => RULES.has(rule))
      : [],
  };
}
