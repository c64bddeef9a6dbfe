import assert from 'node:assert/strict';
import {
  analysed,
  expectFinding,
  expectHealthy,
  expectSilence,
  loop,
  many,
  netstat,
  row,
  ss,
  statistics,
  titles,
} from '../../scene';
import { RouteTable } from '../../../../../src/core/analysis/kit/unanswered/routes';
import { readDump } from '../../../../../src/core/reading/reader';

const LINK = '192.0.2.0/24 dev eth0 proto kernel scope link src 192.0.2.10 ';
const DEFAULT = 'default via 192.0.2.1 dev eth0 proto dhcp metric 100 ';
const lines = (...list: readonly string[]): string => [...list, ''].join('\n');

/** How it says that there may be other tables of routes. */
const OTHER_TABLES = 'Other tables are not listed here';

const syns = (remote: string, local = '192.0.2.10'): string =>
  netstat(
    ...many(3, i =>
      row('SYN_SENT', `${local}:${40000 + i}`, `${remote}:443`, {
        owner: '7/curl',
        timer: 'on (0.18/5/0)',
      }),
    ),
  );

describe('RO-1 connect-without-route', () => {
  it('speaks where no route leads, in place of the silence that it causes', () => {
    const text = syns('203.0.113.9') + lines(LINK);
    const found = expectFinding(text, 'RO-1', {
      code: 'RO-1',
      severity: 'warning',
      confidence: 'medium',
      process: 'curl',
      rows: 3,
      title: 'curl (7) most likely has lost its route to 203.0.113.9: 3 in SYN_SENT',
    });
    assert.ok(found.caveats.some(({ id }) => id.startsWith(OTHER_TABLES)));
    assert.deepEqual(
      found.confirm.map(({ command }) => command),
      ['ip route get 203.0.113.9'],
    );
  });

  it('speaks where a route refuses, and names it', () => {
    for (const type of ['unreachable', 'prohibit', 'blackhole']) {
      const found = expectFinding(
        syns('203.0.113.9') + lines(DEFAULT, LINK, `${type} 203.0.113.0/24 `),
        'RO-1',
        {
          title: `A route of type ${type} most likely stops curl (7): 3 in SYN_SENT to 203.0.113.9`,
        },
      );
      assert.ok(found.why.some(({ id }) => id.startsWith('A route to {network} refuses {remote}')));
      assert.equal(found.evidence[0]!.line, 7);
    }
    const rejected = [
      'Kernel IP routing table',
      'Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface',
      '0.0.0.0         192.0.2.1       0.0.0.0         UG        0 0          0 eth0',
      '192.0.2.0       0.0.0.0         255.255.255.0   U         0 0          0 eth0',
      '203.0.113.0     -               255.255.255.0   !         - -          - -',
    ];
    expectFinding(syns('203.0.113.9') + lines(...rejected), 'RO-1');
  });

  it('speaks where the way leads over an interface without a link', () => {
    const down = [`${DEFAULT}linkdown `, `${LINK}linkdown `];
    const found = expectFinding(syns('203.0.113.9') + lines(...down), 'RO-1', {
      severity: 'warning',
      title:
        'curl (7) most likely cannot reach 203.0.113.9 because eth0 has no link: 3 in SYN_SENT',
    });
    assert.ok(
      found.remedy.some(({ id }) =>
        id.startsWith('Look for what is at the other end of {interface}'),
      ),
    );
    const card = (flags: string): string =>
      `2: eth0: <${flags}> mtu 1500 qdisc mq state DOWN mode DEFAULT group default qlen 1000`;
    const noCarrier = card('NO-CARRIER,BROADCAST,MULTICAST,UP');
    expectFinding(syns('203.0.113.9') + lines(noCarrier, DEFAULT, LINK), 'RO-1', {
      title: /because eth0 has no link/,
    });
    const other = LINK.replace('eth0', 'eth1').replace('192.0', '198.51');
    for (const innocent of [
      lines(card('BROADCAST,MULTICAST,UP,LOWER_UP'), DEFAULT, LINK),
      lines(noCarrier.replace('eth0', 'docker0'), DEFAULT, LINK),
      // There is another way: which is taken is a setting of the kernel's.
      lines(...down, DEFAULT.replaceAll('eth0', 'eth1').replace('100', '600'), other),
      lines(`${LINK}linkdown `, DEFAULT.replaceAll('eth0', 'eth1'), other),
    ]) {
      expectSilence(syns('203.0.113.9') + innocent, 'RO-1');
    }
    expectFinding(
      syns('203.0.113.9') + lines(...down, 'unreachable default metric 4278198272 '),
      'RO-1',
      { title: /because eth0 has no link/ },
    );
  });

  it('is one finding for all that one cause stops, however many remotes', () => {
    const targets = netstat(
      ...many(30, i =>
        row('SYN_SENT', `192.0.2.10:${40000 + i}`, `203.0.113.${i + 1}:443`, {
          owner: '7/curl',
          timer: 'on (0.18/5/0)',
        }),
      ),
    );
    const found = expectFinding(targets + lines(LINK), 'RO-1', {
      rows: 30,
      title:
        'This host most likely has lost its default route: 30 in SYN_SENT to 30 remote addresses',
    });
    assert.match(found.confirm[0]?.command ?? '', /^ip route get 203\.0\.113\.\d+$/);
    assert.equal(
      analysed(targets + lines(LINK)).findings.filter(({ code }) => code === 'RO-1').length,
      1,
    );
    expectFinding(targets + lines(DEFAULT, LINK, 'blackhole 203.0.113.0/24 '), 'RO-1', {
      rows: 30,
      title: /^A route of type blackhole most likely stops curl \(7\): 30 in SYN_SENT/,
    });
    // Two routes that refuse are two causes; what another one reaches is neither's.
    const halves = ['blackhole 203.0.113.0/28 ', 'unreachable 203.0.113.16/29 '];
    const two = titles(targets + lines(DEFAULT, LINK, ...halves));
    assert.match(two[0] ?? '', /blackhole .*: 15 in SYN_SENT to 15 remote addresses/);
    assert.match(two[1] ?? '', /unreachable .*: 8 in SYN_SENT to 8 remote addresses/);
    expectSilence(targets + lines(DEFAULT, LINK), 'RO-1');
    // Another table leads where these routes do not; what is idle does not notice a route that went.
    const other = (details: string): string =>
      `${ss('ESTAB 0 0 192.0.2.10:50000 198.51.100.7:443')}\t cubic rto:204 ${details}\n`;
    const syn = ss('SYN-SENT 0 1 192.0.2.10:40000 203.0.113.9:443 timer:(on,1sec,4)');
    const dump = (details: string): string =>
      syn + other(details).split('\n').slice(1).join('\n') + lines(LINK);
    expectSilence(dump('lastsnd:20 lastrcv:20 lastack:20'), 'RO-1');
    expectFinding(dump('lastsnd:90000 lastrcv:90000 lastack:90000'), 'RO-1');
    expectFinding(dump('cwnd:10'), 'RO-1');
  });

  it('takes a dead link for used where the local address is of its network', () => {
    const docker = '172.17.0.0/16 dev docker0 proto kernel scope link src 172.17.0.1 ';
    const syn = syns('172.17.0.2', '172.17.0.1');
    expectFinding(syn + lines(DEFAULT, LINK, `${docker}linkdown `), 'RO-1', {
      severity: 'warning',
      confidence: 'medium',
      title:
        'curl (7) most likely cannot reach 172.17.0.2 because docker0 has no link: 3 in SYN_SENT',
    });
    const card =
      '3: docker0: <NO-CARRIER,BROADCAST,MULTICAST,UP> mtu 1500 qdisc noqueue state DOWN';
    expectFinding(syn + lines(card, DEFAULT, LINK, docker), 'RO-1', {
      title: /because docker0 has no link/,
    });
    // From another address it may go by the default route, which is a setting of the kernel's.
    expectSilence(syns('172.17.0.2') + lines(DEFAULT, LINK, `${docker}linkdown `), 'RO-1');
    expectSilence(syn + lines(DEFAULT, LINK, docker), 'RO-1');
    expectSilence(syns('203.0.113.9') + lines(DEFAULT, LINK, `${docker}linkdown `), 'RO-1');
  });

  it('does not say that other tables are not listed where they are', () => {
    const saysSo = (more: string): boolean =>
      expectFinding(syns('203.0.113.9') + lines(LINK, more), 'RO-1').caveats.some(({ id }) =>
        id.startsWith(OTHER_TABLES),
      );
    assert.ok(saysSo(''));
    assert.ok(!saysSo('10.0.0.0/8 dev tun0 table 100 scope link '));
  });

  it('says nothing where a route leads there', () => {
    expectSilence(syns('203.0.113.9') + lines(DEFAULT, LINK), 'RO-1');
    expectSilence(syns('192.0.2.77') + lines(LINK), 'RO-1');
    expectSilence(
      syns('203.0.113.9') +
        lines(LINK, 'unreachable 203.0.0.0/8 ', '203.0.113.8/31 via 192.0.2.1 dev eth0 '),
      'RO-1',
    );
  });

  it('says nothing where the listing cannot tell', () => {
    // Only what grep left, names in place of numbers, the other family, another table.
    expectSilence(syns('203.0.113.9') + lines('10.9.0.0/16 via 192.0.2.1 dev eth0 '), 'RO-1');
    expectSilence(
      syns('203.0.113.9') +
        lines(
          'Kernel IP routing table',
          'Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface',
          '192.0.2.0       *               255.255.255.0   U         0 0          0 eth0',
          'office          gw.example      255.255.255.0   UG        0 0          0 eth0',
        ),
      'RO-1',
    );
    expectSilence(
      syns('203.0.113.9') + lines('2001:db8::/64 dev eth0 proto kernel metric 256 pref medium'),
      'RO-1',
    );
    expectSilence(syns('203.0.113.9'), 'RO-1');
    for (const command of [
      'ip route | grep 192',
      'ip route show dev eth0',
      'ip -4 route show table main proto kernel',
      'netstat -rn | head -4',
    ]) {
      expectSilence(syns('203.0.113.9') + lines(`$ ${command}`, LINK), 'RO-1');
    }
    expectFinding(syns('203.0.113.9') + lines('$ ip route', LINK), 'RO-1');
    // Another table beside those of the other family, by its command or by what it lacks.
    const other = LINK.replace('proto kernel scope link src 192.0.2.10', 'scope link');
    const ipv6 = 'fe80::/64 dev eth0 proto kernel metric 256 pref medium';
    for (const command of [
      '$ ip -6 route; ip route show table 100',
      '$ ip -6 route && ip route show table 100',
      'root@web1:~# ip -6 route ; ip route show table 100',
    ]) {
      expectSilence(syns('203.0.113.9') + lines(command, ipv6, LINK), 'RO-1');
    }
    expectSilence(syns('203.0.113.9') + lines(ipv6, other), 'RO-1');
    expectFinding(syns('203.0.113.9') + lines('$ ip -6 route; ip route', ipv6, LINK), 'RO-1');
    // `U *`: thrown away, or looked up in another table.
    expectSilence(
      syns('203.0.113.9') +
        lines(
          'Kernel IP routing table',
          'Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface',
          '192.0.2.0       0.0.0.0         255.255.255.0   U         0 0          0 eth0',
          '203.0.113.0     0.0.0.0         255.255.255.0   U         0 0          0 *',
        ),
      'RO-1',
    );
  });

  it('says nothing where rules may lead to a table that is not asked', () => {
    const usual = [
      '0:\tfrom all lookup local',
      '32766:\tfrom all lookup main',
      '32767:\tfrom all lookup default',
    ];
    const ruled = (rule: string): string =>
      syns('203.0.113.9') +
      lines('$ ip rule', usual[0]!, rule, ...usual.slice(1), '$ ip route', LINK);
    for (const rule of [
      '100:\tfrom 192.0.2.0/24 lookup 100',
      '100:\tfrom 192.0.2.10 lookup uplink proto static',
      '100:\tfrom all to 203.0.113.0/24 lookup 100',
      '5270:\tfrom all lookup 52',
      '100:\tfrom all fwmark 0x1 lookup 100',
      '100:\tfrom all uidrange 1000-1000 lookup 100',
      '32764:\tnot from all fwmark 0xca6c lookup 51820',
    ]) {
      expectSilence(ruled(rule), 'RO-1');
      assert.equal(readDump(ruled(rule)).lines.unrecognized, 0);
      assert.equal(readDump(ruled(rule)).lines.route, 5);
    }
    for (const rule of [
      '99:\tfrom all lookup main suppress_prefixlength 0',
      '100:\tfrom 198.51.100.0/24 lookup 100',
      '100:\tfrom all to 198.51.100.0/24 lookup 100',
      '100:\tfrom all iif eth1 lookup 100',
      '1000:\tfrom all lookup [l3mdev-table]',
    ]) {
      const found = expectFinding(ruled(rule), 'RO-1', { title: /has lost its route/ });
      assert.ok(!found.caveats.some(({ id }) => id.startsWith(OTHER_TABLES)), rule);
    }
  });

  it('asks the table of a VRF for what is bound to it', () => {
    const syn = (local: string): string =>
      ss(`SYN-SENT 0 1 ${local}:40000 203.0.113.9:443 timer:(on,1sec,4)`);
    const vrf = '10.0.0.0/24 dev eth1 proto kernel scope link src 10.0.0.1 ';
    const way = 'default via 10.0.0.254 dev eth1 ';
    const main = ['$ ip route', DEFAULT, LINK];
    for (const command of ['ip route show vrf mgmt', 'ip -4 r l t mgmt']) {
      const found = expectFinding(
        syn('10.0.0.1%mgmt') + lines(...main, `$ ${command}`, vrf),
        'RO-1',
      );
      assert.deepEqual(
        found.confirm.map(one => one.command),
        ['ip route get 203.0.113.9 oif mgmt'],
      );
      // Without what it is bound to, its address says it.
      expectFinding(syn('10.0.0.1') + lines(...main, `$ ${command}`, vrf), 'RO-1');
      for (const innocent of [
        syn('10.0.0.1%mgmt') + lines('$ ip route', LINK, `$ ${command}`, way, vrf),
        syn('10.0.0.1') + lines('$ ip route', LINK, `$ ${command}`, way, vrf),
        syn('192.0.2.10') + lines(...main, `$ ${command}`, vrf),
        syn('10.0.0.1%mgmt') + lines(...main, `$ ${command} | head -1`, vrf),
      ]) {
        expectSilence(innocent, 'RO-1');
      }
    }
    // Its table is not listed; what is bound to an interface needs no route.
    expectSilence(syn('10.0.0.1%mgmt') + lines('$ ip route', LINK), 'RO-1');
    expectSilence(syn('192.0.2.10%eth0') + lines('$ ip route', LINK), 'RO-1');
    expectFinding(
      syn('192.0.2.10%eth0') + lines(`${DEFAULT}linkdown `, `${LINK}linkdown `),
      'RO-1',
    );
  });

  it('reads tables that begin alike as one moment', () => {
    const dump = readDump(lines('$ ip route', DEFAULT, LINK, '$ ip route show table 100', DEFAULT));
    assert.deepEqual(
      dump.snapshots.map(({ routes }) => routes.map(({ table, cut }) => [table, cut])),
      [
        [
          [null, undefined],
          [null, undefined],
          ['100', undefined],
        ],
      ],
    );
  });

  it('says nothing of this host itself', () => {
    expectSilence(syns('127.0.0.1', '127.0.0.1') + lines(LINK), 'RO-1');
    expectSilence(syns('198.51.100.1', '198.51.100.1') + lines(LINK), 'RO-1');
  });
});

describe('routes', () => {
  it('lead by the longest network, and of equal ones by the least metric', () => {
    const [snapshot] = readDump(
      lines(
        DEFAULT,
        LINK,
        '10.0.0.0/8 via 192.0.2.1 dev eth0 metric 20 ',
        'unreachable 10.0.0.0/8 metric 4278198272 ',
        '10.128.0.0/9 via 192.0.2.2 dev eth0 ',
        'default dev tun0 table 100 scope link ',
        '2001:db8::/64 dev eth0 proto kernel metric 256 pref medium',
      ),
    ).snapshots;
    const table = new RouteTable(snapshot!.routes);
    const gateway = (address: string) => table.to(address).route?.gateway;
    assert.equal(gateway('10.127.255.255'), '192.0.2.1');
    assert.equal(gateway('10.128.0.0'), '192.0.2.2');
    assert.equal(gateway('203.0.113.1'), '192.0.2.1');
    assert.equal(gateway('::ffff:10.128.0.1'), '192.0.2.2');
    assert.equal(table.to('2001:db8::9').way, 'open');
    assert.equal(table.to('2001:db8:1::9').way, 'none');
    assert.equal(table.to('host.example').way, 'unknown');
  });
});

describe('RO-2 counter-no-route', () => {
  const before = statistics({ IpOutNoRoutes: 4 });
  const after = statistics({ IpOutNoRoutes: 8 });

  it('is a warning where no default route is listed', () => {
    expectFinding(loop(before, after + lines(LINK)), 'RO-2', {
      severity: 'warning',
      confidence: 'high',
      title: 'This host has no default route; packets without a route: 4',
    });
    expectFinding(loop(before, after + lines(LINK, 'unreachable default metric 9 ')), 'RO-2', {
      severity: 'warning',
    });
  });

  it('is information where one is listed, or none of the routes', () => {
    for (const routes of [lines(DEFAULT, LINK), '', lines('10.9.0.0/16 via 192.0.2.1 dev eth0 ')]) {
      const text = loop(before, after + routes);
      expectFinding(text, 'RO-2', {
        severity: 'info',
        title: 'Packets to some addresses found no route: 4',
      });
      expectHealthy(text);
    }
  });

  it('is information of one moment, where many found no way and no default route is listed', () => {
    const many = statistics({ IpOutNoRoutes: 87 });
    expectFinding(many + lines(LINK), 'RO-2', {
      severity: 'info',
      title: 'This host has no default route; packets without a route: 87',
    });
    // Of the time before it was set; with routes unknown; of IPv6 alone; and not now.
    expectSilence(many + lines(DEFAULT, LINK), 'RO-2');
    expectSilence(many, 'RO-2');
    expectSilence(statistics({ Ip6OutNoRoutes: 87 }) + lines(LINK), 'RO-2');
    expectSilence(loop(many, many + lines(LINK)), 'RO-2');
  });

  it('says nothing of a few of one moment, or where nothing was added', () => {
    expectSilence(after + lines(LINK), 'RO-2');
    expectSilence(loop(after, after + lines(LINK)), 'RO-2');
  });
});
