import type * as vscode from 'vscode';

import { activate as activateAnywhere } from './activate';
import type { SocketSource } from './capture/captureSource';
import { NODE_FILES } from './node/fileStream';
import type * as main from './node/main';
import type { Bundles } from './lazyBundles';

let sockets: SocketSource | undefined;

/** Wires everything that runs in the Node extension host. */
export function activate(context: vscode.ExtensionContext): void {
  activateAnywhere(context, {
    load: async <Name extends keyof Bundles>(name: Name) => {
      // What loads takes a while, and activation need not wait for it.
      await new Promise(resolve => setImmediate(resolve));
      return bundle(name) as Bundles[Name];
    },
    files: NODE_FILES,
    sockets: {
      open: words => loaded().open(words),
      find: (...args) => loaded().find(...args),
      excludedPorts: transport => loaded().excludedPorts(transport),
    },
  });
}

function loaded(): SocketSource {
  sockets ??= new (bundle('main') as typeof main).LocalSockets();
  return sockets;
}

/** What a bundle beside this one exports. */
function bundle(name: string): unknown {
  return module.require(`./${name}.js`);
}
