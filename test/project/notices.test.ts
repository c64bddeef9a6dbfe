import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { notices } from '../../scripts/notices';
import { projectFolder } from '../harness/paths';

describe('notices of third parties', () => {
  it('name every package in the bundles, with its licence, and ship', async () => {
    const { text } = await notices();
    // The icons are a font that is copied; the rest is in the bundles.
    for (const name of ['@vscode/codicons', 'ipaddr.js', 'preact', 'valibot']) {
      assert.match(text, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(.+\\)$`, 'm'));
    }
    assert.match(text, /Attribution 4\.0 International/);
    assert.doesNotMatch(text, /^(?:mocha|typescript|esbuild) /m);
    const shipped = readFileSync(path.join(projectFolder, '.vscodeignore'), 'utf8');
    assert.match(shipped, /^!ThirdPartyNotices\.txt$/m);
  });
});
