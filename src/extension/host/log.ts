import * as vscode from 'vscode';

let channel: vscode.LogOutputChannel | undefined;

/** The extension's log in the Output view; made when the first line is written. */
export function log(): vscode.LogOutputChannel {
  channel ??= vscode.window.createOutputChannel('Netstat Lens', { log: true });
  return channel;
}

/** Disposes the log with the extension. */
export function registerLog(context: vscode.ExtensionContext): void {
  context.subscriptions.push({
    dispose: () => {
      channel?.dispose();
      channel = undefined;
    },
  });
}
