import * as vscode from 'vscode';

/**
 * Loads the layers of the extension in the web worker extension host, whose `require` knows
 * 'vscode' only. Files are read together and evaluated one after the other.
 */
export class LayerLoader {
  private readonly sources = new Map<string, Promise<string>>();
  private readonly loaded: unknown[];

  /** `names` are those of all layers, each of which needs those before it only. */
  public constructor(
    private readonly folder: vscode.Uri,
    private readonly names: readonly string[],
    first: unknown,
  ) {
    this.loaded = [first];
  }

  /** What a layer exports. A file that could not be read is read again when it is asked for. */
  public async load(name: string): Promise<unknown> {
    const end = this.names.indexOf(name) + 1;
    const sources = await Promise.all(
      this.names
        .slice(this.loaded.length, end)
        .map(async one => [one, await this.read(one)] as const),
    );
    // Another call may have evaluated some meanwhile.
    for (const [one, source] of sources) {
      if (this.names.indexOf(one) === this.loaded.length) {
        this.loaded.push(this.evaluate(one, source));
        this.sources.delete(one);
      }
    }
    return this.loaded[end - 1];
  }

  private read(name: string): Promise<string> {
    let source = this.sources.get(name);
    if (source === undefined) {
      source = this.readFile(name).catch((error: unknown) => {
        this.sources.delete(name);
        throw error;
      });
      this.sources.set(name, source);
    }
    return source;
  }

  private async readFile(name: string): Promise<string> {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(this.uri(name)));
  }

  private evaluate(name: string, source: string): unknown {
    const module: { exports: unknown } = { exports: {} };
    // This is how the host itself loads the entry of an extension, and finds its source maps.
    const code = `${source}\n//# sourceURL=${this.uri(name).toString(true)}#vscode-extension`;
    // eslint-disable-next-line @typescript-eslint/no-implied-eval, no-new-func
    const run = new Function('module', 'exports', 'require', code) as CommonJs;
    run(module, module.exports, request => this.required(request));
    return module.exports;
  }

  /** What a layer gets for `require('vscode')` or `require('./name.js')`. */
  private required(request: string): unknown {
    const at = this.names.findIndex(name => request === `./${name}.js`);
    return at < 0 ? vscode : this.loaded[at];
  }

  private uri(name: string): vscode.Uri {
    return vscode.Uri.joinPath(this.folder, `${name}.js`);
  }
}

type CommonJs = (
  module: { exports: unknown },
  exports: unknown,
  require: (request: string) => unknown,
) => void;
