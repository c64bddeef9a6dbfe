import { type ThresholdId, type Thresholds, thresholds } from '../core/analysis/thresholds';
import { UsageError } from './given';
import { listed } from './options';
import { closest } from './suggestion';

/** Nothing but digits: what a shell or a script made of a number is not guessed at. */
const DECIMAL = /^(?:\d+(?:\.\d+)?|\.\d+)$/;
const WHOLE = /^\d+$/;

interface Range {
  readonly min: number;
  readonly max: number;
  readonly whole?: boolean;
}

/** @throws UsageError where a value is none of those allowed. */
export function oneOf<T extends string>(option: string, allowed: readonly T[], value: string): T {
  const found = allowed.find(one => one === value);
  if (found === undefined) {
    throw invalid(option, value, listed(allowed, 'or'));
  }
  return found;
}

/** @throws UsageError where a value is no number of the range. */
export function inRange(option: string, text: string, { min, max, whole = false }: Range): number {
  const value = Number(text);
  if (!(whole ? WHOLE : DECIMAL).test(text) || value < min || value > max) {
    throw invalid(option, text, `a ${whole ? 'whole' : 'decimal'} number from ${min} to ${max}`);
  }
  return value;
}

/**
 * Two snapshots, such as `1,3`: one has no difference from itself.
 * @throws UsageError where it is anything else.
 */
export function pair(option: string, text: string): readonly [number, number] {
  const match = /^(\d{1,7}),(\d{1,7})$/.exec(text);
  const [first, second] = [Number(match?.[1]), Number(match?.[2])];
  if (match === null || first === second) {
    throw invalid(option, text, 'two numbers that differ, such as 1,3');
  }
  return [first, second];
}

/**
 * Reads settings such as `closeWaitWarning=5`.
 * @throws UsageError where one is not valid, or replaces another.
 */
export function readThresholds(settings: readonly string[]): Partial<Thresholds> {
  const result: Partial<Record<ThresholdId, number>> = {};
  for (const setting of settings) {
    const [name, text] = halves(setting);
    if (!isThreshold(name)) {
      const near = closest(name, Object.keys(thresholds));
      throw new UsageError(
        `unknown --threshold "${name}": ${near === null ? '--thresholds lists them' : `did you mean "${near}"?`}`,
      );
    }
    if (result[name] !== undefined) {
      throw new UsageError(`--threshold ${name} is given twice`);
    }
    result[name] = inRange(`--threshold ${name}`, text, thresholds[name]);
  }
  return result;
}

function isThreshold(name: string): name is ThresholdId {
  return Object.hasOwn(thresholds, name);
}

function halves(setting: string): [name: string, value: string] {
  const cut = setting.indexOf('=');
  return cut < 0 ? [setting, ''] : [setting.slice(0, cut), setting.slice(cut + 1)];
}

function invalid(option: string, value: string, expected: string): UsageError {
  return new UsageError(`invalid ${option} "${value}": expected ${expected}`);
}
