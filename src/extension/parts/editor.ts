import type * as vscode from 'vscode';

import { provideTexts, type Texts } from '../../core/knowledge/statement';
import { registerCapture } from '../capture';
import type { CaptureFiles } from '../captureFiles';
import type { SocketSource } from '../captureSource';
import { registerCodeActions } from '../codeActions';
import { registerCodeLens } from '../codeLens';
import { registerDiagnostics } from '../diagnostics';
import { DumpService } from '../dumps';
import { registerInlayHints } from '../inlayHints';
import { registerLanguageStatus } from '../languageStatus';
import { registerRelated } from '../related';
import { registerSettings } from '../settings';
import { registerSymbols } from '../symbols';
import { registerVoice } from '../voice';

/**
 * What an editor shows of a dump, and captures; gives the dumps, which the later parts read.
 * `texts` are those that the build has taken out of the core.
 */
export function register(
  context: vscode.ExtensionContext,
  texts: Texts,
  captures: CaptureFiles,
  sockets: SocketSource | undefined,
): DumpService {
  provideTexts(texts);
  registerSettings(context);
  registerVoice(context);
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
  return dumps;
}
