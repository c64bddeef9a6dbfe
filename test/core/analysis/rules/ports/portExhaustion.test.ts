import assert from 'node:assert/strict';

import { plain } from '../../../../../src/core/wording/text';
import {
  analysed,
  assertNeverSaid,
  expectFinding,
  expectSilence,
  many,
  netstat,
  row,
  ss,
  windows,
} from '../../scene';

const waiting = (count: number, remote = '198.51.100.5:8080', local = '192.0.2.1'): string =>
  netstat(
    ...many(count, i =>
      row('TIME_WAIT', `${local}:${32_768 + i}`, remote, { timer: 'timewait (30.00/0/0)' }),
    ),
  );

describe('TW-1', () => {
  it('warns at half of the range to one destination, and makes an error of 80 %', () => {
    expectFinding(waiting(14_116), 'TW-1', {
      severity: 'warning',
      title: /to 198\.51\.100\.5:8080 are most likely running out: 14,116 of 28,232/,
    });
    expectSilence(waiting(14_115), 'TW-1');
    expectFinding(waiting(22_586), 'TW-1', { severity: 'error' });
  });

  describe('in a listing that was cut short', () => {
    const few = (remote: (i: number) => string, local = '192.0.2.1'): string =>
      [
        '$ ss -tan | head -60',
        ss(...many(40, i => `TIME-WAIT 0 0 ${local}:${40_000 + i} ${remote(i)}`)),
      ].join('\n');
    const one = (): string => '198.51.100.5:8080';
    const counted = (count: number): string => `  ${count} TIME-WAIT\n    160 ESTAB\n`;
    const failed = (target: string): string =>
      `2026/11/27 10:14:22 [crit] 650#650: *9 connect() to ${target} failed (99: Cannot assign requested address) while connecting to upstream\n`;

    it('goes by how many were counted', () => {
      expectFinding(counted(28_231) + few(one), 'TW-1', {
        severity: 'error',
        title:
          'Ports to 198.51.100.5:8080 are most likely running out: nearly all listed connections go there, and 28,231 are in TIME_WAIT',
      });
      expectFinding(counted(15_000) + few(one), 'TW-1', { severity: 'warning' });
      for (const text of [
        counted(14_000) + few(one),
        counted(28_231) + few(i => `198.51.100.${i % 9}:8080`),
        counted(28_231) + few(one).replace('| head', '| grep 198.51.100.5 | head'),
        counted(28_231) + few(() => '127.0.0.1:8080', '127.0.0.1'),
        counted(28_231) + 'net.ipv4.tcp_tw_reuse = 1\n' + few(one),
        counted(28_231) + few(i => `198.51.100.5:${50_000 + i}`),
      ]) {
        expectSilence(text, 'TW-1');
      }
    });

    it('does not go by a count beside a listing that is whole', () => {
      const rows = few(one).split('\n').slice(1).join('\n');
      const totals = 'TCP:   28400 (estab 40, closed 28300, orphaned 2, timewait 28231)\n';
      const sockstat = 'sockets: used 300\nTCP: inuse 44 orphan 2 tw 28231 alloc 60 mem 12\n';
      for (const gauge of [counted(28_231), totals, sockstat]) {
        expectFinding(gauge + few(one), 'TW-1', { severity: 'error' });
        for (const whole of ['', '$ ss -tan\n', '$ ss -tan state time-wait\n']) {
          const text = gauge + whole + rows;
          expectSilence(text, 'TW-1');
          const { caveats } = expectFinding(text, 'CT-25', { severity: 'info' });
          assert.match(plain(caveats[0]!), /^Only 40 are listed here\. .* of another moment/);
        }
      }
      assertNeverSaid(counted(28_231) + few(one), /are listed here/);
    });

    it('goes by what says that no port was left', () => {
      for (const text of [
        failed('198.51.100.5:8080') + few(one),
        `connect() failed: Cannot assign requested address\n${few(one)}`,
        `2026-11-30 03:11:09 ERROR pool: dial tcp 198.51.100.5:8080: connect: cannot assign requested address\n${few(one)}`,
        `connect: Can't assign requested address\n${few(one)}`,
      ]) {
        const found = expectFinding(text, 'TW-1', {
          severity: 'info',
          confidence: 'low',
          title:
            'Ports to 198.51.100.5:8080 are most likely running out: nearly all listed connections go there, and connect() has failed',
        });
        assert.match(plain(found.evidence[0]!.text), /^Line 1 has a message/);
      }
      // Where the log names loopback, what it takes again did not help.
      const loopback = few(() => '127.0.0.1:9000', '127.0.0.1');
      expectFinding(failed('127.0.0.1:9000') + counted(28_239) + loopback, 'TW-1', {
        severity: 'error',
      });
      for (const text of [
        failed('203.0.113.9:443') + few(one),
        `bind() to 192.0.2.77:80 failed (99: Cannot assign requested address)\n${few(one)}`,
        `connect() failed: Cannot assign requested address\n${few(i => `198.51.100.${i % 9}:8080`)}`,
      ]) {
        expectSilence(text, 'TW-1');
      }
    });
  });

  it('goes by the settings that the dump shows', () => {
    const range = (from: number, to: number) => `net.ipv4.ip_local_port_range = ${from}\t${to}\n`;
    assertNeverSaid(
      range(32_768, 60_999) + waiting(14_116),
      /default port range|ip_local_port_range net/,
    );
    assert.match(
      plain(expectFinding(range(32_768, 60_999) + waiting(14_116), 'TW-1').title),
      /of 28,232/,
    );
    expectSilence(range(1024, 65_535) + waiting(25_000), 'TW-1');
    expectFinding(range(32_768, 42_767) + waiting(5000), 'TW-1', { title: /of 10,000/ });
    // Below the sockets as well.
    expectSilence(waiting(25_000) + range(1024, 65_535), 'TW-1');
  });

  it('does not count ports that are reserved, where the dump shows them', () => {
    const reserved = (list: string): string => `net.ipv4.ip_local_reserved_ports = ${list}\n`;
    const range = 'net.ipv4.ip_local_port_range = 32768\t60999\n';
    for (const text of [
      reserved('8080,48000-60999') + waiting(8000),
      range + reserved('48000-49999,50000-60999,61001,61003-61010') + waiting(8000),
      waiting(8000) + '$ cat /proc/sys/net/ipv4/ip_local_reserved_ports\n48000-60999\n',
    ]) {
      assert.match(plain(expectFinding(text, 'TW-1').title), /of 15,232/);
    }
    // What stands on reserved ports was not given by the kernel.
    expectSilence(reserved('32768-39999') + waiting(14_116), 'TW-1');
    for (const list of ['', '8080', '61000-61099']) {
      assert.match(
        plain(expectFinding(reserved(list) + waiting(14_116), 'TW-1').title),
        /of 28,232/,
      );
    }
    expectSilence(reserved('32768-60999') + waiting(14_116), 'TW-1');
  });

  it('does not count TIME_WAIT where its ports are taken again', () => {
    const reuse = (value: number) => `net.ipv4.tcp_tw_reuse = ${value}\n`;
    expectSilence(reuse(1) + waiting(25_000), 'TW-1');
    // 2, the default, is for loopback.
    expectFinding(reuse(2) + waiting(25_000), 'TW-1');
    expectFinding(reuse(0) + waiting(25_000), 'TW-1');
    expectFinding(
      reuse(1) +
        netstat(
          ...many(27_900, i => row('ESTABLISHED', `192.0.2.1:${32_768 + i}`, '192.0.2.9:8080')),
        ),
      'TW-1',
      { title: /27,900 of 28,232 are in use$/ },
    );
  });

  it('counts each destination for itself on Linux', () => {
    const two = netstat(
      ...many(20_000, i =>
        row('TIME_WAIT', `192.0.2.1:${32_768 + (i >> 1)}`, `198.51.100.${5 + (i & 1)}:8080`),
      ),
    );
    expectSilence(two, 'TW-1');
  });

  it('is silent about loopback on Linux and about servers', () => {
    expectSilence(waiting(20_000, '127.0.0.1:8080', '127.0.0.1'), 'TW-1');
    const server = netstat(
      ...many(20_000, i => row('TIME_WAIT', '192.0.2.1:40000', `198.51.100.5:${1024 + i}`)),
    );
    expectSilence(server, 'TW-1');
  });

  it('counts all dynamic ports on Windows', () => {
    const rows = (count: number): string =>
      windows(...many(count, i => `TIME_WAIT 192.0.2.1:${49_152 + i} 198.51.100.${i % 200}:443 0`));
    expectFinding(rows(8192), 'TW-1', { severity: 'warning', title: /8,192 of 16,384/ });
    expectSilence(rows(8191), 'TW-1');
  });

  it('goes by the range that netsh shows on Windows', () => {
    const range = (count: number, protocol = 'tcp'): string =>
      [
        `C:\\>netsh int ipv4 show dynamicport ${protocol}`,
        '',
        `Protocol ${protocol} Dynamic Port Range`,
        '---------------------------------',
        'Start Port      : 49152',
        `Number of Ports : ${count}`,
        '',
        'C:\\>netstat -ano',
        '',
      ].join('\r\n');
    const rows = windows(
      ...many(254, i => `TIME_WAIT 192.0.2.1:${49_152 + i} 198.51.100.5:1433 0`),
    );
    expectFinding(range(255) + rows, 'TW-1', { severity: 'error', title: /254 of 255 in use/ });
    assertNeverSaid(range(255) + rows, /default port range/);
    expectSilence(range(16_384) + rows, 'TW-1');
    expectSilence(range(255, 'udp') + rows, 'TW-1');
    const german = range(255)
      .replace('Protocol tcp Dynamic Port Range', 'Protokoll tcp - dynamischer Portbereich')
      .replace('Start Port ', 'Startport ')
      .replace('Number of Ports', 'Anzahl von Ports');
    expectFinding(german + rows, 'TW-1', { severity: 'error' });
  });

  it('counts open connections as well, and says how to have fewer of them', () => {
    const open = netstat(
      ...many(27_900, i => row('ESTABLISHED', `127.0.0.1:${32_768 + i}`, '127.0.0.1:8080')),
    );
    const found = expectFinding(open, 'TW-1', {
      severity: 'error',
      title: 'Ports to 127.0.0.1:8080 are most likely running out: 27,900 of 28,232 are in use',
    });
    assert.match(plain(found.remedy[0]!), /^Most of the connections are open\. Limit/);
    assertNeverSaid(open, /TIME_WAIT/);
  });

  it('counts only open ones to loopback, where TIME_WAIT is taken again', () => {
    const mixed = (open: number): string =>
      netstat(
        ...many(open, i => row('ESTABLISHED', `127.0.0.1:${32_768 + i}`, '127.0.0.1:8080')),
        ...many(28_232 - open, i =>
          row('TIME_WAIT', `127.0.0.1:${32_768 + open + i}`, '127.0.0.1:8080'),
        ),
      );
    expectSilence(mixed(14_000), 'TW-1');
    expectFinding(mixed(14_200), 'TW-1', { severity: 'warning' });
  });

  it('sees that programs bind an address before they connect', () => {
    const to = (i: number): string => `198.51.100.${i % 200}:443`;
    const bound = netstat(
      ...many(20_000, i => row('ESTABLISHED', `192.0.2.1:${33_000 + i}`, to(i))),
    );
    expectFinding(bound, 'TW-1', {
      severity: 'warning',
      confidence: 'low',
      title:
        'Ports of 192.0.2.1 for outgoing connections may run out: 20,000 of 28,232 in use, none of them shared',
    });
    // As connect() alone gives them out: one port for several destinations.
    const shared = netstat(
      ...many(20_000, i =>
        row(
          'ESTABLISHED',
          `192.0.2.1:${32_768 + ((i * 7919) % 17_000)}`,
          `198.51.100.${i % 199}:443`,
        ),
      ),
    );
    expectSilence(shared, 'TW-1');
  });

  it('leaves servers with clients on high ports alone', () => {
    const server = netstat(
      ...many(20_000, i =>
        row('ESTABLISHED', `192.0.2.1:${33_000 + i}`, `198.51.100.${i % 200}:${40_000 + i}`),
      ),
    );
    expectSilence(server, 'TW-1');
  });

  it('counts all dynamic ports on macOS, and names its own ways out', () => {
    const macos = { system: 'macos' } as const;
    const mac = (count: number): string =>
      [
        'Active Internet connections (including servers)',
        'Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)',
        ...many(
          count,
          i => `tcp4  0  0  192.0.2.23.${49_152 + i}  198.51.100.${i % 180}.443  TIME_WAIT`,
        ),
        '',
      ].join('\n');
    expectFinding(mac(16_100), 'TW-1', { severity: 'error', title: /16,100 of 16,384/ }, macos);
    assertNeverSaid(mac(16_100), /tcp_tw|net\.ipv4|netsh|10048|Windows|Linux/, macos);
    expectSilence(mac(8000), 'TW-1', macos);
  });

  it('explains the TIME_WAIT it is about, and gives the quick relief early', () => {
    const found = expectFinding(waiting(27_000), 'TW-1', { code: 'TW-1', severity: 'error' });
    assert.deepEqual(
      analysed(waiting(27_000)).findings.map(({ code }) => code),
      ['TW-1'],
    );
    assert.match(found.remedy.slice(0, 2).map(plain).join(' '), /tcp_tw_reuse=1/);
    // What waits on a port that is served here takes no outgoing port.
    const served = netstat(
      row('LISTEN', '0.0.0.0:80', '0.0.0.0:*', { owner: '1/nginx' }),
      ...many(15_000, i => row('TIME_WAIT', `192.0.2.1:${32_768 + i}`, '198.51.100.5:8080')),
      ...many(15_000, i => row('TIME_WAIT', '192.0.2.1:80', `203.0.113.5:${1024 + i}`)),
    );
    assert.deepEqual(
      analysed(served).findings.map(({ code }) => code),
      ['TW-1', 'TW-2'],
    );
  });

  it('names the commonest destination and the program on Windows, whose TIME_WAIT has no process', () => {
    const found = expectFinding(
      windows(
        ...many(
          14_000,
          i => `TIME_WAIT 192.0.2.1:${49_152 + i} 198.51.100.${i % 4 ? 7 : 8}:1433 0`,
        ),
        // Ports that were taken again while the list was made.
        ...many(20, i => `TIME_WAIT 192.0.2.1:${64_000 + i} 198.51.100.7:1433 0`),
        ...many(30, i => `ESTABLISHED 192.0.2.1:${64_000 + i} 198.51.100.7:1433 5120`),
        ...many(10, i => `ESTABLISHED 192.0.2.1:${64_100 + i} 198.51.100.9:443 ${600 + i}`),
      ),
      'TW-1',
      { pid: null },
    );
    const said = found.evidence.map(({ text }) => plain(text));
    assert.ok(
      said.includes('Most frequent destination: 198.51.100.7:1433, 10,530 of 14,040 connections.'),
      said.join('\n'),
    );
    assert.ok(
      said.includes('Process 5120 holds 30 of the 40 that are not in TIME_WAIT.'),
      said.join('\n'),
    );
  });

  it('names no other system on Windows', () => {
    const rows = many(16_000, i => `TIME_WAIT 192.0.2.1:${49_152 + i} 198.51.100.7:443 0`);
    assertNeverSaid(windows(...rows), /sysctl|tcp_tw|net\.|Linux|EADDRNOTAVAIL/);
  });
});
