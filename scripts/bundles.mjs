// What esbuild makes of the source: the bundles that ship. Used by the build and by what checks it.

import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

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

/**
 * The extension: its entries, each with all that is loaded to activate it, and what both hosts load
 * when it is needed.
 */
const EXTENSION = {
  entry: [
    'src/extension/node.ts',
    'src/extension/web.ts',
    'src/extension/bundles/detection.ts',
    'src/extension/node/main.ts',
  ],
  outdir: 'dist/extension',
  entryNames: '[name]',
  platform: 'browser',
  external: ['vscode', 'node:*'],
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
