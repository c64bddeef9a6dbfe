// Tries the properties of the core with random input, each for some seconds, other input each time,
// and then texts that are too large for tests: work and memory must grow with the text, not faster.
//
//   npm run fuzz [-- SECONDS]      (30 seconds for each property when none are given)

import { spawnSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const tests = [
  'test/core/properties.test.ts',
  'test/core/hostile.test.ts',
  'test/fuzz/extremes.test.ts',
];
const [seconds = '30'] = process.argv.slice(2);

const { status } = spawnSync(
  process.execPath,
  [
    path.join(root, 'node_modules/mocha/bin/mocha.js'),
    ...['--no-config', '--node-option', 'import=tsx', '--timeout', '0', '--grep', '^(?!every )'],
    ...tests,
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, NETSTAT_LENS_FUZZ: seconds } },
);
process.exitCode = status ?? 1;
