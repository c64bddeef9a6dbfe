// What esbuild makes of the source: the bundles that ship. Used by the build and by what checks it.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { layered } from './layers.mjs';
import { textsApart } from './texts.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Files of packages that ship as they are. */
export const COPIED = [
  {
    folder: 'node_modules/@vscode/codicons',
    files: ['dist/codicon.css', 'dist/codicon.ttf'],
    to: 'dist/panel',
  },
];

const SHIPPED = [
  {
    entry: 'src/panel/index.tsx',
    outfile: 'dist/panel/panel.js',
    platform: 'browser',
    format: 'iife',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  },
  {
    entry: 'src/cli/main.ts',
    outfile: 'dist/cli.js',
    platform: 'node',
    target: 'node20',
    banner: { js: '#!/usr/bin/env node' },
  },
];

/** Modules of the extension that begin a file of their own, in the order in which they need others. */
const LAYERS = JSON.parse(readFileSync(path.join(root, 'src/extension/layers.json'), 'utf8'));

/** The extension: its entries, and what both hosts load when it is needed. */
const EXTENSION = {
  entry: ['src/extension/node.ts', 'src/extension/web.ts'],
  outdir: 'dist/extension',
  platform: 'browser',
  external: ['vscode', 'node:*'],
  plugins: [
    textsApart('texts.json'),
    layered(
      LAYERS.map(layer => path.posix.join('src/extension', `${layer}.ts`)),
      'web',
    ),
  ],
};

/** The options of every build that ships. */
export function shippedBundles(production) {
  return [EXTENSION, ...SHIPPED].map(one => bundle(one, production));
}

/** One build, of one or more entries, with what all builds have in common. */
export function bundle({ entry, ...options }, production) {
  return {
    absWorkingDir: root,
    entryPoints: [entry].flat(),
    bundle: true,
    charset: 'utf8',
    target: 'es2022',
    format: 'cjs',
    minify: production,
    sourcemap: production ? false : 'linked',
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': production ? '"production"' : '"development"' },
    logLevel: 'silent',
    ...options,
  };
}
