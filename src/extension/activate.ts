import type * as vscode from 'vscode';

import { registerAnalyze } from './analyze';
import { registerCapture } from './capture';
import type { SocketSource } from './captureSource';
import { registerCodeActions } from './codeActions';
import { registerCodeLens } from './codeLens';
import { registerCompare } from './compare';
import { registerDetection } from './detect';
import { registerDiagnostics } from './diagnostics';
import { DumpService } from './dumps';
import { registerExplainState } from './explainState';
import { registerHover } from './hover';
import { registerInlayHints } from './inlayHints';
import { registerLanguageStatus } from './languageStatus';
import { EDITOR_FILES, type FileAccess, LargeFiles } from './largeFiles';
import { registerLog } from './log';
import { registerOpenSample } from './openSample';
import { registerRelated } from './related';
import { registerReportUnrecognised } from './reportUnrecognised';
import { registerStateDiagram } from './stateDiagram';
import { registerSymbols } from './symbols';
import { registerTogether } from './together';
import { registerTools } from './tools';
import { registerVoice } from './voice';

/** Wires everything that runs in both extension hosts; only Node's has sockets to list. */
export function activate(
  context: vscode.ExtensionContext,
  sockets?: SocketSource,
  files: FileAccess = EDITOR_FILES,
): void {
  registerLog(context);
  registerVoice(context);
  const dumps = new DumpService();
  context.subscriptions.push(dumps);

  registerAnalyze(context, dumps, new LargeFiles(files));
  registerHover(context, dumps);
  registerDiagnostics(context, dumps);
  registerCodeActions(context, dumps);
  registerCodeLens(context, dumps);
  registerCompare(context, dumps);
  registerSymbols(context, dumps);
  registerRelated(context, dumps);
  registerInlayHints(context, dumps);
  registerExplainState(context);
  registerStateDiagram(context, dumps);
  registerCapture(context, sockets);
  registerLanguageStatus(context, dumps);
  registerDetection(context);
  registerOpenSample(context);
  registerReportUnrecognised(context, dumps);
  registerTogether(context);
  registerTools(context, dumps);
}
