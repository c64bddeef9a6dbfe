import * as vscode from 'vscode';

/**
 * The text documents that tabs show, in sight or not. VS Code knows more documents: those whose
 * tabs were closed a while ago, cells of notebooks, and what any extension has loaded.
 */
export function shownDocuments(): vscode.Uri[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .flatMap(({ input }) =>
      input instanceof vscode.TabInputText
        ? [input.uri]
        : input instanceof vscode.TabInputTextDiff
          ? [input.original, input.modified]
          : [],
    );
}

/** Whether a tab shows a document, in sight or not. */
export function isShown(uri: vscode.Uri): boolean {
  const wanted = uri.toString();
  return shownDocuments().some(one => one.toString() === wanted);
}
