import * as vscode from 'vscode';

import { panelPage } from './page';

/** Where the page's files are, below the extension's folder. */
export const PANEL_FOLDER = ['dist', 'panel'] as const;

/** The panel's page for a webview. */
export function panelHtml(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  title: string,
): string {
  const folder = vscode.Uri.joinPath(extensionUri, ...PANEL_FOLDER);
  return panelPage({
    language: vscode.env.language,
    title,
    fileUrl: name => webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString(),
    cspSource: webview.cspSource,
    nonce: newNonce(),
  });
}

function newNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes)).replaceAll('=', '');
}
