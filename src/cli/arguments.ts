import { parseArgs } from 'node:util';

import { SEVERITIES, type Severity } from '../core/analysis/finding';
import { type ThresholdId, type Thresholds, thresholds } from '../core/analysis/thresholds';
import { CAPTURE_TOOLS, type CaptureTool } from '../core/capture/commands';

const FORMATS = ['text', 'json', 'markdown', 'csv', 'ndjson'] as const;

export type Format = (typeof FORMATS)[number];

const DIFF_FORMATS = ['text', 'json', 'markdown'] as const;

type DiffFormat = (typeof DIFF_FORMATS)[number];

/** What the command line asks for. */
export type Request =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'thresholds' }
  | { readonly kind: 'explain'; readonly state: string }
  | {
      readonly kind: 'analyze';
      readonly files: readonly string[];
      readonly format: Format;
      /** Whether addresses and host names are replaced. */
      readonly redact: boolean;
      /** Whether all files are looked at as one: several hosts, or one at several times. */
      readonly together: boolean;
      readonly failOn: Severity | null;
      readonly thresholds: Partial<Thresholds>;
    }
  | {
      readonly kind: 'diff';
      /** One file or two; of two, the last snapshot of each counts. */
      readonly files: readonly [first: string, second: string | undefined];
      /** Which snapshots of the one file, counted from 1; null for the first and the last. */
      readonly snapshots: readonly [number, number] | null;
      readonly format: DiffFormat;
      /** Whether addresses and host names are replaced. */
      readonly redact: boolean;
    }
  | { readonly kind: 'capture'; readonly tool: CaptureTool | 'auto' }
  | {
      readonly kind: 'watch';
      readonly tool: CaptureTool | 'auto';
      /** Seconds from one snapshot to the next. */
      readonly interval: number;
      /** How many snapshots; null until it is stopped. */
      readonly count: number | null;
      readonly format: Format;
      readonly failOn: Severity | null;
      readonly thresholds: Partial<Thresholds>;
    };

/** Wrong usage; the message is for the user. */
export class UsageError extends Error {}

/**
 * Reads the arguments after the program's name.
 * @throws UsageError where they make no sense.
 */
export function readArguments(args: readonly string[]): Request {
  const { values, positionals } = parse(args);
  if (values.help === true) {
    return { kind: 'help' };
  }
  if (values.version === true) {
    return { kind: 'version' };
  }
  if (values.thresholds === true) {
    return { kind: 'thresholds' };
  }
  if (positionals[0] === 'explain') {
    if (positionals.length < 2) {
      throw new UsageError('explain needs a state, for example: netstat-lens explain CLOSE_WAIT');
    }
    return { kind: 'explain', state: positionals.slice(1).join(' ') };
  }
  if (positionals[0] === 'diff') {
    return {
      ...readDiff(positionals.slice(1), values.snapshots),
      format: oneOf('--format', DIFF_FORMATS, values.format ?? 'text'),
      redact: values.redact === true,
    };
  }
  if (values.snapshots !== undefined) {
    throw new UsageError('--snapshots is for diff');
  }
  if (positionals[0] !== 'watch' && (values.interval ?? values.count) !== undefined) {
    throw new UsageError('--interval and --count are for watch');
  }
  const tool = oneOf('--tool', ['auto', ...CAPTURE_TOOLS], values.tool ?? 'auto');
  const format = oneOf('--format', FORMATS, values.format ?? 'text');
  const failOn =
    values['fail-on'] === undefined ? null : oneOf('--fail-on', SEVERITIES, values['fail-on']);
  if (positionals[0] === 'capture' || positionals[0] === 'watch') {
    if (positionals.length > 1) {
      throw new UsageError(`${positionals[0]} reads no file: "${positionals[1] ?? ''}"`);
    }
    return positionals[0] === 'capture'
      ? { kind: 'capture', tool }
      : {
          kind: 'watch',
          tool,
          interval: inRange('--interval', values.interval ?? '5', 0.2, 86_400),
          count: values.count === undefined ? null : inRange('--count', values.count, 1, 1e6, true),
          format,
          failOn,
          thresholds: readThresholds(values.threshold ?? []),
        };
  }
  const files = positionals[0] === 'analyze' ? positionals.slice(1) : positionals;
  if (values.together === true && (files.length === 0 || files.includes('-'))) {
    throw new UsageError('--together reads files, not standard input');
  }
  return {
    kind: 'analyze',
    files: files.length === 0 ? ['-'] : files,
    format,
    redact: values.redact === true,
    together: values.together === true,
    failOn,
    thresholds: readThresholds(values.threshold ?? []),
  };
}

function readDiff(
  files: readonly string[],
  snapshots: string | undefined,
): Pick<Request & { readonly kind: 'diff' }, 'kind' | 'files' | 'snapshots'> {
  const [first, second, ...more] = files;
  if (first === undefined || more.length > 0) {
    throw new UsageError('diff compares two files, or two snapshots of one');
  }
  if (second !== undefined && snapshots !== undefined) {
    throw new UsageError('--snapshots is for diff of one file; of two, the last ones are compared');
  }
  return {
    kind: 'diff',
    files: [first, second],
    snapshots: snapshots === undefined ? null : readPair(snapshots),
  };
}

function readPair(text: string): readonly [number, number] {
  const match = /^(\d{1,7}),(\d{1,7})$/.exec(text);
  if (match === null) {
    throw new UsageError(`--snapshots is two numbers, such as 1,3; not "${text}"`);
  }
  return [Number(match[1]), Number(match[2])];
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        format: { type: 'string' },
        redact: { type: 'boolean' },
        together: { type: 'boolean' },
        'fail-on': { type: 'string' },
        threshold: { type: 'string', multiple: true },
        thresholds: { type: 'boolean' },
        snapshots: { type: 'string' },
        interval: { type: 'string' },
        count: { type: 'string' },
        tool: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'V' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function oneOf<T extends string>(option: string, allowed: readonly T[], value: string): T {
  const found = allowed.find(one => one === value);
  if (found === undefined) {
    throw new UsageError(`${option} is one of ${allowed.join(', ')}, not "${value}"`);
  }
  return found;
}

function inRange(option: string, text: string, min: number, max: number, whole = false): number {
  const value = Number(text);
  if (
    text.trim() === '' ||
    !(value >= min && value <= max) ||
    (whole && !Number.isInteger(value))
  ) {
    throw new UsageError(
      `${option} is a ${whole ? 'whole ' : ''}number from ${min} to ${max}, not "${text}"`,
    );
  }
  return value;
}

function readThresholds(settings: readonly string[]): Partial<Thresholds> {
  const result: Partial<Record<ThresholdId, number>> = {};
  for (const setting of settings) {
    const [name = '', text = ''] = setting.split('=');
    if (!Object.hasOwn(thresholds, name)) {
      throw new UsageError(`--threshold: there is no "${name}"; --thresholds lists them`);
    }
    const id = name as ThresholdId;
    const { min, max } = thresholds[id];
    const value = Number(text);
    if (text === '' || !Number.isFinite(value) || value < min || value > max) {
      throw new UsageError(`--threshold ${name} is a number from ${min} to ${max}, not "${text}"`);
    }
    result[id] = value;
  }
  return result;
}
