import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';

import type { Dump } from '../core/model/dump';
import { DumpStream } from '../core/reading/dumpStream';
import { ByteDecoder } from '../core/reading/encoding';

/** Bytes that are read at once: less costs more calls, more does not stay in the cache. */
const CHUNK = 512 * 1024;

/**
 * Reads a dump from a file, or from standard input for `-`, a chunk at a time: a file may be
 * larger than memory, or than a string may be.
 * @throws NodeJS.ErrnoException where it can't be read.
 */
export async function readFileDump(source: string): Promise<Dump> {
  const stream: Readable =
    source === '-' ? process.stdin : createReadStream(source, { highWaterMark: CHUNK });
  const decoder = new ByteDecoder();
  const reader = new DumpStream();
  for await (const chunk of stream) {
    reader.push(decoder.decode(chunk as Buffer));
  }
  reader.push(decoder.end());
  return reader.finish();
}

/** What went wrong with a file, without the words of the machine. */
export function reasonOf(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
      return 'there is no such file';
    case 'EACCES':
      return 'it may not be read';
    case 'EISDIR':
      return 'this is a folder';
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
