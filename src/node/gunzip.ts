import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

import { isGzip, MOST_UNPACKED } from '../core/reading/input/gzip';

/**
 * The same chunks, unpacked where they are what gzip made. It is told by the first bytes, so that
 * standard input and files of any name will do.
 * @throws RangeError where more than `most` bytes come out of it.
 * @throws NodeJS.ErrnoException where it is broken.
 */
export async function* unpacked(
  chunks: AsyncIterable<Uint8Array>,
  most = MOST_UNPACKED,
): AsyncGenerator<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  try {
    const first = await iterator.next();
    if (first.done === true) {
      return;
    }
    const rest = { [Symbol.asyncIterator]: () => iterator };
    if (isGzip(first.value)) {
      yield* gunzipped(first.value, rest, most);
    } else {
      yield first.value;
      yield* rest;
    }
  } finally {
    await iterator.return?.();
  }
}

async function* gunzipped(
  first: Uint8Array,
  rest: AsyncIterable<Uint8Array>,
  most: number,
): AsyncGenerator<Uint8Array> {
  const packed = Readable.from(copies(first, rest));
  const gunzip = createGunzip();
  // What goes wrong with the file is told where its content is asked for.
  packed.once('error', error => gunzip.destroy(error));
  let size = 0;
  try {
    for await (const chunk of packed.pipe(gunzip)) {
      const bytes = chunk as Uint8Array;
      size += bytes.length;
      if (size > most) {
        throw new RangeError(`unpacked it has more than ${Math.floor(most / 1024 ** 2)} MB`);
      }
      yield bytes;
    }
  } finally {
    packed.destroy();
  }
}

/** A chunk is good until the next is asked for, and the stream asks before it is done with it. */
async function* copies(
  first: Uint8Array,
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield first.slice();
  for await (const chunk of rest) {
    yield chunk.slice();
  }
}
