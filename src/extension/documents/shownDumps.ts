import * as vscode from 'vscode';

import { shownDocuments } from '../host/tabs';
import { LANGUAGE } from './language';

/** The dumps that tabs show, as far as VS Code has loaded them. */
export function shownDumps(): vscode.TextDocument[] {
  const shown = new Set(shownDocuments().map(String));
  return vscode.workspace.textDocuments.filter(
    ({ uri, languageId }) => languageId === LANGUAGE && shown.has(uri.toString()),
  );
}
