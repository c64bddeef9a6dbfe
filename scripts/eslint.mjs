// Runs ESLint on the files that it may complain of. Its own cache asks only whether the file itself
// has changed; rules that know types complain of a file when another one changes that it imports. So
// a file without complaints is remembered by its text and the texts of all that it imports, and that
// imports.

import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';

import { ESLint } from 'eslint';
import typescript from 'typescript';

const MEMORY = 'out/lint/eslint.json';
/** When one of these changes, all is new: rules, packages, what is declared for all files. */
const EVERYWHERE = [
  /^eslint\.config\.mjs$/,
  /^scripts\/eslint\.mjs$/,
  /^(node_modules\/\.)?package-lock\.json$/,
  /^tsconfig(\/[\w-]+)?\.json$/,
  /^types\//,
  // Imported by a name that tsconfig/test.json gives it.
  /^test\/extension\/suite\/mocha-node\.ts$/,
];
const CODE = /\.(?:[cm]?js|tsx?)$/;
const READ = /\.(?:[cm]?[jt]s|tsx|json)$/;
/** What an import of `./name` or `./name.js` may mean. */
const ENDINGS = ['', '.ts', '.tsx', '.d.ts', '.json', '/index.ts', '/index.tsx'];

// Nothing changes meanwhile, so that one program of TypeScript serves all files.
process.env.TSESTREE_SINGLE_RUN = 'true';
const eslint = new ESLint();

const keys = keysOf(await readTexts());
const known = new Map(Object.entries(await readFile(MEMORY, 'utf8').then(JSON.parse, () => ({}))));
const clean = [...keys].filter(([name, key]) => known.get(name) === key);
const changed = [...keys.keys()].filter(name => known.get(name) !== keys.get(name));

const results = changed.length > 0 ? await eslint.lintFiles(changed) : [];
for (const { filePath, messages } of results) {
  const name = path.relative('', filePath).replaceAll(path.sep, '/');
  if (messages.length === 0) clean.push([name, keys.get(name)]);
  else process.exitCode = 1;
}
const formatter = await eslint.loadFormatter('stylish');
process.stdout.write(await formatter.format(results));
await mkdir(path.dirname(MEMORY), { recursive: true });
await writeFile(MEMORY, JSON.stringify(Object.fromEntries(clean)));

/** What each file's complaints depend on. */
function keysOf(texts) {
  const digests = new Map([...texts].map(([name, text]) => [name, digest(name, text)]));
  const everywhere = [...digests].filter(([name]) => EVERYWHERE.some(one => one.test(name)));
  const base = digest(process.version, ...everywhere.flat());
  const imports = new Map([...texts].map(([name, text]) => [name, importsOf(name, text, texts)]));
  return new Map(
    [...texts.keys()]
      .filter(name => CODE.test(name))
      .map(name => {
        const reached = [...reachedFrom(name, imports)].sort();
        return [name, digest(base, name, ...reached.map(one => digests.get(one)))];
      }),
  );
}

/** The code that ESLint does not ignore, and what else decides of complaints, by their names. */
async function readTexts() {
  const texts = new Map();
  await readFolder('');
  const packages = 'node_modules/.package-lock.json';
  texts.set(packages, await readFile(packages, 'utf8').catch(() => ''));
  return texts;

  async function readFolder(folder) {
    const entries = await readdir(folder || '.', { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const name = folder + entry.name;
      if (entry.isFile() && READ.test(name)) texts.set(name, await readFile(name, 'utf8'));
      if (entry.isDirectory() && !(await eslint.isPathIgnored(`${name}/any.ts`))) {
        await readFolder(`${name}/`);
      }
    }
  }
}

/** The files of the project that a file imports, as values or as types. */
function importsOf(name, text, texts) {
  const { importedFiles } = typescript.preProcessFile(text, true, true);
  return importedFiles
    .filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => path.posix.join(path.posix.dirname(name), fileName))
    .flatMap(to => [...ENDINGS.map(end => to + end), to.replace(/\.mjs$/, '.d.mts')])
    .filter(to => texts.has(to));
}

function reachedFrom(name, imports, reached = new Set()) {
  reached.add(name);
  for (const to of imports.get(name)) if (!reached.has(to)) reachedFrom(to, imports, reached);
  return reached;
}

function digest(...parts) {
  const hash = createHash('sha1');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('base64');
}
