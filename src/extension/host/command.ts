import * as vscode from 'vscode';

import { messageText } from './labels';
import { log } from './log';

/**
 * Registers a command whose failure is logged and told once, in a sentence, instead of VS Code's
 * "Error running command". Arguments come from anywhere (links, keybindings), so they are unknown.
 */
export function registerCommand(
  id: string,
  run: (...args: readonly unknown[]) => Promise<void> | void,
): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (...args: unknown[]) => {
    try {
      await run(...args);
    } catch (error) {
      tellFailure(id, error);
    }
  });
}

/** Logs a failure and tells it to the user; not where work was only cancelled. */
export function tellFailure(what: string, error: unknown): void {
  if (error instanceof vscode.CancellationError) {
    return;
  }
  log().error(what, error);
  void vscode.window.showErrorMessage(
    vscode.l10n.t('Netstat Lens: {reason}', { reason: messageText(reasonOf(error)) }),
  );
}

/** What an error says. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The address of a link that calls a command; Markdown can take it as it is. */
export function commandLink(command: string, ...args: readonly unknown[]): string {
  const escaped = encodeURIComponent(JSON.stringify(args)).replace(
    /[!'()*]/g,
    char => `%${char.charCodeAt(0).toString(16)}`,
  );
  return `command:${command}?${escaped}`;
}
