// Builds everything that ships into dist/, and with --tests also the extension suite into out/.
//
//   node esbuild.config.mjs [--production] [--watch] [--tests] [--only=OUTFILE-PREFIX]
//
// --production minifies; without it the bundles have source maps.

import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

import * as esbuild from 'esbuild';

const root = path.dirname(fileURLToPath(import.meta.url));
const flags = new Set(process.argv.slice(2));
const production = flags.has('--production');
const watch = flags.has('--watch');
const tests = flags.has('--tests');
const only = [...flags].find(flag => flag.startsWith('--only='))?.slice('--only='.length);

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

/** `import load from './x.test-list'` gives a function that loads every *.test.ts beside it. */
const testList = {
  name: 'test-list',
  setup(build) {
    build.onResolve({ filter: /\.test-list$/ }, ({ resolveDir }) => ({
      path: resolveDir,
      namespace: 'test-list',
    }));
    build.onLoad({ filter: /.*/, namespace: 'test-list' }, async ({ path: folder }) => {
      const files = (await readdir(folder, { recursive: true })).filter(file =>
        file.endsWith('.test.ts'),
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

/** One bundle: `entry` becomes `outfile`, with what all bundles have in common. */
function bundle({ entry, outfile, plugins = [], ...options }) {
  return {
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    charset: 'utf8',
    target: 'es2022',
    format: 'cjs',
    minify: production,
    sourcemap: production ? false : 'linked',
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': production ? '"production"' : '"development"' },
    logLevel: 'silent',
    plugins: [...plugins, reportProblems],
    ...options,
  };
}

const shipped = [
  bundle({
    entry: 'src/extension/node.ts',
    outfile: 'dist/extension/node.js',
    platform: 'node',
    target: 'node20',
    external: ['vscode'],
  }),
  bundle({
    entry: 'src/extension/web.ts',
    outfile: 'dist/extension/web.js',
    platform: 'browser',
    external: ['vscode'],
  }),
  bundle({
    entry: 'src/panel/index.tsx',
    outfile: 'dist/panel/panel.js',
    platform: 'browser',
    format: 'iife',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  }),
  bundle({
    entry: 'src/cli/main.ts',
    outfile: 'dist/cli.js',
    platform: 'node',
    target: 'node20',
    banner: { js: '#!/usr/bin/env node' },
  }),
];

// The same suite for both extension hosts; they differ in the build of mocha only.
const suites = [
  bundle({
    entry: 'test/extension/index.ts',
    outfile: 'out/extension-suite/node.js',
    platform: 'node',
    target: 'node20',
    external: ['vscode', 'mocha'],
    alias: { 'suite-mocha': './test/extension/suite/mocha-node.ts' },
    plugins: [testList],
    minify: false,
    sourcemap: 'inline',
  }),
  bundle({
    entry: 'test/extension/index.ts',
    outfile: 'out/extension-suite/web.js',
    platform: 'browser',
    external: ['vscode'],
    alias: { 'suite-mocha': './test/extension/suite/mocha-web.ts' },
    plugins: [testList],
    minify: false,
    sourcemap: 'inline',
  }),
];

/** Removes what an earlier build left in dist/, such as source maps. */
async function removeStale() {
  const icons = ['dist/panel/codicon.css', 'dist/panel/codicon.ttf'];
  const fresh = new Set([
    ...shipped.map(({ outfile }) => outfile),
    'dist/panel/panel.css',
    ...icons,
  ]);
  for (const name of await readdir(path.join(root, 'dist'), { recursive: true })) {
    const file = `dist/${name.replaceAll(path.sep, '/')}`;
    if (path.extname(file) !== '' && !fresh.has(file)) await rm(path.join(root, file));
  }
}

async function copyIcons() {
  const from = path.join(root, 'node_modules/@vscode/codicons/dist');
  const to = path.join(root, 'dist/panel');
  await mkdir(to, { recursive: true });
  for (const file of ['codicon.css', 'codicon.ttf']) {
    await copyFile(path.join(from, file), path.join(to, file));
  }
}

await copyIcons();

const all = (tests ? [...shipped, ...suites] : shipped).filter(
  ({ outfile }) => only === undefined || outfile.startsWith(only),
);
if (watch) {
  const contexts = await Promise.all(all.map(options => esbuild.context(options)));
  await Promise.all(contexts.map(context => context.watch()));
} else {
  const results = await Promise.allSettled(all.map(options => esbuild.build(options)));
  if (results.some(result => result.status === 'rejected')) {
    process.exitCode = 1;
  } else {
    if (production) await removeStale();
    const cli = path.join(root, 'dist/cli.js');
    if (existsSync(cli)) await chmod(cli, 0o755);
  }
}
