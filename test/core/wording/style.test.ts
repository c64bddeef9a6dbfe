/* Hard rules of how texts are written: those that a machine can tell. */
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { sourceTexts, type Texts } from '../../../scripts/l10n';
import { rules } from '../../../src/core/analysis/rules';
import { projectFolder } from '../../harness/paths';

/** Words that no text has, with what to write. */
const BANNED: readonly (readonly [RegExp, string])[] = [
  [/\bits turn\b/i, 'waiting for X to Y'],
  [/\b(?:nobody|somebody|everybody)\b/i, 'the program, anyone who can'],
  [/\btime-outs?\b/i, 'timeout'],
  [/\b(?:probably|apparently|seems?|presumably|looks as if)\b/i, 'most likely, can, may'],
  [/\bany more\b|\bfor ever\b|\bby (?:itself|themselves)\b/i, 'expires, on its own'],
  [/\bremotes\b/i, 'remote addresses'],
  [/\b(?:colour|behaviour|analyse|recognise|unrecognised)/i, 'American English'],
  [/\b(?:farewell|goodbye|graver|weightiest|mend|mended|fold out)\b/i, 'close_notify, fix, expand'],
  [/\b(?:can't|doesn't|isn't|won't|it's|that's|hasn't|didn't|you're)\b/i, 'no contractions'],
  [/FIN_WAIT[12]\b/, 'FIN_WAIT_1, FIN_WAIT_2'],
  [/^(?:Shows|Lists|Counts|Tells)\b/, 'an imperative'],
  [/[^,] too[.,:;]|\bas well\./, 'also'],
];

/** Words of a sentence at most, placeholders included. */
const LONGEST = 30;

/** What is left as it is, by how it begins. */
const ALLOWED: readonly string[] = [
  // Flags with their meaning, as a list.
  '`ACC`: waits',
  // What models read of tools.
  'Counts the sockets of a netstat',
  'Lists what is wrong in a netstat',
  // Names of commands have colons.
  'To take a new one, run "Netstat:',
];

function isAllowed(text: string): boolean {
  return ALLOWED.some(start => text.startsWith(start));
}

describe('texts', () => {
  let texts: readonly string[];

  before(async () => {
    const manifest = JSON.parse(
      readFileSync(path.join(projectFolder, 'package.nls.json'), 'utf8'),
    ) as Texts;
    texts = [...(await sourceTexts()), ...Object.values(manifest)].filter(text => !isAllowed(text));
  });

  for (const [banned, instead] of BANNED) {
    it(`have no ${banned.source} (instead: ${instead})`, () => {
      assert.deepEqual(
        texts.filter(text => banned.test(bare(text))),
        [],
      );
    });
  }

  it('have one colon in a sentence', () => {
    assert.deepEqual(
      texts.flatMap(sentencesOf).filter(one => (bare(one).match(/:(?=\s)/g) ?? []).length > 1),
      [],
    );
  });

  it(`have at most ${LONGEST} words in a sentence`, () => {
    assert.deepEqual(
      texts.flatMap(sentencesOf).filter(one => bare(one).split(/\s+/).length > LONGEST),
      [],
    );
  });

  it('name a rule in at most 60 characters, without a full stop', () => {
    for (const { code, title } of rules) {
      assert.ok(title.text.length <= 60, `${code}: ${title.text}`);
      assert.doesNotMatch(title.text, /\.$/, code);
    }
  });
});

function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.?!])\s+(?=[A-Z`"{*])|\n/);
}

/** Without what stands in code or comes from the dump. */
function bare(sentence: string): string {
  return sentence.replace(/`[^`]*`|"[^"]*"|\{\w+\}/g, '_');
}
