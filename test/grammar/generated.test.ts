import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { generateGrammars } from '../../scripts/generate-grammar';

describe('grammar: files', () => {
  it("are what the generator makes of the core's tables", async () => {
    for (const { path, text } of await generateGrammars()) {
      assert.equal(readFileSync(path, 'utf8'), text, `${path}: npm run generate`);
    }
  });
});
