import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { callIn } from './call';

const HEAD = 'Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name\n';

function rows(...lines: readonly string[]): string {
  return HEAD + lines.map(line => `tcp 0 0 ${line}\n`).join('');
}

const ports = Array.from({ length: 7 }, (_, i) => 40_000 + i);
const WEB = rows(
  '192.0.2.3:443 0.0.0.0:* LISTEN 4321/java',
  ...ports.map(port => `192.0.2.3:${port} 192.0.2.9:5432 CLOSE_WAIT 4321/java`),
  '192.0.2.3:50000 192.0.2.9:5432 ESTABLISHED 4321/java',
  '192.0.2.3:50001 192.0.2.9:5432 ESTABLISHED 4321/java',
);
const DB = rows(
  '192.0.2.9:5432 0.0.0.0:* LISTEN 88/pgbouncer',
  '192.0.2.9:5432 192.0.2.3:50000 ESTABLISHED 88/pgbouncer',
);

describe('several files on the command line', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'netstat-lens-together-'));
    mkdirSync(path.join(folder, 'fleet', 'db-1'), { recursive: true });
    writeFileSync(path.join(folder, 'fleet', 'web-3.netstat'), WEB);
    writeFileSync(path.join(folder, 'fleet', 'db-1', 'netstat.txt'), DB);
    writeFileSync(path.join(folder, 'fleet', 'readme.md'), '# No dump\n');
    writeFileSync(path.join(folder, 'fleet', '.hidden'), DB);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const call = (...args: string[]): ReturnType<typeof callIn> => callIn(200, ...args);

  it('counts one of anything as one', async () => {
    const file = path.join(folder, 'single.txt');
    writeFileSync(file, WEB.split('\n').slice(0, 2).join('\n') + '\n');
    const { out } = await call('--together', file);
    assert.match(out, /^1 host, snapshots: 1, 1 socket$/m);
  });

  it('are one report on their hosts and what is between them', async () => {
    const { status, out, err } = await call('--together', path.join(folder, 'fleet'));
    assert.equal(status, 0, err);
    assert.match(out, /^2 hosts, 2 snapshots, 12 sockets/);
    assert.match(out, /web-3 +1 +10 +7 +1 +0/);
    assert.match(out, /web-3 +db-1 +5432 +9 +7 +1/);
    assert.match(out, /web-3: java \(4321\) has 7 in CLOSE_WAIT, closed by db-1: pgbouncer \(88\)/);
    assert.match(out, /web-3 shows 1 ESTABLISHED to port 5432 of db-1 that db-1 does not show/);
    assert.match(out, /Lines \S+web-3\.netstat:3–9\./);
  });

  it('are added to the JSON, whose dumps stay as they are', async () => {
    const fleet = path.join(folder, 'fleet');
    const plainReport = await call('--format', 'json', fleet);
    const { out } = await call('--format', 'json', '--together', fleet);
    const { together, ...rest } = JSON.parse(out) as {
      together: {
        hosts: { name: string; addresses: string[] }[];
        links: { from: string; to: string; port: number; connections: number; missing: number }[];
        findings: { host: string; lines: { source: string; line: number }[] }[];
      };
    };
    assert.deepEqual(rest, JSON.parse(plainReport.out));
    assert.deepEqual(
      together.hosts.map(({ name, addresses }) => [name, addresses]),
      [
        ['db-1', ['192.0.2.9']],
        ['web-3', ['192.0.2.3']],
      ],
    );
    const { from, to, port, connections, missing } = together.links[0]!;
    assert.deepEqual([from, to, port, connections, missing], ['web-3', 'db-1', 5432, 9, 1]);
    assert.equal(together.findings[0]?.host, 'web-3');
    assert.deepEqual(together.findings[0].lines[0], {
      source: path.join(fleet, 'web-3.netstat'),
      line: 3,
    });
  });

  it('of one host are its snapshots in time', async () => {
    const at = (minute: number): string => {
      const file = path.join(folder, `netstat-20260105-10${String(minute).padStart(2, '0')}.txt`);
      writeFileSync(file, WEB);
      return file;
    };
    const { out } = await call('--together', at(20), at(0), at(10));
    assert.match(out, /^1 host, snapshots: 3, 10 sockets/);
    assert.match(out, /7 connections in CLOSE_WAIT in all 3 snapshots, for at least 20 min\./);
  });

  it('fail where the files as one show what each does not', async () => {
    const small = rows('192.0.2.3:40000 192.0.2.9:5432 CLOSE_WAIT 4321/java');
    const files = ['a-1.txt', 'a-2.txt', 'a-3.txt'].map(name => path.join(folder, name));
    files.forEach(name => writeFileSync(name, small));
    assert.equal((await call('--fail-on', 'warning', ...files)).status, 0);
    assert.equal((await call('--fail-on', 'warning', '--together', ...files)).status, 1);
  });

  it('tell no host where names are replaced', async () => {
    const { out } = await call('--together', '--redact', path.join(folder, 'fleet'));
    assert.doesNotMatch(out.replace(/Lines .*/g, ''), /web-3|db-1|192\.0\.2\.[39]\b/);
  });

  it('tell no file where names are replaced', async () => {
    for (const format of ['text', 'json', 'csv', 'markdown']) {
      const { out } = await call(
        '--together',
        '--redact',
        '--format',
        format,
        path.join(folder, 'fleet'),
      );
      assert.doesNotMatch(out, /web-3|db-1|fleet/, format);
    }
  });

  it('are read from files only', async () => {
    assert.equal((await call('--together')).status, 2);
    assert.equal((await call('--together', '-')).status, 2);
  });

  it('are lines for a database', async () => {
    const { out } = await call('--format', 'ndjson', path.join(folder, 'fleet'));
    const lines = out
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line) as Record<string, unknown>);
    assert.equal(lines.length, 12);
    assert.deepEqual(new Set(lines.map(({ host }) => host)), new Set(['web-3', 'db-1']));
    assert.deepEqual(lines[0], {
      source: path.join(folder, 'fleet', 'db-1', 'netstat.txt'),
      host: 'db-1',
      snapshot: 1,
      time: null,
      seconds: null,
      system: 'linux',
      line: 2,
      protocol: 'tcp',
      family: 'ipv4',
      state: 'LISTEN',
      local_address: '192.0.2.9',
      local_port: 5432,
      remote_address: '0.0.0.0',
      remote_port: null,
      recv_q: 0,
      send_q: 0,
      pid: 88,
      process: 'pgbouncer',
      owners: [{ pid: 88, process: 'pgbouncer', fd: null }],
      user: null,
      inode: null,
      timer_seconds: null,
      retransmits: null,
    });
  });
});
