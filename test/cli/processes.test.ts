/* What is left of a capture that ends badly: nothing. */
import assert from 'node:assert/strict';
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';

import { builtProgram } from '../programs/built';
import { assertGone, writtenIn } from '../programs/processes';
import { call } from './call';

const LISTING = `Netid State Recv-Q Send-Q Local Address:Port Peer Address:Port Process
tcp LISTEN 0 128 127.0.0.1:8080 0.0.0.0:* users:(("api",pid=4321,fd=7))`;

describe('a capture on the command line that ends badly', function () {
  this.timeout(60_000);
  let folder: string;
  let pids: string;
  const program = builtProgram('test/programs/cli.ts');

  before(function () {
    if (process.platform === 'win32') this.skip();
  });
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'netstat-lens-processes-'));
    pids = path.join(folder, 'pids');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** A tool that writes its process id, and those of all that it starts. */
  function tool(...lines: string[]): string {
    const file = path.join(folder, 'tool');
    writeFileSync(file, ['#!/bin/sh', `echo $$ >> ${pids}`, ...lines, ''].join('\n'));
    chmodSync(file, 0o755);
    return file;
  }

  const hanging = (): string => tool(`sleep 60 & echo $! >> ${pids}`, 'wait');
  const listing = (): string => tool(`cat <<'END'\n${LISTING}\nEND`);

  function start(lister: string, ...args: string[]): ChildProcessByStdio<null, Readable, Readable> {
    return spawn(process.execPath, [program(), lister, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    for (const command of ['capture', 'watch']) {
      it(`leaves no process of a hanging tool: ${command}, ${signal}`, async () => {
        const child = start(hanging(), command);
        const running = await writtenIn(pids, 2);
        child.kill(signal);
        const ended = await once(child, 'close');
        await assertGone(...running);
        // A watch ends with its report, and this one has nothing to report.
        assert.deepEqual(ended, command === 'capture' ? [null, signal] : [0, null]);
      });
    }
  }

  it('ends a watch whose reader has gone', async () => {
    const child = start(listing(), 'watch', '--interval', '0.2');
    await once(child.stdout, 'data');
    child.stdout.destroy();
    assert.deepEqual(await once(child, 'close'), [0, null]);
    await assertGone(...(await writtenIn(pids)));
  });

  it('ends a watch with its report where nobody reads its lines any more', async () => {
    const child = start(listing(), 'watch', '--interval', '0.2', '--format', 'json');
    let out = '';
    child.stdout.on('data', (data: Buffer) => (out += data.toString()));
    await once(child.stderr, 'data');
    child.stderr.destroy();
    assert.deepEqual(await once(child, 'close'), [0, null]);
    const { dumps } = JSON.parse(out) as { dumps: { snapshots: unknown[] }[] };
    assert.ok((dumps[0]?.snapshots.length ?? 0) >= 1);
  });

  it('makes no temporary file', async function () {
    if (process.platform !== 'linux') this.skip();
    const empty = path.join(folder, 'tmp');
    mkdirSync(empty);
    const before = process.env['TMPDIR'];
    process.env['TMPDIR'] = empty;
    try {
      await call('capture');
      await call('watch', '--interval', '0.2', '--count', '2');
      await call('capture', '--tool', 'powershell');
    } finally {
      if (before === undefined) {
        delete process.env['TMPDIR'];
      } else {
        process.env['TMPDIR'] = before;
      }
    }
    assert.deepEqual(readdirSync(empty), []);
  });
});
