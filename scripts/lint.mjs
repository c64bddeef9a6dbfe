// Runs ESLint, Prettier's check, knip (exports, files and packages that nothing uses) and
// dependency-cruiser (what may import what), always all, so that one run shows every complaint.

import { spawnSync } from 'node:child_process';
import process from 'node:process';

const checks = [
  ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings=0'],
  ['node_modules/prettier/bin/prettier.cjs', '.', '--check', '--log-level=warn'],
  ['node_modules/knip/bin/knip.js'],
  ['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', 'src'],
];

for (const args of checks) {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
