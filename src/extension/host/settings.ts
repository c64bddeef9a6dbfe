import * as vscode from 'vscode';

import type { RuleId } from '../../core/analysis/finding';
import { type ThresholdId, type Thresholds, thresholds } from '../../core/analysis/thresholds';
import {
  isValid,
  type Schema,
  SETTINGS,
  THRESHOLD_SETTINGS,
  type Value,
} from '../../shared/settings';

/** The part of the settings that all of ours are in. */
export const SECTION = 'netstatLens';

/**
 * Settings that protect someone. A workspace may have been made by others, so it can turn them on
 * but not off. That is why the manifest does not restrict them either: in Restricted Mode VS Code
 * would drop both wishes. The only other settings that a workspace could do harm with, the programs
 * that `capture.tool` and `capture.targets` run, are of the machine alone; the rest changes how
 * dumps are shown.
 */
type Protection = 'tools.redactAddresses';

/** Whether a protection is on for a document: unless the user has turned it off. */
export function isProtected(name: Protection, scope: vscode.ConfigurationScope): boolean {
  const set = vscode.workspace.getConfiguration(SECTION, scope).inspect(name);
  const byUser = set?.globalLanguageValue ?? set?.globalValue;
  const byWorkspace = [
    set?.workspaceValue,
    set?.workspaceLanguageValue,
    set?.workspaceFolderValue,
    set?.workspaceFolderLanguageValue,
  ];
  return byUser !== false || byWorkspace.includes(true);
}

/** What a setting is for a document; its default where it is set to what it may not be. */
export function setting<K extends Exclude<keyof typeof SETTINGS, Protection>>(
  name: K,
  scope?: vscode.ConfigurationScope,
): Value<(typeof SETTINGS)[K]> {
  return settingIn(vscode.workspace.getConfiguration(SECTION, scope), name);
}

function settingIn<K extends keyof typeof SETTINGS>(
  settings: vscode.WorkspaceConfiguration,
  name: K,
): Value<(typeof SETTINGS)[K]> {
  return valid<Value<(typeof SETTINGS)[K]>>(settings, name, SETTINGS[name]);
}

/** What the user has set for the analysis of a document. */
export interface AnalysisSettings {
  readonly thresholds: Partial<Thresholds>;
  readonly ignoredRules: readonly RuleId[];
}

export function analysisSettings(scope: vscode.ConfigurationScope): AnalysisSettings {
  const settings = vscode.workspace.getConfiguration(SECTION, scope);
  const values: Partial<Record<ThresholdId, number>> = {};
  for (const id of Object.keys(thresholds) as ThresholdId[]) {
    const name = `thresholds.${id}`;
    const schema = THRESHOLD_SETTINGS[name];
    if (schema !== undefined) {
      values[id] = valid(settings, name, schema);
    }
  }
  return { thresholds: values, ignoredRules: settingIn(settings, 'ignoredRules') };
}

/** VS Code marks wrong values in settings.json, and gives them to us all the same. */
function valid<T>(settings: vscode.WorkspaceConfiguration, name: string, schema: Schema<T>): T {
  const value = settings.get<unknown>(name);
  return isValid(schema, value) ? value : (settings.inspect<T>(name)?.defaultValue as T);
}
