import type { Explanation } from '../core/explain/explanation';
import { explanationLines } from '../core/explain/explanationText';
import { terminalLine, type TerminalOptions } from '../core/report/terminal';
import type { Localizer } from '../core/wording/text';

/** All of an explanation for a terminal. */
export function explanationText(
  explanation: Explanation,
  localizer: Localizer,
  options: TerminalOptions,
): string {
  return explanationLines(explanation, 'full', localizer)
    .map(({ mark, parts }) => terminalLine(parts, options, mark, ' '.repeat(mark.length)))
    .join('');
}
