import * as vscode from 'vscode';

/** Loads a bundle in the web worker extension host, whose `require` knows 'vscode' only. */
export async function loadBundle(file: vscode.Uri): Promise<unknown> {
  const source = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  // This is how the host itself loads the entry of an extension, and finds its source maps.
  const code = `${source}\n//# sourceURL=${file.toString(true)}#vscode-extension`;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, no-new-func
  const run = new Function('module', 'exports', 'require', code) as CommonJs;
  const module: { exports: unknown } = { exports: {} };
  // What is there for Node is never called here.
  run(module, module.exports, request => (request === 'vscode' ? vscode : {}));
  return module.exports;
}

type CommonJs = (
  module: { exports: unknown },
  exports: unknown,
  require: (request: string) => unknown,
) => void;
