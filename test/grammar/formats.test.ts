import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { sourceLines, write } from './notation';
import { netstatGrammar, tokenize } from './tokenizer';

const FIXTURES = new URL('fixtures/', import.meta.url);

// UPDATE_FIXTURES=1 writes what the grammar makes of them now: read the difference before you
// commit it.
const update = process.env['UPDATE_FIXTURES'] === '1';

describe('grammar: every token of every format', () => {
  for (const name of readdirSync(FIXTURES)) {
    it(name.replace('.txt', ''), async () => {
      const file = new URL(name, FIXTURES);
      const expected = readFileSync(file, 'utf8');
      const actual = write(tokenize(await netstatGrammar(), sourceLines(expected)));
      if (update) {
        writeFileSync(file, actual);
      }
      assert.equal(actual, update ? actual : expected);
    });
  }
});
