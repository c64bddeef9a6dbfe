import * as vscode from 'vscode';

import { decodeBytes } from '../../core/reading/input/encoding';
import { label } from '../../core/wording/statement';
import { messageText } from '../host/labels';
import { localized } from '../host/localization';
import { titleOf } from '../panel/documentSource';
import type { FileAccess } from './fileReader';
import { LANGUAGE } from './language';

const TEXTS = {
  unpacking: label('Unpacking {name}'),
  broken: label('{name} could not be unpacked: its compressed data is broken.'),
  tooLarge: label('{name} has more than {most} MB when it is unpacked. Use the command line.'),
};

/** Whether a file is one that gzip made, by its name. */
export function isPacked(uri: vscode.Uri): boolean {
  return uri.scheme !== 'untitled' && /\.gz$/i.test(uri.path);
}

/**
 * Opens what a file of gzip holds as a document of its own, so that all else works on it; undefined
 * where it is broken, too large or was cancelled, which the user is told.
 */
export async function openUnpacked(
  uri: vscode.Uri,
  files: FileAccess,
  most: number,
): Promise<vscode.TextDocument | undefined> {
  const name = messageText(titleOf(uri));
  const bytes = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: localized(TEXTS.unpacking, { name }),
      cancellable: true,
    },
    async (_, token) => {
      try {
        return await unpack(files.read(uri), most, () => token.isCancellationRequested);
      } catch (error) {
        const text = error instanceof RangeError ? TEXTS.tooLarge : TEXTS.broken;
        void vscode.window.showErrorMessage(
          localized(text, { name, most: Math.round(most / 1024 ** 2) }),
        );
        return undefined;
      }
    },
  );
  return bytes && (await opened(decodeBytes(bytes).text));
}

async function opened(content: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language: LANGUAGE, content });
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

/**
 * All that packed chunks hold; undefined where `stops` said so in between.
 * @throws RangeError where it is more than `most` bytes.
 * @throws TypeError where it is broken.
 */
async function unpack(
  chunks: AsyncIterable<Uint8Array>,
  most: number,
  stops: () => boolean,
): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of unpackedChunks(chunks)) {
    if (stops()) {
      return undefined;
    }
    size += part.length;
    if (size > most) {
      throw new RangeError('too large');
    }
    parts.push(part);
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** What packed chunks hold, as it comes. */
async function* unpackedChunks(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = new DecompressionStream('gzip');
  const writer = gunzip.writable.getWriter();
  const reader = gunzip.readable.getReader();
  let failed = false;
  const write = async (): Promise<void> => {
    for await (const chunk of chunks) {
      if (failed) {
        return;
      }
      // A chunk is good until the next is asked for.
      await writer.write(chunk.slice());
    }
    await writer.close();
  };
  // What goes wrong is told where it is read.
  const writing = write().catch((error: unknown) => writer.abort(error).catch(() => undefined));
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      yield value;
    }
  } finally {
    failed = true;
    await reader.cancel().catch(() => undefined);
    await writing;
  }
}
