import * as vscode from 'vscode';

import { LANGUAGE } from '../documents/language';

/** Opens a capture in an editor of its own, or the one that shows it already. */
export async function showCapture(uri: vscode.Uri): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(uri);
  if (document.languageId !== LANGUAGE) {
    await vscode.languages.setTextDocumentLanguage(document, LANGUAGE);
  }
  return vscode.window.showTextDocument(document, { preview: false });
}
