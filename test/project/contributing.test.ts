/* What CONTRIBUTING says of a new format and a new rule, done in a copy of the project. */
import assert from 'node:assert/strict';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';

import { atEnd } from '../harness/cleanup';
import { projectFolder } from '../harness/paths';
import { runProgram } from '../harness/processes';

/** A file that a recipe has one write or change: from its text, empty where there is none. */
type Step = readonly [file: string, change: (old: string) => string];

const FORMAT: readonly Step[] = [
  [
    'src/core/dialects/exampleFormat.ts',
    () => `import type { Dialect } from '../parsing/dialect';
import { protocolWordAt } from '../vocabulary/protocol';
import { readColonEndpoint } from '../parsing/endpoint';
import { readStateWord } from '../parsing/stateWord';

/** \`example tcp 192.0.2.1:443 198.51.100.7:50000 ESTABLISHED\`. */
export const exampleFormat: Dialect = {
  id: 'example',
  title: 'Example sockets',
  systems: ['freebsd'],
  commands: ['examplesockets'],
  headers: ['EXAMPLE Proto Local'],
  best: { command: 'examplesockets -a', needs: null },
  tells: { pids: 'never', queues: 'never', timers: 'never' },

  header: line => (line.is(0, 'EXAMPLE') && line.is(1, 'Proto') ? {} : undefined),

  row(line, _layout, row) {
    row.protocol = protocolWordAt(line.text, line.wordStart(1), line.wordEnd(1));
    return (
      line.is(0, 'example') &&
      readColonEndpoint(line, 2, row, false) &&
      readColonEndpoint(line, 3, row, true) &&
      readStateWord(line, 4, row) === 1
    );
  },
};
`,
  ],
  [
    'src/core/dialects/exampleFormat.grammar.ts',
    () => `import { GAP, protocol, START } from '../grammar/parts';
import { include, line } from '../grammar/pattern';
import type { FormatGrammar } from '../grammar/formatGrammar';

/** Example sockets. */
export const grammar: FormatGrammar = {
  rows: {
    example: line(
      'Example sockets: example tcp 192.0.2.1:443 198.51.100.7:50000 ESTABLISHED',
      [START, 'example', GAP, protocol],
      [include('state')],
    ),
  },
};
`,
  ],
  [
    'src/core/dialects/index.ts',
    old =>
      put(
        old,
        'import { hpuxNetstat }',
        "import { exampleFormat } from './exampleFormat';\n",
      ).replace('  volatility,\n', '  exampleFormat,\n  volatility,\n'),
  ],
  [
    'samples/example-sockets.netstat',
    () => `$ examplesockets -a
EXAMPLE Proto Local Remote State
example tcp 192.0.2.1:443 198.51.100.7:50000 ESTABLISHED
example tcp6 2001:db8::1:443 2001:db8::7:50001 CLOSE_WAIT
`,
  ],
  [
    'test/core/dialects/exampleFormat.test.ts',
    () => `import { strict as assert } from 'node:assert';
import { readDump } from '../../../src/core/reading/reader';
import { assertAllRead, briefly, sampleText } from '../rows';

describe('example sockets', () => {
  it('reads its sample', () => {
    const dump = readDump(sampleText('example-sockets.netstat'));
    assertAllRead(dump);
    assert.deepEqual(briefly(dump), [
      'tcp ESTABLISHED 192.0.2.1|443 198.51.100.7|50000',
      'tcp6 CLOSE-WAIT 2001:db8::1|443 2001:db8::7|50001',
    ]);
    assert.equal(dump.snapshots[0]?.system, 'freebsd');
  });
});
`,
  ],
  [
    'test/core/dialects/crossFormats.test.ts',
    old =>
      put(
        old,
        "  [['cisco'], ",
        "  [['example'], 'example tcp 192.0.2.1:443 198.51.100.7:50000 ESTABLISHED'],\n",
      ),
  ],
];

const RULE: readonly Step[] = [
  [
    'src/core/analysis/rules/transfer/exampleRule.ts',
    () => `import { label, say } from '../../../wording/statement';
import { rule } from '../../kit/rule';
import { State } from '../../../vocabulary/state';
import { threshold } from '../../kit/threshold';

const TEXTS = {
  title: say('{connections} are in CLOSING', 'rfc9293-3.3.2'),
};

export const exampleRule = rule({
  code: 'EX-1',
  id: 'example-closing',
  title: label('Connections that both ends close at once'),
  thresholds: {
    closing: threshold.sockets(3, 'Connections in CLOSING above which there is information.'),
  },
  find(context) {
    const rows = context.index.rowsIn(State.Closing);
    if (rows.length <= context.thresholds.closing) {
      return [];
    }
    return [
      {
        subject: 'closing',
        severity: 'info',
        confidence: 'low',
        rows,
        describe: () => ({
          title: context.say(TEXTS.title, { connections: context.connections(rows.length) }),
        }),
      },
    ];
  },
});
`,
  ],
  [
    'src/core/analysis/rules/index.ts',
    old =>
      put(
        old,
        'import { exposedPort }',
        "import { exampleRule } from './transfer/exampleRule';\n",
      ).replace('\n] as const', '\n  exampleRule,\n] as const'),
  ],
  [
    'test/core/analysis/rules/transfer/exampleRule.test.ts',
    () => `import { expectFinding, expectSilence, many, netstat, row } from '../../scene';

const closing = (count: number): string =>
  netstat(...many(count, i => row('CLOSING', '192.0.2.1:443', \`198.51.100.7:\${50_000 + i}\`)));

describe('EX-1', () => {
  it('counts connections in CLOSING', () => {
    expectFinding(closing(4), 'EX-1', { severity: 'info', title: /^4 connections are in CLOSING/ });
    expectSilence(closing(3), 'EX-1');
  });
});
`,
  ],
  [
    'CHANGELOG.md',
    old => old.replace(/(?<=findings of )\d+(?= rules)/, count => String(Number(count) + 1)),
  ],
];

/** What stands in a text from now on before something else. */
function put(text: string, before: string, added: string): string {
  return text.replace(before, added + before);
}

describe('CONTRIBUTING', () => {
  let copy: string;
  let remove: () => Promise<void>;

  before(() => {
    copy = mkdtempSync(path.join(os.tmpdir(), 'contributing-'));
    const undoNow = (): void => {
      rmSync(copy, { recursive: true, force: true, maxRetries: 5 });
    };
    remove = atEnd({ undoNow, undo: () => Promise.resolve().then(undoNow) });
    const ignored = readFileSync(path.join(projectFolder, '.gitignore'), 'utf8')
      .split('\n')
      .map(name => name.replace(/\/$/, ''));
    for (const name of readdirSync(projectFolder)) {
      if (name !== '.git' && !ignored.includes(name)) copyOf(name);
    }
    symlinkSync(
      path.join(projectFolder, 'node_modules'),
      path.join(copy, 'node_modules'),
      'junction',
    );
    // What the compiler knows of files that do not change; without it, it checks them all.
    copyOf('out/types');
  });

  after(() => remove());

  function copyOf(name: string): void {
    const from = path.join(projectFolder, name);
    if (!existsSync(from)) return;
    cpSync(from, path.join(copy, name), { recursive: true, preserveTimestamps: true });
  }

  const read = (name: string): string => readFileSync(path.join(copy, name), 'utf8');

  /** The files and folders that a section names, as they are called for an example. */
  function namesIn(title: string): string[] {
    const [section = ''] =
      read('CONTRIBUTING.md').split(`\n## ${title}\n`)[1]?.split('\n## ') ?? [];
    const names = [...section.matchAll(/`([\w./-]+(?:\.\w+|\/))`/g)].map(([, name = '']) =>
      name.replaceAll('your', 'example').replace('FAMILY', 'transfer'),
    );
    assert.notEqual(names.length, 0, `files of "${title}"`);
    return names;
  }

  /** Whether a recipe's name, which may leave out the folders that are clear, is of a file. */
  function isOf(name: string, file: string): boolean {
    return name.endsWith('/') ? `/${file}`.includes(`/${name}`) : `/${file}`.endsWith(`/${name}`);
  }

  function follow(title: string, steps: readonly Step[]): void {
    const names = namesIn(title);
    for (const [file, change] of steps) {
      assert.ok(
        names.some(name => isOf(name, file)),
        `"${title}" does not name ${file}`,
      );
      const old = existsSync(path.join(copy, file)) ? read(file) : '';
      const text = change(old);
      assert.notEqual(text, old, file);
      mkdirSync(path.dirname(path.join(copy, file)), { recursive: true });
      writeFileSync(path.join(copy, file), text);
    }
    const files = readdirSync(copy, { recursive: true, encoding: 'utf8' })
      .map(file => file.replaceAll('\\', '/'))
      .filter(file => !file.startsWith('node_modules/'));
    for (const name of names) {
      assert.ok(
        files.some(file => isOf(name, file)),
        `"${title}" names ${name}, which is not there`,
      );
    }
  }

  /** Runs one of the programs that the package's scripts and stages run. */
  function run(...args: readonly string[]): Promise<string> {
    return runProgram(process.execPath, args, { cwd: copy });
  }

  it('says all that a new format and a new rule need', async () => {
    follow('Add a dump format', FORMAT);
    follow('Add a rule', RULE);

    const { scripts } = JSON.parse(read('package.json')) as { scripts: { generate: string } };
    const [program, ...generate] = scripts.generate.split(' ');
    assert.equal(program, 'node');
    await run(...generate);
    assert.match(read('docs/formats.md'), /\| Example sockets \| `example` \|/);
    assert.match(read('syntaxes/netstat.tmLanguage.json'), /"example": \{/);
    assert.match(read('package.json'), /EXAMPLE\\\\s\*Proto/);
    assert.match(read('package.json'), /"netstatLens\.thresholds\.closing"/);

    const touched = [...FORMAT, ...RULE].map(([file]) => file);
    const sources = touched.filter(file => file.endsWith('.ts'));
    // The copy stays until both have ended.
    const ended = await Promise.allSettled([
      // Through the link, packages are where the compiler found them in the project itself.
      run(
        '--preserve-symlinks',
        '--preserve-symlinks-main',
        'node_modules/typescript/bin/tsc',
        '-b',
      ),
      lint(sources).then(() =>
        run(
          'node_modules/mocha/bin/mocha.js',
          ...sources.filter(file => file.endsWith('.test.ts')),
          ...['test/core/claims.test.ts', 'test/core/dialects/declared.test.ts'],
        ),
      ),
    ]);
    for (const result of ended) {
      if (result.status === 'rejected') throw result.reason;
    }
  }).timeout(600_000);

  async function lint(files: readonly string[]): Promise<void> {
    await run('node_modules/eslint/bin/eslint.js', '--max-warnings=0', ...files);
    await run('node_modules/prettier/bin/prettier.cjs', '--check', ...files);
    await run(
      'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
      '--preserve-symlinks',
      'src',
    );
  }
});
