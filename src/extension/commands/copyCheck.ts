import * as vscode from 'vscode';

import { checkOf, findingOf } from '../../core/analysis/finding';
import type { DumpService } from '../documents/dumpService';
import { registerCommand } from '../host/command';

/**
 * Copies the command that checks a finding: of a document's address, a row of the dump (null for a
 * finding on counters) and the code of its rule. It takes no text, so that no link can put words of a dump into the clipboard.
 */
export const COPY_CHECK = 'netstatLens.copyCheck';

/** Registers what quick fixes and hovers offer beside a command to run. */
export function registerCopyCheck(context: vscode.ExtensionContext, dumps: DumpService): void {
  context.subscriptions.push(
    registerCommand(COPY_CHECK, async (uri, row, code) => {
      if (typeof uri !== 'string' || (typeof row !== 'number' && row !== null)) {
        return;
      }
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
      const finding = findingOf((await dumps.analyze(document)).analysis.findings, row, code);
      const command = finding === undefined ? null : checkOf(finding);
      if (command !== null) {
        await vscode.env.clipboard.writeText(command);
      }
    }),
  );
}
