import * as vscode from 'vscode';

import { renderMarkdown } from '../../core/report/markdown';
import { Redactor } from '../../core/redaction/redact';
import { unreadReport } from '../../core/report/unrecognizedLines';
import { label } from '../../core/wording/statement';
import { localized } from '../host/localization';
import { registerCommand } from '../host/command';
import { inSlices } from '../host/slices';
import type { DumpService } from '../documents/dumpService';

const TEXTS = {
  none: label('No unrecognized lines: every line that looks like a socket was read.'),
};

/** "Report Unrecognized Lines": opens a redacted sample of them. Nothing is sent anywhere. */
export function registerReportUnrecognized(
  context: vscode.ExtensionContext,
  dumps: DumpService,
): void {
  context.subscriptions.push(
    registerCommand('netstatLens.reportUnrecognised', () => report(context, dumps)),
  );
}

async function report(context: vscode.ExtensionContext, dumps: DumpService): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document === undefined) {
    return;
  }
  const { dump } = await dumps.read(document);
  if (dump.unrecognized.length === 0) {
    void vscode.window.showInformationMessage(localized(TEXTS.none));
    return;
  }
  const redactor = new Redactor();
  // Hosts are known by the rows in which they are remotes, so those come first.
  await inSlices(redactor.dumpInSteps(dump));
  const blocks = unreadReport(dump, line => document.lineAt(line).text, redactor, {
    'Netstat Lens': String((context.extension.packageJSON as { version?: unknown }).version),
    'VS Code': `${vscode.version}, ${vscode.env.appHost}`,
  });
  const content = renderMarkdown(blocks);
  const opened = await vscode.workspace.openTextDocument({ language: 'markdown', content });
  await vscode.window.showTextDocument(opened);
}
