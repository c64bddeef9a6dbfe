import * as vscode from 'vscode';

import { jsonReport } from '../core/report/json';
import { renderMarkdown } from '../core/report/markdown';
import { report } from '../core/report/report';
import type { ExportRequest } from './panel/session';
import { teller } from './voice';

/** Puts a report into the clipboard, or into a new document that the user may save. */
export async function exportReport(title: string, request: ExportRequest): Promise<void> {
  const { format, to, analysis } = request;
  const text =
    format === 'json'
      ? [...jsonReport([{ source: title, analysis }])].join('')
      : renderMarkdown(report(title, analysis, teller()));
  if (to === 'clipboard') {
    await vscode.env.clipboard.writeText(text);
    return;
  }
  const language = format === 'csv' ? 'plaintext' : format;
  const document = await vscode.workspace.openTextDocument({ language, content: text });
  await vscode.window.showTextDocument(document);
}
