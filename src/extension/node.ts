import type * as vscode from 'vscode';

import { activate as activateAnywhere } from './activate';
import { NODE_FILES } from './node/fileStream';
import { LocalSockets } from './node/localSockets';

/** Wires everything that runs in the Node extension host. */
export function activate(context: vscode.ExtensionContext): void {
  activateAnywhere(context, new LocalSockets(), NODE_FILES);
}
