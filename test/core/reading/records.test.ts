import { strict as assert } from 'node:assert';
import { locate } from '../../../src/core/reading/locate';
import { readDump } from '../../../src/core/reading/reader';
import { assertAllRead, briefly, classesOf } from '../rows';

const one = (port: number): string => `{"LocalAddress":"192.0.2.1","LocalPort":${port},"State":2}`;
const ROW = 'tcp        0      0 192.0.2.10:22  198.51.100.4:50000  ESTABLISHED';

describe('blocks of records', () => {
  it('stand among other lines', () => {
    const text = `$ netstat -an\n${ROW}\n\n[${one(1)},\n\n${one(2)}] tail\n${ROW}\nprose\n`;
    const dump = readDump(text);
    assertAllRead(dump);
    assert.equal(classesOf(dump), 'TS_S_SST');
    assert.deepEqual(
      briefly(dump).map(row => row.split(' ')[2]),
      ['192.0.2.10|22', '192.0.2.1|1', '192.0.2.1|2', '192.0.2.10|22'],
    );
  });

  it('end with their last socket where they stop being JSON', () => {
    const dump = readDump(`[${one(1)},\n${one(2)},\noops\n${ROW}\n`);
    assertAllRead(dump);
    assert.equal(classesOf(dump), 'SSTS');
  });

  it('are told apart by their lines with any line end', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const text = `[${end}${one(1)},${end}{${end}"LocalAddress":"192.0.2.1",${end}"LocalPort":2}]${end}x`;
      const dump = readDump(text);
      assert.deepEqual(dump.lines, {
        total: 6,
        socket: 2,
        continuation: 2,
        header: 0,
        blank: 0,
        text: 2,
        unrecognized: 0,
      });
      assert.equal(locate(dump, 4, '"LocalPort":2}]').socket, 1);
    }
  });

  it('have sockets that are found by line and character', () => {
    const lines = [
      `[${one(1)},${one(2)},{`,
      '"LocalAddress":"192.0.2.1",',
      `"LocalPort":3},${one(4)}]`,
    ];
    const dump = readDump(lines.join('\n'));
    const at = (line: number, character?: number): number | null =>
      locate(dump, line, lines[line] ?? '', character).socket;
    assert.deepEqual([at(0), at(0, 60), at(0, 200)], [0, 1, 2]);
    assert.equal(at(1), 2);
    assert.deepEqual([at(2), at(2, 200)], [2, 3]);
    assert.equal(locate(dump, 3, '').socket, null);
  });

  it('take time in proportion to their length, whatever they are', () => {
    const texts = [
      '[{"a":1},\n'.repeat(10_000),
      `[\n${'{"a":1},\n'.repeat(10_000)}`,
      '{"a":\n'.repeat(10_000),
      'p1\n'.repeat(10_000),
      'LocalPort : 1\n'.repeat(10_000),
      `${ROW}\n`.repeat(10_000),
    ];
    for (const text of texts) {
      const start = performance.now();
      const { lines } = readDump(text);
      assert.ok(performance.now() - start < 5000, text.slice(0, 20));
      assert.equal(lines.total, text.split('\n').length - 1);
    }
  }).timeout(30_000);
});
