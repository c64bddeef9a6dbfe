import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { LineClass } from '../../../../src/core/model/lineClass';
import { Row } from '../../../../src/core/model/row';
import { Line } from '../../../../src/core/parsing/line';
import { hasSignOfDump } from '../../../../src/core/reading/around/signOfDump';
import type { Dump } from '../../../../src/core/reading/dump';
import { readDump } from '../../../../src/core/reading/reader';
import { Recognizer } from '../../../../src/core/reading/recognizer';
import { projectFolder } from '../../../harness/paths';
import {
  describePublic,
  ownDumpNames,
  ownText,
  publicDumpNames,
  publicText,
} from '../../publicDumps';

const SAMPLES = path.join(projectFolder, 'samples');
const samples = readdirSync(SAMPLES).map(
  name => [name, readFileSync(path.join(SAMPLES, name), 'utf8')] as const,
);

const LINES = 1100;

/** What may stand above a dump. */
const LOGS = {
  'a log': (i: number) => `2026-11-30T10:00:00.${i}Z INFO [worker-${i % 7}] job ${i} done in 3 ms`,
  prose: (i: number) => `and then nothing happened for the ${'very '.repeat(i % 5)}longest time`,
};

/** All that a dump tells, as it is with so many lines above it. */
function told({ classes, table, snapshots }: Dump, above: number): unknown {
  return {
    classes: [...classes.subarray(above)],
    rows: Array.from({ length: table.length }, (_, row) => table.socket(row)).map(
      ({ line, ...socket }) => ({ ...socket, line: line - above }),
    ),
    snapshots: snapshots.map(
      ({ time, host, firstRow, endRow, unprivileged, listing, counted }) => ({
        ...{ time, host, firstRow, endRow, unprivileged, counted: counted.length },
        command: listing.command,
      }),
    ),
  };
}

/** Whether a line is something of a dump by itself. */
function saysSomething(text: string): boolean {
  const recognizer = new Recognizer();
  const line = new Line();
  line.set(text, 0, text.length);
  const kind = recognizer.read(line, new Row(), false);
  const { moment, prompt, source, unprivileged } = recognizer;
  return (
    (kind !== LineClass.Text && kind !== LineClass.Blank) ||
    moment !== undefined ||
    prompt !== undefined ||
    source !== null ||
    unprivileged
  );
}

/** Lines of dumps that are read as something have a sign. */
function expectSigns(dumps: readonly (readonly [name: string, text: string])[]): void {
  const seen = new Set<string>();
  for (const [name, text] of dumps) {
    for (const line of text.split(/\r\n|\n|\r/)) {
      if (!seen.has(line)) {
        seen.add(line);
        assert.ok(hasSignOfDump(line) || !saysSomething(line), `${name}: ${line.slice(0, 300)}`);
      }
    }
  }
}

describe('a dump far below other text', () => {
  for (const [what, line] of Object.entries(LOGS)) {
    it(`is read as it is at the top: below ${what}`, () => {
      const log = Array.from({ length: LINES }, (_, i) => `${line(i)}\n`).join('');
      for (const [name, text] of samples) {
        assert.deepEqual(told(readDump(log + text), LINES), told(readDump(text), 0), name);
      }
    });
  }

  it('keeps what stands above it: dates, hosts, files, commands', () => {
    const log = Array.from({ length: LINES }, (_, i) => `${LOGS.prose(i)}\n`).join('');
    const [, dump] = samples.find(([name]) => name === 'linux-ss-tulnp.netstat')!;
    for (const above of [
      'Fri Jan 10 12:00:00 UTC 2026',
      'zzz ***Fri Jan 10 12:00:00 UTC 2026',
      '10.01.2026 12:00:00,12',
      '--- 2026-01-10 12:00:00 ---',
      '@1767225600.123',
      'web-2 | CHANGED | rc=0 >>',
      '[1] 12:00:00 [SUCCESS] web-1',
      '==> web-3_20260110-120000.txt <==',
      'root@web1:~# ls\nfile.txt\n\nroot@web1:~# ss -tulnp',
      '(No info could be read for "-p": geteuid()=1000 but you should be root.)',
    ]) {
      const text = `${above}\n${dump}`;
      assert.deepEqual(told(readDump(log + text), LINES), told(readDump(text), 0), above);
    }
  });

  it('is read where its rows are alone, colored, behind prefixes, or of other protocols', () => {
    const log = Array.from({ length: LINES }, (_, i) => `${LOGS.prose(i)}\n`).join('');
    const ends = 'src=192.0.2.1 dst=192.0.2.2';
    for (const text of [
      '\u001b[01;31m\u001b[KLISTEN\u001b[m\u001b[K 129 128 0.0.0.0:80 0.0.0.0:*\n',
      `gre      47 29 ${ends} srckey=0x0 dstkey=0x0 ${ends} srckey=0x0 dstkey=0x0 mark=0 use=1\n`,
      `unknown  2 599 ${ends} [UNREPLIED] ${ends} mark=0 use=1\n`,
      'Inter-|   Receive                                                |  Transmit\n face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n  eth0: 5 5 0 0 0 0 0 0 5 5 0 0 0 0 0 0\n',
      'default via 192.0.2.1\n',
      'web_1  |     6350 times the listen queue of a socket overflowed\nweb_1  | TcpExt:\nweb_1  |     12 delayed acks sent\n',
    ]) {
      assert.deepEqual(told(readDump(log + text), LINES), told(readDump(text), 0), text);
    }
  });

  it('is read after the rows of another one, and line by line', () => {
    const [, first] = samples[0]!;
    const log = Array.from({ length: LINES }, (_, i) => `${LOGS.prose(i)}\n`).join('');
    const above = first.trimEnd().split('\n').length + LINES;
    const { classes } = readDump(`${first.trimEnd()}\n${log}${first}`);
    assert.deepEqual([...classes.subarray(above)], [...readDump(first).classes]);
  });

  it('keeps blank lines apart from text', () => {
    const log = Array.from({ length: LINES }, (_, i) => `${LOGS.prose(i)}\n`).join('');
    const { classes } = readDump(`${log}\n \t\nno sign\n`);
    assert.deepEqual(
      [...classes.subarray(LINES)],
      [LineClass.Blank, LineClass.Blank, LineClass.Text],
    );
  });

  it('has a sign in each of its lines', () => expectSigns(samples));

  it('has signs that sentences and lines of logs hardly ever have', () => {
    for (const line of [
      LOGS.prose(3),
      LOGS['a log'](3),
      '2026-11-30 10:00:00,123 WARN  [main] com.acme.Foo - retried 3 times in 12 ms',
      'Nov 30 10:00:00 web-1 myapp[1234]: request 4321 done in 12 ms',
      '192.0.2.1 - - [30/Nov/2026:10:00:00 +0000] "GET /orders?id=3 HTTP/1.1" 200 512 "-" "curl/8.0"',
      '{"level":"info","ts":"2026-11-30T10:00:00Z","msg":"category shown","ms":12}',
      'I1130 10:00:00.123456       1 controller.go:123] Starting workers',
      'ERROR: job 12 failed',
      '    at com.acme.Foo.bar(Foo.java:123)',
    ]) {
      assert.equal(hasSignOfDump(line), false, line);
    }
  });
});

describePublic('lines of published dumps and captures', () => {
  const isListing = (name: string): boolean => !/\.(?:md|json)$/.test(name);

  it('have a sign', () => {
    expectSigns(
      publicDumpNames()
        .filter(isListing)
        .map(name => [name, publicText(name)]),
    );
    expectSigns(
      ownDumpNames()
        .filter(isListing)
        .map(name => [name, ownText(name)]),
    );
  });
});
