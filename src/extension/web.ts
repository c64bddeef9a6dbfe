import * as vscode from 'vscode';

import { activate as activateAnywhere } from './activate';
import layers from './layers.json';
import type { LoadBundle } from './lazyBundles';
import { LayerLoader } from './web/layerLoader';

/** Of the bundle that this is in: the extension host gives it. */
declare const module: { readonly exports: unknown };

/** Wires everything that runs in the web worker extension host. */
export function activate(context: vscode.ExtensionContext): void {
  const folder = vscode.Uri.joinPath(context.extensionUri, 'dist', 'extension');
  // The first layer is in this bundle, which exports what it has to the others.
  const loader = new LayerLoader(folder, layers.map(nameOf), module.exports);
  activateAnywhere(context, { load: (name => loader.load(name)) as LoadBundle });
}

function nameOf(module: string): string {
  return module.slice(module.lastIndexOf('/') + 1);
}
