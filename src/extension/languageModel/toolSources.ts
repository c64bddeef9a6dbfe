import * as vscode from 'vscode';

import { Redactor } from '../../core/redaction/redact';
import { visibleJson } from '../../core/wording/visible';
import { type Place, placesInWorkspace, type System } from '../../shared/placesInWorkspace';
import { type FileSystem, type PathState, plainFileState } from '../../shared/plainFile';
import { isProtected } from '../host/settings';
import { shownDumps } from '../documents/shownDumps';
import { shownDocuments } from '../host/tabs';
import { titleOf } from '../panel/documentSource';
import { echo } from './toolInput';

/** Open documents that a message names at most. */
const MOST_NAMED = 10;

/** What VS Code calls a document that nobody has named. */
const UNNAMED = /^Untitled-\d+$/;

/** A document that a tab shows, or a file of the workspace with the addresses of its path. */
export interface ToolSource {
  readonly uri: vscode.Uri;
  readonly path: readonly vscode.Uri[] | null;
}

/** The file systems of VS Code. */
export const FILES: FileSystem<vscode.Uri> = {
  stat: async (uri): Promise<PathState> => {
    const { type, ...state } = await vscode.workspace.fs.stat(uri);
    const isFile = type === vscode.FileType.File;
    const kind = isFile ? 'file' : type === vscode.FileType.Directory ? 'folder' : 'other';
    return { ...state, kind };
  },
};

/** What tools may read, and what it is called in their answers. */
export class ToolSources {
  /** One for all documents: equal things stay equal, and no two get the same name. */
  private readonly redactor = new Redactor();

  /** Who replaces what a document should not tell; null where the user allows to tell it. */
  public redactorFor(scope: vscode.ConfigurationScope): Redactor | null {
    return isProtected('tools.redactAddresses', scope) ? this.redactor : null;
  }

  /** What answers call a document or file. */
  public nameOf(uri: vscode.Uri, redactor: Redactor | null): string {
    if (redactor === null) {
      return titleOf(uri);
    }
    return isUnnamed(uri) ? uri.toString() : redactor.source(distinctName(uri));
  }

  /**
   * The document or file that a model names; throws what it should do else, which is the same
   * whether or not there is such a file outside the workspace.
   */
  public async find(path: unknown): Promise<ToolSource> {
    if (typeof path !== 'string' || path.trim() === '') {
      throw new Error(`Give the path of a dump, as text. ${this.openDumps()}`);
    }
    const shown = shownDocuments().find(uri => isNamed(uri, path));
    if (shown !== undefined) {
      return { uri: shown, path: null };
    }
    const folders = workspaceFolders();
    for (const place of placesInWorkspace(folders, path, systemHere())) {
      const steps = stepsTo(place);
      const uri = steps.at(-1);
      if (uri !== undefined && (await plainFileState(steps, FILES)) !== null) {
        return { uri, path: steps };
      }
    }
    const redacted = shownDumps().find(document => {
      const redactor = this.redactorFor(document);
      return redactor !== null && this.nameOf(document.uri, redactor) === path;
    });
    if (redacted !== undefined) {
      return { uri: redacted.uri, path: null };
    }
    throw new Error(
      `${echo(path)} is neither an open document nor a file of the workspace, links not ` +
        'followed, and only those are read. ' +
        `Use the path of one, or ask the user to open the dump. ${this.openDumps()}`,
    );
  }

  /** The open dumps by names that {@link find} takes, as JSON, since names may hold anything. */
  private openDumps(): string {
    const names = shownDumps()
      .slice(0, MOST_NAMED)
      .map(document => {
        const { uri } = document;
        const redactor = this.redactorFor(document);
        return redactor === null ? realName(uri) : this.nameOf(uri, redactor);
      });
    return names.length === 0
      ? 'No dump is open.'
      : `Open dumps: ${names.map(visibleJson).join(', ')}.`;
  }
}

function workspaceFolders(): vscode.Uri[] {
  return (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
}

function isNamed(uri: vscode.Uri, path: string): boolean {
  const names = isMeantByPath(uri)
    ? [uri.fsPath, uri.path, vscode.workspace.asRelativePath(uri, false)]
    : [];
  return uri.toString() === path || names.includes(path);
}

/**
 * Whether a path without a scheme can mean a document. Others show what a file was, or a part of
 * it, under the file's own path.
 */
function isMeantByPath({ scheme }: vscode.Uri): boolean {
  const folders = workspaceFolders();
  const schemes = folders.length === 0 ? ['file'] : folders.map(folder => folder.scheme);
  return scheme === 'untitled' || schemes.includes(scheme);
}

function realName(uri: vscode.Uri): string {
  return uri.scheme === 'file' ? uri.fsPath : uri.toString();
}

function isUnnamed({ scheme, path }: vscode.Uri): boolean {
  return scheme === 'untitled' && UNNAMED.test(path);
}

/** Not the same for two documents with paths: their titles may be. */
function distinctName(uri: vscode.Uri): string {
  return isMeantByPath(uri) ? vscode.workspace.asRelativePath(uri) : `${uri.scheme}:${uri.path}`;
}

/** The system of local files; a web worker is on none. */
function systemHere(): System {
  const platform = typeof process === 'undefined' ? '' : process.platform;
  return platform === 'win32' || platform === 'darwin' ? platform : 'posix';
}

/** The addresses of a path's folders and of its file, without the folder of the workspace. */
function stepsTo({ folder, names }: Place<vscode.Uri>): vscode.Uri[] {
  return names.map((_, i) => vscode.Uri.joinPath(folder, ...names.slice(0, i + 1)));
}
