import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { COMMANDS, OPTION_NAMES, OPTIONS } from '../../src/cli/options';
import { closest } from '../../src/cli/suggestion';
import { call } from './call';

describe('a mistake on the command line', () => {
  for (const [given, meant, ...args] of [
    ['--formatt', '--format', '--formatt', 'json'],
    ['--formatt', '--format', '--formatt=json'],
    ['--thresold', '--threshold', 'watch', '--thresold', 'finWait2=9'],
    ['--tooll', '--tool', 'capture', '--tooll', 'ss'],
    ['--redcat', '--redact', 'FILE', '--redcat'],
  ] as const) {
    it(`in ${args.join(' ')} is met with ${meant}`, async () => {
      const { status, out, err } = await call(...args);
      assert.equal(status, 2);
      assert.equal(out, '');
      assert.ok(
        err.startsWith(`netstat-lens: unknown option "${given}": did you mean "${meant}"?\n`),
        err,
      );
    });
  }

  for (const option of ['--nonsense', '-x', '--x']) {
    it(`like ${option}, which is like no option, suggests none`, async () => {
      const { status, err } = await call(option);
      assert.equal(status, 2);
      assert.match(err, /^netstat-lens: unknown option "--?\w+"; .* put -- before its name\n/);
      assert.doesNotMatch(err, /did you mean/);
    });
  }

  it('is repeated in part only', async () => {
    const { err } = await call(`--${'z\u202e'.repeat(5000)}`);
    assert.ok(err.length < 800 && !err.includes('\u202e'), err);
  });

  for (const [word, command] of [
    ['analyse', 'analyze'],
    ['explian', 'explain'],
    ['dif', 'diff'],
    ['wacth', 'watch'],
    ['Capture', 'capture'],
  ] as const) {
    it(`like the command ${word} is met with ${command}`, async () => {
      const { status, out, err } = await call(word, 'x', '--redact');
      assert.equal(status, 2);
      assert.equal(out, '');
      assert.ok(
        err.startsWith(
          `netstat-lens: unknown command or file "${word}": did you mean "${command}"?\n`,
        ),
        err,
      );
    });
  }

  it('is none where a file has that name', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'netstat-lens-mistakes-'));
    const before = process.cwd();
    try {
      process.chdir(folder);
      for (const name of ['analyse', 'help']) {
        writeFileSync(name, 'tcp 0 0 192.0.2.1:22 192.0.2.7:50000 ESTABLISHED\n');
        const { status, out, err } = await call(name);
        assert.equal(status, 0, err);
        assert.match(out, /1 socket/);
      }
      // Behind `--` a name is that of a file, whatever a command is called.
      writeFileSync('diff', 'tcp 0 0 192.0.2.1:22 192.0.2.7:50000 ESTABLISHED\n');
      assert.match((await call('--', 'diff')).out, /1 socket/);
      assert.match((await call('--', 'watch')).err, /watch: there is no such file/);
    } finally {
      process.chdir(before);
      rmSync(folder, { recursive: true });
    }
  });

  it('is none in a name that is like no command', async () => {
    for (const name of ['report', 'zqmissing.txt', 'watch.txt']) {
      const { status, err } = await call(name);
      assert.equal(status, 2);
      assert.match(err, /there is no such file/);
    }
  });

  it('in a threshold is met with the one it is like', async () => {
    const { status, err } = await call('--threshold', 'closeWaitWaring=5');
    assert.equal(status, 2);
    assert.match(err, /unknown --threshold "closeWaitWaring": did you mean "closeWaitWarning"\?/);
  });
});

describe('the word that is meant', () => {
  it('differs in two letters, one where it is short, and none where it is tiny', () => {
    const names = ['analyze', 'port', 'all'];
    assert.equal(closest('anlyse', names), 'analyze');
    assert.equal(closest('anlyser', names), null);
    assert.equal(closest('prot', names), 'port', 'swapped letters are one mistake');
    assert.equal(closest('rapport', names), null);
    assert.equal(closest('al', names), null);
    assert.equal(closest('x'.repeat(1_000_000), names), null);
  });

  it('is not guessed where two are equally like it', () => {
    assert.equal(closest('rule-3', ['rule-1', 'rule-2']), null);
  });
});

describe('help', () => {
  it('is given to whoever asks for it by that word', async () => {
    const wanted = await call('--help');
    for (const args of [['help'], ['help', '--redact']]) {
      assert.deepEqual(await call(...args), wanted);
    }
    assert.deepEqual(await call('help', 'watch'), await call('watch', '--help'));
    assert.match((await call('help', 'dif')).err, /unknown command "dif": did you mean "diff"\?/);
    assert.match(
      (await call('help', 'sockets')).err,
      /unknown command "sockets": expected analyze/,
    );
  });

  for (const command of COMMANDS) {
    it(`of ${command} has its options and no others`, async () => {
      const { status, out } = await call(command, '--help');
      assert.equal(status, 0);
      assert.match(out, new RegExp(`^Usage:\\n {2}netstat-lens \\[?${command}\\b`));
      assert.match(out, new RegExp(`^${command} `, 'm'));
      assert.doesNotMatch(out, /^\s*\((?:analyze|diff|port|capture|watch)(?:,| and |\)$)/m);
      for (const name of OPTION_NAMES) {
        assert.equal(
          new RegExp(`^ {2}--${name}\\b`, 'm').test(out),
          OPTIONS[name].commands.includes(command),
          name,
        );
      }
    });
  }
});
