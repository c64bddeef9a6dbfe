import type * as vscode from 'vscode';

import type { DumpService } from '../dumps';
import { registerExplainState } from '../explainState';
import { registerHover } from '../hover';
import { registerStateDiagram } from '../stateDiagram';

/** What explains states and words; gives what explains the word that is pointed at. */
export function register(
  context: vscode.ExtensionContext,
  dumps: DumpService,
): vscode.HoverProvider {
  registerExplainState(context);
  registerStateDiagram(context, dumps);
  return registerHover(context, dumps);
}
