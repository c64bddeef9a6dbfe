import * as vscode from 'vscode';

/**
 * Registers documents that are made when they are asked for, under an address of their own; gives
 * what shows one of them, rendered. `query` is what their address says besides the name.
 */
export function registerPages(
  context: vscode.ExtensionContext,
  scheme: string,
  page: (name: string, query: string) => string,
): (name: string, query?: string) => Promise<void> {
  context.subscriptions.push(
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: ({ path, query }) =>
        page(path.slice(1).replace(/\.md$/, ''), query),
    }),
  );
  return async (name, query = '') => {
    const uri = vscode.Uri.from({ scheme, path: `/${name}.md`, query });
    try {
      await vscode.commands.executeCommand('markdown.showPreview', uri);
    } catch {
      // The built-in Markdown preview can be switched off.
      await vscode.window.showTextDocument(uri, { preview: true });
    }
  };
}
