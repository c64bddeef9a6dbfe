import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';

import type { Dump } from '../core/model/dump';
import { decodeBytes } from '../core/reading/encoding';
import { readDump } from '../core/reading/reader';

/**
 * Reads a dump from a file, or from standard input for `-`.
 * @throws NodeJS.ErrnoException where it can't be read.
 */
export async function readFileDump(source: string): Promise<Dump> {
  const stream: Readable = source === '-' ? process.stdin : createReadStream(source);
  const chunks: Buffer[] = [];
  for await (const chunk of stream) {
    chunks.push(chunk as Buffer);
  }
  return readDump(decodeBytes(Buffer.concat(chunks)).text);
}
