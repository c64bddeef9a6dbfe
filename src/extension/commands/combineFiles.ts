import * as vscode from 'vscode';

import { decodeBytes } from '../../core/reading/input/encoding';
import { fileTitle } from '../../core/reading/around/fileTitle';
import { isEmpty } from '../../core/reading/dump';
import { readDump } from '../../core/reading/reader';
import { LARGEST_DOCUMENT } from '../documents/largeFiles';
import { label } from '../../core/wording/statement';
import { localized } from '../host/localization';

const TEXTS = {
  files: label('{count} files'),
  tooLarge: label('These files are too large together. Use the command line: {command}'),
};

/** Documents that hold several files, each below its title. Their addresses name the files. */
const SCHEME = 'netstat-lens-together';

/** Files of a folder that are looked at. */
const MOST_FILES = 2000;

/** Folders within folders that are looked at: a folder for each host, and one for its dumps. */
const DEPTH = 3;

/** A file, and whether it was found in a folder: then it need not be a dump. */
interface Part {
  readonly uri: vscode.Uri;
  readonly found: boolean;
}

/** Registers the documents in which several files are one. */
export function registerCombined(context: vscode.ExtensionContext): void {
  context.subscriptions.push(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: ({ query }) => textOf(read(query)),
    }),
  );
}

/** Opens several files, or all that are in folders, as one document. */
export async function openCombined(uris: readonly vscode.Uri[]): Promise<vscode.TextDocument> {
  const names = new Set(uris.map(uri => uri.path.slice(uri.path.lastIndexOf('/') + 1)));
  const [only] = names;
  const title =
    names.size === 1 && only !== undefined ? only : localized(TEXTS.files, { count: uris.length });
  const document = await vscode.workspace.openTextDocument(
    vscode.Uri.from({
      scheme: SCHEME,
      path: `/${title}.netstat`,
      query: JSON.stringify(uris.map(uri => uri.toString())),
    }),
  );
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

async function textOf(uris: readonly vscode.Uri[]): Promise<string> {
  const parts: Part[] = [];
  for (const uri of uris) {
    parts.push(...(await partsOf(uri, 0)));
  }
  let text = '';
  for (const { uri, found } of parts.slice(0, MOST_FILES)) {
    const content = await contentOf(uri);
    if (found && isEmpty(readDump(content))) {
      continue;
    }
    text += `${fileTitle(vscode.workspace.asRelativePath(uri))}\n${content}\n`;
    if (text.length > LARGEST_DOCUMENT) {
      throw new Error(localized(TEXTS.tooLarge, { command: COMMAND }));
    }
  }
  return text;
}

const COMMAND = 'netstat-lens --together';

/** What the editor shows of a file, else what is in it. */
async function contentOf(uri: vscode.Uri): Promise<string> {
  const open = vscode.workspace.textDocuments.find(
    document => document.uri.toString() === uri.toString(),
  );
  return open?.getText() ?? decodeBytes(await vscode.workspace.fs.readFile(uri)).text;
}

async function partsOf(uri: vscode.Uri, depth: number): Promise<Part[]> {
  if (!(await isFolder(uri))) {
    return [{ uri, found: depth > 0 }];
  }
  const entries = await vscode.workspace.fs.readDirectory(uri);
  const parts: Part[] = [];
  for (const [name] of entries.sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!name.startsWith('.') && depth < DEPTH && parts.length < MOST_FILES) {
      parts.push(...(await partsOf(vscode.Uri.joinPath(uri, name), depth + 1)));
    }
  }
  return parts;
}

async function isFolder(uri: vscode.Uri): Promise<boolean> {
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    return (type & vscode.FileType.Directory) !== 0;
  } catch {
    // An untitled document is no file.
    return false;
  }
}

function read(query: string): vscode.Uri[] {
  const value: unknown = JSON.parse(query);
  return Array.isArray(value)
    ? value.filter(one => typeof one === 'string').map(one => vscode.Uri.parse(one, true))
    : [];
}
