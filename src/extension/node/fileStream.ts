import { createReadStream } from 'node:fs';

import type * as vscode from 'vscode';

import { readThroughEditor } from '../fileReader';
import type { FileAccess } from '../largeFiles';

/** Bytes that are read at once: read and parsed within a few milliseconds. */
const CHUNK = 512 * 1024;

/** Reads the files of this machine chunk by chunk, others through the editor. */
async function* readFile(uri: vscode.Uri): AsyncGenerator<Uint8Array> {
  if (uri.scheme !== 'file') {
    yield* readThroughEditor(uri);
    return;
  }
  for await (const chunk of createReadStream(uri.fsPath, { highWaterMark: CHUNK })) {
    yield chunk as Uint8Array;
  }
}

/** How the extension host of Node reads large files. */
export const NODE_FILES: FileAccess = {
  read: readFile,
  streams: uri => uri.scheme === 'file',
};
