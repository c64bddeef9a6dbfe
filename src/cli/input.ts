import { type Dirent, readFileSync, statSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

import type { Dump } from '../core/reading/dump';
import { DumpStream } from '../core/reading/input/dumpStream';
import { fileTitle } from '../core/reading/around/fileTitle';
import { fileChunks } from '../node/fileChunks';
import { unpacked } from '../node/gunzip';

/** A file to read. */
interface Source {
  /** As given; `-` for standard input. */
  readonly name: string;
  /** Where it was found: then it need not be a dump. Null where it was named itself. */
  readonly folder: Folder | null;
}

/** A folder that was named, in which some file must be a dump. */
interface Folder {
  readonly name: string;
  hasDump: boolean;
}

/** What arguments name. */
interface Sources {
  readonly files: readonly Source[];
  readonly folders: readonly Folder[];
}

/** Is told of what cannot be read while the rest is. */
export type OnUnreadable = (name: string, error: unknown) => void;

/**
 * The files that arguments name: of a folder all that are in it and below it, but for hidden ones,
 * in the order of their names.
 */
export async function sourcesOf(
  names: readonly string[],
  unreadable: OnUnreadable,
): Promise<Sources> {
  const files: Source[] = [];
  const folders: Folder[] = [];
  for (const name of names) {
    if (name !== '-' && (await isFolder(name))) {
      const folder = { name, hasDump: false };
      folders.push(folder);
      for (const file of await filesIn(name, unreadable)) {
        files.push({ name: file, folder });
      }
    } else {
      files.push({ name, folder: null });
    }
  }
  return { files, folders };
}

/** What is told of a folder in which no file is a dump. */
export function noDumps(folder: string): string {
  return `${folder}: no file in this folder has sockets or counters`;
}

/** Bytes of a file that is read in one call: of many small ones most of the time is waiting. */
const SMALL = 256 * 1024;

/** Rows of which table, indexes and all else take less than 400 MB. */
const MOST_ROWS = 2_500_000;

/**
 * Reads a dump from a file, or from standard input for `-`, a chunk at a time: a file may be
 * larger than memory, or than a string may be. Of very many snapshots the newest are kept.
 * @throws NodeJS.ErrnoException where it can't be read.
 */
export async function readFileDump(source: string): Promise<Dump> {
  const reader = new DumpStream(MOST_ROWS);
  const size = sizeOf(source);
  reader.expect(size);
  await readInto(reader, source, size);
  return reader.finish();
}

/** Reads several files as one text, each below its title. */
export async function readFilesTogether(
  sources: readonly string[],
  unreadable: OnUnreadable,
): Promise<Dump> {
  const reader = new DumpStream();
  for (const source of sources) {
    reader.push(`${fileTitle(source)}\n`);
    try {
      await readInto(reader, source, sizeOf(source));
    } catch (error) {
      // It was there a moment ago.
      unreadable(source, error);
    }
    // The last line of a file may lack its end.
    reader.push('\n');
  }
  return reader.finish();
}

async function readInto(reader: DumpStream, source: string, size: number): Promise<void> {
  const chunks: AsyncIterable<Uint8Array> =
    source === '-' ? process.stdin : size > 0 && size <= SMALL ? whole(source) : fileChunks(source);
  for await (const chunk of unpacked(chunks)) {
    reader.pushBytes(chunk);
  }
  reader.endFile();
}

// eslint-disable-next-line @typescript-eslint/require-await -- chunks come as those of other files
async function* whole(file: string): AsyncGenerator<Uint8Array> {
  yield readFileSync(file);
}

/** Bytes of a regular file; 0 for what is none, or where that is not known. */
function sizeOf(source: string): number {
  try {
    const found = source === '-' ? null : statSync(source);
    return found?.isFile() === true ? found.size : 0;
  } catch {
    // That it cannot be read is told where it is read.
    return 0;
  }
}

async function isFolder(name: string): Promise<boolean> {
  try {
    return (await stat(name)).isDirectory();
  } catch {
    // That it cannot be read is told where it is read.
    return false;
  }
}

async function filesIn(folder: string, unreadable: OnUnreadable): Promise<string[]> {
  const files: string[] = [];
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    unreadable(folder, error);
    return files;
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = path.join(folder, entry.name);
    if (entry.name.startsWith('.')) {
      continue;
    }
    if (entry.isDirectory()) {
      for (const file of await filesIn(name, unreadable)) {
        files.push(file);
      }
    } else if (
      entry.isFile() ||
      (entry.isSymbolicLink() && (await leadsToFile(name, unreadable)))
    ) {
      // Pipes and devices may never end, links to folders may lead round in circles.
      files.push(name);
    }
  }
  return files;
}

async function leadsToFile(link: string, unreadable: OnUnreadable): Promise<boolean> {
  try {
    return (await stat(link)).isFile();
  } catch (error) {
    unreadable(link, error);
    return false;
  }
}

/** What is told of the errors that people meet. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'it may not be read',
  EPERM: 'it may not be read',
  EISDIR: 'this is a folder',
  ENOTDIR: 'part of its path is not a folder',
  ELOOP: 'its links lead round in circles',
  ENAMETOOLONG: 'its name is too long',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EIO: 'the disk failed',
  Z_DATA_ERROR: 'its compressed data is broken',
  Z_BUF_ERROR: 'its compressed data is cut off',
};

/** What went wrong with a file. The machine's own words are not told: they hold its path. */
export function reasonOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== undefined) {
    return REASONS[code] ?? `it cannot be read (${code})`;
  }
  return error instanceof Error ? error.message : String(error);
}
