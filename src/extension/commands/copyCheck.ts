import * as vscode from 'vscode';

import { registerCommand } from '../host/command';

/** Copies the command that checks a finding, which is its argument. */
export const COPY_CHECK = 'netstatLens.copyCheck';

/** Registers what quick fixes and hovers offer beside a command to run. */
export function registerCopyCheck(context: vscode.ExtensionContext): void {
  context.subscriptions.push(
    registerCommand(COPY_CHECK, async command => {
      if (typeof command === 'string') {
        await vscode.env.clipboard.writeText(command);
      }
    }),
  );
}
