import { cp, mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';

import { projectFolder } from './paths';

/**
 * Copies the sample dumps, so that tests may change them, and makes links in `.links` that lead out
 * of the folder: to `file.netstat`, and to a `folder` with such a file.
 */
export async function copySamples(target: string): Promise<void> {
  const samples = path.join(projectFolder, 'samples');
  await cp(samples, target, { recursive: true });
  const links = path.join(target, '.links');
  const outside = `${target}-outside`;
  await mkdir(links);
  await mkdir(outside);
  const file = path.join(outside, 'file.netstat');
  await cp(path.join(samples, 'linux-netstat-close-wait.netstat'), file);
  await symlink(file, path.join(links, 'file.netstat'));
  // Windows lets everybody make junctions.
  await symlink(outside, path.join(links, 'folder'), 'junction');
}
