/*
 * ThirdPartyNotices.txt: the licence of everything in the package that others have written, found
 * by building the bundles and looking at what they hold.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { build, type Metafile } from 'esbuild';

import { shippedBundles } from './bundles.mjs';
import { ICON_PACKAGE } from './icons.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const INTRODUCTION = `Netstat Lens contains the following works of others, each under its own licence.
This file is made by "npm run generate" from what the bundles hold.
`;

const RULE = '='.repeat(80);

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

/** The file with the text that it should have. */
export async function notices(): Promise<{ path: string; text: string }> {
  return {
    path: path.join(ROOT, 'ThirdPartyNotices.txt'),
    text: await noticesOf(await packages()),
  };
}

/** The notices of packages, given by their folders. */
export async function noticesOf(folders: readonly string[]): Promise<string> {
  const parts = await Promise.all(folders.map(notice));
  return [INTRODUCTION, ...parts].join(`\n${RULE}\n\n`);
}

/** Folders of the packages of which something ships, in the order of their names. */
async function packages(): Promise<string[]> {
  const found = new Set([ICON_PACKAGE]);
  for (const options of shippedBundles(true)) {
    const { metafile } = await build({ ...options, write: false, metafile: true });
    for (const folder of packagesIn(metafile)) {
      found.add(folder);
    }
  }
  return [...found].sort();
}

/** Folders of the packages of which a build took something. */
export function packagesIn({ outputs }: Metafile): string[] {
  const found = new Set<string>();
  for (const { inputs } of Object.values(outputs)) {
    for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
      const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0];
      if (folder !== undefined && bytesInOutput > 0) {
        found.add(folder);
      }
    }
  }
  return [...found].sort();
}

async function notice(folder: string): Promise<string> {
  const at = path.join(ROOT, folder);
  const { name, version, license } = JSON.parse(
    await readFile(path.join(at, 'package.json'), 'utf8'),
  ) as Manifest;
  const files = (await readdir(at)).filter(file => /^(?:licen[cs]e|notice)/i.test(file)).sort();
  if (files.length === 0) {
    throw new Error(`${name} ships without a text of its licence`);
  }
  const texts = await Promise.all(files.map(file => readFile(path.join(at, file), 'utf8')));
  return [`${name} ${version} (${license})`, ...texts.map(plain)].join('\n\n') + '\n';
}

/** Without what some editors leave in text files. */
function plain(text: string): string {
  return text
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .replaceAll(/[ \t]+$/gm, '')
    .trim();
}
