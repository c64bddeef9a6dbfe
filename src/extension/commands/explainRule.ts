import type * as vscode from 'vscode';

import type { RuleCode } from '../../core/analysis/finding';
import { RULE_IDS, ruleOf } from '../../core/analysis/ruleTable';
import { rulePage } from '../../core/report/rulePage';
import { commandLink, registerCommand } from '../host/command';
import { localizer } from '../host/localization';
import { registerPages } from '../host/pages';

const COMMAND = 'netstatLens.explainRule';

/** Documents that are made from the rules, one for each. */
const SCHEME = 'netstat-lens-rule';

/** Registers what the code of a problem links to: all about its rule. */
export function registerExplainRule(context: vscode.ExtensionContext): void {
  const show = registerPages(context, SCHEME, code =>
    isRuleCode(code) ? rulePage(ruleOf(code), '#', localizer()) : '',
  );
  context.subscriptions.push(
    registerCommand(COMMAND, async code => {
      if (isRuleCode(code)) {
        await show(code);
      }
    }),
  );
}

/** The address that shows a rule. */
export function ruleLink(code: RuleCode): string {
  return commandLink(COMMAND, code);
}

/** Whether something, of which nothing is known, names a rule. */
export function isRuleCode(code: unknown): code is RuleCode {
  return typeof code === 'string' && Object.hasOwn(RULE_IDS, code);
}
