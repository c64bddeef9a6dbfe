import type * as vscode from 'vscode';

import { registerCapture } from '../capture/capture';
import type { CaptureFiles } from '../capture/captureFiles';
import type { SocketSource } from '../capture/captureSource';
import { registerAnalyze } from '../commands/analyze';
import { registerCombined } from '../commands/combineFiles';
import { registerCompare } from '../commands/compareSnapshots';
import { registerCopyCheck } from '../commands/copyCheck';
import { registerCopyReport } from '../commands/copyReport';
import { registerExplainRule } from '../commands/explainRule';
import { registerExplainState } from '../commands/explainState';
import { registerReportUnrecognized } from '../commands/reportUnrecognized';
import { registerStateDiagram } from '../commands/stateDiagram';
import { DumpService } from '../documents/dumpService';
import type { FileAccess } from '../documents/fileReader';
import { LargeFiles } from '../documents/largeFiles';
import { registerCodeActions } from '../editor/codeActions';
import { registerCodeLens } from '../editor/codeLens';
import { registerDiagnostics } from '../editor/diagnostics';
import { registerHover } from '../editor/hover';
import { registerInlayHints } from '../editor/inlayHints';
import { registerLanguageStatus } from '../editor/languageStatus';
import { registerRelated } from '../editor/relatedRows';
import { registerSymbols } from '../editor/symbols';
import { registerLocalization } from '../host/localization';
import { registerSettings } from '../host/settingsCheck';
import { makeTools, type Tools } from '../languageModel/tools';
import { registerRowLinks } from '../terminal/rowLinks';
import { registerTerminalOutput } from '../terminal/terminalOutput';
import { registerTerminalSelection } from '../terminal/terminalSelection';
import type { TerminalParts } from '../terminal/terminals';

/** What VS Code asks for by what `activate` has registered. */
export interface Answers {
  readonly hovers: vscode.HoverProvider;
  readonly panels: vscode.WebviewPanelSerializer;
  readonly tools: Tools;
  readonly terminals: TerminalParts;
}

/** Registers all that the extension does. */
export function register(
  context: vscode.ExtensionContext,
  captures: CaptureFiles,
  sockets: SocketSource | undefined,
  files: FileAccess,
): Answers {
  registerLocalization(context);
  registerSettings(context);
  const dumps = new DumpService();
  context.subscriptions.push(dumps);
  registerDiagnostics(context, dumps);
  registerCodeActions(context, dumps);
  registerCodeLens(context, dumps);
  registerSymbols(context, dumps);
  registerRelated(context, dumps);
  registerInlayHints(context, dumps);
  registerLanguageStatus(context, dumps);
  registerCapture(context, captures, sockets);
  registerCopyCheck(context, dumps);
  registerCopyReport(context, dumps);
  registerExplainRule(context);
  registerExplainState(context);
  registerStateDiagram(context, dumps);
  registerCompare(context, dumps);
  registerReportUnrecognized(context, dumps);
  registerCombined(context);
  registerTerminalSelection(context, captures);
  return {
    hovers: registerHover(context, dumps),
    panels: registerAnalyze(context, dumps, new LargeFiles(files)),
    tools: makeTools(dumps),
    terminals: {
      links: registerRowLinks(context),
      read: registerTerminalOutput(context, captures),
    },
  };
}
