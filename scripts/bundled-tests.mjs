// Runs tests with mocha as `npx mocha` does, but bundled: each module is compiled once for all
// processes, and calls across modules cost nothing.
//
//   node scripts/bundled-tests.mjs [PATTERN | --OPTION]…

import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

import * as esbuild from 'esbuild';
import { lookupFiles, main } from 'mocha/lib/cli/cli.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const outdir = path.join(root, 'out/tests');

/** Where a module says that it is, is where its source is. */
const places = {
  name: 'places',
  setup(build) {
    const filter = /[\\/](?:test|scripts)[\\/].*\.(?:ts|mjs)$/;
    build.onLoad({ filter }, async ({ path: file }) => {
      const source = await readFile(file, 'utf8');
      const contents = source
        .replaceAll(/\bimport\.meta\.url\b/g, JSON.stringify(pathToFileURL(file).href))
        .replaceAll(/\b(?:import\.meta\.|__)dirname\b/g, JSON.stringify(path.dirname(file)))
        .replaceAll(/\b(?:import\.meta\.|__)filename\b/g, JSON.stringify(file));
      return { contents, loader: file.endsWith('.ts') ? 'ts' : 'js' };
    });
  },
};

/** Packages are taken from where they are, but for those whose exports Node does not see. */
const packages = {
  name: 'packages',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, ({ path: name, kind }) =>
      kind === 'entry-point' || name.startsWith('vscode-')
        ? undefined
        : { path: name, external: true },
    );
  },
};

const args = process.argv.slice(2);
const isPattern = arg => arg.startsWith('test/') && arg.endsWith('.test.ts');
const files = args.filter(isPattern).flatMap(pattern => lookupFiles(pattern));
await rm(outdir, { recursive: true, force: true });
await esbuild.build({
  absWorkingDir: root,
  entryPoints: files,
  outbase: root,
  outdir,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  // What no test takes counts, too.
  treeShaking: false,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  charset: 'utf8',
  sourcemap: true,
  plugins: [packages, places],
});
await esbuild.stop();
main([
  ...args.filter(arg => !isPattern(arg)),
  ...files.map(file => path.join(outdir, path.relative(root, file)).replace(/\.ts$/, '.mjs')),
]);
