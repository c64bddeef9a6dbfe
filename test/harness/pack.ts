import path from 'node:path';

import { temporaryFolder } from './cleanup';
import { projectFolder } from './paths';
import { runProgram } from './processes';

/** Packs what is in dist/ as a .vsix; gives its path. */
export async function packExtension(): Promise<string> {
  const file = path.join(temporaryFolder(), 'netstat-lens.vsix');
  const script = path.join(projectFolder, 'scripts/package.mjs');
  await runProgram(process.execPath, [script, '--no-build', '--out', file]);
  return file;
}
