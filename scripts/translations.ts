// Lists the texts that other languages lack, and the translations that nothing says any more, which
// --prune removes.

import { writeFile } from 'node:fs/promises';
import process from 'node:process';

import { type Translations, translations } from './l10n';

async function list({ file, english, translated }: Translations, prune: boolean): Promise<void> {
  const missing = Object.entries(english).filter(([key]) => !Object.hasOwn(translated, key));
  const used = Object.entries(translated).filter(([key]) => Object.hasOwn(english, key));
  const unused = Object.keys(translated).filter(key => !Object.hasOwn(english, key));
  console.log(
    `${file}: ${used.length} translated, ${missing.length} missing, ${unused.length} unused`,
  );
  for (const [key, text] of missing) {
    console.log(`  missing: ${key === text ? '' : `${key}: `}${text}`);
  }
  for (const key of unused) {
    console.log(`  unused: ${key}`);
  }
  if (prune && unused.length > 0) {
    await writeFile(file, `${JSON.stringify(Object.fromEntries(used), null, 2)}\n`);
  }
}

async function main(): Promise<void> {
  const prune = process.argv.includes('--prune');
  for (const one of await translations()) {
    await list(one, prune);
  }
}

void main();
