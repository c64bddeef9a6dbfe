// Makes the pictures of the README: runs the UI test that takes them, and copies two of them.

import { spawnSync } from 'node:child_process';
import { copyFile, mkdir } from 'node:fs/promises';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const test = spawnSync('npm', ['run', 'test:ui', '--', '--grep', 'a dump in the theme dark'], {
  cwd: root,
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
if (test.status !== 0) process.exit(1);
await mkdir(`${root}/docs/images`, { recursive: true });
for (const name of ['hover-dark.png', 'panel-dark.png']) {
  await copyFile(`${root}/out/screenshots/${name}`, `${root}/docs/images/${name}`);
}
