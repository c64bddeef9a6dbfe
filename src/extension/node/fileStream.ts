import type * as vscode from 'vscode';

import { fileChunks } from '../../node/fileChunks';
import { type FileAccess, readThroughEditor } from '../documents/fileReader';

/** Reads the files of this machine chunk by chunk, others through the editor. */
async function* readFile(uri: vscode.Uri): AsyncGenerator<Uint8Array> {
  if (uri.scheme !== 'file') {
    yield* readThroughEditor(uri);
    return;
  }
  yield* fileChunks(uri.fsPath);
}

/** How the extension host of Node reads large files. */
export const NODE_FILES: FileAccess = {
  read: readFile,
  streams: uri => uri.scheme === 'file',
};
