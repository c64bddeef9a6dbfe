// What esbuild makes of the source: the bundles that ship. Used by the build and by what checks it.

import path from 'node:path';
import { fileURLToPath } from 'node:url';

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
    entry: 'src/extension/node.ts',
    outfile: 'dist/extension/node.js',
    platform: 'node',
    target: 'node20',
    external: ['vscode'],
  },
  {
    entry: 'src/extension/web.ts',
    outfile: 'dist/extension/web.js',
    platform: 'browser',
    external: ['vscode'],
  },
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

/** The options of every bundle that ships. */
export function shippedBundles(production) {
  return SHIPPED.map(one => bundle(one, production));
}

/** One bundle: `entry` becomes `outfile`, with what all bundles have in common. */
export function bundle({ entry, outfile, ...options }, production) {
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
    ...options,
  };
}
