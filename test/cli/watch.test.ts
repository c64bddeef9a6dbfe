import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { run } from '../../src/cli/run';
import { trendOf } from '../../src/core/analysis/time/trend';
import { readDump } from '../../src/core/reading/reader';
import { type Machine, thisMachine } from '../../src/node/capturer';
import { builtProgram } from '../programs/built';
import { LeakingServer } from '../programs/leak';
import { callWith } from './call';
import { FakeMachine } from './machine';

interface Result {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the program; `onLine` sees each line on a snapshot, and may prepare the next snapshot. */
async function call(
  args: string[],
  onLine?: (line: string) => void,
  machine: Machine = thisMachine(() => []),
): Promise<Result> {
  let out = '';
  let err = '';
  const see = (text: string): void => {
    if (/^\d{4}-\d\d-\d\dT/.test(text)) {
      onLine?.(text);
    }
  };
  const output = {
    write: (text: string) => {
      out += text;
      see(text);
      return true;
    },
    drained: () => Promise.resolve(),
    error: (text: string) => {
      err += text;
      see(text);
    },
    colour: false,
    width: 100,
  };
  const status = await run(args, output, machine);
  return { status, out, err };
}

interface Report {
  readonly dumps: {
    readonly snapshots: { readonly time: string; readonly counters: readonly unknown[] }[];
    readonly findings: {
      readonly codes: readonly string[];
      readonly pid: number | null;
      readonly title: string;
      readonly evidence: readonly { readonly text: string }[];
    }[];
    readonly closeWait: { readonly pid: number; readonly count: number }[];
  }[];
}

describe('watch on the command line', function () {
  this.timeout(60_000);
  let server: LeakingServer;
  const program = builtProgram('src/cli/main.ts');

  before(function () {
    if (process.platform !== 'linux') this.skip();
  });
  beforeEach(async () => {
    server = await LeakingServer.start();
  });
  afterEach(() => server.stop());

  for (const tool of ['auto', 'proc']) {
    it(`names a leak, its count and its growth (--tool ${tool})`, async () => {
      await server.leak(7);
      const lines: string[] = [];
      let leaking = Promise.resolve();
      const args = ['--tool', tool, '--interval', '1', '--count', '4', '--format', 'json'];
      const here = thisMachine(() => []);
      // However busy the machine is, a snapshot shows what was leaked before it.
      const afterLeaking: Machine = {
        ...here,
        run: (...program) => leaking.then(() => here.run(...program)),
        lists: signal => leaking.then(() => here.lists(signal)),
      };
      const onLine = (line: string): void => {
        lines.push(line);
        leaking = leaking.then(() => server.leak(5));
      };
      const { status, out, err } = await call(
        ['watch', ...args, '--fail-on', 'warning'],
        onLine,
        afterLeaking,
      );
      await leaking;

      const [dump] = (JSON.parse(out) as Report).dumps;
      const times = dump?.snapshots.map(({ time }) => Date.parse(time)) ?? [];
      // A snapshot that comes late is due at a later second, but never between two.
      const seconds = times.map(time => (time - (times[0] ?? 0)) / 1000);
      assert.equal(seconds.length, 4);
      assert.ok(
        seconds.every((second, i) => Number.isInteger(second) && second >= i),
        seconds.join(),
      );
      const growth = trendOf(seconds.map((second, i) => ({ seconds: second, value: 7 + 5 * i })));
      const group = dump?.closeWait.find(({ pid }) => pid === server.pid);
      assert.equal(group?.count, 22);
      const finding = dump?.findings.find(({ pid }) => pid === server.pid);
      assert.ok(finding, 'a finding on the server');
      assert.ok(finding.codes.includes('CW-3'), 'a growing leak');
      assert.match(finding.title, /\b22\b/);
      const evidence = finding.evidence.map(({ text }) => text).join('\n');
      const rate = `${Math.round(growth?.perMinute ?? 0)} per minute, measured over ${seconds[3]} s`;
      assert.ok(evidence.includes(rate), `${rate}\n${evidence}`);
      assert.match(evidence, /7 connections in CLOSE_WAIT in all 4 snapshots/);
      assert.equal(status, 1);

      const counts = lines.map(
        line => new RegExp(`\\(${server.pid}\\)\\s+([^,;\\n]+)`).exec(line)?.[1],
      );
      assert.deepEqual(counts, ['7', '12 (+5)', '17 (+5)', '22 (+5)']);
      // The verdict is no part of what a program reads.
      assert.match(
        err,
        new RegExp(`\\nNot fixed, and growing\\. .*7 of 7 .*\\(${server.pid}\\)\\. New: 15\\.`),
      );
    });
  }

  it('is done with status 0 where nothing is grave enough to fail', async () => {
    const { status, out } = await call(['watch', '--interval', '0.2', '--count', '2']);
    assert.equal(status, 0);
    assert.match(out, /The newest of 2 snapshots|: \d+ sockets/);
  });

  it('ends with its report on Ctrl-C, and leaves nothing behind', async () => {
    await server.leak(12);
    const child = spawn(
      process.execPath,
      [program(), 'watch', '--interval', '30', '--fail-on', 'info'],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let out = '';
    child.stdout.once('data', () => child.kill('SIGINT'));
    child.stdout.on('data', (data: Buffer) => (out += data.toString()));
    const [status] = (await once(child, 'close')) as [number | null];
    assert.equal(status, 1);
    assert.match(out, new RegExp(`\\(${server.pid}\\) has 12 in CLOSE_WAIT`));
  });

  it('prints one capture as a dump with its time', async () => {
    const before = Date.now();
    const { status, out } = await call(['capture']);
    assert.equal(status, 0);
    const { snapshots, lines, table } = readDump(out);
    assert.equal(snapshots.length, 1);
    const time = Date.parse(snapshots[0]?.time ?? '');
    // It is printed in whole seconds.
    assert.ok(time > before - 1000 && time <= Date.now(), String(time));
    assert.equal(lines.unrecognized, 0);
    assert.ok(table.pid.includes(server.pid));
  });

  it("adds the system's counters to a capture where they are wanted", async () => {
    const { out } = await call(['capture', '--counters', 'on', '--tool', 'proc']);
    const { snapshots, lines, table } = readDump(out);
    assert.equal(snapshots.length, 1);
    assert.equal(lines.unrecognized, 0);
    assert.ok(table.pid.includes(server.pid));
    const names = snapshots.flatMap(({ counted }) => counted.flatMap(one => one.counters));
    for (const name of ['TcpRetransSegs', 'TcpExtListenOverflows', 'SockstatTcpAlloc']) {
      assert.ok(
        names.some(counter => counter.name === name),
        name,
      );
    }
  });

  it("watches the system's counters unless they are not wanted", async () => {
    const args = ['--count', '1', '--format', 'json', '--tool', 'proc'];
    const counters = async (...more: string[]): Promise<number | undefined> => {
      const { out } = await call(['watch', ...args, ...more]);
      return (JSON.parse(out) as Report).dumps[0]?.snapshots[0]?.counters.length;
    };
    assert.ok(((await counters()) ?? 0) > 100);
    assert.equal(await counters('--counters', 'off'), 0);
  });

  it('says that a tool is not there', async () => {
    const { status, err } = await call(['watch', '--tool', 'powershell']);
    assert.equal(status, 2);
    assert.match(err, /cannot be listed: powershell does not list sockets on\s+linux/);
  });

  for (const args of [
    ['watch', '--interval', 'soon'],
    ['watch', '--interval', '0'],
    ['watch', '--count', '1.5'],
    ['watch', '--tool', 'sh'],
    ['watch', '--counters', 'yes'],
    ['analyze', '--counters', 'on', 'file'],
    ['watch', 'file'],
    ['capture', 'file'],
    ['--count', '3'],
    ['capture', '--interval', '5'],
  ]) {
    it(`refuses ${args.join(' ')}`, async () => {
      const { status, err, out } = await call(args);
      assert.equal(status, 2);
      assert.equal(out, '');
      assert.match(err, /^netstat-lens: /);
    });
  }
});

describe('what a watch says of itself', () => {
  const LEAK =
    'State Recv-Q Send-Q Local Address:Port Peer Address:Port Process\n' +
    Array.from(
      { length: 5 },
      (_, i) => `CLOSE-WAIT 1 0 192.0.2.1:${9000 + i} 192.0.2.7:443 users:(("api",pid=7,fd=3))\n`,
    ).join('');
  const ARGS = ['watch', '--count', '2', '--interval', '0.2', '--counters', 'off'];

  it('names a command for more that reads no file of the name of the host', async () => {
    const machine = new FakeMachine({ ss: LEAK });
    const { out } = await callWith({ machine }, ARGS);
    const command = /Reasons and sources: (.*)\n/.exec(out)?.[1] ?? '';
    assert.equal(command, 'netstat-lens watch --count 2 --interval 0.2 --counters off --explain');
    const again = await callWith({ machine }, command.split(' ').slice(1));
    assert.equal(again.status, 0, again.err);
    assert.match(again.out, /RFC 9293/);
    const { out: markdown } = await callWith({ machine }, [...ARGS, '--format', 'markdown']);
    assert.doesNotMatch(markdown, /netstat-lens .*web-7/);
  });

  it('names its host alike in every format', async () => {
    const machine = new FakeMachine({ ss: LEAK });
    // The same listing is another moment where its time says so, to the second.
    const seconds = ARGS.map(word => (word === '0.2' ? '1.1' : word));
    const json = await callWith({ machine }, [...seconds, '--format', 'json']);
    const parsed = JSON.parse(json.out) as {
      dumps: { source: string; snapshots: { host: string | null }[] }[];
    };
    const hosts = parsed.dumps.flatMap(({ snapshots }) => snapshots.map(({ host }) => host));
    assert.deepEqual(hosts, ['web-7.corp.example', 'web-7.corp.example']);
    const lines = await callWith({ machine }, [...ARGS, '--format', 'ndjson']);
    const [first = ''] = lines.out.split('\n');
    assert.equal((JSON.parse(first) as { host: string }).host, 'web-7.corp.example');
    const hidden = await callWith({ machine }, [...ARGS, '--format', 'json', '--redact']);
    assert.doesNotMatch(hidden.out + hidden.err, /web-7/);
    const [redacted] = (JSON.parse(hidden.out) as typeof parsed).dumps;
    assert.equal(redacted?.snapshots[0]?.host, redacted?.source);
  });

  it('counts one socket as one', async () => {
    const machine = new FakeMachine({ ss: LEAK.split('\n').slice(0, 2).join('\n') + '\n' });
    const { out } = await callWith({ machine }, ARGS);
    assert.match(out, / {2}1 socket; CLOSE-WAIT 1/);
    assert.doesNotMatch(out, /\b1 sockets/);
  });
});
