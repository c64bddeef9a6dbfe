import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { counterMoves } from '../../../src/core/analysis/time/counterMoves';
import { noContext } from '../../../src/core/explain/context';
import { explainAt } from '../../../src/core/explain/explain';
import { plainText } from '../../../src/core/explain/explanationText';
import { explainState } from '../../../src/core/explain/state';
import { TCP_STATES } from '../../../src/core/vocabulary/state';
import { readDump } from '../../../src/core/reading/reader';
import { projectFolder } from '../../harness/paths';
import { localizer } from './rows';

/*
 * What is said, as people read it. `UPDATE_SNAPSHOTS=1` writes the files anew; read the difference
 * before you commit it.
 */
const folder = path.join(projectFolder, 'test/core/explain/snapshots');

function compare(name: string, text: string): void {
  const file = path.join(folder, `${name}.txt`);
  if (process.env['UPDATE_SNAPSHOTS'] === '1') {
    writeFileSync(file, text);
    return;
  }
  assert.equal(text, readFileSync(file, 'utf8'));
}

/** All that there is to say about every line of a dump. */
function everything(text: string): string {
  const dump = readDump(text);
  const lines = text.split(/\r\n|\n|\r/);
  const textOf = (n: number): string => lines[n] ?? '';
  const movesOf = counterMoves(dump);
  const blocks: string[] = [];
  for (const [number, line] of lines.entries()) {
    blocks.push(`=== ${line.trim()}`);
    let end = 0;
    for (let character = 0; character < line.length; character++) {
      const found =
        character < end ? null : explainAt(dump, number, character, textOf, localizer, movesOf);
      if (found !== null && found.start === character) {
        end = found.end;
        blocks.push(plainText(found.explanation, 'normal', localizer));
      }
    }
  }
  return `${blocks.join('\n\n')}\n`;
}

const dumps = readdirSync(folder).filter(file => file.endsWith('.netstat'));

describe('what is said', () => {
  for (const file of dumps) {
    it(`of ${file}`, () => {
      const text = readFileSync(path.join(folder, file), 'utf8');
      compare(path.basename(file, '.netstat'), everything(text));
    });
  }

  for (const state of TCP_STATES) {
    it(`of ${state}`, () => {
      compare(
        state,
        `${plainText(explainState(state, noContext, localizer), 'full', localizer)}\n`,
      );
    });
  }
});
