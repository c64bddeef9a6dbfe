import type * as vscode from 'vscode';

import { registerAnalyze } from '../commands/analyze';
import { registerCompare } from '../commands/compareSnapshots';
import type { DumpService } from '../documents/dumpService';
import type { FileAccess } from '../documents/fileReader';
import { LargeFiles } from '../documents/largeFiles';
import { registerReportUnrecognized } from '../commands/reportUnrecognized';
import { registerTogether } from '../commands/combineFiles';
import { makeTools, type Tools } from '../languageModel/tools';

/** What VS Code asks reports for. */
export interface Reports {
  readonly panels: vscode.WebviewPanelSerializer;
  readonly tools: Tools;
}

/** What reports on dumps: panels, documents, and the tools of language models. */
export function register(
  context: vscode.ExtensionContext,
  dumps: DumpService,
  files: FileAccess,
): Reports {
  registerCompare(context, dumps);
  registerReportUnrecognized(context, dumps);
  registerTogether(context);
  return {
    panels: registerAnalyze(context, dumps, new LargeFiles(files)),
    tools: makeTools(dumps),
  };
}
