import * as vscode from 'vscode';

import { activate as activateAnywhere } from './activate';
import type { LoadBundle } from './lazyBundles';
import { loadBundle } from './web/loadBundle';

/** Wires everything that runs in the web worker extension host. */
export function activate(context: vscode.ExtensionContext): void {
  const load = (name: string): Promise<unknown> =>
    loadBundle(vscode.Uri.joinPath(context.extensionUri, 'dist', 'extension', `${name}.js`));
  activateAnywhere(context, { load: load as LoadBundle });
}
