import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { run } from '../../src/cli/run';

const PAGE = fileURLToPath(new URL('../../docs/fleet.md', import.meta.url));

/** Runs SQL; gives the rows of the last statement. */
type Database = (sql: string) => Promise<Record<string, unknown>[]>;

/** DuckDB, where npm has it for this platform. */
async function database(): Promise<Database | null> {
  try {
    const { DuckDBInstance } = await import('@duckdb/node-api');
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    return async sql => (await connection.runAndReadAll(sql)).getRowObjectsJson();
  } catch (error) {
    console.warn(`      DuckDB is not there: ${error instanceof Error ? error.message : 'why'}`);
    return null;
  }
}

/** The SQL of the page by its headings. */
function queries(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const section of readFileSync(PAGE, 'utf8').split(/^## /m).slice(1)) {
    const sql = /```sql\n([^`]*)```/.exec(section)?.[1];
    if (sql !== undefined) {
      found.set(section.slice(0, section.indexOf('\n')), sql);
    }
  }
  return found;
}

/** Sockets of a made-up host; CLOSE_WAIT of some programs, each in its own number of sockets. */
interface Held {
  readonly pid: number;
  readonly program: string;
  readonly counts: readonly number[];
}

const HEAD = 'Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name\n';

const SSHD = 'tcp 0 0 0.0.0.0:22 0.0.0.0:* LISTEN 9/sshd\n';

/** A log of one snapshot a minute. */
function log(address: string, held: readonly Held[]): string {
  const snapshots = Math.max(...held.map(({ counts }) => counts.length));
  return Array.from({ length: snapshots }, (_, minute) => {
    const rows = held.flatMap(({ pid, program, counts }) =>
      Array.from(
        { length: counts[minute] ?? 0 },
        (__, i) =>
          `tcp6 1 0 ${address}:${30_000 + (pid % 100) * 100 + i} 192.0.2.9:5432 CLOSE_WAIT ${pid}/${program}\n`,
      ),
    );
    const now = `2026-01-05 10:${String(minute).padStart(2, '0')}:00\n`;
    return now + HEAD + SSHD + rows.join('');
  }).join('\n');
}

const WEB: readonly Held[] = [
  { pid: 4321, program: 'java', counts: [3, 8, 13, 18, 23] },
  { pid: 77, program: 'node', counts: [4, 0, 4, 0, 4] },
];
const APP: readonly Held[] = [{ pid: 5, program: 'php', counts: [0, 2, 2, 4] }];
/** `netstat -s`, of which one counter grows and one only seems to. */
function statistics(drops: number): string {
  return `Tcp:\n    ${1000 - drops} connections established\nTcpExt:\n    TCPBacklogDrop: ${drops}\n`;
}

const LISTENER = 'tcp 0 0 192.0.2.9:5432 0.0.0.0:* LISTEN 88/pgbouncer\n';
/** Two of the 23 connections of java are still there at the other end. */
const ENDS = [0, 1].map(
  i => `tcp 0 0 192.0.2.9:5432 192.0.2.3:${30_000 + 21 * 100 + i} FIN_WAIT2 88/pgbouncer\n`,
);

/** The slope of least squares, by its definition. */
function slope(values: readonly number[]): number {
  const meanX = (values.length - 1) / 2;
  const meanY = values.reduce((sum, y) => sum + y, 0) / values.length;
  const above = values.reduce((sum, y, x) => sum + (x - meanX) * (y - meanY), 0);
  return above / values.reduce((sum, _, x) => sum + (x - meanX) ** 2, 0);
}

describe('docs/fleet.md', function () {
  this.timeout(60_000);
  let folder = '';
  let ask: Database | null;

  before(async function () {
    ask = await database();
    if (ask === null) {
      this.skip();
    }
    folder = mkdtempSync(path.join(tmpdir(), 'netstat-lens-fleet-'));
    writeFileSync(path.join(folder, 'web-3.log'), log('::ffff:192.0.2.3', WEB));
    writeFileSync(path.join(folder, 'app-1.log'), log('192.0.2.4', APP));
    writeFileSync(
      path.join(folder, 'db-1.log'),
      `2026-01-05 10:00:00\n${HEAD}${LISTENER}${ENDS.join('')}`,
    );
    writeFileSync(
      path.join(folder, 'gw-1.log'),
      [3, 3, 33].map((drops, i) => `2026-01-05 10:00:${i}0\n${statistics(drops)}`).join('\n'),
    );
    const sockets = await listed('sockets');
    const counters = await listed('counters');
    for (const [heading, table] of [
      ['Load', sockets],
      ['Counters', counters],
    ] as const) {
      const file = path.join(folder, `${table.name}.ndjson`);
      writeFileSync(file, table.text);
      const load = queries().get(heading) ?? '';
      assert.ok(load.includes(`'${table.name}.ndjson'`));
      await ask(load.replace(`'${table.name}.ndjson'`, `'${file.replaceAll("'", "''")}'`));
    }
    await ask(queries().get('The newest snapshot of each host') ?? '');
  });
  after(() => {
    if (folder !== '') {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  /** What the command line lists of the folder. */
  async function listed(name: 'sockets' | 'counters'): Promise<{ name: string; text: string }> {
    let text = '';
    let told = '';
    const status = await run(['--format', 'ndjson', '--list', name, folder], {
      write: piece => {
        text += piece;
        return true;
      },
      drained: () => Promise.resolve(),
      error: piece => {
        told += piece;
      },
      colour: false,
      width: 80,
    });
    assert.equal(status, 0);
    assert.match(told, name === 'sockets' ? /gw-1\.log: no sockets,\s+only\s+counters/ : /^$/);
    return { name, text };
  }

  async function rows(heading: string): Promise<Record<string, unknown>[]> {
    const sql = queries().get(heading);
    assert.ok(ask !== null && sql !== undefined, heading);
    return ask(sql);
  }

  it('counts CLOSE_WAIT by host and process', async () => {
    const found = await rows('CLOSE_WAIT by host and process');
    assert.deepEqual(
      found.map(({ host, pid, process, close_wait, sockets }) => [
        host,
        Number(pid),
        process,
        Number(close_wait),
        Number(sockets),
      ]),
      [
        ['web-3', 4321, 'java', 23, 23],
        ['app-1', 5, 'php', 4, 4],
        ['web-3', 77, 'node', 4, 4],
      ],
    );
  });

  it('tells the growth of each', async () => {
    const found = await rows('Growth');
    const truth = [...WEB, ...APP]
      .map(({ pid, counts }) => ({ pid, growth: slope(counts), snapshots: counts.length }))
      .sort((a, b) => b.growth - a.growth);
    assert.deepEqual(
      found.map(({ pid, snapshots }) => [Number(pid), Number(snapshots)]),
      truth.map(({ pid, snapshots }) => [pid, snapshots]),
    );
    found.forEach(({ more_each_minute }, i) => {
      assert.ok(Math.abs(Number(more_each_minute) - truth[i]!.growth) < 1e-9);
    });
    assert.equal(Number(found[0]?.['more_each_minute']), 5);
  });

  it('names both ends', async () => {
    const found = await rows('Both ends');
    assert.deepEqual(
      found.map(one => [
        one['host'],
        one['process'],
        one['peer_host'],
        one['peer_process'],
        Number(one['close_wait']),
        Number(one['both_ends']),
      ]),
      [
        ['web-3', 'java', 'db-1', 'pgbouncer', 23, 2],
        ['app-1', 'php', 'db-1', 'pgbouncer', 4, 0],
        ['web-3', 'node', 'db-1', 'pgbouncer', 4, 0],
      ],
    );
  });

  it('tells what counters grew, and how fast', async () => {
    const found = await rows('Counters that grew');
    assert.deepEqual(
      found.map(({ host, name, more, more_each_second }) => [
        host,
        name,
        Number(more),
        Number(more_each_second),
      ]),
      [['gw-1', 'TcpExtTCPBacklogDrop', 30, 1.5]],
    );
  });

  it('has no query that is not tried here', () => {
    assert.deepEqual(
      [...queries().keys()],
      [
        'Load',
        'The newest snapshot of each host',
        'CLOSE_WAIT by host and process',
        'Growth',
        'Both ends',
        'Counters',
        'Counters that grew',
      ],
    );
  });
});
