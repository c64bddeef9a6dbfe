import type * as vscode from 'vscode';

import { registerAnalyze } from '../analyze';
import { registerCompare } from '../compare';
import type { DumpService } from '../dumps';
import type { FileAccess } from '../fileReader';
import { LargeFiles } from '../largeFiles';
import { registerReportUnrecognised } from '../reportUnrecognised';
import { registerTogether } from '../together';
import { makeTools, type Tools } from '../tools';

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
  registerReportUnrecognised(context, dumps);
  registerTogether(context);
  return {
    panels: registerAnalyze(context, dumps, new LargeFiles(files)),
    tools: makeTools(dumps),
  };
}
