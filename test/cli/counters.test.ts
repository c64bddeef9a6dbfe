import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { call } from './call';

const FOLDER = path.join(import.meta.dirname, '../core/statistics/captures');

describe('counters on the command line', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'netstat-lens-counters-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function file(name: string, ...lines: readonly string[]): string {
    const full = path.join(folder, name);
    writeFileSync(full, `${lines.join('\n')}\n`);
    return full;
  }

  const drops = (count: string): string[] => ['TcpExt:', `    TCPBacklogDrop: ${count}`];

  it('are a dump without sockets, of which one moment proves nothing', async () => {
    const { status, out, err } = await call('analyze', file('one.txt', ...drops('3')));
    assert.equal(status, 0, err);
    assert.match(out, /one\.txt: 1 counter, Linux netstat -s/);
    assert.match(out, /sums since boot/);
    assert.doesNotMatch(out, /No problems found/);
  });

  it('are listed in JSON, beyond 2^53 as a string, with lines from 1 on', async () => {
    const { out } = await call(
      'analyze',
      '--format',
      'json',
      file('big.txt', ...drops('9007199254740993'), '    4 SYN cookies sent'),
    );
    const { dumps } = JSON.parse(out) as {
      dumps: { lines: { counter: number }; snapshots: Record<string, unknown>[] }[];
    };
    assert.equal(dumps[0]?.lines.counter, 3);
    assert.deepEqual(dumps[0].snapshots[0]?.['counters'], [
      { line: 2, name: 'TcpExtTCPBacklogDrop', value: '9007199254740993', raw: 'TCPBacklogDrop' },
      { line: 3, name: 'TcpExtSyncookiesSent', value: 4, raw: 'SYN cookies sent' },
    ]);
    assert.deepEqual(dumps[0].snapshots[0]['sockets'], []);
  });

  it('are not alone: interfaces and routes are listed in JSON, and are what a file may hold', async () => {
    const { status, out } = await call(
      'analyze',
      '--format',
      'json',
      file(
        'links.txt',
        'Kernel Interface table',
        'Iface      MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg',
        'eth0      1500 18446744073709551615      1      2 3         4      5      6      7 BMRU',
        'default via 192.0.2.1 dev eth0 proto dhcp metric 100 ',
        'blackhole 203.0.113.0/24 ',
      ),
    );
    assert.equal(status, 0);
    const { dumps } = JSON.parse(out) as {
      dumps: { lines: Record<string, number>; snapshots: Record<string, unknown>[] }[];
    };
    assert.equal(dumps[0]?.lines['interface'], 3);
    assert.equal(dumps[0].lines['route'], 2);
    assert.deepEqual(dumps[0].snapshots[0]?.['interfaces'], [
      {
        line: 3,
        name: 'eth0',
        mtu: 1500,
        rx: {
          packets: '18446744073709551615',
          bytes: null,
          errors: 1,
          dropped: 2,
          overruns: 3,
          missed: null,
        },
        tx: {
          packets: 4,
          bytes: null,
          errors: 5,
          dropped: 6,
          overruns: 7,
          carrier: null,
          collisions: null,
        },
        flags: 'BMRU',
      },
    ]);
    const route = { family: 'IPv4', interface: null, metric: null, flags: null, table: null };
    assert.deepEqual(dumps[0].snapshots[0]['routes'], [
      {
        ...route,
        line: 4,
        destination: '0.0.0.0',
        prefixLength: 0,
        gateway: '192.0.2.1',
        interface: 'eth0',
        metric: 100,
        type: 'unicast',
      },
      {
        ...route,
        line: 5,
        destination: '203.0.113.0',
        prefixLength: 24,
        gateway: null,
        type: 'blackhole',
      },
    ]);
  });

  it('beside interfaces and routes say so in the report, and alone too', async () => {
    const { out } = await call(
      'analyze',
      file(
        'routes.txt',
        'default via 192.0.2.1 dev eth0 proto dhcp metric 100 ',
        '192.0.2.0/24 dev eth0 proto kernel scope link src 192.0.2.7 ',
      ),
    );
    assert.match(out, /routes\.txt: 2 routes, ip route/);
    assert.doesNotMatch(out, /No problems found/);
  });

  it('by state are counts and no counters', async () => {
    const { out } = await call(
      'analyze',
      '--format',
      'json',
      file('states.txt', '    710 CLOSE_WAIT', '      9 LISTEN'),
    );
    const { dumps } = JSON.parse(out) as { dumps: { snapshots: Record<string, unknown>[] }[] };
    assert.deepEqual(dumps[0]?.snapshots[0]?.['counters'], []);
    assert.deepEqual(dumps[0].snapshots[0]['counts'], [
      { line: 1, state: 'CLOSE-WAIT', count: 710, raw: 'CLOSE_WAIT' },
      { line: 2, state: 'LISTEN', count: 9, raw: 'LISTEN' },
    ]);
  });

  it('have no rate without times, and one with them', async () => {
    const one = [
      {
        name: 'TcpExtTCPBacklogDrop',
        from: 0,
        to: 15,
        change: 15,
        perSecond: null as number | null,
      },
    ];
    const counters = async (...files: readonly string[]): Promise<unknown> => {
      const { status, out, err } = await call('diff', '--format', 'json', ...files);
      assert.equal(status, 0, err);
      return (JSON.parse(out) as { counters: unknown }).counters;
    };
    // A section without the line: the tool leaves out zeros.
    const before = file('a.txt', 'TcpExt:', '    4 SYN cookies sent');
    const after = file('b.txt', ...drops('15'), '    4 SYN cookies sent');
    assert.deepEqual(await counters(before, after), one);
    const both = file(
      'both.txt',
      'Mon Jan  5 10:00:00 UTC 2026',
      'TcpExt:',
      '    4 SYN cookies sent',
      'Mon Jan  5 10:00:10 UTC 2026',
      ...drops('15'),
      '    4 SYN cookies sent',
    );
    assert.deepEqual(await counters(both), [{ ...one[0]!, perSecond: 1.5 }]);
  });

  it('that got smaller have no rate, and the report says why', async () => {
    const text = [
      'Mon Jan  5 10:00:00 UTC 2026',
      ...drops('15'),
      'Mon Jan  5 10:00:10 UTC 2026',
      ...drops('3'),
    ];
    const { out } = await call('diff', '--format', 'json', file('reset.txt', ...text));
    assert.deepEqual((JSON.parse(out) as { counters: unknown }).counters, [
      { name: 'TcpExtTCPBacklogDrop', from: 15, to: 3, change: -12, perSecond: null },
    ]);
    const { out: plain } = await call('diff', path.join(folder, 'reset.txt'));
    assert.match(plain, /A counter got smaller/);
    assert.doesNotMatch(plain, /Nothing changed|By state/);
  });

  it('of nstat without zeros may be increments, which are not compared', async () => {
    const nstat = (count: number): string[] => ['#kernel', `TcpActiveOpens  ${count}  0.0`];
    const { out } = await call(
      'diff',
      '--format',
      'json',
      file('n1.txt', ...nstat(5)),
      file('n2.txt', ...nstat(9)),
    );
    assert.deepEqual((JSON.parse(out) as { counters: unknown }).counters, []);
    const { out: text } = await call('analyze', path.join(folder, 'n1.txt'));
    assert.match(text, /since the same user ran it last/);
    assert.doesNotMatch(text, /since boot/);
  });

  it('move in diff as the kernel says', async () => {
    const scene = path.join(FOLDER, '07-time-wait-overflow');
    const { out } = await call(
      'diff',
      path.join(scene, 'before/netstat-s.txt'),
      path.join(scene, 'after/netstat-s.txt'),
    );
    assert.match(out, /TcpExtTCPTimeWaitOverflow +0 +15 +\+15/);
  });
});
