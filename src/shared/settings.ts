import * as v from 'valibot';

import { SEVERITIES } from '../core/analysis/finding';
import { RULE_IDS } from '../core/analysis/ruleTable';
import { thresholds } from '../core/analysis/thresholds';
import { CAPTURE_TOOLS } from '../core/capture/commands';

const number = (min: number, max: number) => v.pipe(v.number(), v.minValue(min), v.maxValue(max));

/** Range of `watch.interval`, in seconds. */
export const INTERVAL = { min: 1, max: 3600 } as const;

/** What each setting may be, as package.json tells users. */
export const SETTINGS = {
  'hover.detail': v.picklist(['short', 'normal', 'full']),
  detect: v.picklist(['auto', 'offer', 'off']),
  problems: v.picklist(['off', ...SEVERITIES]),
  'inlayHints.serviceNames': v.boolean(),
  ignoredRules: v.array(v.picklist(Object.values(RULE_IDS))),
  'capture.tool': v.picklist(['auto', ...CAPTURE_TOOLS]),
  'capture.targets': v.record(v.string(), v.array(v.string())),
  'capture.counters': v.picklist(['watch', 'always', 'never']),
  'watch.interval': number(INTERVAL.min, INTERVAL.max),
  // VS Code shows extensions no document above 50 MB.
  'watch.history': number(1, 45),
  terminal: v.picklist(['offer', 'off']),
  names: v.record(v.string(), v.string()),
  'tools.redactAddresses': v.boolean(),
} as const;

/** The settings of thresholds, by their names: `thresholds.closeWaitWarning`. */
export const THRESHOLD_SETTINGS: Readonly<Record<string, v.GenericSchema<number>>> =
  Object.fromEntries(
    Object.entries(thresholds).map(([id, { min, max }]) => [`thresholds.${id}`, number(min, max)]),
  );

/** A value that a setting may not have. */
export interface SettingProblem {
  /** Without the extension's section. */
  readonly name: string;
  /** As messages quote it. */
  readonly received: string;
  readonly expected: string;
}

/** Which settings are not what they may be. */
export function settingProblems(valueOf: (name: string) => unknown): SettingProblem[] {
  const schemas: Readonly<Record<string, v.GenericSchema>> = { ...SETTINGS, ...THRESHOLD_SETTINGS };
  return Object.entries(schemas).flatMap(([name, schema]) => {
    const { issues } = v.safeParse(schema, valueOf(name));
    if (issues === undefined) {
      return [];
    }
    const [{ received, expected }] = issues;
    return [{ name, received, expected: (expected ?? '').replace(/^\(|\)$/g, '') }];
  });
}

/** Whether a value is one that a schema takes. */
export const isValid = v.is;

export type Schema<T = unknown> = v.GenericSchema<T>;
export type Value<S extends v.GenericSchema> = v.InferOutput<S>;
