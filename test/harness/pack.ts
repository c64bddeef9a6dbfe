import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

import { temporaryFolder } from './cleanup';
import { projectFolder } from './paths';

/** Packs what is in dist/ as a .vsix; gives its path. */
export async function packExtension(): Promise<string> {
  const file = path.join(temporaryFolder(), 'netstat-lens.vsix');
  const script = path.join(projectFolder, 'scripts/package.mjs');
  await promisify(execFile)(process.execPath, [script, '--no-build', '--out', file]);
  return file;
}
