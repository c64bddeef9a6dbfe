import * as vscode from 'vscode';

import { PORT_FILES, portsInFile } from '../../shared/portsInFile';
import { Disposable } from '../host/disposable';
import type { PlaceLink } from '../host/markdown';

/** What is read of a workspace at most. */
const MOST_FILES = 500;
const MOST_BYTES = 5 * 1024 * 1024;

/** A hover waits no longer; what is found later is there for the next one. */
const PATIENCE_MS = 200;

/** Places that a hover shows. */
const SHOWN = 3;

type Places = ReadonlyMap<number, readonly PlaceLink[]>;

/** Where the files of the workspace have ports: looked for once, when a hover first asks. */
export class WorkspacePorts extends Disposable {
  private known: Places | undefined;
  private watching = false;
  /** Grows when a file changes: what was being read by then is no longer true. */
  private version = 0;

  /** The first places of a port; none where they are not found soon. */
  public async placesOf(
    port: number,
    token: vscode.CancellationToken,
  ): Promise<readonly PlaceLink[]> {
    if ((vscode.workspace.workspaceFolders ?? []).length === 0) {
      return [];
    }
    this.watch();
    const places = this.known ?? (await soon(this.find(token)));
    return (places?.get(port) ?? []).slice(0, SHOWN);
  }

  private async find(token: vscode.CancellationToken): Promise<Places | undefined> {
    const { version } = this;
    const places = new Map<number, PlaceLink[]>();
    const files = await vscode.workspace.findFiles(PORT_FILES, excluded(), MOST_FILES, token);
    files.sort((a, b) => (a.path < b.path ? -1 : 1));
    let bytes = 0;
    for (const uri of files) {
      if (token.isCancellationRequested) {
        return undefined;
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
    if (version === this.version && !token.isCancellationRequested) {
      this.known = places;
    }
    return places;
  }

  private watch(): void {
    if (this.watching) {
      return;
    }
    this.watching = true;
    const forget = (): void => {
      this.version++;
      this.known = undefined;
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

async function soon<T>(work: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>(resolve => {
    timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
