import type * as vscode from 'vscode';

import { DocumentReader } from '../../core/reading/documentReader';
import type { Dump } from '../../core/reading/dump';
import { inSlices } from '../host/slices';

/** Reads the lines of a document from `first` to `last`, counted from 0, as they are now. */
export async function readPart(
  document: vscode.TextDocument,
  first: number,
  last: number,
): Promise<Dump> {
  const lines = {
    lineCount: last + 1,
    // Empty lines in place of those above keep the numbers of the lines.
    lineAt: (line: number) =>
      line < first || line >= document.lineCount ? '' : document.lineAt(line).text,
  };
  for (;;) {
    const { version } = document;
    const reader = new DocumentReader(lines);
    const dump = await inSlices(reader.read(), () => document.version === version);
    if (dump !== undefined) {
      return dump;
    }
  }
}
