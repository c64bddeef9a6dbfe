import assert from 'node:assert/strict';
import path from 'node:path';

import { build } from 'esbuild';

import { shippedBundles } from '../../scripts/bundles.mjs';

/** Bytes that a bundle of the extension may have, and those that are loaded to activate it. */
const LARGEST = 200_000;
const LARGEST_TO_ACTIVATE = 20_000;

describe('the bundles of the extension', () => {
  const sizes = new Map<string, number>();
  /** Code of the bundles that share modules, by their names. */
  const code = new Map<string, string>();
  let texts: Record<string, string> = {};

  before(async () => {
    for (const options of shippedBundles(true)) {
      const built = await build({ ...options, write: false });
      for (const { path: file, contents } of built.outputFiles) {
        const name = path.basename(file);
        const text = new TextDecoder().decode(contents);
        sizes.set(name, contents.length);
        if (name === 'texts.json') {
          texts = JSON.parse(text) as typeof texts;
        } else if (options.outdir !== undefined) {
          code.set(name, text);
        }
      }
    }
  });

  it(`have at most ${LARGEST} bytes each`, () => {
    // The command line is no part of the extension.
    const large = [...sizes].filter(([name, size]) => name !== 'cli.js' && size > LARGEST);
    assert.deepEqual(large, []);
    assert.ok(sizes.size > 8, [...sizes.keys()].join());
  });

  it(`load at most ${LARGEST_TO_ACTIVATE} bytes to activate`, () => {
    for (const entry of ['node.js', 'web.js']) {
      const loaded = withImports(entry, code);
      const size = loaded.reduce((sum, name) => sum + (sizes.get(name) ?? NaN), 0);
      assert.ok(size > 0 && size <= LARGEST_TO_ACTIVATE, `${loaded.join()}: ${size}`);
    }
  });

  it('have the sentences of the core in a file of their own', () => {
    const sentences = Object.values(texts).filter(text => /^[\w ,]{20,}\.$/.test(text));
    assert.ok(sentences.length > 100, String(sentences.length));
    const all = [...code.values()].join('\n');
    assert.deepEqual(
      sentences.filter(sentence => all.includes(sentence)),
      [],
    );
  });
});

/** A bundle, and what it requires of others. */
function withImports(
  name: string,
  code: ReadonlyMap<string, string>,
  found: string[] = [],
): string[] {
  if (!found.includes(name)) {
    found.push(name);
    for (const [, other = ''] of (code.get(name) ?? '').matchAll(/\brequire\("\.\/(\w+\.js)"\)/g)) {
      withImports(other, code, found);
    }
  }
  return found;
}
