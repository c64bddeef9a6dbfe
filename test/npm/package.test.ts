import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { makeNpmPackage } from '../../scripts/npm-package';
import { projectFolder } from '../harness/paths';
import { LeakingServer } from '../programs/leak';

const TSC = path.join(projectFolder, 'node_modules/typescript/bin/tsc');

/** What a program that uses all of the library prints. */
type Told = Record<'title' | 'word' | 'cited' | 'state' | 'reports' | 'sockets', unknown>;

/** A program that uses all of the library. */
const WHOLE = `import {
  Analysis, compare, csvReport, explainAt, explainState, isDump, jsonReport, markdownReport,
  ndjsonReport, readDump, Redactor, Shut, stateFromAnySpelling, TimerKind, textReport, thresholds,
  type Dump, type Finding, type Socket,
} from 'netstat-lens';
import { readFileSync } from 'node:fs';

const text = readFileSync('netstat.txt', 'utf8');
const dump: Dump = readDump(text);
const sockets: Socket[] = [...dump.sockets(dump.snapshots[0])];
const analysis = new Analysis(dump);
const finding: Finding | undefined = analysis.findings[0];
const source = 'netstat.txt';
const row = sockets.find(({ state }) => state === 'CLOSE-WAIT');
const lines = text.split('\\n');
const line = row?.line ?? 0;
const word = explainAt(dump, line, lines[line]?.indexOf('CLOSE_WAIT') ?? 0, lines);
const named = { source, analysis };
console.log(JSON.stringify({
  same: readDump(readFileSync('netstat.txt')).length === dump.length && isDump(text),
  sockets: sockets.length,
  title: finding?.title.parts.map(part => part.text).join(''),
  kinds: [TimerKind.Off, Shut.NotPrinted, row?.shut === Shut.NotPrinted],
  word: word?.text,
  cited: word?.sources.map(({ title }) => title),
  state: explainState(stateFromAnySpelling('FIN-WAIT-2') ?? 'LISTEN', 'short').text,
  reports: [
    textReport(named, { colour: false, width: 80 }), markdownReport(named),
    [...jsonReport([named])].join(''), [...csvReport([named])].join(''),
    [...ndjsonReport([{ source, dump }])].join(''), compare(named, named),
  ].map(report => report.slice(0, 11)),
  hidden: new Redactor().text('from 203.0.113.99').includes('203.0.113.99'),
  threshold: thresholds.closeWaitWarning.default,
}));
`;

/** The code of a page's blocks in a language. */
function blocks(page: string, language: string): string[] {
  const text = readFileSync(path.join(projectFolder, 'docs', page), 'utf8');
  return [...text.matchAll(/^```(\w*)\n([^]*?)^```$/gm)]
    .filter(([, of]) => of === language)
    .map(([, , code = '']) => code);
}

describe('the npm package', () => {
  let folder: string;
  let made: string;
  /** A project that has installed the package, and nothing else. */
  let user: string;

  before(async function () {
    this.timeout(120_000);
    folder = mkdtempSync(path.join(tmpdir(), 'netstat-lens-npm-'));
    made = path.join(folder, 'package');
    user = path.join(folder, 'user');
    mkdirSync(user);
    await makeNpmPackage(made);
    run(made, 'npm', 'pack', '--pack-destination', folder);
    const [tarball = ''] = readdirSync(folder).filter(name => name.endsWith('.tgz'));
    write('package.json', JSON.stringify({ private: true, type: 'module' }));
    cpSync(
      path.join(projectFolder, 'samples/linux-netstat-close-wait.netstat'),
      path.join(user, 'netstat.txt'),
    );
    run(user, 'npm', 'install', '--offline', '--no-audit', '--no-fund', path.join(folder, tarball));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function write(name: string, text: string): void {
    writeFileSync(path.join(user, name), text);
  }

  function spawned(cwd: string, program: string, ...args: string[]) {
    return spawnSync(program, args, { cwd, encoding: 'utf8', shell: process.platform === 'win32' });
  }

  /** What a program prints, which must succeed. */
  function run(cwd: string, program: string, ...args: string[]): string {
    const { status, stdout, stderr } = spawned(cwd, program, ...args);
    assert.equal(status, 0, `${program} ${args.join(' ')}\n${stdout}${stderr}`);
    return stdout;
  }

  /** Compiles strictly as a user would, with or without output. */
  function compile(files: readonly string[], ...options: string[]): string {
    const types = path.join(projectFolder, 'node_modules/@types');
    const strict = [
      '--strict',
      '--target',
      'es2022',
      '--lib',
      'es2022',
      '--typeRoots',
      types,
      '--types',
      'node',
    ];
    return run(user, process.execPath, TSC, ...files, '--isolatedModules', ...strict, ...options);
  }

  it('is one that publint has no objection to', async () => {
    const { publint } = await import('publint');
    assert.deepEqual((await publint({ pkgDir: made, strict: true })).messages, []);
  });

  it('needs no other package, and names those whose code it holds', () => {
    const manifest = JSON.parse(readFileSync(path.join(made, 'package.json'), 'utf8')) as object;
    assert.ok(!('dependencies' in manifest || 'peerDependencies' in manifest));
    assert.deepEqual(readdirSync(path.join(user, 'node_modules')).sort(), [
      '.bin',
      '.package-lock.json',
      'netstat-lens',
    ]);
    const notices = readFileSync(path.join(made, 'ThirdPartyNotices.txt'), 'utf8');
    const programs = readdirSync(made).filter(name => name.endsWith('.js'));
    const held = new Set(
      programs.flatMap(name =>
        Array.from(
          readFileSync(path.join(made, name), 'utf8').matchAll(/^\/\/ .*node_modules\/([^/\n]+)/gm),
          ([, one = '']) => one,
        ),
      ),
    );
    assert.ok(held.size > 0);
    for (const one of held) {
      assert.ok(notices.includes(`\n${one} `), one);
    }
  });

  it('declares what it exports, and describes all of it', () => {
    write('names.mjs', "console.log(JSON.stringify(Object.keys(await import('netstat-lens'))));");
    const exported = JSON.parse(run(user, process.execPath, 'names.mjs')) as string[];
    const types = readFileSync(path.join(made, 'index.d.ts'), 'utf8');
    // A class that cannot be made from outside is a type only.
    const declared = [...types.matchAll(/^export declare (?:class|const|enum|function) (\w+)/gm)]
      .map(([, name = '']) => name)
      .filter(name => name !== 'Dump');
    assert.deepEqual(exported.sort(), declared.sort());
    assert.doesNotMatch(types, /const enum/);
    const reference = readFileSync(path.join(made, 'API.md'), 'utf8');
    for (const [, name = ''] of types.matchAll(/^export (?:declare )?\w+ (\w+)/gm)) {
      assert.match(reference, new RegExp(`^### ${name.replaceAll('_', '\\\\_')}(?:\\(\\))?$`, 'm'));
    }
  });

  describe('compiled by its user', () => {
    const examples = blocks('npm.md', 'ts');
    const files = [...examples.map((_, i) => `example${i}.ts`), 'whole.ts'];

    before(function () {
      this.timeout(120_000);
      examples.forEach((code, i) => write(`example${i}.ts`, code));
      write('whole.ts', WHOLE);
      compile(files, '--module', 'nodenext');
    });

    it('is found by bundlers, too', () => {
      compile(files, '--module', 'preserve', '--moduleResolution', 'bundler', '--noEmit');
    });

    it('does what its page says', () => {
      assert.equal(examples.length, 2);
      assert.match(run(user, process.execPath, 'example1.js'), /^\d+ sockets, \d+ lines, 0 not/);
    });

    it('has types that tell the truth', () => {
      const told = JSON.parse(run(user, process.execPath, 'whole.js')) as Told;
      const { title, word, cited, state, reports, ...rest } = told;
      assert.deepEqual(rest, {
        same: true,
        sockets: rest.sockets,
        kinds: [1, 0, true],
        hidden: false,
        threshold: 5,
      });
      assert.ok(Number(rest.sockets) > 5);
      assert.match(String(title), /CLOSE_WAIT/);
      assert.match(String(word), /^CLOSE_WAIT: /);
      assert.ok(Array.isArray(cited) && cited.length > 0);
      assert.match(String(state), /^FIN-WAIT-2: /);
      assert.deepEqual(reports, [
        'netstat.txt',
        '# orders-ap',
        '{"schema":1',
        'source,snap',
        '{"source":"',
        'Changes fro',
      ]);
    });
  });

  it('gives the command line', () => {
    const { version } = JSON.parse(
      readFileSync(path.join(projectFolder, 'package.json'), 'utf8'),
    ) as { version: string };
    assert.equal(run(user, 'npx', 'netstat-lens', '--version'), `${version}\n`);
    const found = spawned(user, 'npx', 'netstat-lens', '--fail-on', 'warning', 'netstat.txt');
    assert.equal(found.status, 1, found.stderr);
    assert.match(found.stdout, /CLOSE_WAIT/);
  });

  describe('in a build (docs/ci.md)', () => {
    const [script = ''] = blocks('ci.md', 'sh');
    let server: LeakingServer;

    before(async function () {
      if (spawnSync('ss', ['-V']).status !== 0) {
        console.log('        skipped: there is no ss here');
        this.skip();
      }
      server = await LeakingServer.start();
      write('leak-check.sh', script);
      write(
        'visit.mjs',
        `import { connect } from 'node:net';
const client = connect(Number(process.argv[2]), '127.0.0.1', () => client.destroy());
`,
      );
    });
    after(() => (server as LeakingServer | undefined)?.stop());

    /** Runs the script's own check around some tests; gives its exit status and what it said. */
    async function check(
      port: number,
      ...tests: string[]
    ): Promise<{ status: number; out: string }> {
      const child = spawn('sh', ['leak-check.sh', String(port), ...tests], { cwd: user });
      let out = '';
      child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (out += chunk.toString()));
      const [status] = (await once(child, 'close')) as [number];
      return { status, out };
    }

    it('passes what leaks nothing', async () => {
      const { status, out } = await check(server.port, 'true');
      assert.equal(status, 0, out);
    }).timeout(30_000);

    it('fails where a single connection is kept', async () => {
      const { pid, port } = server;
      const { status, out } = await check(port, process.execPath, 'visit.mjs', String(port));
      assert.equal(status, 1, out);
      assert.match(out, new RegExp(`\\(${pid}\\) .*CLOSE_WAIT`));
    }).timeout(30_000);

    it('fails where the tests fail, and where no server is', async () => {
      assert.equal((await check(server.port, 'false')).status, 1);
      const { status, out } = await check(1, 'true');
      assert.equal(status, 2, out);
    }).timeout(30_000);
  });
}).timeout(60_000);
