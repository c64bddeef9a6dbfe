/** What the page is made of; all of it is put in as it is needed, none is from a dump but the title. */
export interface PageParts {
  readonly language: string;
  readonly title: string;
  /** Where a file of the page is loaded from. */
  readonly fileUrl: (name: string) => string;
  /** Whom files are allowed from. */
  readonly cspSource: string;
  /** Allows our script, this time only. */
  readonly nonce: string;
}

/** The page: a shell without content, which comes by messages. */
export function panelPage({ language, title, fileUrl, cspSource, nonce }: PageParts): string {
  const policy = [
    `default-src 'none'`,
    `img-src ${cspSource} data:`,
    `font-src ${cspSource}`,
    `style-src ${cspSource}`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  // VS Code's own context menu offers "cut" and "paste", which mean nothing here.
  const context = JSON.stringify({ preventDefaultContextMenuItems: true });
  const file = (name: string): string => escapeAttribute(fileUrl(name));
  return `<!DOCTYPE html>
<html lang="${escapeAttribute(language)}">
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
<script nonce="${escapeAttribute(nonce)}" src="${file('panel.js')}"></script>
</body>
</html>`;
}

function escapeAttribute(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
