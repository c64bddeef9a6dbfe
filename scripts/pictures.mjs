// Makes the pictures of the README: runs the UI tests that take them, and copies three of them.

import { spawnSync } from 'node:child_process';
import { copyFile, mkdir } from 'node:fs/promises';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const test = spawnSync(
  'npm',
  ['run', 'test:ui', '--', '--grep', 'a dump .* theme dark$|say on the state'],
  {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  },
);
if (test.status !== 0) process.exit(1);
await mkdir(`${root}/docs/images`, { recursive: true });
const pictures = { hover: 'hover-dark', panel: 'panel-dark', terminal: 'terminal-link' };
for (const [name, taken] of Object.entries(pictures)) {
  await copyFile(`${root}/out/screenshots/${taken}.png`, `${root}/docs/images/${name}-dark.png`);
}
