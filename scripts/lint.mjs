// Runs ESLint and Prettier's check, both always, so that one run shows every complaint.

import { spawnSync } from 'node:child_process';
import process from 'node:process';

const checks = [
  ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings=0'],
  ['node_modules/prettier/bin/prettier.cjs', '.', '--check', '--log-level=warn'],
];

for (const args of checks) {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
