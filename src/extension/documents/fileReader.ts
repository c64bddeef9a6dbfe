import * as vscode from 'vscode';

/** Bytes that are read between two pauses. */
const CHUNK = 512 * 1024;

/** How the extension host at hand reads large files. */
export interface FileAccess {
  read(uri: vscode.Uri): AsyncIterable<Uint8Array>;
  /** Whether a file is read without all of it being in memory. */
  streams(uri: vscode.Uri): boolean;
}

/** Every extension host can read files so. */
export const EDITOR_FILES: FileAccess = { read: readThroughEditor, streams: () => false };

/**
 * Reads files of any file system that VS Code knows. It has no way to read a part of a file, so
 * that all of it is in memory once.
 */
export async function* readThroughEditor(uri: vscode.Uri): AsyncGenerator<Uint8Array> {
  const bytes = await vscode.workspace.fs.readFile(uri);
  for (let at = 0; at < bytes.length; at += CHUNK) {
    yield bytes.subarray(at, at + CHUNK);
    await pause();
  }
}

/** Lets the extension host do what else there is. */
function pause(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, 0));
}
