// Packs the extension as a .vsix that can be installed or published.
//
//   node scripts/package.mjs [--no-build] [--out FILE]
//
// The files are those that .vscodeignore leaves. They are staged first, because the README of the
// repository shows pictures by relative paths, which a packaged README cannot, and because the
// package needs neither the scripts, the development dependencies nor the command line.

import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { createVSIX, listFiles } from '@vscode/vsce';
import { tsImport } from 'tsx/esm/api';

const { byKeys } = await tsImport('./l10n.ts', import.meta.url);

const root = fileURLToPath(new URL('..', import.meta.url));

/** JSON without comments, of which there is much. */
const MUCH_JSON = /^(?:package\.nls|syntaxes\/netstat).*\.json$/;
const TRANSLATIONS = /^l10n\/bundle\.l10n\..*\.json$/;

const { values } = parseArgs({
  options: { 'no-build': { type: 'boolean', default: false }, out: { type: 'string' } },
});

const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
const out = path.resolve(
  values.out ?? path.join(root, `${manifest.name}-${manifest.version}.vsix`),
);

if (!values['no-build']) {
  const build = spawnSync(process.execPath, ['esbuild.config.mjs', '--production'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (build.status !== 0) process.exit(1);
}

const stage = await mkdtemp(path.join(os.tmpdir(), 'netstat-lens-pack-'));
try {
  for (const file of await listFiles({ cwd: root, packageManager: 0 })) {
    await mkdir(path.dirname(path.join(stage, file)), { recursive: true });
    await cp(path.join(root, file), path.join(stage, file));
    if (MUCH_JSON.test(file)) await rewrite(file, withoutBlanks);
    if (TRANSLATIONS.test(file)) await rewrite(file, withKeys);
  }
  // Nothing is left to ignore; without the file vsce warns that everything would be packed.
  await writeFile(path.join(stage, '.vscodeignore'), '');
  await rewrite('package.json', forPackage);
  await rewrite('README.md', withoutRelativeLinks);
  await rewrite('CHANGELOG.md', withoutRelativeLinks);
  await createVSIX({
    cwd: stage,
    packagePath: out,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
    // There is none in a package made from a checkout that has no LICENSE file yet.
    skipLicense: !(await exists('LICENSE')),
  });
} finally {
  await rm(stage, { recursive: true, force: true });
}

const { size } = await stat(out);
console.log(`${out}: ${Math.round(size / 1024)} KB`);

async function exists(file) {
  return stat(path.join(stage, file)).then(
    () => true,
    () => false,
  );
}

async function rewrite(file, change) {
  if (!(await exists(file))) return;
  const target = path.join(stage, file);
  await writeFile(target, await change(await readFile(target, 'utf8')));
}

function forPackage(text) {
  const {
    scripts: _scripts,
    devDependencies: _devDependencies,
    bin: _bin,
    ...kept
  } = JSON.parse(text);
  return JSON.stringify(kept);
}

/** What people read in the repository, as programs read it. */
function withoutBlanks(json) {
  return JSON.stringify(JSON.parse(json));
}

async function withKeys(json) {
  return JSON.stringify(await byKeys(JSON.parse(json)));
}

/** Drops images that are not on the web, and leaves the text of links that are not. */
function withoutRelativeLinks(markdown) {
  const onTheWeb = target => /^(https?:|mailto:|#)/i.test(target.trim());
  return markdown
    .replaceAll(/!\[[^\][]*\]\(([^()]*)\)/g, (all, target) => (onTheWeb(target) ? all : ''))
    .replaceAll(/<img [^<>]*>/gi, all => (/ src="https?:/i.test(all) ? all : ''))
    .replaceAll(/\[([^\][]*)\]\(([^()]*)\)/g, (all, text, target) =>
      onTheWeb(target) ? all : text,
    );
}
