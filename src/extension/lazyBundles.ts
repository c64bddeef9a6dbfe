import * as vscode from 'vscode';

import { reasonOf, registerCommand } from './host/command';
import { Disposable } from './host/disposable';
import type * as detection from './bundles/detection';
import type * as main from './bundles/main';

/** What is loaded when it is first needed, by the names of bundles. */
export interface Bundles {
  readonly detection: typeof detection;
  readonly main: typeof main;
}

/** How an extension host loads a bundle; it may be asked again for one that failed. */
export type LoadBundle = <Name extends keyof Bundles>(name: Name) => Promise<Bundles[Name]>;

/** Loads bundles when they are first needed. */
export class LazyBundles extends Disposable {
  private ended = false;

  private readonly loaded = new Map<keyof Bundles, Promise<unknown>>();

  public constructor(private readonly loadBundle: LoadBundle) {
    super();
  }

  /** Loads a bundle once; rejects with a sentence for the user where it is broken or missing. */
  public async load<Name extends keyof Bundles>(name: Name): Promise<Bundles[Name]> {
    const bundle =
      (this.loaded.get(name) as Promise<Bundles[Name]> | undefined) ?? this.loadBundle(name);
    this.loaded.set(name, bundle);
    try {
      return await bundle;
    } catch (cause) {
      this.loaded.delete(name);
      const text = vscode.l10n.t(
        'A part of the extension cannot be loaded: {part}. Reload the window, or install the extension again. ({reason})',
        { part: name, reason: reasonOf(cause) },
      );
      throw new Error(text, { cause });
    }
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
