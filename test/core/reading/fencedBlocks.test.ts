import { strict as assert } from 'node:assert';
import { fencedBlocks } from '../../../src/core/reading/fencedBlocks';

/** The content of each block, and behind a colon its language. */
function blocks(...lines: string[]): string[] {
  return fencedBlocks({ lineCount: lines.length, lineAt: line => lines[line]! }).map(
    ({ first, last, language }) => `${lines.slice(first, last + 1).join('|')}:${language}`,
  );
}

describe('fenced blocks of Markdown', () => {
  it('are found with their language', () => {
    assert.deepEqual(blocks('a', '```', 'b', 'c', '```', 'd', '~~~ Netstat', 'e', '~~~'), [
      'b|c:',
      'e:netstat',
    ]);
    assert.deepEqual(blocks('```ss title="x"', 'b', '```'), ['b:ss']);
    assert.deepEqual(blocks('```ss{#id}', 'b', '```'), ['b:ss']);
    assert.deepEqual(blocks('```', '```'), [':']);
  });

  it('stand in quotes and lists', () => {
    assert.deepEqual(blocks('> ```ss', '> b', '> ```', 'c'), ['> b:ss']);
    assert.deepEqual(blocks('1. ```ss', '   b', '   ```', 'c'), ['   b:ss']);
  });

  it('end at a fence of their own kind that is as long, and names nothing', () => {
    assert.deepEqual(blocks('````', '```', '~~~~', '```` no', 'b', '`````', 'c'), [
      '```|~~~~|```` no|b:',
    ]);
  });

  it('end with the text where nothing else ends them', () => {
    assert.deepEqual(blocks('```ss', 'b', 'c'), ['b|c:ss']);
  });

  it('are not made by code within a line', () => {
    assert.deepEqual(blocks('```a``` b', 'c', '`d`'), []);
    assert.deepEqual(blocks('``', 'c', '``'), []);
  });
});
