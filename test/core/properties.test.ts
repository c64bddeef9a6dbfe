import { strict as assert } from 'node:assert';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import type { Dump } from '../../src/core/reading/dump';
import { LineClass } from '../../src/core/model/lineClass';
import { TCP_STATES } from '../../src/core/vocabulary/state';
import { NEXT_LINE } from '../../src/core/parsing/lines';
import { locate } from '../../src/core/reading/locate';
import { DumpReader, readDump } from '../../src/core/reading/reader';
import { describePublic, ownDumpNames, ownText, publicDumpNames, publicText } from './publicDumps';
import { projectFolder } from '../harness/paths';
import { assertAllCounted, briefly, sampleText } from './rows';
import { RUNS } from './runs';
import { forEachLine, linesOf } from './spans';

/** Words of the tools for each state, in the order of TCP_STATES as far as they print it. */
const LINUX_STATES = [
  'LISTEN',
  'SYN_SENT',
  'SYN_RECV',
  'ESTABLISHED',
  'FIN_WAIT1',
  'FIN_WAIT2',
  'CLOSE_WAIT',
  'CLOSING',
  'LAST_ACK',
  'TIME_WAIT',
  'CLOSE',
];
const WINDOWS_STATES = [
  'LISTENING',
  'SYN_SENT',
  'SYN_RECEIVED',
  'ESTABLISHED',
  'FIN_WAIT_1',
  'FIN_WAIT_2',
  'CLOSE_WAIT',
  'CLOSING',
  'LAST_ACK',
  'TIME_WAIT',
  'CLOSED',
];
const SS_STATES = [
  'LISTEN',
  'SYN-SENT',
  'SYN-RECV',
  'ESTAB',
  'FIN-WAIT-1',
  'FIN-WAIT-2',
  'CLOSE-WAIT',
  'CLOSING',
  'LAST-ACK',
  'TIME-WAIT',
  'UNCONN',
];

const ipv4 = fc.tuple(octet(), octet(), octet(), octet()).map(octets => octets.join('.'));
const ipv6 = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { minLength: 1, maxLength: 7 })
  .map(groups => `${groups.map(group => group.toString(16)).join(':')}::1`);
const port = fc.integer({ min: 1, max: 65_535 });
/** Names of programs: anything on one line that has no white space at its ends. */
const program = fc
  .string({
    unit: fc.constantFrom(...Array.from('abcXYZ019 :/()[]"\'-_.,%#@=äß漢')),
    minLength: 1,
    maxLength: 24,
  })
  .map(name => name.trim().replace(/ {2,}/g, ' '))
  .filter(name => name !== '');

const socket = fc.record({
  v6: fc.boolean(),
  localV4: ipv4,
  localV6: ipv6,
  remoteV4: ipv4,
  remoteV6: ipv6,
  localPort: port,
  remotePort: port,
  state: fc.integer({ min: 0, max: 10 }),
  recvQ: fc.nat(),
  sendQ: fc.nat(),
  pid: fc.integer({ min: 1, max: 4_194_304 }),
  program,
  fd: fc.nat({ max: 99_999 }),
  inode: fc.nat(),
  user: fc.nat({ max: 65_535 }),
});
type Printed = typeof socket extends fc.Arbitrary<infer T> ? T : never;

describe('rows printed in a format of their own', () => {
  it('are read back equal: Linux netstat', () => {
    fc.assert(
      fc.property(fc.array(socket, { maxLength: 6 }), fc.boolean(), (sockets, headed) => {
        const header =
          'Active Internet connections (servers and established)\n' +
          'Proto Recv-Q Send-Q Local Address           Foreign Address         State       User       Inode      PID/Program name     Timer\n';
        const text = (headed ? header : '') + sockets.map(linuxRow).join('');
        const dump = readDump(text);
        assert.deepEqual(
          briefly(dump),
          sockets.map(s => expected(s, s.v6 ? 'tcp6' : 'tcp', `${s.recvQ}/${s.sendQ}`, '')),
        );
        sockets.forEach((s, i) => {
          const { inode, user } = dump.table.socket(i);
          assert.deepEqual([inode, user], [s.inode, String(s.user)]);
        });
      }),
      RUNS,
    );
  });

  it('are read back equal: Windows netstat', () => {
    fc.assert(
      fc.property(fc.array(socket, { maxLength: 6 }), fc.boolean(), (sockets, headed) => {
        const header =
          '\r\nActive Connections\r\n\r\n  Proto  Local Address          Foreign Address        State           PID\r\n';
        const plain = sockets.map(s => ({ ...s, program: s.program.replace(/[[\].]/g, 'x') }));
        const text = (headed ? header : '') + plain.map(windowsRow).join('');
        assert.deepEqual(
          briefly(readDump(text)),
          plain.map(s => expected(s, 'TCP', null, '')),
        );
      }),
      RUNS,
    );
  });

  it('are read back equal: ss', () => {
    fc.assert(
      fc.property(fc.array(socket, { maxLength: 6 }), fc.boolean(), (sockets, headed) => {
        const header = 'Netid State Recv-Q Send-Q Local Address:Port Peer Address:PortProcess\n';
        const text = (headed ? header : '') + sockets.map(ssRow).join('');
        const dump = readDump(text);
        assert.deepEqual(
          briefly(dump),
          sockets.map(s => expected(s, 'tcp', `${s.recvQ}/${s.sendQ}`, `/${s.fd}`)),
        );
        sockets.forEach((s, i) => assert.equal(dump.table.socket(i).inode, s.inode));
      }),
      RUNS,
    );
  });
});

/** Lines of all formats and of what stands around them. */
const LINES = [
  'Active Internet connections (servers and established)',
  'Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name',
  'tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN      12/sshd: a b',
  'udp        0      0 0.0.0.0:68              0.0.0.0:*                           13/x',
  'unix  2      [ ACC ]     STREAM     LISTENING     18438    1/systemd            /run/a b',
  'sctp       0      0 192.0.2.1:5000          192.0.2.2:3000       ESTABLISHED',
  '                    192.0.3.1               192.0.3.2',
  'Active Connections',
  '  Proto  Local Address          Foreign Address        State           PID',
  '  TCP    192.0.2.1:22           192.0.2.2:4000         CLOSE_WAIT      7',
  '  RpcSs',
  ' [svchost.exe]',
  '  UDP    [fe80::1%4]:1900       *:*                                    3168',
  'Netid State  Recv-Q Send-Q Local Address:Port  Peer Address:PortProcess',
  'State  Recv-Q Send-Q Local Address:Port  Peer Address:Port',
  'tcp   LISTEN 0      511      0.0.0.0:80        0.0.0.0:*    users:(("nginx",pid=583,fd=8),("a b",pid=582,fd=8))',
  'UNCONN 0      0         127.0.0.53%lo:53          0.0.0.0:*',
  '\t skmem:(r0,rb131072) cubic wscale:7,7 timer:(keepalive,11sec,0)',
  'u_str  LISTEN   0  128   /run/user/1000/systemd/private 93069      * 0',
  'root@h:~# netstat -tanp',
  'zzz ***Fri Jan 10 12:00:00 CST 2026',
  '2026-01-10 12:00:00',
  '> tcp 0 0 192.0.2.1:22 192.0.2.2:4000 ESTABLISHED',
  '[2022/9/23 15:43:47] tcp ESTAB 0 0 192.0.2.1:22 192.0.2.2:4000',
  '\u001b[31mtcp 0 0 192.0.2.1:22 192.0.2.2:4000 ESTABLISHED\u001b[0m',
  'CLOSE_WAIT is what 192.0.2.1:22 is in',
  '```netstat',
  '',
];

const lines = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...LINES) },
    { weight: 1, arbitrary: fc.string({ maxLength: 60 }) },
    {
      weight: 2,
      // A line with something cut out or put in.
      arbitrary: fc
        .tuple(fc.constantFrom(...LINES), fc.nat(120), fc.nat(20), fc.string({ maxLength: 6 }))
        .map(([line, at, cut, put]) => line.slice(0, at) + put + line.slice(at + cut)),
    },
  ),
  { maxLength: 40 },
);
const lineEnd = fc.constantFrom('\n', '\r\n', '\r');

describe('any text', () => {
  it('is accounted for line by line, whatever was cut, joined or shuffled', () => {
    fc.assert(
      fc.property(lines, lineEnd, fc.integer({ min: 0, max: 160 }), (content, end, wrapAt) => {
        const whole = content.join(end);
        const text = wrapAt < 20 ? whole : rewrapped(whole, wrapAt, end);
        assertAccounted(readDump(text), text);
      }),
      { ...RUNS, numRuns: Math.max(RUNS.numRuns, 400) },
    );
  });

  it('is read the same line by line as in one piece', () => {
    fc.assert(
      fc.property(lines, content => {
        const text = content.map(line => line.replace(/[\r\n]/g, '')).join('\n');
        const reader = new DumpReader();
        for (const line of linesOf(text)) {
          reader.read(line, 0, line.length);
        }
        const pieces = reader.finish();
        const whole = readDump(text);
        assert.deepEqual(pieces.lines, whole.lines);
        assert.deepEqual(briefly(pieces), briefly(whole));
        assert.deepEqual(pieces.snapshots, whole.snapshots);
      }),
      RUNS,
    );
  });

  it('has the lines that a simple reading finds', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '\r', '\n', ' '), maxLength: 40 });
    fc.assert(
      fc.property(text, content => {
        const simple = content.split(/\r\n|\n|\r/);
        if (simple.at(-1) === '') {
          simple.pop();
        }
        assert.deepEqual(linesOf(content), simple);
      }),
      { numRuns: 2000, seed: 3 },
    );
  });

  it('may be a line of ten million characters, or a million blank lines', () => {
    const row = 'tcp 0 0 192.0.2.1:22 192.0.2.2:4000 ESTABLISHED 1/a ';
    const long = row + 'x '.repeat(5_000_000);
    assertCounts(readDump(long), 1);
    assertCounts(readDump('x'.repeat(10_000_000)), 1);
    assertCounts(readDump('\u001b[m'.repeat(1_000_000)), 1);
    assertCounts(readDump('\n'.repeat(1_000_000)), 1_000_000);
    assertCounts(readDump('\r'.repeat(1_000_000)), 1_000_000);
    assertCounts(readDump('> '.repeat(1_000_000)), 1);
  }).timeout(60_000);
});

describe('every sample', () => {
  for (const name of readdirSync(path.join(projectFolder, 'samples'))) {
    it(`is accounted for: ${name}`, () => {
      const text = sampleText(name);
      assertAccounted(readDump(text), text);
    });
  }
});

describePublic('every published dump', () => {
  for (const [names, textOf] of [
    [publicDumpNames().filter(name => !name.endsWith('.json')), publicText],
    [ownDumpNames(), ownText],
  ] as const) {
    for (const name of names) {
      it(`is accounted for: ${name}`, () => {
        const text = textOf(name);
        assertAccounted(readDump(text), text);
      });
    }
  }
});

function octet(): fc.Arbitrary<number> {
  return fc.integer({ min: 1, max: 254 });
}

/** What all layouts say of a socket, as `brief` writes it. */
function expected(s: Printed, word: string, queues: string | null, fd: string): string {
  return [
    word,
    TCP_STATES[s.state],
    `${s.v6 ? s.localV6 : s.localV4}|${s.localPort}`,
    `${s.v6 ? s.remoteV6 : s.remoteV4}|${s.remotePort}`,
    ...(queues === null ? [] : [queues]),
    `${s.pid}/${s.program}${fd}`,
  ].join(' ');
}

/** The format of net-tools (netstat.c). */
function linuxRow(s: Printed): string {
  const local = `${s.v6 ? s.localV6 : s.localV4}:${s.localPort}`;
  const remote = `${s.v6 ? s.remoteV6 : s.remoteV4}:${s.remotePort}`;
  return (
    `${(s.v6 ? 'tcp6' : 'tcp').padEnd(4)}  ${pad(s.recvQ, 6)} ${pad(s.sendQ, 6)} ` +
    `${local.padEnd(23)} ${remote.padEnd(23)} ${(LINUX_STATES[s.state] ?? '').padEnd(11)} ` +
    `${String(s.user).padEnd(10)} ${String(s.inode).padEnd(10)} ` +
    `${`${s.pid}/${s.program}`.padEnd(20)} off (0.00/0/0)\n`
  );
}

function windowsRow(s: Printed): string {
  const local = s.v6 ? `[${s.localV6}]:${s.localPort}` : `${s.localV4}:${s.localPort}`;
  const remote = s.v6 ? `[${s.remoteV6}]:${s.remotePort}` : `${s.remoteV4}:${s.remotePort}`;
  return (
    `  TCP    ${local.padEnd(21)}  ${remote.padEnd(21)}  ` +
    `${(WINDOWS_STATES[s.state] ?? '').padEnd(15)} ${s.pid}\r\n [${s.program}]\r\n`
  );
}

function ssRow(s: Printed): string {
  const local = s.v6 ? `[${s.localV6}]:${s.localPort}` : `${s.localV4}:${s.localPort}`;
  const remote = s.v6 ? `[${s.remoteV6}]:${s.remotePort}` : `${s.remoteV4}:${s.remotePort}`;
  return (
    `tcp   ${(SS_STATES[s.state] ?? '').padEnd(10)} ${String(s.recvQ).padEnd(6)} ` +
    `${String(s.sendQ).padEnd(6)} ${local.padStart(20)} ${remote.padStart(20)} ` +
    `users:(("${s.program}",pid=${s.pid},fd=${s.fd})) ino:${s.inode} sk:1 <->\n`
  );
}

function pad(value: number, width: number): string {
  return String(value).padStart(width);
}

/** The text broken anew after so many characters, as terminals and mail programs do. */
function rewrapped(text: string, width: number, end: string): string {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += width) {
    pieces.push(text.slice(at, at + width));
  }
  return pieces.join(end);
}

function assertCounts(dump: Dump, total: number): void {
  assertAllCounted(dump);
  assert.equal(dump.lines.total, total);
  assert.equal(dump.classes.length, total);
}

/** Every line has one class, every row its line, and every field stands within its line. */
function assertAccounted(dump: Dump, text: string): void {
  const content = linesOf(text);
  assertCounts(dump, content.length);
  assert.ok(dump.classes.every(kind => kind !== (LineClass.None as number)));
  assert.equal(dump.unrecognized.length, dump.lines.unrecognized);
  content.forEach((line, number) => {
    for (const { start, end } of locate(dump, number, line).fields) {
      assert.ok(0 <= start && start <= end && end <= line.length, `${start}–${end}: ${line}`);
    }
  });
  let row = 0;
  for (const { firstRow, endRow } of dump.snapshots) {
    assert.equal(firstRow, row);
    row = endRow;
  }
  assert.equal(row, dump.table.length);
  for (let i = 0; i < dump.table.length; i++) {
    dump.table.socket(i);
  }
  let lines = 0;
  forEachLine(text, () => {
    lines++;
    return NEXT_LINE;
  });
  assert.equal(lines, content.length);
}
