import { strict as assert } from 'node:assert';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { serialize } from 'node:v8';
import fc from 'fast-check';

import type { Dump } from '../../../src/core/reading/dump';
import { getOrAdd } from '../../../src/core/model/maps';
import { runToEnd } from '../../../src/core/model/task';
import { DocumentReader } from '../../../src/core/reading/documentReader';
import { locate } from '../../../src/core/reading/locate';
import { readDump } from '../../../src/core/reading/reader';
import { projectFolder } from '../../harness/paths';
import { describePublic, publicDumpNames, publicText } from '../publicDumps';
import { sampleText } from '../rows';
import { RUNS } from '../runs';

const END_OF_LINE = /\r\n|\r|\n/;

/** A document as an editor has it: lines that edits replace. */
class Document {
  public lines: string[];
  /** How often a line was asked for. */
  public asked = 0;
  /** What reading it anew finds, by its text: some texts come again. */
  public readonly anew = new Map<string, Expected>();
  private readonly reader = new DocumentReader(this);

  public constructor(text: string) {
    this.lines = text.split(END_OF_LINE);
  }

  public get lineCount(): number {
    return this.lines.length;
  }

  public lineAt(line: number): string {
    this.asked++;
    assert.ok(line >= 0 && line < this.lines.length, `line ${line} of ${this.lines.length}`);
    return this.lines[line] ?? '';
  }

  public get text(): string {
    return this.lines.join('\n');
  }

  /** Replaces what is between two places; gives what takes it back. */
  public edit(first: number, from: number, last: number, to: number, text: string): () => void {
    const start = (this.lines[first] ?? '').slice(0, from);
    const end = (this.lines[last] ?? '').slice(to);
    const old = this.lines.slice(first, last + 1);
    const added = (start + text + end).split(END_OF_LINE);
    this.replace(first, old.length, added);
    return () => this.replace(first, added.length, old);
  }

  public append(text: string): void {
    const last = this.lines.length - 1;
    const { length } = this.lines[last] ?? '';
    this.edit(last, length, last, length, text);
  }

  /** Becomes another text, as an editor takes over what another program has written to a file. */
  public grow(before: string, after: string): void {
    const old = before.split(END_OF_LINE);
    this.lines = after.split(END_OF_LINE);
    const same = old.findIndex((line, i) => line !== this.lines[i]);
    if (same >= 0 || old.length < this.lines.length) {
      this.reader.change(same >= 0 ? same : old.length - 1);
    }
  }

  public read(): Dump {
    return runToEnd(this.reader.read());
  }

  /** Begins to read, and is interrupted. */
  public readABit(steps: number): void {
    const work = this.reader.read();
    for (let i = 0; i < steps && work.next().done !== true; i++) {
      // Nothing else to do.
    }
  }

  private replace(first: number, removed: number, added: readonly string[]): void {
    this.lines = this.lines.slice(0, first).concat(added, this.lines.slice(first + removed));
    this.reader.change(first);
  }
}

/** What a dump says of each line and row, without the numbers that strings have inside. */
function rowsOf({ table, classes }: Dump): unknown {
  return {
    sockets: Array.from({ length: table.length }, (_, i) => table.socket(i)),
    lastAck: Array.from({ length: table.length }, (_, i) => table.lastAck?.[i] ?? -1),
    lastReceived: Array.from({ length: table.length }, (_, i) => table.lastReceived?.[i] ?? -1),
    classes: Array.from(classes),
  };
}

/** What it says besides. */
function restOf({ snapshots, contexts, unrecognized, lines, forgotten }: Dump): unknown {
  return { snapshots, contexts, unrecognized, lines, forgotten };
}

/** What is to be read, with its rows as bytes: to compare these takes a fraction of the time. */
interface Expected {
  readonly dump: Dump;
  readonly rows: Buffer;
}

function expected(text: string): Expected {
  const dump = readDump(text);
  return { dump, rows: serialize(rowsOf(dump)) };
}

function assertAsAnew(document: Document): void {
  const { text } = document;
  const dump = document.read();
  const { dump: anew, rows } = getOrAdd(document.anew, text, () => expected(text));
  assert.deepEqual(restOf(dump), restOf(anew));
  const now = rowsOf(dump);
  if (!serialize(now).equals(rows)) {
    assert.deepEqual(now, rowsOf(anew));
  }
  for (let line = 0; line < document.lines.length; line += 7) {
    const shown = document.lines[line] ?? '';
    assert.deepEqual(locate(dump, line, shown), locate(anew, line, shown));
  }
}

const SAMPLES = readdirSync(path.join(projectFolder, 'samples')).map(sampleText);

/** What is told apart by what stands above it, and what changes that. */
const LINES = [
  ...new Set(SAMPLES.flatMap(text => text.split(END_OF_LINE).slice(0, 12))),
  'State  Recv-Q Send-Q Local Address:Port  Peer Address:Port',
  'UNCONN 0      0         127.0.0.53%lo:53          0.0.0.0:*',
  '\t skmem:(r0,rb131072) cubic wscale:7,7 timer:(keepalive,11sec,0)',
  'root@h:~# netstat -tanp',
  'root@g:~# ss -ulnp',
  'root@g:~# ss state close-wait',
  '==> host-a.netstat <==',
  'zzz ***Fri Jan 10 12:00:00 CST 2026',
  '2026-01-10 12:00:00',
  '> tcp 0 0 192.0.2.1:22 192.0.2.2:4000 ESTABLISHED',
  '[2022/9/23 15:43:47] tcp ESTAB 0 0 192.0.2.1:22 192.0.2.2:4000',
  'Jan 10 12:00:00 web-1 cron[7]: tcp 0 0 192.0.2.1:22 192.0.2.2:4000 ESTABLISHED',
  'Jan 10 12:00:01 web-2 cron[7]: tcp 0 0 192.0.2.3:22 192.0.2.2:4000 ESTABLISHED',
  '2026-01-10T12:00:00Z tcp 0 0 192.0.2.1:22 192.0.2.2:4001 ESTABLISHED',
  '2026-01-10T12:00:00Z',
  '\u001b[31mtcp 0 0 192.0.2.1:22 192.0.2.2:4000 ESTABLISHED\u001b[0m',
  'CLOSE_WAIT is what 192.0.2.1:22 is in',
  '[',
  '{',
  '  {"LocalAddress":"192.0.2.1","LocalPort":22,"State":2}',
  ']',
  '',
  ' ',
];

/** Few lines that mean another thing below some of each other. */
const DECISIVE: Readonly<Record<string, readonly string[]>> = {
  'one socket in several rows': [
    'TCP: IPv4',
    '   Local Address        Remote Address      User    Pid       Command     Swind Send-Q Rwind Recv-Q    State',
    '192.0.2.10.22        198.51.100.4.34640   root        531 sshd           134664     51  128872      0 ESTABLISHED',
    '192.0.2.10.22        198.51.100.4.34640   af          533 sshd           134664     51  128872      0 ESTABLISHED',
    '192.0.2.10.22        198.51.100.4.34640   af          534 sshd           134664     51  128872      0 ESTABLISHED',
    '192.0.2.10.80        198.51.100.4.34640   af          534 sshd           134664     51  128872      0 ESTABLISHED',
    '',
    'prose',
  ],
  'lines that belong to a socket above': [
    'Active Connections',
    '  Proto  Local Address          Foreign Address        State           PID',
    '  TCP    192.0.2.1:22           192.0.2.2:4000         CLOSE_WAIT      7',
    '  TCP    192.0.2.1:23           192.0.2.2:4000         ESTABLISHED     7',
    '  RpcSs',
    ' [svchost.exe]',
    '',
    'prose',
  ],
  'prefixes of loggers': [
    'Proto Recv-Q Send-Q Local Address Foreign Address State',
    'Jan 10 12:00:00 web-1 cron[7]: tcp 0 0 192.0.2.1:22 192.0.2.2:4000 ESTABLISHED',
    'Jan 10 12:00:01 web-2 cron[7]: tcp 0 0 192.0.2.3:22 192.0.2.2:4000 ESTABLISHED',
    'Jan 10 12:00:01 web-2 cron[7]: Proto Recv-Q Send-Q Local Address Foreign Address State',
    '12:00:00 tcp 0 0 192.0.2.1:22 192.0.2.2:4001 ESTABLISHED',
    '12:00:00 ',
    '7:tcp 0 0 192.0.2.1:22 192.0.2.2:4001 ESTABLISHED',
    'tcp 0 0 192.0.2.1:22 192.0.2.2:4002 ESTABLISHED',
    '2026-01-10 12:00:00',
    '==> web-3.netstat <==',
    'prose',
  ],
  'commands and what they ask for': [
    'root@g:~# ss -uln',
    'root@g:~# ss -tn',
    'root@g:~# ss state close-wait',
    'root@h:~# netstat -an',
    'State  Recv-Q Send-Q Local Address:Port  Peer Address:Port',
    'Recv-Q Send-Q Local Address:Port  Peer Address:Port',
    'Netid Recv-Q Send-Q Local Address:Port  Peer Address:Port',
    'UNCONN 0 0 192.0.2.1:53 0.0.0.0:*',
    'ESTAB 0 0 192.0.2.1:22 192.0.2.2:4000',
    '0 0 192.0.2.1:22 192.0.2.2:4000',
    'tcp 0 0 192.0.2.1:22 192.0.2.2:4000',
  ],
  'formats that take turns': [
    'Active Internet connections (servers and established)',
    'Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name',
    'Proto RefCnt Flags Type State I-Node PID/Program name Path',
    'tcp 0 0 192.0.2.1:22 192.0.2.2:4000 ESTABLISHED 7/sshd',
    'udp 0 0 0.0.0.0:68 0.0.0.0:* 13/x',
    'Netid State Recv-Q Send-Q Local Address:Port Peer Address:Port Process',
    'tcp ESTAB 0 0 192.0.2.1:22 192.0.2.2:4000 users:(("sshd",pid=7,fd=3))',
    '\t cubic wscale:7,7 rto:204 lastrcv:11 lastack:12',
    'COMMAND PID USER FD TYPE DEVICE SIZE/OFF NODE NAME',
    'sshd 7 root 3u IPv4 18438 0t0 TCP *:22 (LISTEN)',
    '2026-01-10 12:00:00',
    '',
  ],
  JSON: [
    '[',
    '{',
    '{"LocalAddress":"192.0.2.1","LocalPort":22,"State":2}',
    '"LocalAddress":"192.0.2.1","LocalPort":22,"State":2}',
    ']',
    '',
    'tcp 0 0 192.0.2.1:22 192.0.2.2:4000 ESTABLISHED 7/sshd',
  ],
};

const place = fc.nat(1_000_000);
const inserted = fc.oneof(
  { weight: 3, arbitrary: fc.constant('') },
  { weight: 2, arbitrary: fc.constant('\n') },
  { weight: 2, arbitrary: fc.string({ maxLength: 8 }) },
  {
    weight: 5,
    arbitrary: fc
      .array(fc.constantFrom(...LINES), { minLength: 1, maxLength: 8 })
      .map(lines => lines.join('\n') + '\n'),
  },
  { weight: 1, arbitrary: fc.constantFrom(...SAMPLES) },
);

type Edit = readonly [line: number, from: number, lines: number, to: number, text: string];
const edit: fc.Arbitrary<Edit> = fc.tuple(
  place,
  fc.oneof(fc.constant(0), place),
  fc.oneof(
    { weight: 4, arbitrary: fc.constant(0) },
    { weight: 3, arbitrary: fc.nat(6) },
    { weight: 1, arbitrary: place },
  ),
  fc.oneof(fc.constant(0), place),
  inserted,
);

function apply(document: Document, [line, from, lines, to, text]: Edit): () => void {
  const first = line % document.lines.length;
  const last = Math.min(first + lines, document.lines.length - 1);
  const start = from % ((document.lines[first] ?? '').length + 1);
  const end = to % ((document.lines[last] ?? '').length + 1);
  return document.edit(first, start, last, first === last ? Math.max(start, end) : end, text);
}

/** Edits the document again and again, takes some back, and compares after each. */
function assertFollows(document: Document, edits: readonly (readonly [Edit, number])[]): void {
  assertAsAnew(document);
  for (const [change, what] of edits) {
    const undo = apply(document, change);
    if (what % 3 === 0) {
      document.readABit(what % 7);
    } else {
      assertAsAnew(document);
    }
    if (what % 2 === 0) {
      undo();
      assertAsAnew(document);
    }
  }
  assertAsAnew(document);
}

const edits = fc.array(fc.tuple(edit, fc.nat(100)), { minLength: 1, maxLength: 8 });

/** Gives a document one piece of a text after the other, and compares after each. */
function assertGrows(text: string, cuts: readonly number[]): void {
  const document = new Document('');
  const places = [...cuts.map(cut => cut % (text.length + 1)), text.length].sort((a, b) => a - b);
  let from = 0;
  for (const to of places) {
    document.grow(text.slice(0, from), text.slice(0, to));
    from = to;
    assertAsAnew(document);
  }
}

describe('a text that changes', () => {
  it('holds what reading it anew finds, whatever is edited', () => {
    const start = fc.oneof(
      fc.constantFrom(...SAMPLES),
      fc.array(fc.constantFrom(...LINES), { maxLength: 80 }).map(lines => lines.join('\n')),
      fc.tuple(fc.constantFrom(...SAMPLES), fc.constantFrom(...SAMPLES)).map(all => all.join('')),
    );
    fc.assert(
      fc.property(start, edits, (text, changes) => {
        assertFollows(new Document(text), changes);
      }),
      RUNS,
    );
  });

  const cuts = fc.array(place, { minLength: 1, maxLength: 6 });
  const end = fc.constantFrom('\n', '\r\n', '\r');

  it('holds what reading it anew finds, wherever it ended before more came', () => {
    const text = fc.oneof(
      fc.tuple(fc.constantFrom(...SAMPLES), fc.constantFrom(...SAMPLES)).map(all => all.join('')),
      fc
        .array(fc.constantFrom(...LINES), { minLength: 1, maxLength: 80 })
        .map(all => all.join('\n')),
    );
    fc.assert(
      fc.property(text, end, cuts, (grown, eol, places) => {
        assertGrows(grown.replace(/\r?\n/g, eol), places);
      }),
      { ...RUNS, numRuns: Math.max(RUNS.numRuns, 300) },
    );
  });

  for (const [what, lines] of Object.entries(DECISIVE)) {
    it(`is read as it would have been in one, when more lines come: ${what}`, () => {
      const some = fc.array(fc.constantFrom(...lines), { maxLength: 4 });
      fc.assert(
        fc.property(fc.array(some, { minLength: 2, maxLength: 6 }), pieces => {
          const document = new Document('');
          for (const piece of pieces) {
            document.append(piece.map(line => `${line}\n`).join(''));
            assertAsAnew(document);
          }
        }),
        { ...RUNS, numRuns: Math.max(RUNS.numRuns, 400) },
      );
    });
  }

  it('does not change what was read of it before', () => {
    const document = new Document(HEADER + rows(3));
    const before = document.read();
    const held = [rowsOf(before), restOf(before)];
    document.append(`\n2026-01-10 12:00:00\n${HEADER}${rows(200)}odd row 192.0.2.1:22 x\n`);
    assert.equal(document.read().table.length, 203);
    assert.deepEqual([rowsOf(before), restOf(before)], held);
  });

  it('may be empty, and of one line only', () => {
    const document = new Document('');
    assertAsAnew(document);
    document.append('tcp 0 0 192.0.2.1:22 192.0.2.2:4000 ESTABLISHED 7/sshd');
    assertAsAnew(document);
    assert.equal(document.read().table.length, 1);
    document.append('\n');
    assertAsAnew(document);
    document.edit(0, 0, 1, 0, '');
    assertAsAnew(document);
    assert.equal(document.read().lines.total, 0);
  });

  it('may be replaced as a whole by something else', () => {
    const document = new Document(SAMPLES[0] ?? '');
    assertAsAnew(document);
    for (const sample of SAMPLES) {
      const last = document.lines.length - 1;
      document.edit(0, 0, last, (document.lines[last] ?? '').length, sample.repeat(3));
      assertAsAnew(document);
    }
  });

  it('may have sockets that are printed in several lines for a while', () => {
    const object = '{"LocalAddress":"192.0.2.1","LocalPort":22,"State":2}';
    const document = new Document('tcp 0 0 192.0.2.1:22 192.0.2.2:4000 ESTABLISHED\n'.repeat(40));
    assert.equal(document.read().table.length, 40);
    const undo = document.edit(20, 0, 20, 0, `[\n\n${object},\n${object}\n]\n`);
    assertAsAnew(document);
    assert.equal(document.read().table.length, 42);
    undo();
    assertAsAnew(document);
    assert.equal(document.read().table.length, 40);
  });
});

const HEADER =
  'Active Internet connections (servers and established)\n' +
  'Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name\n';

function rows(count: number, from = 0): string {
  return Array.from(
    { length: count },
    (_, i) =>
      `tcp 0 0 192.0.2.1:22 198.51.${((from + i) >> 8) & 255}.${(from + i) & 255}:4000 ESTABLISHED 7/sshd\n`,
  ).join('');
}

describe('a long text that changes', () => {
  const COUNT = 20_000;

  function read(document: Document): number {
    const before = document.asked;
    document.read();
    return document.asked - before;
  }

  it('has the new lines read where some are appended, however many there are', () => {
    const document = new Document(HEADER + rows(COUNT));
    read(document);
    for (let snapshot = 1; snapshot <= 5; snapshot++) {
      document.append(`\n2026-01-10 12:00:0${snapshot}\n${HEADER}${rows(3000, snapshot)}`);
      const again = read(document);
      assert.ok(again >= 3000 && again < 3100, `${again} lines for 3000 new ones`);
    }
    assert.equal(document.read().snapshots.length, 6);
    assertAsAnew(document);
  });

  it('has what was read kept where a change below it interrupts', () => {
    const document = new Document(HEADER + rows(COUNT));
    document.readABit(20);
    document.append(rows(1000));
    const lines = read(document);
    assert.ok(lines > COUNT / 3 && lines < COUNT * 0.9, `${lines} lines`);
    assertAsAnew(document);
  });

  it('has all of it read where something above its end is edited, also while it is read', () => {
    const document = new Document(HEADER + rows(COUNT));
    document.readABit(20);
    document.edit(3, 0, 3, 0, 'x');
    const lines = read(document);
    assert.ok(lines > COUNT && lines < COUNT * 1.1, `${lines} lines`);
    assertAsAnew(document);
  });
});

describePublic('a published dump that is edited', () => {
  const texts = publicDumpNames()
    .map(publicText)
    .filter(text => text.length < 20_000);

  it('holds what reading it anew finds', () => {
    fc.assert(
      fc.property(fc.constantFrom(...texts), edits, (text, changes) => {
        assertFollows(new Document(text), changes);
      }),
      RUNS,
    );
  });
});
