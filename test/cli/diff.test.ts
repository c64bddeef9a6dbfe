import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { call } from './call';

const HEAD = 'Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name\n';
const ROW = (state: string, port: number): string =>
  `tcp 0 0 192.0.2.1:9443 192.0.2.7:${port} ${state} 4321/orders-api\n`;

describe('diff on the command line', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'netstat-lens-diff-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function file(name: string, content: string): string {
    const full = path.join(folder, name);
    writeFileSync(full, content);
    return full;
  }

  const first = `${HEAD}${ROW('ESTABLISHED', 1)}${ROW('CLOSE_WAIT', 2)}`;
  const second = `${HEAD}${ROW('CLOSE_WAIT', 1)}${ROW('CLOSE_WAIT', 2)}${ROW('CLOSE_WAIT', 3)}`;

  it('compares two files', async () => {
    const { status, out, err } = await call('diff', file('a.txt', first), file('b.txt', second));
    assert.equal(status, 0, err);
    assert.match(out, /1 new, 0 gone, 1 changed state, 1 stuck, 0 unchanged\./);
    assert.match(out, /CLOSE_WAIT +1 +3 +\+2/);
    assert.match(out, /ESTABLISHED → CLOSE_WAIT/);
  });

  it('opens with a verdict, the same as text, Markdown and JSON', async () => {
    const leak = `${HEAD}${ROW('LISTEN', 9)}${[...Array(12).keys()].map(i => ROW('CLOSE_WAIT', 20 + i)).join('')}`;
    const [a, b] = [
      file('before.txt', `2026-01-05T10:00:00+00:00\n${leak}`),
      file(
        'after.txt',
        `2026-01-05T10:02:00+00:00\n${HEAD}${ROW('LISTEN', 9)}${ROW('ESTABLISHED', 8)}`,
      ),
    ];
    const fixed =
      'Fixed: all 12 stuck sockets of orders-api (4321) are gone after 2 min, and none is new.';
    const json = await call('diff', '--format', 'json', a, b);
    assert.equal(json.status, 0);
    const { verdict } = JSON.parse(json.out) as Record<string, unknown>;
    assert.deepEqual(verdict, {
      kind: 'fixed',
      text: fixed,
      programs: [
        {
          pid: 4321,
          process: 'orders-api',
          kind: 'fixed',
          before: 12,
          gone: 12,
          freed: 0,
          moved: 0,
          remaining: 0,
          added: 0,
          text: fixed,
        },
      ],
    });
    const text = await call('diff', a, b);
    assert.ok(text.out.indexOf(fixed) > 0, text.out);
    assert.ok(text.out.indexOf(fixed) < text.out.indexOf('1 new, 12 gone'), text.out);
    const same = await call('diff', '--redact', a, a.replace('before', 'after'));
    assert.doesNotMatch(same.out, /192\.0\.2\.7/);
    const back = await call('diff', b, a);
    assert.match(back.out, /Cannot tell whether it is fixed\. The second snapshot is older/);
  });

  it('compares snapshots of one file', async () => {
    const loop = file('loop.txt', [first, second, first].join('\n'));
    const ends = await call('diff', '--format', 'json', loop);
    const chosen = await call('diff', '--snapshots', '2,3', '--format', 'json', loop);
    const numbers = (out: string): number[] => {
      const { before, after } = JSON.parse(out) as Record<string, { snapshot: number }>;
      return [before?.snapshot ?? 0, after?.snapshot ?? 0];
    };
    assert.deepEqual(numbers(ends.out), [1, 3]);
    assert.deepEqual(numbers(chosen.out), [2, 3]);
  });

  it('keeps addresses out where asked', async () => {
    const { out } = await call('diff', '--redact', file('a.txt', first), file('b.txt', second));
    assert.doesNotMatch(out, /192\.0\.2\.7/);
    assert.match(out, /1 changed state/);
  });

  it('keeps the names of files out where asked', async () => {
    const [a, b] = [file('zqa.txt', first), file('zqb.txt', second)];
    for (const args of [[a, b], ['--format', 'json', a, b], [a]]) {
      const { out, err } = await call('diff', '--redact', ...args);
      assert.doesNotMatch(out + err, /zq/);
    }
  });

  it('says what it cannot compare', async () => {
    const a = file('a.txt', first);
    for (const [args, message] of [
      [['diff'], /two files/],
      [['diff', a, a, a], /two files/],
      [['diff', a], /a\.txt has one snapshot only/],
      [['diff', a, a], /both files are .*a\.txt, which has one snapshot only/],
      [['diff', '--snapshots', '1', a], /two numbers/],
      [['diff', '--snapshots', '1,1', file('d.txt', `${first}\n${second}`)], /that differ/],
      [['diff', '--snapshots', '1,2', a, file('b.txt', second)], /of one file/],
      [['diff', '--snapshots', '1,9', file('c.txt', `${first}\n${second}`)], /1 to 2, not 9/],
      [['diff', '--format', 'csv', a, a], /--format/],
      [['diff', a, path.join(folder, 'none.txt')], /there is no such file/],
      [['diff', a, file('empty.txt', 'hello\n')], /no socket found/],
      [['analyze', '--snapshots', '1,2', a], /for diff/],
    ] as const) {
      const { status, out, err } = await call(...args);
      assert.equal(status, 2, args.join(' '));
      assert.equal(out, '');
      assert.match(err, message);
    }
  });
});
