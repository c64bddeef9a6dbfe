import type * as vscode from 'vscode';

import type { DumpService } from '../documents/dumpService';
import { registerExplainState } from '../commands/explainState';
import { registerHover } from '../editor/hover';
import { registerStateDiagram } from '../commands/stateDiagram';

/** What explains states and words; gives what explains the word that is pointed at. */
export function register(
  context: vscode.ExtensionContext,
  dumps: DumpService,
): vscode.HoverProvider {
  registerExplainState(context);
  registerStateDiagram(context, dumps);
  return registerHover(context, dumps);
}
