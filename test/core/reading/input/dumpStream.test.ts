import { strict as assert } from 'node:assert';
import type { Dump } from '../../../../src/core/reading/dump';
import { DumpStream } from '../../../../src/core/reading/input/dumpStream';
import { readDump } from '../../../../src/core/reading/reader';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { projectFolder } from '../../../harness/paths';
import { processorTime } from '../../processorTime';
import { sampleText } from '../../rows';

/** Reads a text in pieces of `size` characters. */
function streamed(text: string, size: number): Dump {
  const stream = new DumpStream();
  for (let at = 0; at < text.length; at += size) {
    stream.push(text.slice(at, at + size));
  }
  return stream.finish();
}

/** All that a dump says, without the numbers that strings have inside. */
function contents({ table, classes, snapshots, lines }: Dump): unknown {
  const sockets = Array.from({ length: table.length }, (_, i) => table.socket(i));
  return { sockets, classes: Array.from(classes), snapshots, lines };
}

describe('a dump that arrives in chunks', () => {
  for (const name of readdirSync(path.join(projectFolder, 'samples'))) {
    it(`is the same as in one piece: ${name}`, () => {
      const text = sampleText(name);
      const whole = contents(readDump(text));
      for (const size of [1, 7, 100, 4096]) {
        assert.deepEqual(contents(streamed(text, size)), whole);
      }
    });
  }

  it('has the lines that it has in one piece, whatever ends them', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const text = `tcp 0 0 192.0.2.1:22 192.0.2.2:4000 ESTABLISHED${end}${end}prose${end}`;
      for (let size = 1; size < 60; size++) {
        assert.deepEqual(streamed(text.repeat(3), size).lines, readDump(text.repeat(3)).lines);
      }
    }
  });

  it('has its blocks whole wherever it is cut, below any number of lines', () => {
    const row = 'tcp        0      0 192.0.2.10:22  198.51.100.4:50000  ESTABLISHED\n';
    const object = '{"LocalAddress":"192.0.2.1","LocalPort":22,"State":2}';
    for (const above of [0, 900, 1500]) {
      const objects = `${object},\n`.repeat(4000) + object;
      const text = `${row.repeat(above)}[\n${objects}]\n${row}`;
      const whole = readDump(text);
      assert.equal(whole.table.length, above + 4002);
      for (const size of [30_000, 65_537, 100_000]) {
        const dump = streamed(text, size);
        assert.equal(dump.table.length, whole.table.length);
        assert.deepEqual(dump.lines, whole.lines);
      }
    }
  });

  it('has a block whole that is cut behind its first bracket', () => {
    const object = '{"LocalAddress":"192.0.2.1","LocalPort":22,"State":2}';
    const text = `[\n  ${object},\n  ${object}\n]\n`;
    assert.deepEqual(contents(streamed(text.repeat(2), 2)), contents(readDump(text.repeat(2))));
  });

  it('has a socket that stands far into a line of JSON', () => {
    const others = '{"a":[1,{"b":"c"}]},'.repeat(20_000);
    const socket = '{"LocalAddress":"192.0.2.1","LocalPort":22,"State":2}';
    const text = `[${others}${socket},${others}${socket}]\ntail\n`;
    const whole = contents(readDump(text));
    for (const size of [997, 65_536, 300_000]) {
      assert.deepEqual(contents(streamed(text, size)), whole);
    }
  });

  it('takes time in proportion to the length of a line, in whatever pieces it comes', () => {
    const TIMES = 4;
    const line = `[${'{"a":1},'.repeat(60_000)}`;
    const work = (text: string, times: number): number => {
      const before = process.cpuUsage();
      for (let i = 0; i < times; i++) {
        streamed(text, 1000);
      }
      return Math.max(processorTime(before), 50);
    };
    const ratio = (): number => work(line.repeat(TIMES), 1) / work(line, TIMES);
    assert.ok([ratio, ratio, ratio].some(measured => measured() < TIMES / 1.6));
  });

  it('keeps the newest snapshots where there are too many, with all that belongs to them', () => {
    const snapshot = (second: number): string =>
      `2026-03-01T10:00:${String(second).padStart(2, '0')}+00:00\n` +
      'Proto Recv-Q Send-Q Local Address Foreign Address State User Inode PID/Program name Timer\n' +
      'tcp 0 0 192.0.2.1:22 192.0.2.2:4000 ESTABLISHED 0 77 7/sshd keepalive (9.00/0/0)\n' +
      `tcp 1 0 192.0.2.1:22 192.0.2.2:${4000 + second} CLOSE_WAIT 0 78 8/sshd off (0.00/0/0)\n` +
      'udp 0 0 192.0.2.1:53 0.0.0.0:* 9/named\n';
    const text = Array.from({ length: 40 }, (_, second) => snapshot(second)).join('');
    const whole = readDump(text);
    const stream = new DumpStream(30);
    for (let at = 0; at < text.length; at += 500) {
      stream.push(text.slice(at, at + 500));
    }
    const dump = stream.finish();
    assert.equal(whole.snapshots.length, 40);
    assert.ok(dump.table.length <= 36, `${dump.table.length} rows`);
    assert.equal(dump.forgotten + dump.snapshots.length, 40);
    assert.deepEqual(dump.lines, whole.lines);
    const first = whole.table.length - dump.table.length;
    for (let row = 0; row < dump.table.length; row++) {
      const expected = { ...whole.table.socket(first + row), index: row };
      assert.deepEqual(dump.table.socket(row), expected);
    }
    dump.snapshots.forEach((one, i) => {
      const { time, line, firstRow, endRow } = one;
      const old = whole.snapshots[dump.forgotten + i];
      assert.deepEqual(
        [time, line, firstRow + first, endRow + first],
        [old?.time, old?.line, old?.firstRow, old?.endRow],
      );
    });
  });

  it('keeps the last two snapshots, however large', () => {
    const row = 'tcp 0 0 192.0.2.1:22 192.0.2.2:4000 ESTABLISHED\n';
    const text = ['10', '11', '12', '13'].map(
      hour => `2026-03-01T${hour}:00:00Z\n${row.repeat(99)}`,
    );
    const stream = new DumpStream(20);
    text.forEach(part => {
      stream.push(part);
    });
    const dump = stream.finish();
    assert.deepEqual([dump.forgotten, dump.snapshots.length, dump.table.length], [2, 2, 198]);
  });
});
