import { strict as assert } from 'node:assert';
import { analyze } from '../../../../src/core/analysis/analyze';
import { readDump } from '../../../../src/core/reading/reader';

const HEADER =
  'Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name';
const row = (port: number) =>
  `tcp        1      0 192.0.2.4:${port}          192.0.2.9:9042           CLOSE_WAIT  777/java`;
const rows = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => row(from + i));

/** Lines behind what a logger puts before each. */
const stamped = (prefix: string, lines: readonly string[]) =>
  lines.map(line => `${prefix}${line}\n`).join('');

/** How many sockets the snapshots of a text have, with their times. */
function read(text: string): string[] {
  const { dump, snapshots } = analyze(readDump(text));
  return snapshots.map(({ sockets, index }) => {
    const { time, clock } = dump.snapshots[index]!;
    return `${sockets} ${time ?? (clock === null ? 'null' : new Date(clock).toISOString().slice(5, 19))}`;
  });
}

describe('times that stand before rows', () => {
  const prefixes: readonly (readonly [
    string,
    (minute: string) => string,
    (minute: string) => string,
  ])[] = [
    ['RFC 3339', m => `2026-11-30T10:${m}:01+00:00 `, m => `2026-11-30T10:${m}:01+00:00`],
    ['docker logs -t', m => `2026-11-30T10:${m}:01.123456789Z `, m => `2026-11-30T10:${m}:01Z`],
    ['ts', m => `Nov 30 10:${m}:01 `, m => `11-30T10:${m}:01`],
    ['syslog', m => `Nov 30 10:${m}:01 web-1 snap[44]: `, m => `11-30T10:${m}:01`],
    [
      'epoch',
      m => `17961${m}000 `,
      m => new Date(Number(`17961${m}000`) * 1000).toISOString().slice(0, 19) + 'Z',
    ],
  ];
  for (const [name, prefix, time] of prefixes) {
    it(`tell moments apart: ${name}`, () => {
      const text = ['00', '10', '20'].map(m => stamped(prefix(m), rows(40_000, 3))).join('');
      assert.deepEqual(
        read(text),
        ['00', '10', '20'].map(m => `3 ${time(m)}`),
      );
    });
  }

  it('tell moments apart within a second by its parts', () => {
    const at = (from: number) =>
      rows(40_000, 5)
        .map((line, i) => `2026-11-30T10:00:0${((from + i) / 1000).toFixed(6)}Z ${line}\n`)
        .join('');
    assert.deepEqual(read(at(998) + at(1900) + at(2801)), [
      '5 2026-11-30T10:00:00Z',
      '5 2026-11-30T10:00:01Z',
      '5 2026-11-30T10:00:02Z',
    ]);
    // What follows without a pause is the same again.
    assert.deepEqual(read(at(998) + at(1003)), ['5 2026-11-30T10:00:00Z']);
  });

  it('tell moments apart by what is listed again, whose rows have changed meanwhile', () => {
    const at = (second: number, from: number) =>
      stamped(`2026-11-30T10:00:0${second}Z `, rows(from, 5));
    assert.deepEqual(read(at(0, 40_000) + at(2, 40_003) + at(4, 40_002)), [
      '5 2026-11-30T10:00:00Z',
      '5 2026-11-30T10:00:02Z',
      '5 2026-11-30T10:00:04Z',
    ]);
  });

  it('tell moments apart by a clock alone, which does not say how long it took', () => {
    const text = stamped('10:00:01 ', rows(40_000, 3)) + stamped('10:01:01 ', rows(40_000, 5));
    assert.deepEqual(read(text), ['3 null', '5 null']);
  });

  it('tell moments apart without a row that is listed again, where much time went by', () => {
    assert.deepEqual(
      read(
        stamped('Nov 30 10:00:00 ', rows(40_000, 4)) + stamped('Nov 30 10:01:00 ', rows(41_000, 4)),
      ),
      ['4 11-30T10:00:00', '4 11-30T10:01:00'],
    );
  });

  it('leave one listing whole that is printed slowly, pasted twice, or sorted', () => {
    const slow = rows(40_000, 9).map((line, i) => `Nov 30 10:00:0${i} ${line}\n`);
    assert.deepEqual(read(slow.join('')), ['9 11-30T10:00:00']);
    // Looking up names waits for servers that do not answer.
    const waiting = rows(40_000, 8).map(
      (line, i) => `Nov 30 10:0${i >> 1}:${i % 2 === 0 ? '10' : '40'} ${line}\n`,
    );
    assert.deepEqual(read(waiting.join('')), ['8 11-30T10:00:10']);
    assert.deepEqual(read(slow[0]! + slow[0]! + slow.slice(1).join('')), ['9 11-30T10:00:00']);
    assert.deepEqual(read([...slow].reverse().join('')).length, 1);
  });

  it('tell how long it lasted, though they name no year', () => {
    const at = (minute: string, count: number) =>
      stamped(`Nov 30 10:${minute}:01 web-1 snap[44]: `, [HEADER, ...rows(40_000, count)]);
    const { findings } = analyze(readDump(at('00', 20) + at('10', 40) + at('20', 60)));
    assert.equal(findings[0]?.code, 'CW-3');
    assert.doesNotMatch(JSON.stringify(findings), /do not show when/);
  });

  it('go on behind the end of a year', () => {
    const text =
      stamped('Dec 31 23:59:00 ', rows(40_000, 3)) + stamped('Jan  1 00:01:00 ', rows(40_000, 3));
    const { snapshots } = readDump(text);
    assert.equal(snapshots[1]!.clock! - snapshots[0]!.clock!, 120_000);
  });
});
