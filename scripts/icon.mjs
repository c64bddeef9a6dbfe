// Draws media/icon.png from media/icon.svg, which the Marketplace does not take, in the browser of
// the tests.
//
//   node --import tsx scripts/icon.mjs
//
// What it writes is then packed without loss, as any optimizer of PNG files does: a quarter less.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { launchBrowser } from '../test/harness/browser.ts';

const SIZE = 256;

const media = fileURLToPath(new URL('../media', import.meta.url));
const svg = await readFile(path.join(media, 'icon.svg'), 'utf8');
const browser = await launchBrowser();
try {
  const page = await browser.newPage({ viewport: { width: SIZE, height: SIZE } });
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${svg}`);
  await page.screenshot({ path: path.join(media, 'icon.png'), omitBackground: true });
} finally {
  await browser.close();
}
