import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';

import { analyze } from '../../src/core/analysis/analyze';
import { rules } from '../../src/core/analysis/rules';
import { differenceOf } from '../../src/core/analysis/time/difference';
import { snapshotCounts, snapshotLine } from '../../src/core/capture/snapshotLine';
import { explainAt } from '../../src/core/explain/explain';
import { PALETTES } from '../../src/core/explain/picture/palette';
import { drawPicture } from '../../src/core/explain/picture/picture';
import type { Dump } from '../../src/core/reading/dump';
import { locate } from '../../src/core/reading/locate';
import { readDump } from '../../src/core/reading/reader';
import { combinedReport } from '../../src/core/report/combined';
import { diffReport } from '../../src/core/report/diff';
import { report } from '../../src/core/report/report';
import { panelModel } from '../../src/core/viewModel/panelModel';
import { Localizer } from '../../src/core/wording/text';
import { stateDiagramPage } from '../../src/extension/commands/stateDiagramPage';
import { markdown } from '../../src/extension/host/markdown';
import {
  putTexts,
  sourceLabels,
  sourceTexts,
  takeTexts,
  type Translations,
  translations,
} from '../../scripts/l10n';
import { projectFolder } from '../harness/paths';
import { many, netstat, row } from './analysis/scene';
import { sampleText } from './rows';
import { linesOf } from './spans';

/** What a translation must keep: placeholders, code, emphasis, links, calls, words of protocols. */
function kept(text: string): string[] {
  return (
    text.match(/\{\w+\}|`[^`]*`|\*\*|\]\([^)]*\)|\b\w+\(\)|\b[A-Z]+[_-][A-Z0-9]+\b/g) ?? []
  ).sort();
}

/** Everything that is said of a dump, in hovers, reports and the panel. */
function sayAll(text: string, localizer: Localizer): void {
  const dump = readDump(text);
  const lines = linesOf(text);
  for (const [number, line] of lines.entries()) {
    for (const { start } of locate(dump, number, line).fields) {
      const found = explainAt(dump, number, start, i => lines[i] ?? '', localizer);
      if (found !== null) {
        markdown(found.explanation, {
          detail: 'full',
          localizer,
          target: () => null,
          picture: picture => ({
            url: '',
            alt: drawPicture(picture, PALETTES.dark, localizer).alt,
          }),
        });
      }
    }
  }
  sayAnalysis(dump, localizer);
}

function sayAnalysis(dump: Dump, localizer: Localizer): void {
  const analysis = analyze(dump, { localizer });
  report('a', analysis, localizer);
  combinedReport(analysis, localizer);
  for (let snapshot = 0; snapshot < analysis.snapshots.length; snapshot++) {
    panelModel({ title: 'a', analysis, snapshot, nameOf: () => null, localizer });
    const [before, after] = [0, snapshot].map(number => ({ analysis, snapshot: number }));
    diffReport(differenceOf(before!, after!), { before: 'a', after: 'b' }, localizer);
  }
  const counts = snapshotCounts(dump);
  snapshotLine(counts, { ...counts, sockets: 0 }, localizer);
}

describe('translations', () => {
  let files: readonly Translations[];
  let known: ReadonlySet<string>;

  before(async function () {
    // The whole source is parsed.
    this.timeout(30_000);
    files = await translations();
    known = await sourceTexts();
  });

  it('are there for German and French, of the manifest and of all else', () => {
    const names = files.map(({ file }) => file);
    for (const language of ['de', 'fr']) {
      assert.ok(names.includes(`package.nls.${language}.json`));
      assert.ok(names.includes(`l10n/bundle.l10n.${language}.json`));
    }
  });

  it('keep placeholders, code and links', () => {
    for (const { file, english, translated } of files) {
      for (const [key, text] of Object.entries(translated)) {
        assert.notEqual(text.trim(), '', `${file}: ${key}`);
        // What nothing says any more is listed by "npm run translations".
        if (english[key] !== undefined) {
          assert.deepEqual(kept(text), kept(english[key]), `${file}: ${key}`);
        }
      }
    }
  });

  it('can be of everything that is said', function () {
    this.timeout(120_000);
    const unknown = new Set<string>();
    const said = new Set<string>();
    const localizer = new Localizer(english => {
      (known.has(english) ? said : unknown).add(english);
      return english;
    });
    const samples = path.join(projectFolder, 'samples');
    for (const name of readdirSync(samples)) {
      sayAll(sampleText(name), localizer);
    }
    // More findings of one cause than are described one by one.
    const leaks = many(210 * 50, i =>
      row('CLOSE_WAIT', `192.0.2.1:${1000 + (i % 210)}`, `198.51.100.7:${2000 + i}`, {
        owner: `${1000 + (i % 210)}/java`,
      }),
    );
    sayAnalysis(readDump(netstat(...leaks)), localizer);
    assert.ok(said.has('{finding}; similar: {count} other processes'));
    for (const { title } of rules) {
      localizer.format(title);
    }
    stateDiagramPage({
      language: 'en',
      title: '',
      nonce: '',
      counts: new Map([['LISTEN', 2]]),
      current: 'LISTEN',
      localizer,
    });
    assert.deepEqual([...unknown], []);
  });

  it('need each label once', async () => {
    const labels = await sourceLabels();
    assert.deepEqual(
      labels.filter((text, i) => labels.indexOf(text) !== i),
      [],
    );
    assert.ok(labels.length > 100, String(labels.length));
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
