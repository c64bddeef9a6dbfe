import type { Rule } from '../core/analysis/kit/rule';
import { listedRules, RULE_IDS } from '../core/analysis/ruleTable';
import { type ThresholdId, thresholds } from '../core/analysis/thresholds';
import { ruleNeeds } from '../core/report/rulePage';
import { terminalLine, unbroken } from '../core/report/terminal';
import { type Localizer, plain } from '../core/wording/text';
import type { Output } from './output';
import { thresholdText } from './threshold';

/** A rule by its code or its name, in upper or lower case; undefined if there is none. */
export function ruleCalled(word: string): (typeof listedRules)[number] | undefined {
  const wanted = word.trim().toLowerCase();
  return listedRules.find(({ code, id }) => code.toLowerCase() === wanted || id === wanted);
}

/** What rules are called. */
export const ruleNames: readonly string[] = Object.entries(RULE_IDS).flat();

/** What there is to know about a rule, for a terminal. */
export function ruleText(rule: Rule, localizer: Localizer, output: Output): string {
  const { code, id, title, thresholds: own = {} } = rule;
  const { title: needed, items } = ruleNeeds(rule, localizer);
  const names = Object.keys(own) as ThresholdId[];
  const line = (text: string): string => terminalLine([{ text, style: 'plain' }], output);
  const option = unbroken('--threshold NAME=NUMBER');
  const example = unbroken(`netstat-lens --rule ${code} FILE`);
  return [
    line(`${code} (${id}): ${plain(localizer.format(title))}`),
    ...(items.length === 0
      ? []
      : [
          '\n',
          terminalLine(needed.parts, output),
          ...items.map(({ parts }) => terminalLine(parts, output, '- ', '  ')),
        ]),
    ...(names.length === 0
      ? []
      : [
          '\n',
          line(`Thresholds (${option}, in VS Code netstatLens.thresholds.NAME):`),
          ...names.map(name => thresholdText(name, thresholds[name], output)),
        ]),
    '\n',
    line(`To see its findings alone: ${example}`),
  ].join('');
}
