import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';

import { quoted, splitWords, WordsError } from '../../../src/core/capture/shellWords';
import { processorTime } from '../processorTime';

describe('words of a command', () => {
  for (const [text, ...words] of [
    ['ssh web-1', 'ssh', 'web-1'],
    ['  ssh \t web-1  ', 'ssh', 'web-1'],
    [`ssh 'web 1' "web 2" web\\ 3`, 'ssh', 'web 1', 'web 2', 'web 3'],
    [`a'b'"c"\\d`, 'abcd'],
    [`'' ""`, '', ''],
    [`"a\\"b\\\\c\\$d\\e"`, 'a"b\\c$d\\e'],
    [`'a\\b$c|d'`, 'a\\b$c|d'],
    [`"it's"`, "it's"],
    ['~/x # * ?', '~/x', '#', '*', '?'],
    [''],
    ['   '],
    ['größe 東京', 'größe', '東京'],
  ] as const) {
    it(`are split as a shell does: ${text}`, () => {
      assert.deepEqual(splitWords(text), words);
    });
  }

  for (const [text, reason] of [
    [`ssh 'web`, /lacks a closing '/],
    [`ssh "web`, /lacks a closing "/],
    [`ssh "we'b`, /lacks a closing "/],
    ['ssh web\\', /ends with a backslash/],
    ['ssh web | sh', /quote its \|/],
    ['ssh web; sh', /quote its ;/],
    ['ssh $HOST', /quote its \$/],
    ['ssh `x`', /quote its `/],
    ['ssh web > f', /quote its >/],
  ] as const) {
    it(`are not made of ${text}`, () => {
      assert.throws(
        () => splitWords(text),
        (error: Error) => error instanceof WordsError && reason.test(error.message),
      );
    });
  }

  it('are the same again once they were quoted, for us and for a shell', function () {
    const words = [
      "it's",
      '',
      'a b',
      '$x',
      '`x`',
      'a"b',
      '\\',
      '!',
      '*',
      '~',
      '#',
      'plain-1.2:3',
      "''",
    ];
    const line = words.map(quoted).join(' ');
    assert.deepEqual(splitWords(line), words);
    if (process.platform === 'win32') this.skip();
    const printed = execFileSync('sh', ['-c', `for w in ${line}; do printf '%s\\n' "$w"; done`]);
    assert.deepEqual(printed.toString().split('\n').slice(0, -1), words);
  });

  it('take time that grows with their length alone', () => {
    const start = process.cpuUsage();
    assert.equal(splitWords(`'${'x'.repeat(500_000)}' ${'\\x'.repeat(500_000)}`).length, 2);
    assert.ok(processorTime(start) < 5000);
  });
});
