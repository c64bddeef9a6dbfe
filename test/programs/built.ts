import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { buildSync } from 'esbuild';

import { projectFolder } from '../harness/paths';

/**
 * A program of this project, built for the tests of a suite: it starts in a fraction of the time
 * that tsx takes. Gives its file once they run.
 */
export function builtProgram(source: string): () => string {
  let folder = '';
  let file = '';
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'netstat-lens-program-'));
    file = path.join(folder, 'program.cjs');
    const entryPoints = [path.join(projectFolder, source)];
    buildSync({ entryPoints, bundle: true, platform: 'node', outfile: file });
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  return () => file;
}
