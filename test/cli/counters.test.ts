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

  it('of two moments do not prove that all is well', async () => {
    const { out } = await call('analyze', file('quiet.txt', ...drops('3'), ...drops('3')));
    assert.match(out, /TcpExtTCPBacklogDrop +3 +0 +4\n/);
    assert.doesNotMatch(out, /No problems found|sums since boot/);
  });

  for (const [what, lines] of [
    ['counts by state', ['    710 CLOSE_WAIT', '      9 LISTEN']],
    ['ss -s', ['Total: 19', 'TCP:   20 (estab 4, closed 10, orphaned 1, timewait 2)']],
  ] as const) {
    it(`of two moments by ${what} are not judged`, async () => {
      const two = ['$ date', ...lines, '$ date', ...lines];
      const { status, out, err } = await call('analyze', file('two.txt', ...two));
      assert.equal(status, 0, err);
      assert.doesNotMatch(out, /No problems found|Nothing that moved/);
      const ticket = await call('analyze', '--format', 'markdown', path.join(folder, 'two.txt'));
      assert.doesNotMatch(ticket.out, /No problems found/);
      // Counts by state are no counters that rules look at.
      assert.equal(out.includes('No rule finds a problem'), what === 'ss -s');
      assert.equal(ticket.out.includes('No rule finds a problem'), what === 'ss -s');
    });
  }

  it('beside a list of sockets that is empty are not judged by it', async () => {
    const list = 'Netid State  Recv-Q Send-Q Local Address:Port Peer Address:Port Process';
    const { out } = await call(
      'analyze',
      file('list.txt', ...drops('3'), list, ...drops('3'), list),
    );
    assert.match(out, /list\.txt: 1 counter, Linux netstat -s/);
    assert.doesNotMatch(out, /No problems found|sums since boot/);
  });

  it('that got smaller are judged by the last moment alone, and the report says why', async () => {
    const overflows = (count: number): string[] => [
      'TcpExt:',
      `    ${count} times the listen queue of a socket overflowed`,
    ];
    const { out } = await call('analyze', file('fell.txt', ...overflows(38), ...overflows(10)));
    assert.match(out, /A counter got smaller: the host was started again/);
    assert.match(out, /INFO +An accept queue has overflowed: 10 connection packets/);
    assert.doesNotMatch(out, /No problems found|Nothing that moved/);
  });

  it('that the last moment lacks are judged by the one before, and the report says so', async () => {
    const { out } = await call(
      'analyze',
      file(
        'cut.txt',
        'tcp:',
        '\t5 connection requests',
        '\t38 listen queue overflows',
        '\t9 packets sent',
        'tcp:',
        '\t6 connection requests',
      ),
    );
    assert.match(out, /output from line 5 on lacks 2 of the counters that the one from line 1 on/);
    assert.match(out, /INFO +An accept queue has overflowed: 38 connection[^]*Line 3\./);
  });

  it('that grep left out are no zeros: nothing was started again', async () => {
    const { out } = await call(
      'analyze',
      file(
        'grep.txt',
        'TcpExt:',
        '    38 times the listen queue of a socket overflowed',
        '    TCPBacklogDrop: 4',
        'TcpExt:',
        '    TCPBacklogDrop: 5',
      ),
    );
    assert.match(out, /lacks 1 of the counters/);
    assert.doesNotMatch(out, /got smaller/);
  });

  it('are listed where they are worth a look, ten at most, and all where that is asked for', async () => {
    const scene = path.join(FOLDER, '03-udp-receive-buffer/after');
    const { out } = await call('analyze', path.join(scene, 'netstat-s.txt'));
    assert.match(
      out,
      /Counters worth a look\n.*Value.*\n +UdpInErrors +94 +30 +packet receive errors\n/,
    );
    assert.doesNotMatch(out, /Change|IpInReceives/);
    assert.match(out, /33 more:\s+netstat-lens --all\s+\S+netstat-s\.txt/);
    const { out: all } = await call('analyze', '--all', path.join(scene, 'netstat-s.txt'));
    assert.match(all, /IpInReceives +150 +3 /);
    assert.doesNotMatch(all, / more/);
    const { out: sockstat } = await call('analyze', path.join(scene, 'sockstat.txt'));
    assert.match(sockstat, /SockstatTcpAlloc +18 +2\n/);
    assert.equal(sockstat.match(/^ +Sockstat/gm)?.length, 10);
    assert.match(sockstat, /2 more/);
    const healthy = path.join(FOLDER, '15-healthy/after/netstat-s.txt');
    const { out: none } = await call('analyze', healthy);
    assert.match(none, /No counter that is known as a sign of trouble is above 0/);
    assert.doesNotMatch(none, /worth a look|No rule finds/);
    const once = file('few.txt', 'Tcp:', '    12 resets sent', '    3 segments retransmitted');
    const { out: few } = await call('analyze', once);
    assert.match(few, /No rule finds a problem in these counters\. Counters leave much out/);
  });

  it('are listed with what moved since the snapshot before, also in a ticket', async () => {
    const drop = (n: number): string[] => [...drops(String(n)), '    4 SYN cookies sent'];
    const text = [
      'Mon Jan  5 10:00:00 UTC 2026',
      ...drop(3),
      'Mon Jan  5 10:00:10 UTC 2026',
      ...drop(18),
    ];
    const { out } = await call('analyze', file('moved.txt', ...text));
    assert.match(out, /TcpExtTCPBacklogDrop +18 +\+15 +1\.5 +7\n/);
    const { out: ticket } = await call(
      'analyze',
      '--format',
      'markdown',
      path.join(folder, 'moved.txt'),
    );
    assert.match(ticket, /\| TcpExtTCPBacklogDrop \| 18 \| \+15 \| 1\.5 \| 7 \|/);
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

  it('are listed as a table of their own in NDJSON and CSV, where that is asked for', async () => {
    const name = file('web-7.txt', '2026-01-05 10:00:00', ...drops('9007199254740993'));
    const record = {
      source: name,
      host: 'web-7',
      snapshot: 1,
      time: '2026-01-05T10:00:00',
      seconds: Date.UTC(2026, 0, 5, 10) / 1000,
      system: 'linux',
      line: 3,
      tool: 'linux-netstat-s',
      kind: 'sum',
      name: 'TcpExtTCPBacklogDrop',
      family: null,
      interface: null,
      value: '9007199254740993',
      raw: 'TCPBacklogDrop',
    };
    const { out, err } = await call('--format', 'ndjson', '--list', 'counters', name);
    assert.deepEqual([JSON.parse(out), err], [record, '']);
    const { out: csv } = await call('--format', 'csv', '--list', 'counters', name);
    assert.deepEqual(csv.split('\r\n'), [
      Object.keys(record).join(','),
      Object.values(record)
        .map(value => value ?? '')
        .join(','),
      '',
    ]);
    // What reads sockets gets sockets.
    const { out: sockets, err: hint, status } = await call('--format', 'ndjson', name);
    assert.deepEqual([sockets, status], ['', 0]);
    assert.match(hint, /no sockets, only counters; --list counters lists those/);
    assert.equal((await call('--list', 'counters', name)).status, 2);
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
    const { out: why } = await call(
      'diff',
      path.join(folder, 'n1.txt'),
      path.join(folder, 'n2.txt'),
    );
    assert.match(why.replace(/\s+/g, ' '), /without `?-a`?, nstat prints what was counted since/);
    assert.doesNotMatch(why, /those of nstat/);
    const { out: text } = await call('analyze', path.join(folder, 'n1.txt'));
    assert.match(text, /since the same user ran it last/);
    assert.doesNotMatch(text, /since boot/);
  });

  const sockets = [
    'Proto Recv-Q Send-Q Local Address           Foreign Address         State',
    'tcp        0      0 10.0.0.1:443            10.0.0.9:51000          ESTABLISHED',
  ];

  it('of two tools of a system are compared, by their names', async () => {
    const nstat = ['#kernel', 'TcpExtTCPBacklogDrop  9  0.0', 'TcpExtSyncookiesSent  0  0.0'];
    const files = [file('tools.txt', ...drops('4')), file('nstat.txt', ...nstat)];
    const { out } = await call('diff', '--format', 'json', ...files);
    assert.deepEqual((JSON.parse(out) as { counters: unknown }).counters, [
      { name: 'TcpExtTCPBacklogDrop', from: 4, to: 9, change: 5, perSecond: null },
    ]);
  });

  it('of different systems are not compared, and it is said', async () => {
    const windows = ['TCP Statistics for IPv4', '', '  Active Opens                        = 12'];
    const { out } = await call('diff', file('l.txt', ...drops('4')), file('w.txt', ...windows));
    assert.match(out, /Counters cannot be compared: .*l\.txt, snapshot 1 shows those of\s/);
    assert.doesNotMatch(out, /No changes|By state/);
  });

  it('beside sockets of one side only make no socket new or gone', async () => {
    const listing = file('s.txt', ...sockets);
    const counters = file('c.txt', ...drops('4'));
    for (const args of [
      [listing, counters],
      [counters, listing],
    ]) {
      const { out } = await call('diff', ...args);
      assert.match(out, /Sockets cannot be compared: .*c\.txt/);
      assert.doesNotMatch(out, /No changes|By state|10\.0\.0\.9/);
      const { out: json } = await call('diff', '--format', 'json', ...args);
      const { new: added, gone } = JSON.parse(json) as { new: unknown[]; gone: unknown[] };
      assert.deepEqual([added, gone], [[], []]);
    }
  });

  it('of one side only are told as missing beside sockets that are compared', async () => {
    const { out } = await call(
      'diff',
      file('s.txt', ...sockets),
      file('both.txt', ...sockets, ...drops('4')),
    );
    assert.match(out, /Counters cannot be compared:\s.*s\.txt, snapshot 1 shows none/);
    assert.match(out, /0 new, 0 gone|No changes/);
  });

  it('say what is not compared: interfaces and routes', async () => {
    const table = (dropped: number): string[] => [
      'Kernel Interface table',
      'Iface MTU RX-OK RX-ERR RX-DRP RX-OVR TX-OK TX-ERR TX-DRP TX-OVR Flg',
      `eth0 1500 120 0 ${dropped} 0 103 0 0 0 BMRU`,
    ];
    const { out } = await call('diff', file('a.txt', ...table(1)), file('b.txt', ...table(9)));
    assert.match(out, /Interfaces and routes are not compared\./);
    assert.doesNotMatch(out, /No changes|By state|Sockets cannot/);
  });

  it('of nstat -a are sums, also without a zero', async () => {
    const at = (second: number, count: number): string[] => [
      'root@web1:~# date; nstat -asz TcpExtListenOverflows',
      `Mon Mar  4 10:00:0${second} UTC 2024`,
      '#kernel',
      `TcpExtListenOverflows           ${count}                0.0`,
    ];
    const { out } = await call('analyze', file('sums.txt', ...at(0, 1033), ...at(5, 1133)));
    assert.match(out, /100 connection packets met a full accept/);
    assert.doesNotMatch(out, /since the same user ran it last/);
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
