import * as vscode from 'vscode';

/**
 * Loads CommonJS modules of the extension in the web worker extension host, whose own `require`
 * knows 'vscode' only.
 */
export class CommonJsModules {
  private readonly loading = new Map<string, Promise<unknown>>();

  public constructor(private readonly folder: vscode.Uri) {}

  /** What a file exports: always the same; a file that could not be loaded is tried again. */
  public load(name: string): Promise<unknown> {
    let exports = this.loading.get(name);
    if (exports === undefined) {
      exports = this.evaluate(name).catch((error: unknown) => {
        this.loading.delete(name);
        throw error;
      });
      this.loading.set(name, exports);
    }
    return exports;
  }

  private async evaluate(name: string): Promise<unknown> {
    const file = vscode.Uri.joinPath(this.folder, name);
    const source = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    const needed = new Map<string, unknown>([['vscode', vscode]]);
    // Bundles import each other beside them, and never in a circle.
    const imports = Array.from(
      source.matchAll(/\brequire\("\.\/([\w-]+\.js)"\)/g),
      ([, to]) => to!,
    );
    await Promise.all(imports.map(async to => needed.set(`./${to}`, await this.load(to))));
    const module: { exports: unknown } = { exports: {} };
    // This is how the host itself loads the entry of an extension, and finds its source maps.
    const code = `${source}\n//# sourceURL=${file.toString(true)}#vscode-extension`;
    // eslint-disable-next-line @typescript-eslint/no-implied-eval, no-new-func
    const run = new Function('module', 'exports', 'require', code) as CommonJs;
    run(module, module.exports, request => needed.get(request));
    return module.exports;
  }
}

type CommonJs = (
  module: { exports: unknown },
  exports: unknown,
  require: (request: string) => unknown,
) => void;
