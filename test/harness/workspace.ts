import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import path from 'node:path';

import { projectFolder } from './paths';

/** Copies the sample dumps, so that tests may change them. */
export async function copySamples(target: string): Promise<void> {
  const samples = path.join(projectFolder, 'samples');
  if (existsSync(samples)) await cp(samples, target, { recursive: true });
}
