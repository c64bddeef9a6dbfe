import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { generated } from '../../scripts/generate';

describe('generated files', () => {
  it('are what the core says (npm run generate)', async () => {
    for (const { path: file, text } of await generated()) {
      assert.equal(readFileSync(file, 'utf8'), text, `${path.basename(file)} is out of date`);
    }
  }).timeout(60_000);
});
