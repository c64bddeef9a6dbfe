import * as vscode from 'vscode';

import type { Analysis } from '../../core/analysis/analyze';
import { type Finding, linesOf, type RuleCode } from '../../core/analysis/finding';
import { RULE_IDS } from '../../core/analysis/ruleTable';
import { plain } from '../../core/wording/text';
import { label } from '../../core/wording/statement';
import { WORDS } from '../../core/wording/words';
import { localized } from '../host/localization';
import { registerCommand } from '../host/command';
import { DIAGNOSTIC_SOURCE } from './diagnostics';
import type { DumpService } from '../documents/dumpService';
import { messageText } from '../host/labels';
import { LANGUAGE } from '../documents/language';
import { SECTION, setting } from '../host/settings';

const TEXTS = {
  confirm: label('action.confirm', 'Show the Command to Confirm'),
  explain: label('action.explain', 'Explain in Analyze Sockets'),
  ignore: label('action.ignore', 'Ignore Rule {rule}'),
};

const COMMANDS = {
  confirm: 'netstatLens.showConfirmation',
  ignore: 'netstatLens.ignoreRule',
} as const;

/** Quick fixes of findings. None of them changes the dump. */
export function registerCodeActions(context: vscode.ExtensionContext, dumps: DumpService): void {
  context.subscriptions.push(
    vscode.languages.registerCodeActionsProvider(
      { language: LANGUAGE },
      {
        provideCodeActions: async (document, _range, { diagnostics }) => {
          const own = diagnostics.filter(({ source }) => source === DIAGNOSTIC_SOURCE);
          if (own.length === 0) {
            return [];
          }
          const { analysis } = await dumps.analyze(document);
          return own.flatMap(diagnostic => actions(document, diagnostic, analysis));
        },
      },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
    registerCommand(COMMANDS.confirm, showConfirmation),
    registerCommand(COMMANDS.ignore, ignoreRule),
  );
}

function actions(
  document: vscode.TextDocument,
  diagnostic: vscode.Diagnostic,
  analysis: Analysis,
): vscode.CodeAction[] {
  const finding = findingOf(diagnostic, analysis);
  if (finding === undefined) {
    return [];
  }
  const action = (title: string, command: string, ...args: unknown[]): vscode.CodeAction => {
    const result = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    result.diagnostics = [diagnostic];
    result.command = { title, command, arguments: args };
    return result;
  };
  const confirmations = finding.confirm.flatMap(({ text, command }) =>
    command === null
      ? []
      : [action(localized(TEXTS.confirm), COMMANDS.confirm, command, plain(text))],
  );
  return [
    ...confirmations.slice(0, 1),
    action(localized(TEXTS.explain), 'netstatLens.analyze', document.uri),
    action(localized(TEXTS.ignore, { rule: finding.code }), COMMANDS.ignore, finding.code),
  ];
}

function findingOf({ code, range }: vscode.Diagnostic, analysis: Analysis): Finding | undefined {
  return analysis.findings.find(
    finding =>
      finding.code === code && linesOf(finding, analysis.dump.table, 1)[0] === range.start.line,
  );
}

async function showConfirmation(command: unknown, why: unknown): Promise<void> {
  if (typeof command !== 'string' || typeof why !== 'string') {
    return;
  }
  const copy = localized(WORDS.copyCommand);
  const answer = await vscode.window.showInformationMessage(
    `${messageText(why)}\n${messageText(command)}`,
    copy,
  );
  if (answer === copy) {
    await vscode.env.clipboard.writeText(command);
  }
}

/** Adds a rule to those that the user does not want to hear of, in the workspace's settings. */
async function ignoreRule(code: unknown): Promise<void> {
  if (typeof code !== 'string' || !Object.hasOwn(RULE_IDS, code)) {
    return;
  }
  const rule = RULE_IDS[code as RuleCode];
  const settings = vscode.workspace.getConfiguration(SECTION);
  const target =
    vscode.workspace.workspaceFolders === undefined
      ? vscode.ConfigurationTarget.Global
      : vscode.ConfigurationTarget.Workspace;
  await settings.update('ignoredRules', [...new Set([...setting('ignoredRules'), rule])], target);
}
