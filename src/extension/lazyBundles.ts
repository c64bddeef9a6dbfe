import * as vscode from 'vscode';

import type { Texts } from '../core/wording/statement';
import { reasonOf, registerCommand } from './host/command';
import { Disposable } from './host/disposable';
import type * as detection from './bundles/detection';
import type * as editor from './bundles/editor';
import type * as explanations from './bundles/explanations';
import type * as reports from './bundles/reports';

/** What is loaded when it is first needed, by the names of bundles. */
export interface Bundles {
  readonly detection: typeof detection;
  readonly editor: typeof editor;
  readonly explanations: typeof explanations;
  readonly reports: typeof reports;
}

/** How an extension host loads a part; it may be asked again for one that failed. */
export type LoadBundle = <Name extends keyof Bundles>(name: Name) => Promise<Bundles[Name]>;

/** Loads parts when they are first needed. */
export class LazyBundles extends Disposable {
  private ended = false;

  public constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly loadBundle: LoadBundle,
  ) {
    super();
  }

  /** Loads a part; rejects with a sentence for the user where it is broken or missing. */
  public load<Name extends keyof Bundles>(name: Name): Promise<Bundles[Name]> {
    return orSayWhy(name, () => this.loadBundle(name));
  }

  /** The texts that the build has taken out of the core; rejects as {@link load} does. */
  public texts(): Promise<Texts> {
    const file = 'texts.json';
    return orSayWhy(file, async () => {
      const uri = vscode.Uri.joinPath(this.extensionUri, 'dist', 'extension', file);
      const json = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
      return new Map(Object.entries(JSON.parse(json) as Record<string, string>));
    });
  }

  /**
   * What `load` gives, loaded once, when the function given back is first called. It is given as a
   * function that registers what it has. Until then stand-ins take its commands and pass them on.
   */
  public once<T>(commands: readonly string[], load: () => Promise<() => T>): () => Promise<T> {
    let loading: Promise<T> | undefined;
    const standIns = commands.map(id =>
      this.register(
        registerCommand(id, async (...args) => {
          await needed();
          await vscode.commands.executeCommand(id, ...args);
        }),
      ),
    );
    const start = async (): Promise<T> => {
      const register = await load().catch((error: unknown) => {
        loading = undefined;
        throw error;
      });
      if (this.ended) {
        throw new vscode.CancellationError();
      }
      for (const standIn of standIns) {
        standIn.dispose();
      }
      return register();
    };
    const needed = (): Promise<T> => (loading ??= start());
    return needed;
  }

  public override dispose(): void {
    this.ended = true;
    super.dispose();
  }
}

async function orSayWhy<T>(what: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    const text = vscode.l10n.t(
      'A part of the extension cannot be loaded: {part}. Reload the window, or install the extension again. ({reason})',
      { part: what, reason: reasonOf(cause) },
    );
    throw new Error(text, { cause });
  }
}
