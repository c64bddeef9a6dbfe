import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

import {
  type CodeSearch,
  codeSearch,
  type CodeTopic,
} from '../../../src/core/knowledge/codeSearch';
import { processorTime } from '../processorTime';

const LEAKS = new URL('./leaks/', import.meta.url);

/** What a search of the workspace may find: more, and nobody looks at it. */
const MOST_HITS = 20;
const FILES = 2000;
/** Longer ones are no sources. */
const LARGEST = 300_000;

const TOPICS: readonly CodeTopic[] = ['open', 'accept', 'timeout'];

/** A program of each runtime, by a name that tells it, with the file of its leaks. */
const PROGRAMS: readonly (readonly [program: string, file: string])[] = [
  ['java', 'Leaks.java'],
  ['dockerd', 'leaks.go'],
  ['node', 'leaks.mjs'],
  ['python3', 'leaks.py'],
  ['dotnet', 'Leaks.cs'],
  ['nginx', 'nginx.conf'],
];

/** Whether VS Code would search a file: its globs without a slash are for names. */
function isSearched({ filesToInclude, filesToExclude }: CodeSearch, file: string): boolean {
  const fits = (globs: string): boolean =>
    globs
      .split(',')
      .filter(glob => !glob.includes('/'))
      .some(glob => {
        const [head = '', tail = ''] = glob.split('*');
        return file.startsWith(head) && file.endsWith(tail);
      });
  return fits(filesToInclude) && !fits(filesToExclude);
}

function hits({ query }: CodeSearch, text: string): number[] {
  // Without lookaround, what is in no line of a text is nowhere in it.
  if (!new RegExp(query, 'm').test(text)) return [];
  const expression = new RegExp(query);
  return text.split('\n').flatMap((line, i) => (expression.test(line) ? [i] : []));
}

/** Sources of other people, as they are: those of the packages that this repository uses. */
function* sources(folder: string): Generator<string> {
  const entries = readdirSync(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      yield* sources(name);
    } else if (/\.(?:js|mjs|cjs|ts)$/.test(entry.name) && statSync(name).size < LARGEST) {
      yield name;
    }
  }
}

function workspace(): { readonly name: string; readonly text: string }[] {
  const all = [...sources('node_modules')];
  const step = Math.max(1, Math.floor(all.length / FILES));
  const some = all.filter((_, i) => i % step === 0).slice(0, FILES);
  return some.map(name => ({ name: path.basename(name), text: readFileSync(name, 'utf8') }));
}

describe('places in code to look at', () => {
  for (const [program, file] of PROGRAMS) {
    const text = readFileSync(new URL(`${file}.txt`, LEAKS), 'utf8');
    const leaking = text.split('\n').flatMap((line, i) => (line.includes('LEAK') ? [i] : []));

    it(`of ${program} are those that leak in ${file}`, () => {
      const search = codeSearch('open', program);
      assert.ok(isSearched(search, file), search.filesToInclude);
      const found = new Set(hits(search, text));
      // A comment of its own is about the line above.
      const missed = leaking.filter(line => !found.has(line) && !found.has(line - 1));
      assert.deepEqual(
        missed.map(line => text.split('\n')[line]),
        [],
      );
      assert.ok(found.size <= leaking.length + 3, `${found.size} hits`);
    });

    it(`of ${program} for accepting and for timeouts are in ${file}`, () => {
      assert.notEqual(hits(codeSearch('accept', program), text).length, 0);
      assert.notEqual(hits(codeSearch('timeout', program), text).length, 0);
    });
  }

  it('of a program whose name tells nothing are those of every runtime', () => {
    for (const name of ['orders-api', null]) {
      const search = codeSearch('open', name);
      for (const [program, file] of PROGRAMS.filter(([one]) => one !== 'nginx')) {
        const text = readFileSync(new URL(`${file}.txt`, LEAKS), 'utf8');
        assert.ok(isSearched(search, file), file);
        for (const line of hits(codeSearch('open', program), text)) {
          assert.ok(hits(search, text).includes(line), `${file}:${line + 1}`);
        }
      }
    }
  });

  it('of one runtime are not looked for in files of another', () => {
    assert.equal(isSearched(codeSearch('open', 'java'), 'leaks.go'), false);
    assert.equal(isSearched(codeSearch('open', 'node'), 'index.d.ts'), false);
    assert.equal(isSearched(codeSearch('open', 'node'), 'app.min.js'), false);
  });

  it(`are at most ${MOST_HITS} in a workspace of ${FILES} files`, () => {
    const files = workspace();
    assert.equal(files.length, FILES);
    for (const program of ['node', 'orders-api', 'nginx']) {
      for (const topic of TOPICS) {
        const search = codeSearch(topic, program);
        const count = files
          .filter(({ name }) => isSearched(search, name))
          .reduce((sum, { text }) => sum + hits(search, text).length, 0);
        assert.ok(count <= MOST_HITS, `${count} for ${program}, ${topic}`);
      }
    }
    // Other languages have no sources here: the same words, as theirs.
    for (const [program, file] of PROGRAMS.filter(([one]) => one !== 'nginx')) {
      for (const topic of TOPICS) {
        const search = codeSearch(topic, program);
        assert.ok(isSearched(search, file));
        const count = files
          .filter(({ name }) => isSearched(codeSearch(topic, 'node'), name))
          .reduce((sum, { text }) => sum + hits(search, text).length, 0);
        assert.ok(count <= MOST_HITS, `${count} for ${program}, ${topic}`);
      }
    }
  });

  it('are found in time, whatever the line', () => {
    const lines = [
      'new ',
      'http.',
      'a',
      ' ',
      '_timeout',
      '.set',
      'HttpClient x',
      'net.Dial',
      'proxy_set_header  ',
    ].map(part => part.repeat(200_000 / part.length));
    for (const [program] of PROGRAMS) {
      for (const topic of TOPICS) {
        const expression = new RegExp(codeSearch(topic, program).query);
        const started = process.cpuUsage();
        lines.forEach(line => expression.test(line));
        assert.ok(processorTime(started) < 1500, `${program}, ${topic}`);
      }
    }
  });

  it('are written so that ripgrep takes them', () => {
    for (const [program] of PROGRAMS) {
      for (const topic of TOPICS) {
        // No lookaround and no references to groups.
        assert.doesNotMatch(codeSearch(topic, program).query, /\(\?[=!<]|\\[1-9]/);
      }
    }
  });
});
