import * as vscode from 'vscode';

/**
 * Registers documents that are made when they are asked for, under an address of their own; gives
 * what shows one of them, rendered.
 */
export function registerPages(
  context: vscode.ExtensionContext,
  scheme: string,
  page: (name: string) => string,
): (name: string) => Promise<void> {
  context.subscriptions.push(
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: ({ path }) => page(path.slice(1).replace(/\.md$/, '')),
    }),
  );
  return async name => {
    const uri = vscode.Uri.from({ scheme, path: `/${name}.md` });
    try {
      await vscode.commands.executeCommand('markdown.showPreview', uri);
    } catch {
      // The built-in Markdown preview can be switched off.
      await vscode.window.showTextDocument(uri, { preview: true });
    }
  };
}
