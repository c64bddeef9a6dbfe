/* `--redact` of the commands that list the sockets of this machine. */
import assert from 'node:assert/strict';

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { FORMATS } from '../../src/cli/options';
import { readDump } from '../../src/core/reading/reader';
import { many } from '../core/analysis/scene';
import { callWith, type Result } from './call';
import { FakeMachine } from './machine';

const LISTING = `Netid State Recv-Q Send-Q Local Address:Port Peer Address:Port Process
tcp LISTEN 0 128 0.0.0.0:8080 0.0.0.0:* users:(("api",pid=4321,fd=7))
tcp CLOSE-WAIT 1 0 10.99.88.77:8080 98.76.54.32:50001 users:(("api",pid=4321,fd=8))
tcp CLOSE-WAIT 1 0 10.99.88.77:8080 98.76.54.32:50002 users:(("api",pid=4321,fd=9))
tcp ESTAB 0 0 [2a02:1234:5678::9]:40000 [2a02:1234:5678::9]:5432
tcp ESTAB 0 0 10.99.88.77:40001 10.99.88.78:5432
tcp broken 98.76.54.32:1 10.99.88.77:2 web-7.corp.example:3 ESTAB
`;

const ORIGINALS = ['10.99.88', '98.76.54.32', '2a02:1234', 'web-7', 'corp.example'];

async function assertRedacted(machine: FakeMachine, ...args: string[]): Promise<Result> {
  const result = await callWith({ machine }, args);
  for (const text of [result.out, result.err]) {
    for (const original of ORIGINALS) {
      assert.ok(!text.includes(original), `${original} in ${text}`);
      assert.ok(!text.includes(original.replaceAll('.', String.raw`\.`)), text);
    }
  }
  return result;
}

describe('--redact', () => {
  it('is about things that are shown without it', async () => {
    const machine = new FakeMachine({ ss: LISTING });
    const { out } = await callWith({ machine }, ['capture']);
    for (const original of ORIGINALS) {
      assert.ok(out.includes(original), original);
    }
    const watched = await callWith({ machine }, ['watch', '--count', '1']);
    assert.match(watched.out, /^web-7\.corp\.example: /m);
  });

  it('leaves a capture readable, with equal things equal', async () => {
    const machine = new FakeMachine({ ss: LISTING });
    const { status, out } = await assertRedacted(machine, 'capture', '--redact');
    assert.equal(status, 0);
    const { table, lines } = readDump(out);
    assert.deepEqual({ ...lines, total: 0 }, { ...readDump(LISTING).lines, total: 0, text: 1 });
    const ends = Array.from({ length: table.length }, (_, row) => {
      const { local, remote, state, owners } = table.socket(row);
      return [state, local.address, local.port, remote?.address, remote?.port, owners[0]?.pid];
    });
    const [listener, first, second, itself, other] = ends;
    assert.deepEqual(listener, ['LISTEN', '0.0.0.0', 8080, '0.0.0.0', null, 4321]);
    assert.deepEqual(second, [...first!.slice(0, 4), 50002, 4321]);
    assert.equal(itself?.[1], itself?.[3]);
    assert.equal(other?.[1], first?.[1]);
    assert.notEqual(other?.[1], other?.[3]);
  });

  it('names commands for more that work: the names that are shown are none of files', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'netstat-lens-redact-'));
    try {
      const names = many(8, i => path.join(folder, `web-${i + 7}.txt`));
      for (const name of names) writeFileSync(name, LISTING);
      const machine = new FakeMachine({});
      const [one = '', two = ''] = names;
      const { out } = await assertRedacted(machine, '--redact', one);
      assert.match(out, /sources: netstat-lens --explain --redact FILE$/m);
      const together = await assertRedacted(machine, '--redact', '--together', one, two);
      assert.match(together.out, /netstat-lens --together --explain --redact FILE$/m);
      const all = await assertRedacted(machine, '--redact', ...names);
      assert.match(all.out, /One file: netstat-lens FILE --redact\./);
      const rows = many(80, i => `tcp ESTAB 0 0 10.99.88.77:${i + 1} 10.99.88.78:5432\n`);
      writeFileSync(two, LISTING.split('\n')[0]! + '\n' + rows.join(''));
      const diff = await assertRedacted(machine, 'diff', '--redact', one, two);
      assert.match(diff.out, /netstat-lens diff --redact --all FILE FILE$/m);
      const live = new FakeMachine({ ss: LISTING });
      const watch = await assertRedacted(live, 'watch', '--redact', '--count', '1');
      assert.match(watch.out, /netstat-lens watch --redact --count 1 --explain$/m);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('keeps the ends of lines that Windows writes', async () => {
    const machine = new FakeMachine({ ss: LISTING.replaceAll('\n', '\r\n') });
    const { out } = await assertRedacted(machine, 'capture', '--redact');
    assert.equal(readDump(out).lines.socket, readDump(LISTING).lines.socket);
  });

  for (const format of FORMATS) {
    it(`holds for each line of a watch and for its report as ${format}`, async () => {
      const machine = new FakeMachine({ ss: LISTING });
      const args = ['watch', '--redact', '--interval', '0.2', '--count', '2', '--format', format];
      const { status, out, err } = await assertRedacted(machine, ...args);
      assert.equal(status, 0, err);
      assert.equal(machine.ran.length, 2);
      assert.match(out, /\bapi\b/);
      assert.match(format === 'text' ? out : err, /^\d{4}-.*CLOSE_WAIT: api \(4321\)\s+2$/m);
      // Processes are missing, which is told.
      assert.match(err, /run as root/);
    });
  }

  it('knows the machine by a name without dots, wherever that stands', async () => {
    const rows = 'tcp ESTAB 0 0 10.99.88.77:1 10.99.88.78:2 users:(("agent-web7",pid=1,fd=3))\n';
    for (const [said, args] of [
      ['web7: permission denied', ['capture', '--redact']],
      ['', ['watch', '--count', '1', '--redact']],
      ['', ['capture', '--redact']],
    ] as const) {
      const listing = said === '' ? `${LISTING}${rows}tcp broken web7 10.99.88.77:2 ESTAB\n` : '';
      const machine = new FakeMachine({ ss: listing }, 'web7', said);
      const { out, err } = await callWith({ machine }, args);
      assert.ok(!(out + err).includes('web7'), out + err);
    }
  });

  for (const command of ['capture', 'watch']) {
    it(`holds for what a failing tool says: ${command}`, async () => {
      const errors = 'cannot reach 98.76.54.32 from web-7.corp.example';
      const machine = new FakeMachine({ ss: '' }, undefined, errors);
      const { status, err } = await assertRedacted(machine, command, '--redact');
      assert.equal(status, 2);
      assert.match(err, /cannot reach \S+ from \S+/);
    });
  }
});
