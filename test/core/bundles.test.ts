import assert from 'node:assert/strict';
import path from 'node:path';

import { build, type Metafile } from 'esbuild';

import { shippedBundles } from '../../scripts/bundles.mjs';

/** Bytes that a bundle of the extension may have, and those that are loaded to activate it. */
const LARGEST = 200_000;
const LARGEST_TO_ACTIVATE = 20_000;

/** What the extension's bundles import of each other. */
type Imports = Metafile['outputs'][string]['imports'];

describe('the bundles of the extension', () => {
  const sizes = new Map<string, number>();
  const imports = new Map<string, Imports>();
  /** Code of the bundles that share modules. */
  let code = '';
  let texts: Record<string, string> = {};

  before(async () => {
    for (const options of shippedBundles(true)) {
      const built = await build({ ...options, write: false, metafile: true });
      for (const { path: file, contents } of built.outputFiles) {
        const name = path.basename(file);
        sizes.set(name, contents.length);
        const text = new TextDecoder().decode(contents);
        if (name === 'texts.json') {
          texts = JSON.parse(text) as typeof texts;
        } else if (options.outdir !== undefined) {
          code += text;
        }
      }
      for (const [file, output] of Object.entries(built.metafile.outputs)) {
        imports.set(path.basename(file), output.imports);
      }
    }
  });

  it(`have at most ${LARGEST} bytes each`, () => {
    // The command line is no part of the extension.
    const large = [...sizes].filter(([name, size]) => name !== 'cli.js' && size > LARGEST);
    assert.deepEqual(large, []);
    assert.ok(sizes.size > 10, [...sizes.keys()].join());
  });

  it(`load at most ${LARGEST_TO_ACTIVATE} bytes to activate`, () => {
    for (const entry of ['node.js', 'activate.js', 'web.js']) {
      const loaded = withImports(entry, imports);
      const size = loaded.reduce((sum, name) => sum + (sizes.get(name) ?? NaN), 0);
      assert.ok(size > 0 && size <= LARGEST_TO_ACTIVATE, `${loaded.join()}: ${size}`);
    }
  });

  it('have the sentences of the core in a file of their own', () => {
    const sentences = Object.values(texts).filter(text => /^[\w ,]{20,}\.$/.test(text));
    assert.ok(sentences.length > 100, String(sentences.length));
    assert.deepEqual(
      sentences.filter(sentence => code.includes(sentence)),
      [],
    );
  });
});

function withImports(
  name: string,
  imports: ReadonlyMap<string, Imports>,
  found: string[] = [],
): string[] {
  if (!found.includes(name)) {
    found.push(name);
    for (const { path: file, external } of imports.get(name) ?? []) {
      if (external !== true) {
        withImports(path.basename(file), imports, found);
      }
    }
  }
  return found;
}
