// Writes what is made from the core's tables and the bundles: grammars, pages of documentation,
// the notices of other people's work in the package, and the list of expressions found linear.
//
//   node --import tsx scripts/generate.ts [--check]

import { readFile, writeFile } from 'node:fs/promises';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { expressions } from './expressions';
import { structurePages } from './pages/structure-pages';
import { formatsPage } from './pages/formats-page';
import { generateGrammars } from './generate-grammar';
import { manifest } from './manifest';
import { notices } from './notices';
import { rulesPage } from './pages/rules-page';
import { statesPage } from './pages/states-page';

interface Generated {
  readonly path: string;
  readonly text: string;
}

/** Every generated file with the text that it should have. */
export async function generated(): Promise<Generated[]> {
  const page = (name: string): string => fileURLToPath(new URL(`../docs/${name}`, import.meta.url));
  return [
    ...(await manifest()),
    await notices(),
    ...(await structurePages()),
    ...(await generateGrammars()),
    await expressions(),
    { path: page('formats.md'), text: formatsPage() },
    { path: page('rules.md'), text: await rulesPage() },
    { path: page('states.md'), text: await statesPage() },
  ];
}

async function main(): Promise<void> {
  for (const { path, text } of await generated()) {
    if (!process.argv.includes('--check')) {
      await writeFile(path, text);
    } else if ((await readFile(path, 'utf8').catch(() => '')) !== text) {
      console.error(`${path} is out of date: npm run generate`);
      process.exitCode = 1;
    }
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  void main();
}
