import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectFolder } from '../harness/paths';

/*
 * Dumps that other projects published. Their text may be read in tests where the folder is at
 * hand, and is never copied into this project; tests that need it skip, and say so, elsewhere.
 */
const dumpsFolder = path.resolve(projectFolder, '../shared/dumps');
const publicFolder = path.join(dumpsFolder, 'public');
const ownFolder = path.join(dumpsFolder, 'own');

/** Names of all published dumps, relative to their folder; empty where it is absent. */
export function publicDumpNames(): string[] {
  return namesIn(publicFolder);
}

/** Names of all captures of our own; empty where the folder is absent. */
export function ownDumpNames(): string[] {
  return namesIn(ownFolder);
}

/** The bytes of a published dump. For tests inside {@link describePublic}. */
export function publicBytes(name: string): Buffer {
  return readFileSync(path.join(publicFolder, name));
}

/** The text of a published dump in UTF-8. For tests inside {@link describePublic}. */
export function publicText(name: string): string {
  return publicBytes(name).toString('utf8');
}

/** The text of a capture of our own. For tests inside {@link describePublic}. */
export function ownText(name: string): string {
  return readFileSync(path.join(ownFolder, name), 'utf8');
}

/** What a project publishes as the result of reading a dump (its own names). */
export function publicJson(name: string): unknown {
  return JSON.parse(publicText(name));
}

/** `describe` for tests that read the published dumps: skipped, loudly, where they are absent. */
export function describePublic(title: string, body: () => void): void {
  if (existsSync(publicFolder)) {
    describe(title, body);
    return;
  }
  console.warn(`skipped, no published dumps beside the project: ${title}`);
  describe.skip(title, () => {
    it('needs the published dumps');
  });
}

function namesIn(folder: string): string[] {
  if (!existsSync(folder)) {
    return [];
  }
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .map(name => name.split(path.sep).join('/'))
    .sort();
}
