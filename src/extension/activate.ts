import type * as vscode from 'vscode';

import { registerAnalyze } from './analyze';
import { registerCodeActions } from './codeActions';
import { registerCodeLens } from './codeLens';
import { registerDetection } from './detect';
import { registerDiagnostics } from './diagnostics';
import { DumpService } from './dumps';
import { registerExplainState } from './explainState';
import { registerHover } from './hover';
import { registerInlayHints } from './inlayHints';
import { registerLanguageStatus } from './languageStatus';
import { registerLog } from './log';
import { registerRelated } from './related';
import { registerStateDiagram } from './stateDiagram';
import { registerSymbols } from './symbols';

/** Wires everything that runs in both extension hosts. */
export function activate(context: vscode.ExtensionContext): void {
  registerLog(context);
  const dumps = new DumpService();
  context.subscriptions.push(dumps);

  registerAnalyze(context, dumps);
  registerHover(context, dumps);
  registerDiagnostics(context, dumps);
  registerCodeActions(context, dumps);
  registerCodeLens(context, dumps);
  registerSymbols(context, dumps);
  registerRelated(context, dumps);
  registerInlayHints(context, dumps);
  registerExplainState(context);
  registerStateDiagram(context, dumps);
  registerLanguageStatus(context, dumps);
  registerDetection(context);
}
