import * as vscode from 'vscode';

import type * as activation from './activate';
import type { LoadPart } from './parts';
import { CommonJsModules } from './web/commonJsModules';

/**
 * Wires everything that runs in the web worker extension host. Nothing else of the extension is in
 * this bundle: modules must not exist twice.
 */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const modules = new CommonJsModules(
    vscode.Uri.joinPath(context.extensionUri, 'dist', 'extension'),
  );
  const { activate: activateAnywhere } = (await modules.load('activate.js')) as typeof activation;
  activateAnywhere(context, { load: (name => modules.load(`${name}.js`)) as LoadPart });
}
