import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { markdownTokens, markupOf, shownBy } from '../harness/markdown';
import { call } from './call';

const LEAK = `Active Internet connections (servers and established)
Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name
tcp        0      0 192.0.2.1:9443          0.0.0.0:*               LISTEN      4321/orders-api
tcp        1      0 192.0.2.1:9443          192.0.2.7:51044         CLOSE_WAIT  4321/orders-api
tcp       28      0 192.0.2.1:9443          192.0.2.7:51046         CLOSE_WAIT  4321/orders-api
tcp6       0      0 :::80                   :::*                    LISTEN      -
udp        0      0 127.0.0.53%lo:53        0.0.0.0:*                           500/resolver
tcp broken 192.0.2.1:1 192.0.2.2:2 ESTABLISHED
`;

describe('command line', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'netstat-lens-cli-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function file(name: string, content: string | Uint8Array): string {
    const full = path.join(folder, name);
    writeFileSync(full, content);
    return full;
  }

  it('reports a leak as text', async () => {
    const { status, out } = await call(file('leak.netstat', LEAK));
    assert.equal(status, 0);
    assert.match(out, /orders-api/);
    assert.match(out, /2\s+CLOSE_WAIT/);
  });

  it('writes JSON with the documented names', async () => {
    const { out } = await call('analyze', '--format', 'json', file('leak.netstat', LEAK));
    const { schema, dumps } = JSON.parse(out) as {
      schema: number;
      dumps: {
        lines: Record<string, number>;
        unrecognised: number[];
        snapshots: {
          line: number;
          time: string | null;
          dialects: string[];
          stateCounts: Record<string, number>;
          sockets: Record<string, unknown>[];
        }[];
        closeWait: unknown[];
        findings: Record<string, unknown>[];
      }[];
    };
    assert.equal(schema, 1);
    const [dump] = dumps;
    assert.deepEqual(dump?.lines, {
      total: 8,
      socket: 5,
      continuation: 0,
      header: 2,
      blank: 0,
      text: 0,
      unrecognised: 1,
      counter: 0,
      interface: 0,
      route: 0,
    });
    assert.deepEqual(dump.unrecognised, [8]);
    const [snapshot] = dump.snapshots;
    assert.equal(snapshot?.line, 1);
    assert.equal(snapshot.time, null);
    assert.deepEqual(snapshot.dialects, ['linux-net-tools']);
    assert.deepEqual(snapshot.stateCounts, { LISTEN: 2, 'CLOSE-WAIT': 2 });
    assert.deepEqual(
      pick(snapshot.sockets[1], ['line', 'protocol', 'family', 'state', 'rawState', 'recvQ']),
      {
        line: 4,
        protocol: 'tcp',
        family: 'ipv4',
        state: 'CLOSE-WAIT',
        rawState: 'CLOSE_WAIT',
        recvQ: 1,
      },
    );
    assert.deepEqual(snapshot.sockets[1]?.['local'], {
      address: '192.0.2.1',
      port: 9443,
      service: null,
      scope: null,
    });
    assert.deepEqual(snapshot.sockets[1]['owners'], [
      { pid: 4321, process: 'orders-api', fd: null },
    ]);
    assert.equal(snapshot.sockets[4]?.['state'], null);
    assert.deepEqual(snapshot.sockets[4]['local'], {
      address: '127.0.0.53',
      port: 53,
      service: null,
      scope: 'lo',
    });
    assert.deepEqual(dump.closeWait, [
      { pid: 4321, process: 'orders-api', count: 2, unreadBytes: 27, lines: [4, 5] },
    ]);
    for (const finding of dump.findings) {
      for (const name of ['rule', 'code', 'severity', 'title', 'explanation', 'remedy', 'lines']) {
        assert.ok(name in finding, name);
      }
    }
  });

  it('writes Markdown in which nothing of the dump is Markdown', async () => {
    const hostile = LEAK.replaceAll('orders-api', '[x](javascript:1)<b>*');
    const { out } = await call('--format', 'markdown', file('hostile.netstat', hostile));
    assert.ok(
      shownBy(out).some(text => text.includes('[x](javascript:1)<b>* (4321)')),
      out,
    );
    const links = markdownTokens(out).map(token => token.attrGet('href') ?? '');
    assert.ok(!links.some(url => url.startsWith('javascript:')), out);
    assert.ok(!markupOf(out).includes('html_inline'), out);
  });

  it('shows control characters of a dump instead of sending them to the terminal', async () => {
    const hostile = LEAK.replaceAll('orders-api', 'evil\u001b[2J\u202eapi');
    const { out } = await call(file('escape.netstat', hostile));
    assert.ok(!out.includes('\u001b'));
    assert.ok(!out.includes('\u202e'));
  });

  it('fails with status 1 on a finding that is grave enough', async () => {
    const leak = file('grave.netstat', LEAK);
    const many = file(
      'many.netstat',
      LEAK +
        Array.from(
          { length: 60 },
          (_, i) =>
            `tcp        1      0 192.0.2.1:9443          192.0.2.7:${52000 + i}         CLOSE_WAIT  4321/orders-api`,
        ).join('\n'),
    );
    assert.equal((await call('--fail-on', 'error', leak)).status, 0);
    assert.equal((await call('--fail-on', 'error', many)).status, 1);
    assert.equal((await call('--fail-on', 'info', many)).status, 1);
  });

  it('names the rule that was asked for beside the one that speaks for it', async () => {
    const head = LEAK.split('\n').slice(0, 2).join('\n');
    const rows = Array.from(
      { length: 60 },
      (_, i) => `tcp 1 0 192.0.2.1:9443 192.0.2.7:${52_000 + i} CLOSE_WAIT 4321/orders-api`,
    );
    const loopFile = file(
      'loop.netstat',
      [0, 1, 2]
        .map(i => `2026-11-30 10:0${i}:00\n${head}\n${rows.slice(0, 40 + 10 * i).join('\n')}\n`)
        .join(''),
    );
    const both = await call('--rule', 'CW-2', loopFile);
    assert.match(both.out, /\[CW-\d, CW-2\]/);
    assert.doesNotMatch((await call(loopFile)).out, /, CW-2\]/);
  });

  it('fails on findings of the rules that it shows, by their code or name', async () => {
    const many = file(
      'of-rule.netstat',
      LEAK +
        Array.from(
          { length: 60 },
          (_, i) => `tcp 1 0 192.0.2.1:9443 192.0.2.7:${52_000 + i} CLOSE_WAIT 4321/orders-api\n`,
        ).join(''),
    );
    const status = async (rule: string): Promise<number> =>
      (await call('--fail-on', 'error', '--rule', rule, many)).status;
    assert.equal(await status('CW-1'), 1);
    assert.equal(await status('close-wait-leak'), 1);
    assert.equal(await status('UDP-1'), 0);
    assert.match(
      (await call('--rule', 'cw1', many)).err,
      /invalid --rule "cw1": did you mean CW-1\?/,
    );
  });

  it('changes a threshold', async () => {
    const leak = file('threshold.netstat', LEAK);
    const { out } = await call('--format', 'json', '--threshold', 'closeWaitWarning=2', leak);
    assert.match(out, /"severity":"(warning|error)"/);
  });

  it('shows at most 60 lines of any files, and the rest where asked', async () => {
    const rows = (host: number): string =>
      Array.from({ length: 300 }, (_, i) => {
        const owner = `${1000 + (i % 60)}/p${i % 60}`;
        return `tcp 1 0 10.0.${host}.1:${2000 + (i % 60)} 192.0.2.7:${20_000 + i} CLOSE_WAIT ${owner}`;
      }).join('\n');
    const head = LEAK.split('\n').slice(0, 2).join('\n');
    const dumps = Array.from({ length: 30 }, (_, i) => file(`f${i}.txt`, `${head}\n${rows(i)}\n`));
    const linesOf = (text: string): number => text.split('\n').length - 1;
    for (const files of [dumps.slice(0, 1), dumps.slice(0, 3), dumps]) {
      const { out } = await call(...files);
      assert.ok(linesOf(out) <= 60, out);
      assert.ok(files.length < 4 || out.includes('--all'), out);
      const ticket = await call('--format', 'markdown', '--fail-on', 'warning', ...files);
      assert.ok(Buffer.byteLength(ticket.out) <= 20 * 1024);
      assert.equal(ticket.status, 1);
    }
    const { out } = await call('--all', ...dumps.slice(0, 3));
    assert.ok(linesOf(out) > 60);
  });

  it('says why a file is not read, reports the others, and exits with 2', async () => {
    const { status, out, err } = await call(path.join(folder, 'missing'), file('ok.netstat', LEAK));
    assert.equal(status, 2);
    assert.match(err, /missing: there is no such file/);
    assert.match(out, /orders-api/);
  });

  it('says what to run where there is no socket', async () => {
    const { status, err } = await call(file('prose.txt', 'nothing here\n'));
    assert.equal(status, 2);
    assert.match(err, /no socket found/);
    assert.match(err, /netstat -/);
  });

  it('lists sockets as CSV', async () => {
    const { out } = await call('--format', 'csv', file('leak.netstat', LEAK));
    assert.match(out, /^source,snapshot,/);
    assert.equal(out.trimEnd().split('\r\n').length, 6);
  });

  it('writes several files as one report, and one without any', async () => {
    const files = [file('leak.netstat', LEAK), file('again.netstat', LEAK)];
    const csv = (await call('--format', 'csv', ...files)).out.split('\r\n');
    const alone = (await call('--format', 'csv', files[0]!)).out.split('\r\n');
    assert.deepEqual(csv.slice(0, alone.length - 1), alone.slice(0, -1));
    assert.equal(csv.length, alone.length * 2 - 2);
    const { dumps } = JSON.parse((await call('--format', 'json', ...files)).out) as {
      dumps: readonly { readonly source: string }[];
    };
    assert.deepEqual(
      dumps.map(({ source }) => source),
      files,
    );
    const missing = await call('--format', 'json', `${files[0]!}.missing`);
    assert.deepEqual(JSON.parse(missing.out), { schema: 1, dumps: [] });
    const none = await call('--format', 'csv', `${files[0]!}.missing`);
    assert.equal(none.out, `${alone[0]!}\r\n`);
  });

  for (const format of ['text', 'json', 'markdown', 'csv']) {
    it(`keeps addresses out of ${format} where asked`, async () => {
      const { out } = await call('--redact', '--format', format, file('leak.netstat', LEAK));
      assert.match(out, /orders.{0,2}api/);
      assert.ok(!out.includes('192.0.2.7') && !out.includes('192\\.0\\.2\\.7'), out);
    });
  }

  for (const format of ['text', 'json', 'markdown', 'csv', 'ndjson']) {
    it(`keeps the names of files out of ${format} where asked`, async () => {
      const { out, err } = await call(
        '--redact',
        '--format',
        format,
        file('zqweb-7.netstat', LEAK),
        file('zqempty.txt', 'nothing'),
        path.join(folder, 'zqmissing.txt'),
      );
      assert.match(out, /host/);
      assert.match(err, /no socket found[^]*no such file/);
      assert.doesNotMatch(out + err, /zq/);
      assert.ok(!(out + err).includes(folder), out + err);
    });
  }

  it('reads UTF-16 as PowerShell writes it', async () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(LEAK, 'utf16le')]);
    const { status, out } = await call(file('utf16.netstat', bytes));
    assert.equal(status, 0);
    assert.match(out, /orders-api/);
  });

  for (const spelling of ['CLOSE_WAIT', 'close-wait', 'CloseWait', 'SCHLIESSEN_WARTEN', '08']) {
    it(`explains ${spelling}`, async () => {
      const { status, out } = await call('explain', spelling);
      assert.equal(status, 0);
      assert.match(out, /CLOSE-WAIT/);
    });
  }

  for (const [word, title] of [
    ['TcpExtListenOverflows', 'TcpExtListenOverflows'],
    ['times the listen queue of a socket overflowed', 'TcpExtListenOverflows'],
    ['Segments Retransmitted', 'TcpRetransSegs'],
    ['EADDRINUSE', 'EADDRINUSE'],
    ['10061', 'ECONNREFUSED'],
    ['java.net.BindException: Cannot assign requested address', 'EADDRNOTAVAIL'],
  ] as const) {
    it(`explains ${word}, with or without quotes`, async () => {
      for (const args of [[word], word.split(' ')]) {
        const { status, out } = await call('explain', ...args);
        assert.equal(status, 0);
        assert.ok(out.startsWith(`${title}: `), out);
        assert.match(out, /^Sources: /m);
      }
    });
  }

  it('says which words it may mean, and repeats no more than the beginning of a long one', async () => {
    const { status, out, err } = await call('explain', 'TcpExtLisstenOverflows');
    assert.equal(status, 2);
    assert.equal(out, '');
    assert.match(
      err,
      /^netstat-lens: unknown word "TcpExtLisstenOverflows": did you mean "TcpExtListenOverflows"\?$/m,
    );
    const { err: other } = await call('explain', `q\u202e${'z'.repeat(5000)}`);
    assert.match(
      other,
      /expected a counter, an error, a column, a rule, or one of the states .*CLOSE-WAIT/,
    );
    assert.ok(other.length < 500 && !other.includes('\u202e'), other);
  });

  for (const args of [
    ['--format', 'xml'],
    ['--fail-on', 'never'],
    ['--nonsense'],
    ['explain'],
    ['explain', 'NO_SUCH_STATE'],
    ['--threshold', 'closeWaitWarning=none'],
    ['--threshold', 'constructor=1'],
  ]) {
    it(`refuses ${args.join(' ')}`, async () => {
      const { status, err, out } = await call(...args);
      assert.equal(status, 2);
      assert.equal(out, '');
      assert.match(err, /^netstat-lens: /);
    });
  }

  function pick(from: Record<string, unknown> | undefined, names: string[]): object {
    return Object.fromEntries(names.map(name => [name, from?.[name]]));
  }
});
