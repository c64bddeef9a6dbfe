import * as vscode from 'vscode';

import type { Finding } from '../../core/analysis/finding';
import { findingCode } from '../../core/report/findingCode';

/** VS Code's own search. Its arguments hold no word of a dump. */
export const FIND_IN_FILES = 'workbench.action.findInFiles';

/**
 * The arguments of VS Code's search for the code that a finding is about; null where no folder is
 * open, or where the finding is no matter of code.
 */
export function searchFor(finding: Finding): object | null {
  const search = vscode.workspace.workspaceFolders === undefined ? null : findingCode(finding);
  return search && { ...search, isRegex: true, isCaseSensitive: true, triggerSearch: true };
}
