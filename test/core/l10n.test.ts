import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { coreTexts, interfaceTexts, putTexts, takeTexts, type Texts } from '../../scripts/l10n';
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

/** `wanted` must be translated, what else is in `english` may be. */
function check(
  file: string,
  english: Readonly<Texts>,
  wanted: readonly string[] = Object.keys(english),
): void {
  const translated = read(file);
  assert.deepEqual(
    wanted.filter(key => !Object.hasOwn(translated, key)),
    [],
    `missing in ${file}`,
  );
  assert.deepEqual(
    Object.keys(translated).filter(key => !Object.hasOwn(english, key)),
    [],
    `not used any more, in ${file}`,
  );
  for (const [key, text] of Object.entries(translated)) {
    assert.notEqual(text.trim(), '', `${file}: ${key}`);
    assert.deepEqual(kept(text), kept(english[key] ?? ''), `${file}: ${key}`);
  }
}

describe('translations', () => {
  it('are there for German and French', () => {
    assert.ok(languages.includes('de') && languages.includes('fr'));
  });

  for (const language of languages) {
    it(`of the manifest are whole: ${language}`, () => {
      check(`package.nls.${language}.json`, read('package.nls.json'));
    });

    it(`of the interface are whole: ${language}`, async () => {
      const wanted = await interfaceTexts();
      const english = [...wanted, ...(await coreTexts())].map(text => [text, text] as const);
      check(`l10n/bundle.l10n.${language}.json`, Object.fromEntries(english), wanted);
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
