import * as vscode from 'vscode';

import { analyzeInSteps } from '../../core/analysis/analyze';
import { csvRows } from '../../core/report/data/csv';
import { jsonReport } from '../../core/report/data/json';
import { ticketWithin } from '../../core/report/limits';
import { Redactor } from '../../core/redaction/redact';
import { ticket } from '../../core/report/ticket';
import type { ExportRequest } from '../panel/session';
import { inSlices } from '../host/slices';
import { namelessLocalizer, localizer } from '../host/localization';

/** Puts a report into the clipboard, or into a new document that the user may save. */
export async function exportReport(title: string, request: ExportRequest): Promise<void> {
  const text = await reportText(title, request);
  if (request.to === 'clipboard') {
    await vscode.env.clipboard.writeText(text);
    return;
  }
  const language = request.format === 'csv' ? 'plaintext' : request.format;
  const document = await vscode.workspace.openTextDocument({ language, content: text });
  await vscode.window.showTextDocument(document);
}

/**
 * The text of a report; as CSV, of the rows that a table lists. They keep their numbers when a dump
 * is redacted, so the table's rows stay the same.
 */
export async function reportText(
  title: string,
  {
    format,
    redact,
    analysis: shown,
    rows = [],
  }: Pick<ExportRequest, 'format' | 'redact' | 'analysis'> & { readonly rows?: Iterable<number> },
): Promise<string> {
  const redactor = redact ? new Redactor() : null;
  const source = redactor === null ? title : redactor.source(title);
  const spoken = redactor === null ? localizer() : namelessLocalizer();
  const analysis =
    redactor === null
      ? shown
      : await inSlices(
          analyzeInSteps(await inSlices(redactor.dumpInSteps(shown.dump)), { localizer: spoken }),
        );
  switch (format) {
    case 'csv':
      return [...csvRows(source, analysis.dump, rows)].join('');
    case 'json':
      return [...jsonReport([{ source, analysis }])].join('');
    case 'markdown':
      return ticketWithin(view => ticket(source, analysis, spoken, view));
  }
}
