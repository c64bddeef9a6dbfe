// Runs ESLint, Prettier's check, knip (exports, files and packages that nothing uses) and
// dependency-cruiser (what may import what), always all, so that one run shows every complaint.
//
//   node scripts/lint.mjs [--fresh]
//
// ESLint and Prettier look only at what may have changed since they had nothing to say of it:
// out/lint remembers that, and `--fresh` forgets it.

import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);

/** The longest first. */
const checks = [
  // Trees and types live for long: in young memory of the usual size they are copied many times.
  ['--max-semi-space-size=64', 'scripts/eslint.mjs'],
  [
    ...['node_modules/prettier/bin/prettier.cjs', '.', '--check', '--log-level=warn'],
    ...['--cache', '--cache-strategy=content', '--cache-location=out/lint/prettier'],
  ],
  ['node_modules/knip/bin/knip.js'],
  ['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', 'src'],
];

if (process.argv.includes('--fresh')) await rm('out/lint', { recursive: true, force: true });
const lanes = Math.min(checks.length, os.availableParallelism());
await Promise.all(Array.from({ length: lanes }, lane));

async function lane() {
  for (let args = checks.shift(); args; args = checks.shift()) {
    if ((await run(args)) !== 0) process.exitCode = 1;
  }
}

/** Runs a check, and shows what it says when it has ended, so that nothing is mixed. */
function run(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const said = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', data => said.push(data));
    child.once('error', reject);
    child.once('close', status => {
      process.stdout.write(Buffer.concat(said));
      resolve(status);
    });
  });
}
