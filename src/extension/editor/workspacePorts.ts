import * as vscode from 'vscode';

import { PORT_FILES, portsInFile } from '../../shared/portsInFile';
import { Disposable } from '../host/disposable';
import { log } from '../host/log';
import type { PlaceLink } from '../host/markdown';

/** What is read of a workspace at most. */
const MOST_FILES = 500;
const MOST_BYTES = 5 * 1024 * 1024;

/** A hover waits no longer; what is found later is there for the next one. */
const PATIENCE_MS = 200;

/** How long it is remembered that there is nothing. */
const KEPT_EMPTY_MS = 10_000;

/** Places that a hover shows. */
const SHOWN = 3;

type Places = ReadonlyMap<number, readonly PlaceLink[]>;

/** Where the files of the workspace have ports: looked for once, when a hover first asks. */
export class WorkspacePorts extends Disposable {
  /** One search for all hovers: it is bounded, and kept until a file changes. */
  private places: Promise<Places> | undefined;
  private readonly cancellation = this.register(new vscode.CancellationTokenSource());
  private watching = false;

  /** The first places of a port; none where they are not found soon. */
  public async placesOf(
    port: number,
    token: vscode.CancellationToken,
  ): Promise<readonly PlaceLink[]> {
    if ((vscode.workspace.workspaceFolders ?? []).length === 0) {
      return [];
    }
    this.watch();
    this.places ??= this.search();
    const places = await soon(this.places, token);
    return (places?.get(port) ?? []).slice(0, SHOWN);
  }

  /** Searches anew where a search found nothing, failed or did not end: what searches may have begun late. */
  private search(): Promise<Places> {
    const own = this.find(this.cancellation.token).catch((error: unknown): Places => {
      // A hover says what it can.
      log().error('workspace ports', error);
      return new Map();
    });
    let found = 0;
    void own.then(({ size }) => (found = size));
    setTimeout(() => {
      if (found === 0 && this.places === own) {
        this.places = undefined;
      }
    }, KEPT_EMPTY_MS);
    return own;
  }

  private async find(token: vscode.CancellationToken): Promise<Places> {
    const places = new Map<number, PlaceLink[]>();
    const files = await vscode.workspace.findFiles(PORT_FILES, excluded(), MOST_FILES, token);
    files.sort((a, b) => (a.path < b.path ? -1 : 1));
    let bytes = 0;
    for (const uri of files) {
      if (token.isCancellationRequested) {
        break;
      }
      try {
        const { size } = await vscode.workspace.fs.stat(uri);
        if (bytes + size <= MOST_BYTES) {
          bytes += size;
          const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
          add(places, uri, text);
        }
      } catch {
        // It went away meanwhile, or may not be read.
      }
    }
    return places;
  }

  public override dispose(): void {
    this.cancellation.cancel();
    super.dispose();
  }

  private watch(): void {
    if (this.watching) {
      return;
    }
    this.watching = true;
    const forget = (): void => {
      this.places = undefined;
    };
    const watcher = this.register(vscode.workspace.createFileSystemWatcher(PORT_FILES));
    this.register(watcher.onDidCreate(forget));
    this.register(watcher.onDidChange(forget));
    this.register(watcher.onDidDelete(forget));
    this.register(vscode.workspace.onDidChangeWorkspaceFolders(forget));
    this.register(
      vscode.workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration('search.exclude')) {
          forget();
        }
      }),
    );
  }
}

function add(places: Map<number, PlaceLink[]>, uri: vscode.Uri, text: string): void {
  const name = vscode.workspace.asRelativePath(uri);
  for (const { port, line } of portsInFile(uri.path, text)) {
    const place = {
      text: `${name}:${line + 1}`,
      url: uri.with({ fragment: `L${line + 1}` }).toString(),
    };
    const known = places.get(port);
    if (known === undefined) {
      places.set(port, [place]);
    } else if (known.length < SHOWN) {
      known.push(place);
    }
  }
}

/** What searches leave out; without a pattern, findFiles leaves out what the explorer does. */
function excluded(): string | undefined {
  const setting = vscode.workspace
    .getConfiguration('search')
    .get<Readonly<Record<string, unknown>>>('exclude', {});
  const globs = Object.keys(setting).filter(glob => setting[glob] === true);
  return globs.length === 0 ? undefined : `{${globs.join(',')}}`;
}

/** What comes before a hover is gone, and soon. */
async function soon<T>(work: Promise<T>, token: vscode.CancellationToken): Promise<T | undefined> {
  let subscription: vscode.Disposable | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>(resolve => {
    timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
    subscription = token.onCancellationRequested(() => resolve(undefined));
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    subscription?.dispose();
  }
}
