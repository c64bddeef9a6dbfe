import * as vscode from 'vscode';

/** A small leak, as `netstat -tanp` prints it. */
export const LEAK = `Active Internet connections (servers and established)
Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name
tcp        0      0 192.0.2.1:9443          0.0.0.0:*               LISTEN      4321/orders-api
tcp        1      0 192.0.2.1:9443          192.0.2.7:51044         CLOSE_WAIT  4321/orders-api
tcp       28      0 192.0.2.1:9443          192.0.2.7:51046         CLOSE_WAIT  4321/orders-api
tcp        0      0 192.0.2.1:9443          192.0.2.8:40000         ESTABLISHED 4321/orders-api
tcp        0      0 192.0.2.1:9443          192.0.2.9:40001         TIME_WAIT   -
`;

/** Opens a text in an editor. */
export async function open(content: string, language = 'netstat'): Promise<vscode.TextEditor> {
  for (let attempt = 1; ; attempt++) {
    const document = await vscode.workspace.openTextDocument({ language, content });
    const editor = await vscode.window.showTextDocument(document);
    // VS Code may give it what it has kept of an earlier one that had the same name.
    if (attempt === 3 || comparable(document.getText()) === comparable(content)) {
      return editor;
    }
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
}

/** A text without what VS Code changes in every text. */
function comparable(text: string): string {
  return text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replace(/\p{Cs}/gu, '\uFFFD');
}

/** Closes every editor, without asking to save. */
export async function closeAll(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Titles of the panels that are open. */
export function panels(): string[] {
  return vscode.window.tabGroups.all
    .flatMap(group => group.tabs)
    .filter(
      tab =>
        tab.input instanceof vscode.TabInputWebview &&
        tab.input.viewType.endsWith('netstatLens.analyze'),
    )
    .map(tab => tab.label);
}

/** What the hovers at a place say, as people read it: without escapes. */
export async function hover(
  document: vscode.TextDocument,
  line: number,
  word: string,
): Promise<string> {
  const character = document.lineAt(line).text.indexOf(word);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    new vscode.Position(line, character),
  );
  return hovers
    .flatMap(one => one.contents)
    .map(content => (content instanceof vscode.MarkdownString ? content.value : ''))
    .join('\n')
    .replaceAll('\\', '');
}

/** The message that a command shows. */
export async function told(
  command: string,
  kind:
    'showInformationMessage' | 'showWarningMessage' | 'showErrorMessage' = 'showInformationMessage',
  ...args: readonly unknown[]
): Promise<string> {
  const { window } = vscode;
  const original = window[kind];
  let message = '';
  window[kind] = (text: string) => {
    message = text;
    return Promise.resolve(undefined);
  };
  try {
    await vscode.commands.executeCommand(command, ...args);
  } finally {
    window[kind] = original;
  }
  return message;
}
