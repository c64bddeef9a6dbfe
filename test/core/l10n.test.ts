import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { interfaceTexts, putTexts, takeTexts, type Texts } from '../../scripts/l10n';
import { projectFolder } from '../harness/paths';

/** Languages other than English, by the files that are there. */
const languages = readdirSync(projectFolder).flatMap(
  name => /^package\.nls\.([\w-]+)\.json$/.exec(name)?.[1] ?? [],
);

function read(file: string): Texts {
  return JSON.parse(readFileSync(path.join(projectFolder, file), 'utf8')) as Texts;
}

/** What a translation must keep: placeholders, code, links, and the words of protocols. */
function kept(text: string): string[] {
  return (text.match(/\{\w+\}|`[^`]*`|\]\([^)]*\)|\b[A-Z]+[_-][A-Z0-9]+\b/g) ?? []).sort();
}

function check(translated: Texts, english: Readonly<Texts>, file: string): void {
  const keys = Object.keys(english);
  assert.deepEqual(
    keys.filter(key => !Object.hasOwn(translated, key)),
    [],
    `missing in ${file}`,
  );
  assert.deepEqual(
    Object.keys(translated).filter(key => !Object.hasOwn(english, key)),
    [],
    `not used any more, in ${file}`,
  );
  for (const key of keys) {
    assert.notEqual(translated[key]?.trim(), '', `${file}: ${key}`);
    assert.deepEqual(kept(translated[key] ?? ''), kept(english[key] ?? ''), `${file}: ${key}`);
  }
}

describe('translations', () => {
  it('are there for German and French', () => {
    assert.deepEqual(languages.sort(), ['de', 'fr']);
  });

  for (const language of languages) {
    it(`of the manifest are whole: ${language}`, () => {
      const file = `package.nls.${language}.json`;
      check(read(file), read('package.nls.json'), file);
    });

    it(`of the interface are whole: ${language}`, async () => {
      const file = `l10n/bundle.l10n.${language}.json`;
      const english = Object.fromEntries((await interfaceTexts()).map(text => [text, text]));
      check(read(file), english, file);
    });
  }

  it('find every text of a manifest, and put it back', () => {
    const manifest = {
      displayName: 'Lens',
      contributes: {
        commands: [{ command: 'netstatLens.go', title: 'Go "now"', category: 'Netstat' }],
        configuration: [
          {
            title: 'Lens',
            properties: {
              'netstatLens.a': { enum: ['x'], enumDescriptions: ['An x.'], description: 'Which.' },
            },
          },
        ],
        languageModelTools: [{ name: 't', modelDescription: 'm', inputSchema: { title: 's' } }],
      },
    };
    const { manifest: keyed, texts } = takeTexts(manifest);
    assert.deepEqual(texts, {
      'commands.go.title': 'Go "now"',
      category: 'Netstat',
      'configuration.0.title': 'Lens',
      'configuration.0.a.x': 'An x.',
      'configuration.0.a.description': 'Which.',
    });
    assert.deepEqual(JSON.parse(putTexts(JSON.stringify(keyed), texts)), manifest);
  });
});
