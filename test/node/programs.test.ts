import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { Capturer, thisMachine } from '../../src/node/capturer';
import { cleanEnvironment, findProgram, neutralFolder } from '../../src/node/findProgram';
import { type RunOptions, runProgram } from '../../src/node/runProgram';
import { builtProgram } from '../programs/built';
import { assertGone, writtenIn } from '../programs/processes';

const unix = process.platform !== 'win32';

describe('programs of the system', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'netstat-lens-node-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** An executable script below the folder; gives its path. */
  function script(name: string, ...lines: string[]): string {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, ['#!/bin/sh', ...lines, ''].join('\n'));
    chmodSync(file, 0o755);
    return file;
  }

  describe('are found', () => {
    before(function () {
      if (!unix) this.skip();
    });

    function find(name: string, PATH: string, distrusted: string[] = [], systemFolders?: string[]) {
      const places = { platform: 'linux', env: { PATH }, distrusted };
      return findProgram(name, systemFolders === undefined ? places : { ...places, systemFolders });
    }

    it("in the system's folders first", async () => {
      script('own/sh');
      assert.match((await find('sh', path.join(folder, 'own'))) ?? '', /^\/(usr\/)?bin\/sh$/);
    });

    it('in PATH next', async () => {
      const own = script('own/lister');
      assert.equal(await find('lister', `/nowhere:${path.dirname(own)}`), own);
    });

    it('never in the workspace, nor through a link into or out of it', async () => {
      const workspace = path.join(folder, 'workspace');
      const planted = script('workspace/bin/netstat', `touch ${folder}/ran`);
      const link = path.join(folder, 'link');
      symlinkSync(path.dirname(planted), link);
      mkdirSync(path.join(folder, 'outside'));
      symlinkSync(planted, path.join(folder, 'outside', 'netstat'));
      const outward = path.join(workspace, 'outward');
      symlinkSync(path.dirname(script('elsewhere/netstat')), outward);
      for (const entry of [path.dirname(planted), link, path.join(folder, 'outside'), outward]) {
        const places =
          entry === outward ? [workspace, path.join(folder, 'elsewhere')] : [workspace];
        assert.equal(await find('netstat', entry, places, []), undefined, entry);
      }
      assert.equal(existsSync(path.join(folder, 'ran')), false);
    });

    it('never through an entry of PATH that is not absolute', async () => {
      script('netstat');
      const before = process.cwd();
      process.chdir(folder);
      try {
        for (const entry of ['', '.', './', 'bin/..']) {
          assert.equal(await find('netstat', entry, [], []), undefined, `"${entry}"`);
        }
      } finally {
        process.chdir(before);
      }
    });

    it('only where they can be run', async () => {
      const file = script('own/netstat');
      chmodSync(file, 0o644);
      mkdirSync(path.join(folder, 'own', 'ss'));
      assert.equal(await find('netstat', path.dirname(file), [], []), undefined);
      assert.equal(await find('ss', path.dirname(file), [], []), undefined);
    });

    it('on Windows only in System32', async () => {
      script('netstat.exe');
      const places = {
        platform: 'win32',
        env: { PATH: folder, SystemRoot: 'C:\\WINNT' },
        distrusted: [],
      };
      assert.equal(await findProgram('netstat.exe', places), undefined);
      assert.equal(neutralFolder(places), 'C:\\WINNT\\System32');
      assert.equal(
        neutralFolder({ ...places, env: { SystemRoot: 'planted' } }),
        'C:\\Windows\\System32',
      );
      assert.equal(cleanEnvironment(places)['PATH'], 'C:\\WINNT\\System32');
    });
  });

  describe('are run', () => {
    const exiting = builtProgram('test/programs/exiting.ts');

    before(function () {
      if (!unix) this.skip();
    });

    const options = (more: Partial<RunOptions> = {}): RunOptions => ({
      cwd: '/',
      env: cleanEnvironment({ platform: 'linux', env: {}, distrusted: [] }),
      timeout: 5000,
      limit: 1e6,
      ...more,
    });

    it('in a clean environment and a neutral folder, with locale C and no shell', async () => {
      const file = script(
        'show',
        'pwd',
        'echo "$LC_ALL $LANG $SECRET" "$1"',
        'echo remark >&2',
        'exit 3',
      );
      process.env['SECRET'] = 'leaked';
      try {
        const outcome = await runProgram(file, ['$(id); `id`'], options());
        assert.ok(outcome.kind === 'done', outcome.kind);
        assert.equal(Buffer.from(outcome.output).toString(), '/\nC C  $(id); `id`\n');
        assert.equal(Buffer.from(outcome.errors).toString(), 'remark\n');
        assert.equal(outcome.status, 3);
      } finally {
        delete process.env['SECRET'];
      }
    });

    it('no longer than allowed, and nothing of them stays', async () => {
      const file = script('hang', `sleep 60 & echo $! > ${folder}/child`, 'wait');
      const outcome = await runProgram(file, [], options({ timeout: 1500 }));
      assert.equal(outcome.kind, 'timeout');
      await assertGone(Number(readFileSync(path.join(folder, 'child'), 'utf8')));
    });

    it('and leave nothing in the background', async () => {
      const file = script(
        'fork',
        `sleep 60 < /dev/null > /dev/null 2>&1 & echo $! > ${folder}/child`,
        'echo listed',
      );
      const outcome = await runProgram(file, [], options());
      assert.ok(outcome.kind === 'done', outcome.kind);
      assert.equal(Buffer.from(outcome.output).toString(), 'listed\n');
      await assertGone(Number(readFileSync(path.join(folder, 'child'), 'utf8')));
    });

    it('no longer than the process that has started them', async () => {
      const file = script('hang', `sleep 60 & echo $! > ${folder}/child`, 'wait');
      const child = spawn(process.execPath, [exiting(), file], {
        stdio: ['pipe', 'ignore', 'inherit'],
      });
      const [left] = await writtenIn(path.join(folder, 'child'));
      child.stdin.end('exit\n');
      await once(child, 'close');
      await assertGone(left!);
    });

    it('until they print more than allowed', async () => {
      const file = script('flood', `echo $$ > ${folder}/child`, 'while :; do echo flood; done');
      const outcome = await runProgram(file, [], options({ limit: 10_000 }));
      assert.equal(outcome.kind, 'limit');
      await assertGone(Number(readFileSync(path.join(folder, 'child'), 'utf8')));
    });

    it('until they are stopped', async () => {
      const file = script('hang', `echo $$ > ${folder}/child`, 'exec sleep 60');
      const controller = new AbortController();
      const running = runProgram(file, [], options({ signal: controller.signal }));
      const [child] = await writtenIn(path.join(folder, 'child'));
      controller.abort();
      assert.equal((await running).kind, 'aborted');
      await assertGone(child!);
      assert.equal(
        (await runProgram(file, [], options({ signal: controller.signal }))).kind,
        'aborted',
      );
    });

    it('with a reason where they cannot be', async () => {
      const outcome = await runProgram(path.join(folder, 'nothing'), [], options());
      assert.ok(outcome.kind === 'failed');
      assert.match(outcome.reason, /ENOENT/);
    });
  });

  it('are not those that lie in a workspace, in a whole capture', async function () {
    if (process.platform !== 'linux') this.skip();
    for (const name of ['ss', 'netstat']) {
      script(`workspace/${name}`, `touch ${folder}/ran`, 'exit 0');
    }
    const workspace = path.join(folder, 'workspace');
    const machine = {
      ...thisMachine(() => [workspace]),
      // As on a system that has neither tool.
      find: (program: string) =>
        findProgram(program, {
          platform: 'linux',
          env: { PATH: `${workspace}:.` },
          distrusted: [workspace],
          systemFolders: [],
        }),
    };
    const { command } = await new Capturer(machine).capture();
    assert.equal(command.tool, 'proc');
    assert.equal(existsSync(path.join(folder, 'ran')), false);
  });
});
