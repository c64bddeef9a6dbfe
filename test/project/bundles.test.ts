import assert from 'node:assert/strict';
import path from 'node:path';

import { build } from 'esbuild';

import { shippedBundles } from '../../scripts/bundles.mjs';

/** Bytes that may be loaded to activate the extension, and to tell whether a plain text is a dump. */
const LARGEST_TO_ACTIVATE = 20_000;
const LARGEST_TO_DETECT = 284_000;

describe('the bundles of the extension', () => {
  const sizes = new Map<string, number>();
  const required = new Map<string, string[]>();

  before(async () => {
    for (const options of shippedBundles(true).filter(({ outdir }) => outdir !== undefined)) {
      const built = await build({ ...options, write: false });
      for (const { path: file, text, contents } of built.outputFiles) {
        const name = path.basename(file);
        sizes.set(name, contents.length);
        required.set(
          name,
          Array.from(text.matchAll(/\brequire\("([^"]+)"\)/g), ([, other = '']) => other),
        );
      }
    }
  });

  it(`load at most ${LARGEST_TO_ACTIVATE} bytes to activate`, () => {
    for (const entry of ['node.js', 'web.js']) {
      const size = sizes.get(entry) ?? NaN;
      assert.ok(size > 0 && size <= LARGEST_TO_ACTIVATE, `${entry}: ${size}`);
    }
  });

  it(`load at most ${LARGEST_TO_DETECT} bytes more for a plain text`, () => {
    const size = sizes.get('detection.js') ?? NaN;
    assert.ok(size > 0 && size <= LARGEST_TO_DETECT, String(size));
  });

  it('need no other file, and in a web worker nothing of Node before they are used', () => {
    for (const [name, others] of required) {
      const files = others.filter(other => other !== 'vscode' && !other.startsWith('node:'));
      assert.deepEqual(files, [], name);
    }
    assert.ok(!required.get('web.js')?.some(other => other.startsWith('node:')));
    assert.ok(required.get('main.js')?.includes('vscode'));
  });
});
