import { open } from 'node:fs/promises';

/** Bytes that are read at once: less costs more calls, more does not stay in the cache. */
const CHUNK = 512 * 1024;

/**
 * The content of a file, a chunk at a time; the next one is read while one is looked at. A chunk
 * is good until the next is asked for.
 * @throws NodeJS.ErrnoException where it can't be read.
 */
export async function* fileChunks(name: string): AsyncGenerator<Uint8Array> {
  const file = await open(name);
  let current = Buffer.allocUnsafeSlow(CHUNK);
  let spare = Buffer.allocUnsafeSlow(CHUNK);
  const read = (into: Buffer): ReturnType<typeof file.read> => {
    const result = file.read(into, 0, CHUNK);
    // What went wrong is told where the chunk is asked for.
    result.catch(() => undefined);
    return result;
  };
  let reading = read(current);
  try {
    for (;;) {
      const { bytesRead } = await reading;
      if (bytesRead === 0) {
        return;
      }
      reading = read(spare);
      yield current.subarray(0, bytesRead);
      [current, spare] = [spare, current];
    }
  } finally {
    // A file must not be closed under a read.
    await reading.catch(() => undefined);
    await file.close();
  }
}
