import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';

import { packExtension } from '../harness/pack';
import { projectFolder } from '../harness/paths';

/** Bytes that the package may have. */
const LARGEST = 900 * 1024;

describe('the packaged extension', () => {
  it(`has at most ${LARGEST} bytes`, async function () {
    const entry = await readFile(path.join(projectFolder, 'dist/extension/node.js'), 'utf8');
    if (entry.includes('sourceMappingURL')) {
      console.log('    (what is in dist/ was built for development: npm run build)');
      this.skip();
    }
    const { size } = await stat(await packExtension());
    assert.ok(size > 100_000 && size <= LARGEST, String(size));
  });
});
