import * as vscode from 'vscode';

import { isEmpty } from '../../core/reading/dump';
import { registerCommand } from '../host/command';
import type { DumpService } from '../documents/dumpService';
import { titleOf } from '../panel/documentSource';
import { tellNoDump, tellNoSockets } from './analyze';
import { reportText } from './exportReport';

/** "Copy Report": the report on the active dump, for a ticket. */
export function registerCopyReport(context: vscode.ExtensionContext, dumps: DumpService): void {
  const copy = async (redact: boolean): Promise<void> => {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined) {
      tellNoDump();
      return;
    }
    const { analysis } = await dumps.analyze(document);
    const title = titleOf(document.uri);
    if (isEmpty(analysis.dump)) {
      tellNoSockets(title, analysis.dump);
      return;
    }
    await vscode.env.clipboard.writeText(
      await reportText(title, { format: 'markdown', redact, analysis }),
    );
  };
  context.subscriptions.push(
    registerCommand('netstatLens.copyReport', () => copy(false)),
    registerCommand('netstatLens.copyRedactedReport', () => copy(true)),
  );
}
