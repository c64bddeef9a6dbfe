import * as vscode from 'vscode';

import type { Analysis } from '../../core/analysis/analyze';
import { checkOf, countLines, type Finding, findingAt, linesOf } from '../../core/analysis/finding';
import { RULE_IDS } from '../../core/analysis/ruleTable';
import type { Dump } from '../../core/reading/dump';
import { placeOf } from '../../core/report/problem';
import { label } from '../../core/wording/statement';
import { WORDS } from '../../core/wording/words';
import { COPY_CHECK } from '../commands/copyCheck';
import { isRuleCode } from '../commands/explainRule';
import type { DumpService } from '../documents/dumpService';
import { LANGUAGE } from '../documents/language';
import { registerCommand } from '../host/command';
import { localized } from '../host/localization';
import { SECTION, setting } from '../host/settings';
import { DIAGNOSTIC_SOURCE, rangeOf } from './diagnostics';
import { FIND_IN_FILES, searchFor } from '../host/findInWorkspace';

const TEXTS = {
  lines: label('Show All {count} Lines'),
  analysis: label('Show in Analysis'),
  check: label('Copy the Command to Check'),
  ignore: label('Ignore Rule {rule}'),
};

const IGNORE = 'netstatLens.ignoreRule';

/** Quick fixes of findings. None of them changes the dump. */
export function registerCodeActions(context: vscode.ExtensionContext, dumps: DumpService): void {
  context.subscriptions.push(
    vscode.languages.registerCodeActionsProvider(
      { language: LANGUAGE },
      {
        provideCodeActions: async (document, { start }, { diagnostics, triggerKind }) => {
          const own = diagnostics.filter(({ source }) => source === DIAGNOSTIC_SOURCE);
          const isAsked = triggerKind === vscode.CodeActionTriggerKind.Invoke;
          if (own.length === 0 && !isAsked) {
            return [];
          }
          const { analysis } = await dumps.analyze(document);
          return own.length > 0
            ? own.flatMap(diagnostic => actionsOf(document, diagnostic, analysis))
            : actionsAt(document, start.line, analysis);
        },
      },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
    registerCommand(IGNORE, ignoreRule),
  );
}

/** What can be done about a problem. */
function actionsOf(
  document: vscode.TextDocument,
  diagnostic: vscode.Diagnostic,
  { findings, dump }: Analysis,
): vscode.CodeAction[] {
  const finding = findings.find(one => isOf(diagnostic, one, dump, document));
  return finding === undefined ? [] : actions(document, finding, dump, diagnostic);
}

/** The same for a line of a finding that its problem does not mark. */
function actionsAt(
  document: vscode.TextDocument,
  line: number,
  { findings, dump }: Analysis,
): vscode.CodeAction[] {
  const { table } = dump;
  const place = table.rowsAbove(line);
  const row = place < table.rowsAbove(line + 1) ? table.rowInLineOrder(place) : undefined;
  const finding = row === undefined ? undefined : findingAt(findings, row);
  return finding === undefined ? [] : actions(document, finding, dump);
}

/** What can be done about a finding, the most wanted first: VS Code keeps the order. */
function actions(
  document: vscode.TextDocument,
  finding: Finding,
  dump: Dump,
  diagnostic?: vscode.Diagnostic,
): vscode.CodeAction[] {
  const action = (title: string, command: string, ...args: unknown[]): vscode.CodeAction => {
    const result = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    if (diagnostic !== undefined) {
      result.diagnostics = [diagnostic];
    }
    result.command = { title, command, arguments: args };
    return result;
  };
  const { code } = finding;
  const count = countLines(finding, dump);
  const search = searchFor(finding);
  return [
    ...(count > 1
      ? [
          action(
            localized(TEXTS.lines, { count }),
            'netstatLens.revealLines',
            document.uri,
            Array.from(linesOf(finding, dump.table)),
          ),
        ]
      : []),
    action(localized(TEXTS.analysis), 'netstatLens.analyze', document.uri),
    ...(checkOf(finding) === null
      ? []
      : [
          action(
            localized(TEXTS.check),
            COPY_CHECK,
            document.uri.toString(),
            finding.rows[0] ?? null,
            code,
          ),
        ]),
    ...(search === null ? [] : [action(localized(WORDS.findInWorkspace), FIND_IN_FILES, search)]),
    action(localized(TEXTS.ignore, { rule: code }), IGNORE, code),
  ];
}

/** Whether a problem stands for a finding. */
function isOf(
  { code, range }: vscode.Diagnostic,
  finding: Finding,
  dump: Dump,
  document: vscode.TextDocument,
): boolean {
  return (
    typeof code === 'object' &&
    code.value === finding.code &&
    rangeOf(placeOf(finding, dump, n => document.lineAt(n).text)).isEqual(range)
  );
}

/** Adds a rule to those that the user does not want to hear of, in the workspace's settings. */
async function ignoreRule(code: unknown): Promise<void> {
  if (!isRuleCode(code)) {
    return;
  }
  const settings = vscode.workspace.getConfiguration(SECTION);
  const target =
    vscode.workspace.workspaceFolders === undefined
      ? vscode.ConfigurationTarget.Global
      : vscode.ConfigurationTarget.Workspace;
  const ignored = new Set([...setting('ignoredRules'), RULE_IDS[code]]);
  await settings.update('ignoredRules', [...ignored], target);
}
