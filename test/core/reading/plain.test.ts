import { strict as assert } from 'node:assert';
import { readdirSync } from 'node:fs';
import path from 'node:path';

import fc from 'fast-check';

import type { Dump } from '../../../src/core/reading/dump';
import { DumpStream } from '../../../src/core/reading/input/dumpStream';
import { NEXT_LINE } from '../../../src/core/parsing/lines';
import { forEachLine } from '../spans';
import { DumpReader, readDump } from '../../../src/core/reading/reader';
import { mayBeginRecords } from '../../../src/core/reading/recordBlock';
import { dump as madeUp, LAYOUTS } from '../../bench/generate';
import { projectFolder } from '../../harness/paths';
import { describePublic, ownDumpNames, ownText, publicDumpNames, publicText } from '../publicDumps';
import { netstat } from '../analysis/scene';
import { sampleText } from '../rows';
import { RUNS } from '../runs';

/** Reads a text line by line, without the shorter way for plain rows. */
function readSlowly(text: string): Dump {
  const reader = new DumpReader();
  forEachLine(text, (start, end) => {
    reader.read(text, start, end);
    return NEXT_LINE;
  });
  return reader.finish();
}

function contents({ table, classes, snapshots, lines, unrecognized }: Dump): unknown {
  const sockets = Array.from({ length: table.length }, (_, i) => table.socket(i));
  return { sockets, classes: Array.from(classes), snapshots, lines, unrecognized };
}

/** Reads the bytes of a text in pieces of `size`. */
function readBytes(text: string, size: number): Dump {
  const bytes = new TextEncoder().encode(text);
  const stream = new DumpStream();
  for (let at = 0; at < bytes.length; at += size) {
    stream.pushBytes(bytes.subarray(at, at + size));
  }
  return stream.finish();
}

/** Formats of blocks are read with what follows, which line by line does not work. */
function isLineByLine(text: string): boolean {
  let is = true;
  forEachLine(text, start => {
    is &&= !mayBeginRecords(text, start);
    return NEXT_LINE;
  });
  return is;
}

function assertSame(text: string): void {
  const whole = contents(readDump(text));
  if (isLineByLine(text)) {
    assert.deepEqual(whole, contents(readSlowly(text)));
  }
  // What an encoding is told by would make another text of the bytes.
  for (const size of /[\u0000\u0080-\uffff]/.test(text) ? [] : [997, 100_000]) {
    assert.deepEqual(contents(readBytes(text, size)), whole);
  }
}

/** What may stand anywhere in a row of some format, and what no row has. */
const WORDS = [
  ...['-', '*', '*:*', '*.*', '0', '0t0', '1/x', '12/a b', '(1.00/0/0)', 'off', 'on', '<->', '->'],
  ...['ESTABLISHED', 'ESTAB', 'TIME_WAIT', 'UNCONN', 'LISTEN', 'WARTEND', 'ODD_STATE', '(LISTEN)'],
  ...['tcp', 'tcp6', 'udp', 'TCP', 'UDP', 'tcp4', 'IPv4', 'IPv6', 'sctp', 'unix', 'raw'],
  ...['010.0.0.1:22', '1.2.3.4.5', '256.1.1.1:1', '[::1]:22', '::1:22', '::1.22', '1.2.3.4:http'],
  ...['1/a', '1/a b', '1/ab', '1/1.2.3.4', '257/a', '1/', '4294967296', '2147483648'],
  ...[
    'h:ssh',
    'h.ssh',
    'h:-',
    'h:_a',
    'h:3com-x',
    'h:a+b',
    'h:ssh->g:ftp',
    '1.2.3.4.ssh',
    '::1:ssh',
  ],
  ...['1.2.3.4:70000', 'fe80::1%eth0:5', '1.2.3.4%lo:53', 'users:(("a b",pid=1,fd=2))', 'é', '\t'],
  ...['users:(("a",pid=1,fd=2),("b",pid=3,fd=4))', 'timer:(keepalive,11sec,0)', 'ino:12', 'uid:0'],
  ...[
    'timer:(on,1min2sec,0)',
    'lastack:5',
    'lastrcv:6',
    'a:b:c_t:s0',
    '99999999999999999',
    '\u0000',
    '\u001b[1m',
  ],
  ...[
    'root',
    'cubic',
    'wscale:7,7',
    'x:',
    'uid:',
    ' ',
    '   ',
    '\r',
    '0x1f',
    '7u',
    '7uW',
    'a\\x20b',
  ],
] as const;

/** Rows that have everything that some format prints. */
const ROWS = [
  'tcp        0      0 192.0.2.1:22   198.51.100.1:4000   ESTABLISHED 0   123   1/sshd: a   keepalive (7.00/0/0)',
  'tcp        0      0 192.0.2.1:22   198.51.100.1:4000   TIME_WAIT   -   timewait (7.00/0/0)',
  'tcp        0      0 web-1.example:ssh 198.51.100.1:https-alt ESTABLISHED 1/a off (0.00/0/0)',
  'tcp        0      0 ::ffff:192.0.2.1:22 2a02:db8::1:4000    CLOSE_WAIT  257/a b',
  'udp6       0      0 :::53          :::*                             812/named',
  '  TCP    192.0.2.1:443   198.51.100.1:4000   ESTABLISHED   812',
  '  UDP    [::]:5353   *:*   812',
  'tcp4       0      0  192.0.2.1.22   198.51.100.1.4000   ESTABLISHED  131072 131072 812 0',
  'ESTAB 0 0 192.0.2.1:22 [2001:db8::1]:4000 users:(("sshd",pid=1,fd=4)) timer:(keepalive,9sec,0) ino:5 sk:1 <->',
  '\t cubic wscale:7,7 rto:204 lastrcv:45 lastack:44 rcv_space:14480',
  'nginx 812 www 7u IPv4 12345 0t0 TCP 192.0.2.1:22->198.51.100.1:4000 (ESTABLISHED)',
  '   1: 0100007F:0016 0200007F:1000 01 00000000:00000000 00:00000000 00000000  1000 0 123 1 0 20 4 30 10 -1',
];

/** A header, rows like those of the formats, and rows in which a word was put in or taken out. */
const mutated = fc
  .tuple(
    fc.constantFrom(...readdirSync(path.join(projectFolder, 'samples'))),
    fc.array(
      fc.tuple(
        fc.nat({ max: 60 }),
        fc.nat({ max: 12 }),
        fc.constantFrom(...WORDS),
        fc.boolean(),
        fc.constantFrom('', ...ROWS),
      ),
      { minLength: 1, maxLength: 12 },
    ),
  )
  .map(([name, edits]) => {
    const lines = sampleText(name).split('\n').slice(0, 60);
    for (const [at, word, text, replace, row] of edits) {
      const line = at % Math.max(1, lines.length);
      const parts = (row || (lines[line] ?? '')).split(/(?<=\s)(?=\S)/);
      parts.splice(word % (parts.length + 1), replace ? 1 : 0, `${text} `);
      lines.splice(line, row === '' ? 1 : 0, parts.join(''));
    }
    return lines.join('\n');
  });

describe('plain rows', () => {
  for (const name of readdirSync(path.join(projectFolder, 'samples'))) {
    it(`are read as line by line: ${name}`, () => {
      assertSame(sampleText(name));
    });
  }

  for (const format of Object.keys(LAYOUTS)) {
    it(`are read as line by line: made-up ${format}`, () => {
      assertSame(madeUp(format, 500));
    });
  }

  for (const name of ownDumpNames()) {
    it(`are read as line by line: ${name}`, () => {
      assertSame(ownText(name));
    });
  }

  it('are read as line by line, whatever stands in them', () => {
    fc.assert(
      fc.property(mutated, text => {
        assertSame(text);
      }),
      RUNS,
    );
  });

  it('are read as line by line, however long their words are', () => {
    const row = 'tcp 0 0 192.0.2.1:22 198.51.100.1:4000 ESTABLISHED 1/a';
    const rows = Array.from({ length: 100 }, () => row);
    for (const word of ['1.', 'a.', '::', '1', 'a']) {
      const long = word.repeat(200_000);
      const text = [
        ...rows,
        row.replace('192.0.2.1', long),
        row.replace('/a', `/${long}`),
        ...rows,
      ];
      assertSame(netstat(...text));
    }
  });

  it('are taken, all of them, from a large dump', () => {
    for (const format of Object.keys(LAYOUTS)) {
      const reader = new DumpReader();
      const text = madeUp(format, 500);
      let others = 0;
      forEachLine(text, (start, end) => {
        const next = reader.readPlainText(text, start);
        if (next !== start) {
          return next;
        }
        others++;
        reader.read(text, start, end);
        return NEXT_LINE;
      });
      assert.ok(others < 20, `${format}: ${others}`);
    }
  });
});

describePublic('plain rows of published dumps', () => {
  for (const name of publicDumpNames()) {
    it(`are read as line by line: ${name}`, () => {
      assertSame(publicText(name));
    });
  }
});
