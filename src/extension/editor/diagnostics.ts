import * as vscode from 'vscode';

import {
  codesOf,
  type Finding,
  linesOf,
  SEVERITIES,
  type Severity,
} from '../../core/analysis/finding';
import { plain } from '../../core/wording/text';
import { visible } from '../../core/wording/visible';
import type { Dump } from '../../core/reading/dump';
import { Disposable } from '../host/disposable';
import type { DumpService } from '../documents/dumpService';
import { LANGUAGE } from '../documents/language';
import { setting } from '../host/settings';

/** Lines that one problem refers to at most. */
const MOST_RELATED = 20;

/** Characters of a line that a problem shows. */
const SHOWN = 200;

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
        .filter(({ severity }) => SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least))
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
  { table }: Dump,
  document: vscode.TextDocument,
): vscode.Diagnostic {
  const range = (line: number): vscode.Range => trimmed(document.lineAt(line));
  const [first = 0, ...others] = linesOf(finding, table, 1 + MOST_RELATED);
  const result = new vscode.Diagnostic(
    range(first),
    plain(finding.title),
    LEVELS[finding.severity],
  );
  result.source = DIAGNOSTIC_SOURCE;
  result.code = codesOf(finding)[0] ?? '';
  result.relatedInformation = others.map(
    line =>
      new vscode.DiagnosticRelatedInformation(
        new vscode.Location(document.uri, range(line)),
        visible(document.lineAt(line).text.slice(0, SHOWN).trim().replace(/\s+/g, ' ')),
      ),
  );
  return result;
}

const LEVELS: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
};

function trimmed({ range, text, firstNonWhitespaceCharacterIndex }: vscode.TextLine): vscode.Range {
  return range.with(
    range.start.translate(0, firstNonWhitespaceCharacterIndex),
    range.start.translate(0, text.trimEnd().length),
  );
}
