/*
 * docs/rules.md: every rule with its thresholds, as the editor shows it behind the code of a problem.
 */
import { format } from 'prettier';

import { listedRules } from '../../src/core/analysis/ruleTable';
import { rulePage } from '../../src/core/report/rulePage';
import { Localizer } from '../../src/core/wording/text';

/** The page, as Prettier leaves it. */
export async function rulesPage(): Promise<string> {
  const localizer = new Localizer();
  const page = [
    '# Rules',
    '<!-- Made by `npm run generate` from src/core/analysis/rules. -->',
    'What Netstat Lens looks for, under the codes that reports and the Problems view name. On the command line, `--threshold NAME=NUMBER` changes a threshold; its name is the last part of the setting.',
    ...listedRules.map(rule => rulePage(rule, '##', localizer)),
  ];
  return format(page.join('\n\n'), { parser: 'markdown', printWidth: 100 });
}
