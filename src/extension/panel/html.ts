import * as vscode from 'vscode';

/** Where the page's files are, below the extension's folder. */
export const PANEL_FOLDER = ['dist', 'panel'] as const;

/** The page: a shell without content, which comes by messages. */
export function panelHtml(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  title: string,
): string {
  const nonce = newNonce();
  const file = (name: string): string =>
    escapeAttribute(
      webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, ...PANEL_FOLDER, name)).toString(),
    );
  const policy = [
    `default-src 'none'`,
    `img-src ${webview.cspSource} data:`,
    `font-src ${webview.cspSource}`,
    `style-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  // VS Code's own context menu offers "cut" and "paste", which mean nothing here.
  const context = JSON.stringify({ preventDefaultContextMenuItems: true });
  return `<!DOCTYPE html>
<html lang="${escapeAttribute(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeAttribute(title)}</title>
<link rel="stylesheet" href="${file('codicon.css')}">
<link rel="stylesheet" href="${file('panel.css')}">
</head>
<body data-vscode-context="${escapeAttribute(context)}">
<div id="panel"></div>
<script nonce="${nonce}" src="${file('panel.js')}"></script>
</body>
</html>`;
}

function newNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes)).replaceAll('=', '');
}

function escapeAttribute(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
