import * as vscode from 'vscode';

import { LANGUAGE } from '../documents/language';

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

/** The dumps that tabs show, as far as VS Code has loaded them. */
export function shownDumps(): vscode.TextDocument[] {
  const shown = new Set(shownDocuments().map(String));
  return vscode.workspace.textDocuments.filter(
    ({ uri, languageId }) => languageId === LANGUAGE && shown.has(uri.toString()),
  );
}

/** Whether a tab shows a document, in sight or not. */
export function isShown(uri: vscode.Uri): boolean {
  const wanted = uri.toString();
  return shownDocuments().some(one => one.toString() === wanted);
}
