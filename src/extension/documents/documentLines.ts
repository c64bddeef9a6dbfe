import type * as vscode from 'vscode';

import type { LineSource } from '../../core/reading/documentReader';

/**
 * The lines of a document from `first` to `last`, counted from 0, as they are whenever they are
 * asked for; where there is none any more, an empty one.
 */
export function documentLines(
  document: vscode.TextDocument,
  first = 0,
  last = document.lineCount - 1,
): LineSource {
  return {
    lineCount: last - first + 1,
    lineAt: line => (first + line < document.lineCount ? document.lineAt(first + line).text : ''),
  };
}
