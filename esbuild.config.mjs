// Builds everything that ships into dist/, and with --tests also the extension suite into out/.
//
//   node esbuild.config.mjs [--production] [--watch] [--tests[=FILE,…]] [--only=OUTFILE-PREFIX]
//
// --production minifies; without it the bundles have source maps. The suite has all files of
// test/extension, or those that are named.

import { existsSync } from 'node:fs';
import { chmod, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

import * as esbuild from 'esbuild';

import { bundle, shippedBundles } from './scripts/bundles.mjs';
import { ICON_FILES, writeIcons } from './scripts/icons.mjs';

const root = path.dirname(fileURLToPath(import.meta.url));
const flags = new Set(process.argv.slice(2));
const production = flags.has('--production');
const watch = flags.has('--watch');
const only = valueOf('--only');
const chosenTests = valueOf('--tests')
  ?.split(',')
  .map(file => path.resolve(root, file));
const tests = flags.has('--tests') || chosenTests !== undefined;

function valueOf(flag) {
  return [...flags].find(one => one.startsWith(`${flag}=`))?.slice(flag.length + 1);
}

let running = 0;

/** Prints begin, end and errors of each build in the form that .vscode/tasks.json matches. */
const reportProblems = {
  name: 'report-problems',
  setup(build) {
    build.onStart(() => {
      if (running++ === 0 && watch) console.log('[watch] build started');
    });
    build.onEnd(({ errors, warnings }) => {
      for (const [kind, messages] of [
        ['error', errors],
        ['warning', warnings],
      ]) {
        for (const { text, location } of messages) {
          const at = location ? `${location.file}:${location.line}:${location.column}` : 'build';
          console.error(`${at}: ${kind}: ${text}`);
        }
      }
      if (--running === 0 && watch) console.log('[watch] build finished');
    });
  },
};

/** `import load from './x.test-list'` returns a function that loads the *.test.ts beside it. */
const testList = {
  name: 'test-list',
  setup(build) {
    build.onResolve({ filter: /\.test-list$/ }, ({ resolveDir }) => ({
      path: resolveDir,
      namespace: 'test-list',
    }));
    build.onLoad({ filter: /.*/, namespace: 'test-list' }, async ({ path: folder }) => {
      const files = (await readdir(folder, { recursive: true })).filter(
        file =>
          file.endsWith('.test.ts') && (chosenTests?.includes(path.join(folder, file)) ?? true),
      );
      const requires = files
        .map(file => file.replaceAll(path.sep, '/'))
        .sort()
        .map(file => `require(${JSON.stringify(`./${file}`)});`);
      return {
        contents: `export default () => { ${requires.join(' ')} };`,
        resolveDir: folder,
        watchDirs: [folder],
      };
    });
  },
};

/** The options of a bundle whose build is reported. */
function reported({ plugins = [], ...options }) {
  return { ...options, metafile: true, plugins: [...plugins, reportProblems] };
}

const shipped = shippedBundles(production).map(reported);

// The same suite for both extension hosts; they differ in the build of mocha only.
const suites = [
  {
    entry: 'test/extension/index.ts',
    outfile: 'out/extension-suite/node.js',
    platform: 'node',
    target: 'node20',
    external: ['vscode', 'mocha'],
    alias: { 'suite-mocha': './test/extension/suite/mocha-node.ts' },
    plugins: [testList],
    minify: false,
    sourcemap: 'inline',
  },
  {
    entry: 'test/extension/index.ts',
    outfile: 'out/extension-suite/web.js',
    platform: 'browser',
    external: ['vscode'],
    alias: { 'suite-mocha': './test/extension/suite/mocha-web.ts' },
    plugins: [testList],
    minify: false,
    sourcemap: 'inline',
  },
].map(one => reported(bundle(one, production)));

/** Removes what an earlier build left in dist/, such as source maps. */
async function removeStale(results) {
  const built = results.flatMap(({ metafile, outputFiles = [] }) => [
    ...Object.keys(metafile.outputs).map(file => path.join(root, file)),
    ...outputFiles.map(file => file.path),
  ]);
  const fresh = new Set([...built, ...ICON_FILES.map(file => path.join(root, file))]);
  for (const entry of await readdir(path.join(root, 'dist'), { recursive: true })) {
    const file = path.join(root, 'dist', entry);
    if (path.extname(file) !== '' && !fresh.has(file)) await rm(file);
  }
}

await writeIcons();

const all = (tests ? [...shipped, ...suites] : shipped).filter(
  ({ outfile, outdir }) => only === undefined || (outfile ?? outdir).startsWith(only),
);
if (watch) {
  const contexts = await Promise.all(all.map(options => esbuild.context(options)));
  await Promise.all(contexts.map(context => context.watch()));
} else {
  const results = await Promise.allSettled(all.map(options => esbuild.build(options)));
  if (results.some(result => result.status === 'rejected')) {
    process.exitCode = 1;
  } else {
    if (only === undefined) await removeStale(results.map(result => result.value));
    const cli = path.join(root, 'dist/cli.js');
    if (existsSync(cli)) await chmod(cli, 0o755);
  }
}
