import path from 'node:path';

import { temporaryFolder } from './cleanup';
import { projectFolder } from './paths';
import { runProgram } from './processes';

let packed: Promise<string> | undefined;

/** Packs what is in dist/ as a .vsix, once; gives its path. */
export function packExtension(): Promise<string> {
  packed ??= pack();
  return packed;
}

async function pack(): Promise<string> {
  const file = path.join(temporaryFolder(), 'netstat-lens.vsix');
  const script = path.join(projectFolder, 'scripts/package.mjs');
  await runProgram(process.execPath, [script, '--no-build', '--out', file]);
  return file;
}
