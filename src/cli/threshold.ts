import type { Threshold } from '../core/analysis/thresholds';
import { type Output, prose } from './output';

/** A threshold with its name, default, range and meaning. */
export function thresholdText(
  name: string,
  { default: value, min, max, unit, description }: Threshold,
  output: Output,
): string {
  return `${name}=${value}  (${min} to ${max} ${unit})\n${prose(description, output, '    ', '    ')}`;
}
