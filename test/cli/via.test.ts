import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';

import { readDump } from '../../src/core/reading/reader';
import { call } from './call';

/* Prefixes themselves are tested with the machines that they reach (test/node/remoteMachine). */
describe('--via on the command line', function () {
  this.timeout(60_000);
  let server: Server | undefined;
  let folder = '';
  /** Prefixes behind which a stand-in lists sockets of a machine of its own. */
  let others: string[] = [];

  before(async function () {
    if (process.platform !== 'linux') this.skip();
    folder = mkdtempSync(path.join(tmpdir(), 'netstat-lens-via-'));
    others = ['192.0.2.1', '192.0.2.2'].map(machineAt);
    const listening = createServer();
    server = listening;
    await new Promise<void>(resolve => listening.listen(0, '127.0.0.1', resolve));
  });
  after(() => {
    server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function machineAt(address: string): string {
    const programs = path.join(folder, address);
    mkdirSync(programs);
    const listing =
      'Netid State Recv-Q Send-Q Local Address:Port Peer Address:Port Process\n' +
      `tcp ESTAB 0 0 ${address}:443 198.51.100.7:5000 users:(("api",pid=7,fd=3))\n`;
    const enter = path.join(programs, 'enter');
    writeFileSync(path.join(programs, 'ss'), `#!/bin/sh\ncat <<'END'\n${listing}END\n`, {
      mode: 0o755,
    });
    // What is run there looks in the system's folders first.
    const program = `for word do
  shift
  set -- "$@" "$(printf '%s' "$word" | sed 's|PATH=/usr|PATH=${programs}:/usr|')"
done
exec "$@"`;
    writeFileSync(enter, `#!/bin/sh\n${program}\n`, { mode: 0o755 });
    return enter;
  }

  it('prints a capture below the name of its machine', async () => {
    const { status, out, err } = await call('capture', '--via', 'env', '--counters', 'on');
    assert.equal(status, 0, err);
    assert.ok(out.startsWith(`==> ${hostname()} <==\n20`), out.slice(0, 200));
    const { snapshots, lines, table } = readDump(out);
    assert.equal(snapshots.length, 1);
    assert.equal(lines.unrecognized, 0);
    assert.ok(table.pid.includes(process.pid));
    assert.ok((snapshots[0]?.counted.length ?? 0) > 0);
  });

  it('watches several machines as hosts, each with its lines, and reports on all', async () => {
    const vias = others.flatMap(prefix => ['--via', prefix]);
    // The same listing is another moment where its time says so, to the second.
    const args = ['--count', '2', '--interval', '1.1', '--counters', 'off'];
    const [one, two] = [hostname(), `${hostname()}-2`];
    const { status, out, err } = await call('watch', ...vias, ...args);
    assert.equal(status, 0, err);
    for (const host of [one, two]) {
      const lines = out
        .split('\n')
        .filter(line => /^20\S+ {2}/.test(line) && line.includes(`  ${host}  `));
      assert.equal(lines.length, 2, out);
    }
    assert.match(out, /^2 hosts, 4 snapshots/m);
    const json = await call('watch', ...vias, ...args, '--format', 'json');
    const { dumps, together } = JSON.parse(json.out) as {
      dumps: { source: string; snapshots: unknown[] }[];
      together: { hosts: { name: string }[] };
    };
    assert.deepEqual(dumps.map(({ source, snapshots }) => [source, snapshots.length]).sort(), [
      [one, 2],
      [two, 2],
    ]);
    assert.deepEqual(together.hosts.map(({ name }) => name).sort(), [one, two].sort());
    const csv = await call('watch', ...vias, '--count', '1', '--format', 'csv');
    const rows = csv.out.split('\n');
    assert.equal(rows.filter(line => line === rows[0]).length, 1, 'one line of columns');
    assert.ok(rows.length > 2, csv.out);
  });

  it('goes on with the machines that can be reached, and fails in the end', async () => {
    const { status, out, err } = await call(
      ...[
        'watch',
        '--via',
        'env',
        '--via',
        'no-such-program x',
        '--count',
        '2',
        '--interval',
        '0.2',
      ],
    );
    assert.equal(status, 2);
    assert.match(
      err,
      /the sockets of no-such-program x cannot be listed: no-such-program is not found/,
    );
    assert.match(out, new RegExp(`^${hostname()}: \\d+ socket`, 'm'));
  });

  it('names no machine where it is to redact', async () => {
    const { status, out, err } = await call(
      ...['watch', '--redact', ...others.flatMap(prefix => ['--via', prefix]), '--count', '1'],
    );
    assert.equal(status, 0, err);
    assert.ok(!(out + err).includes(`${hostname()} `), out + err);
    assert.match(out, /^2 hosts, 2 snapshots/m);
    const failed = await call(
      'capture',
      '--redact',
      '--via',
      'no-such-program web-77.corp.example',
    );
    assert.equal(failed.status, 2);
    assert.ok(!failed.err.includes('web-77'), failed.err);
  });
});
