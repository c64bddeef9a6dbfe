import type * as vscode from 'vscode';

import { registerAnalyze } from './analyze';
import { registerDetection } from './detect';
import { DumpService } from './dumps';
import { registerExplainState } from './explainState';
import { registerHover } from './hover';
import { registerLanguageStatus } from './languageStatus';
import { registerLog } from './log';

/** Wires everything that runs in both extension hosts. */
export function activate(context: vscode.ExtensionContext): void {
  registerLog(context);
  const dumps = new DumpService();
  context.subscriptions.push(dumps);

  registerAnalyze(context, dumps);
  registerHover(context, dumps);
  registerExplainState(context);
  registerLanguageStatus(context, dumps);
  registerDetection(context);
}
