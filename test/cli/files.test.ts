/*
 * What becomes of files under the reader's hands, and of what is no file: real ones, read by the
 * program that users start.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  closeSync,
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { text } from 'node:stream/consumers';

import { DumpStream } from '../../src/core/reading/input/dumpStream';
import { readFileDump, readFilesTogether, reasonOf } from '../../src/cli/input';
import { unpacked } from '../../src/node/gunzip';
import { builtProgram } from '../programs/built';
import { call } from './call';

const HEAD = 'Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name\n';
const ROW = 'tcp 1 0 192.0.2.1:9443 192.0.2.7:51044 CLOSE_WAIT 4321/orders-api\n';
const THREE = [51_044, 51_046, 51_048].map(port => ROW.replace('51044', String(port))).join('');
/** More than is read at once, so that a file can change between two reads. */
const ROWS = 60_000;

describe('packed files', () => {
  const one = (bytes: Uint8Array, size = bytes.length): AsyncIterable<Uint8Array> =>
    (async function* () {
      await Promise.resolve();
      for (let at = 0; at < bytes.length; at += size) {
        yield bytes.subarray(at, at + size);
      }
    })();
  const content = Buffer.from(HEAD + ROW.repeat(500));
  async function read(chunks: AsyncIterable<Uint8Array>, most?: number): Promise<Buffer> {
    const parts: Uint8Array[] = [];
    for await (const part of unpacked(chunks, most)) {
      parts.push(part.slice());
    }
    return Buffer.concat(parts);
  }

  it('are unpacked as they come, one after another', async () => {
    const packed = Buffer.concat([gzipSync(content), gzipSync(content)]);
    for (const size of [packed.length, 20, 7]) {
      assert.deepEqual(await read(one(packed, size)), Buffer.concat([content, content]));
    }
  });

  it('are only those that gzip made', async () => {
    assert.deepEqual(await read(one(content, 100)), content);
    assert.deepEqual(await read(one(new Uint8Array(0))), Buffer.alloc(0));
  });

  it('say so where they are broken, cut off or hold too much', async () => {
    const packed = gzipSync(content);
    const reason = async (chunks: AsyncIterable<Uint8Array>, most?: number): Promise<string> =>
      read(chunks, most).then(() => 'nothing', reasonOf);
    assert.equal(await reason(one(packed.subarray(0, 40))), 'its compressed data is cut off');
    const broken = Buffer.from(packed).fill(255, 10, 30);
    assert.equal(await reason(one(broken)), 'its compressed data is broken');
    assert.match(await reason(one(packed), 1000), /more than 0 MB/);
  });

  it('are let go when nobody wants more', async () => {
    let closed = false;
    const chunks = (async function* () {
      try {
        const packed = gzipSync(content);
        for (;;) {
          await Promise.resolve();
          yield packed;
        }
      } finally {
        closed = true;
      }
    })();
    for await (const part of unpacked(chunks)) {
      assert.ok(part.length > 0);
      break;
    }
    assert.ok(closed);
  });
});

describe('files', function () {
  this.timeout(60_000);
  const program = builtProgram('src/cli/main.ts');
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'netstat-lens-files-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const at = (name: string): string => path.join(folder, name);
  function large(name: string): string {
    writeFileSync(at(name), HEAD + ROW.repeat(ROWS));
    return at(name);
  }
  async function sockets(...args: string[]): Promise<{ count: number; status: number }> {
    const { out, status } = await call('--format', 'csv', ...args);
    return { count: out.split('\r\n').length - 2, status };
  }

  it('are read where gzip packed them', async () => {
    writeFileSync(at('web1.txt.gz'), gzipSync(HEAD + THREE));
    assert.equal((await sockets(at('web1.txt.gz'))).count, 3);
  });

  /** Does something to the file as soon as its first piece has been read. */
  async function whileRead(file: string, change: () => void): Promise<number> {
    const whole = Object.getOwnPropertyDescriptor(DumpStream.prototype, 'pushBytes');
    assert.ok(whole);
    const pushBytes = whole.value as DumpStream['pushBytes'];
    let pieces = 0;
    DumpStream.prototype.pushBytes = function (bytes) {
      pushBytes.call(this, bytes);
      if (++pieces === 1) change();
    };
    try {
      const dump = await readFileDump(file);
      assert.ok(pieces > 1, 'the file was read in one piece');
      return dump.table.length;
    } finally {
      Object.defineProperty(DumpStream.prototype, 'pushBytes', whole);
    }
  }

  it('that shrink while they are read give what was read', async () => {
    const file = large('shrinks.netstat');
    const total = await whileRead(file, () => truncateSync(file, HEAD.length));
    assert.ok(total > 0 && total < ROWS, `${total} rows`);
  });

  it('that are deleted or replaced while they are read are read to their end', async () => {
    const deleted = large('deleted.netstat');
    assert.equal(await whileRead(deleted, () => rmSync(deleted)), ROWS);
    const replaced = large('replaced.netstat');
    const total = await whileRead(replaced, () => {
      writeFileSync(at('new'), HEAD + ROW);
      renameSync(at('new'), replaced);
    });
    assert.equal(total, ROWS);
  });

  it('that grow while they are read give all that is there at the end', async () => {
    const file = large('grows.netstat');
    const total = await whileRead(file, () => appendFileSync(file, ROW.repeat(10)));
    assert.equal(total, ROWS + 10);
  });

  it('that go between two readings are told of, and the others read', async () => {
    const stays = large('stays.netstat');
    const told: [string, string][] = [];
    const dump = await readFilesTogether([at('gone.netstat'), stays], (name, error) => {
      told.push([path.basename(name), (error as NodeJS.ErrnoException).code ?? '']);
    });
    assert.deepEqual(told, [['gone.netstat', 'ENOENT']]);
    assert.equal(dump.table.length, ROWS);
  });

  it('that are folders, missing or no dump are told of by name, each once', async () => {
    mkdirSync(at('sub'));
    writeFileSync(at('empty.txt'), '');
    const { status, err } = await call('diff', at('sub'), at('missing'));
    assert.equal(status, 2);
    assert.deepEqual(
      err
        .trim()
        .split('\n')
        .map(line => line.replace(folder, '')),
      ['netstat-lens: /sub: this is a folder', 'netstat-lens: /missing: there is no such file'],
    );
    const empty = await call(at('empty.txt'));
    assert.equal(empty.status, 2);
    assert.match(empty.err, /empty\.txt: no socket found/);
  });

  it('are told of without their paths where names are redacted', async function () {
    if (process.platform === 'win32') this.skip();
    symlinkSync(at('zqround'), at('zqround'));
    writeFileSync(at('zqfile'), '');
    for (const [name, reason] of [
      ['zqround', 'its links lead round in circles'],
      ['zqfile/x', 'part of its path is not a folder'],
      ['zq'.repeat(2000), 'its name is too long'],
    ] as const) {
      for (const command of [[], ['diff']]) {
        const { err } = await call(...command, '--redact', at(name));
        assert.match(err, new RegExp(reason));
        assert.doesNotMatch(err, /zq/);
        assert.ok(!err.includes(folder), err);
      }
    }
    assert.equal(reasonOf({ code: 'EZQ', message: 'a path' }), 'it cannot be read (EZQ)');
  });

  it('that are folders must have a dump in them, each', async () => {
    for (const name of ['none', 'notes', 'dumps']) mkdirSync(at(name));
    writeFileSync(at('notes/x.txt'), 'hi\n');
    writeFileSync(at('dumps/x.txt'), 'hi\n');
    writeFileSync(at('dumps/y.txt'), HEAD + ROW);
    for (const name of ['none', 'notes']) {
      for (const args of [
        ['--fail-on', 'info'],
        ['--format', 'ndjson'],
        ['--together'],
        ['port', '9443'],
      ]) {
        const { status, err } = await call(...args, at(name), at('dumps'));
        assert.equal(status, 2, `${name} ${args.join(' ')}`);
        assert.match(err, new RegExp(`/${name}: no file in this folder has sockets or counters`));
        assert.doesNotMatch(err, /dumps/);
      }
    }
    assert.deepEqual(await sockets(at('dumps')), { count: 1, status: 0 });
    assert.equal((await call('port', '9443', at('dumps'))).status, 0);
    const hidden = await call('--redact', at('none'));
    assert.equal(hidden.status, 2);
    assert.ok(!hidden.err.includes(folder), hidden.err);
  });

  it('with names that act on a terminal do not act on it', async () => {
    const { err } = await call(at('a\u001b[2J\u202e.netstat'));
    assert.match(err, /a\u241b\[2J<U\+202E>\.netstat: there is no such file/);
  });

  it('of a folder may be links; what is no file is left alone', async function () {
    if (process.platform === 'win32') this.skip();
    mkdirSync(at('dumps'));
    writeFileSync(at('outside.netstat'), HEAD + ROW);
    symlinkSync(at('outside.netstat'), at('dumps/link.netstat'));
    symlinkSync(at('dumps'), at('dumps/round'));
    await fifo(at('dumps/pipe'));
    assert.deepEqual(await sockets(at('dumps')), { count: 1, status: 0 });
    symlinkSync(at('nowhere'), at('dumps/broken.netstat'));
    const { status, err } = await call(at('dumps'));
    assert.equal(status, 2);
    assert.match(err, /broken\.netstat: there is no such file/);
  });

  it('may be a pipe', async function () {
    if (process.platform === 'win32') this.skip();
    await fifo(at('pipe'));
    const writer = createWriteStream(at('pipe'));
    writer.end(HEAD + THREE);
    assert.deepEqual(await sockets(at('pipe')), { count: 3, status: 0 });
  });

  it('hold NUL bytes, lone surrogates, escapes and what is no UTF-8, and every line counts', async () => {
    const file = at('bytes.netstat');
    writeFileSync(
      file,
      Buffer.concat([
        Buffer.from(HEAD),
        Buffer.from('tcp 1 0 192.0.2.1:1 192.0.2.7:2 CLOSE_WAIT 1/a\0b\n'),
        Buffer.from('\u001b[31mtcp 1 0 192.0.2.1:1 192.0.2.7:3 CLOSE_WAIT 1/a\u001b[0m\n'),
        Buffer.from('tcp 1 0 192.0.2.1:1 192.0.2.7:4 CLOSE_WAIT 1/'),
        // A lone surrogate as CESU-8 has it, and bytes that begin nothing.
        Buffer.from([0xed, 0xa0, 0x80, 0xff, 0xfe, 0x0a]),
        Buffer.from('tcp 1 0 192.0.2.1:1 192.0.2.7:5 CLOSE_WAIT 1/\u202eevil\n'),
        Buffer.alloc(100),
        Buffer.from('\n\0\n'),
      ]),
    );
    const { out, status } = await call('--format', 'json', file);
    assert.equal(status, 0);
    const { dumps } = JSON.parse(out) as { dumps: { lines: Record<string, number> }[] };
    const { total, ...classes } = dumps[0]?.lines ?? {};
    assert.equal(total, 7);
    assert.equal(
      Object.values(classes).reduce((sum, n) => sum + n, 0),
      total,
    );
    assert.equal(classes['socket'], 4);
    for (const format of ['text', 'json', 'markdown', 'csv', 'ndjson']) {
      const shown = (await call('--format', format, file)).out.replaceAll(/\r?\n/g, '');
      assert.doesNotMatch(shown, /[\p{Cc}\p{Cf}\p{Cs}]/u, format);
    }
  });

  it('end the program with status 2 when its output cannot be written', async function () {
    if (process.platform !== 'linux') this.skip();
    const full = openSync('/dev/full', 'w');
    const args = [program(), large('full.netstat'), '--format', 'csv'];
    const child = spawn(process.execPath, args, { stdio: ['ignore', full, 'inherit'] });
    const [code] = (await once(child, 'exit')) as [number];
    closeSync(full);
    assert.equal(code, 2);
  });

  it('are read as a program too, with the same status and words', async () => {
    writeFileSync(at('ok.netstat'), HEAD + ROW);
    const child = spawn(process.execPath, [program(), at('missing'), at('ok.netstat')], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [out, err, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit') as Promise<[number]>,
    ]);
    assert.equal(code, 2);
    assert.equal(err, `netstat-lens: ${at('missing')}: there is no such file\n`);
    assert.match(out, /orders-api/);
  });
});

async function fifo(name: string): Promise<void> {
  await once(spawn('mkfifo', [name]), 'exit');
}
