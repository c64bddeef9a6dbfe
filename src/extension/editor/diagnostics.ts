import * as vscode from 'vscode';

import { type Finding, isAtLeast, type Severity } from '../../core/analysis/finding';
import type { Dump } from '../../core/reading/dump';
import { type Place, problemOf } from '../../core/report/problem';
import { ruleLink } from '../commands/explainRule';
import { Disposable } from '../host/disposable';
import type { DumpService } from '../documents/dumpService';
import { LANGUAGE } from '../documents/language';
import { localizer } from '../host/localization';
import { setting } from '../host/settings';

/** The owner of our problems, as the Problems view names it. */
export const DIAGNOSTIC_SOURCE = 'Netstat Lens';

/** Puts findings into the Problems view. */
export function registerDiagnostics(context: vscode.ExtensionContext, dumps: DumpService): void {
  context.subscriptions.push(new Diagnostics(dumps));
}

class Diagnostics extends Disposable {
  private readonly collection = this.register(
    vscode.languages.createDiagnosticCollection('netstatLens'),
  );

  public constructor(private readonly dumps: DumpService) {
    super();
    this.register(vscode.workspace.onDidOpenTextDocument(document => void this.update(document)));
    this.register(dumps.onDidChange(document => void this.update(document)));
    this.register(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.collection.delete(uri)),
    );
    for (const document of vscode.workspace.textDocuments) {
      void this.update(document);
    }
  }

  private async update(document: vscode.TextDocument): Promise<void> {
    const least = document.languageId === LANGUAGE ? leastSeverity(document) : null;
    if (least === null) {
      this.collection.delete(document.uri);
      return;
    }
    const { analysis } = await this.dumps.analyze(document);
    if (document.isClosed || document.languageId !== LANGUAGE) {
      return;
    }
    this.collection.set(
      document.uri,
      analysis.findings
        .filter(({ severity }) => isAtLeast(severity, least))
        .map(finding => diagnostic(finding, analysis.dump, document)),
    );
  }
}

/** The least severity that is shown; null where problems are off. */
function leastSeverity(document: vscode.TextDocument): Severity | null {
  const wanted = setting('problems', document);
  return wanted === 'off' ? null : wanted;
}

function diagnostic(
  finding: Finding,
  dump: Dump,
  document: vscode.TextDocument,
): vscode.Diagnostic {
  const problem = problemOf(finding, dump, n => document.lineAt(n).text, localizer());
  const result = new vscode.Diagnostic(
    rangeOf(problem.place),
    problem.message,
    LEVELS[finding.severity],
  );
  result.source = DIAGNOSTIC_SOURCE;
  result.code = { value: finding.code, target: vscode.Uri.parse(ruleLink(finding.code)) };
  result.relatedInformation = problem.related.map(
    ({ place, text }) =>
      new vscode.DiagnosticRelatedInformation(
        new vscode.Location(document.uri, rangeOf(place)),
        text,
      ),
  );
  return result;
}

const LEVELS: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
};

/** A part of a line as a range of its document. */
export function rangeOf({ line, start, end }: Place): vscode.Range {
  return new vscode.Range(line, start, line, end);
}
