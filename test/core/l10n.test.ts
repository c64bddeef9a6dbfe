import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { analyze } from '../../src/core/analysis/analyze';
import { explainAt } from '../../src/core/explain/explain';
import { Localizer } from '../../src/core/wording/text';
import { locate } from '../../src/core/reading/locate';
import { readDump } from '../../src/core/reading/reader';
import { report } from '../../src/core/report/report';
import { coreTexts, interfaceTexts, putTexts, takeTexts, type Texts } from '../../scripts/l10n';
import { projectFolder } from '../harness/paths';
import { sampleText } from './rows';
import { linesOf } from './spans';

/** Languages other than English, by the files that are there. */
const languages = readdirSync(projectFolder).flatMap(
  name => /^package\.nls\.([\w-]+)\.json$/.exec(name)?.[1] ?? [],
);

function read(file: string): Texts {
  return JSON.parse(readFileSync(path.join(projectFolder, file), 'utf8')) as Texts;
}

/** What a translation must keep: placeholders, code, emphasis, links, calls, words of protocols. */
function kept(text: string): string[] {
  return (
    text.match(/\{\w+\}|`[^`]*`|\*\*|\]\([^)]*\)|\b\w+\(\)|\b[A-Z]+[_-][A-Z0-9]+\b/g) ?? []
  ).sort();
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
  let ofInterface: string[];
  let ofCore: string[];

  before(async function () {
    // The whole source is parsed.
    this.timeout(30_000);
    ofInterface = await interfaceTexts();
    ofCore = await coreTexts();
  });

  it('are there for German and French', () => {
    assert.ok(languages.includes('de') && languages.includes('fr'));
  });

  for (const language of languages) {
    it(`of the manifest are whole: ${language}`, () => {
      check(`package.nls.${language}.json`, read('package.nls.json'));
    });

    it(`of the interface are whole, and of the core where it is begun: ${language}`, () => {
      const file = `l10n/bundle.l10n.${language}.json`;
      const all = [...ofInterface, ...ofCore];
      const begun = Object.keys(read(file)).some(text => !ofInterface.includes(text));
      check(file, Object.fromEntries(all.map(text => [text, text])), begun ? all : ofInterface);
    });
  }

  it('are of everything that the core says', function () {
    this.timeout(10_000);
    const known = new Set(ofCore);
    const unknown = new Set<string>();
    const localizer = new Localizer((_id, english) => {
      if (!known.has(english)) {
        unknown.add(english);
      }
      return english;
    });
    for (const name of ['linux-netstat-close-wait', 'linux-ss-tanpi', 'windows-netstat-anob']) {
      const text = sampleText(`${name}.netstat`);
      const dump = readDump(text);
      const lines = linesOf(text);
      for (const [number, line] of lines.entries()) {
        for (const { start } of locate(dump, number, line).fields) {
          explainAt(dump, number, start, i => lines[i] ?? '', localizer);
        }
      }
      report(name, analyze(dump, { localizer }), localizer);
    }
    assert.deepEqual([...unknown], []);
  });

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
