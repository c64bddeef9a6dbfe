import type * as vscode from 'vscode';

import { provideTexts, type Texts } from '../../core/wording/statement';
import { registerCapture } from '../capture/capture';
import type { CaptureFiles } from '../capture/captureFiles';
import type { SocketSource } from '../capture/captureSource';
import { registerCodeActions } from '../editor/codeActions';
import { registerCodeLens } from '../editor/codeLens';
import { registerDiagnostics } from '../editor/diagnostics';
import { DumpService } from '../documents/dumpService';
import { registerInlayHints } from '../editor/inlayHints';
import { registerLanguageStatus } from '../editor/languageStatus';
import { registerRelated } from '../editor/relatedRows';
import { registerSettings } from '../host/settingsCheck';
import { registerSymbols } from '../editor/symbols';
import { registerLocalization } from '../host/localization';

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
  registerLocalization(context);
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
