import { strict as assert } from 'node:assert';
import { locate } from '../../../src/core/reading/locate';
import { readDump } from '../../../src/core/reading/reader';
import { assertAllRead, briefly, classesOf } from '../rows';

const one = (port: number): string => `{"LocalAddress":"192.0.2.1","LocalPort":${port},"State":2}`;
const ROW = 'tcp        0      0 192.0.2.10:22  198.51.100.4:50000  ESTABLISHED';

/** Processor time of reading texts: unlike time itself the same while others are busy. */
function work(text: string, times: number): number {
  const before = process.cpuUsage();
  for (let i = 0; i < times; i++) {
    assert.equal(readDump(text).lines.total, text.split('\n').length - 1);
  }
  return process.cpuUsage(before).user;
}

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
        counter: 0,
        interface: 0,
        route: 0,
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
    const COUNT = 2500;
    const TIMES = 4;
    for (const [start, line] of [
      ['', '[{"a":1},\n'],
      ['[\n', '{"a":1},\n'],
      ['', '{"a":\n'],
      ['', 'p1\n'],
      ['', 'LocalPort : 1\n'],
      ['', `${ROW}\n`],
    ] as const) {
      // About 1 for work in proportion, TIMES for work that grows with the square. Some systems
      // count processor time in steps of 10 ms, and memory may be tidied up at any time.
      const ratio = (): number =>
        work(start + line.repeat(COUNT * TIMES), 1) /
        Math.max(work(start + line.repeat(COUNT), TIMES), 50_000);
      assert.ok(
        [ratio, ratio, ratio].some(measured => measured() < TIMES / 1.6),
        `grows faster than the text: ${start}${line}`,
      );
    }
  });
});
