import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Amount, Received, Sent } from '../../../src/core/model/interface';
import type { Dump } from '../../../src/core/reading/dump';
import { readDump } from '../../../src/core/reading/reader';
import { assertAllRead, classesOf } from '../rows';

/*
 * Interfaces and routes: those of Linux were taken in a network namespace of their own, the others
 * are written by what those systems print.
 */
const FOLDER = path.join(__dirname, 'links');
const CAPTURES = path.join(__dirname, 'captures');

function text(name: string): string {
  return readFileSync(path.join(FOLDER, `${name}.txt`), 'utf8');
}

function only(dump: Dump) {
  assert.equal(dump.snapshots.length, 1);
  return dump.snapshots[0]!;
}

/** Each route as `destination/length via gateway dev interface metric N flags type table`. */
function routes(from: string): string[] {
  return only(readDump(from)).routes.map(route =>
    [
      `${route.destination}/${route.prefixLength ?? '?'}`,
      ...(route.gateway === null ? [] : ['via', route.gateway]),
      ...(route.interface === null ? [] : ['dev', route.interface]),
      ...(route.metric === null ? [] : ['metric', route.metric]),
      route.flags ?? '',
      route.type ?? '',
      route.table ?? '',
    ]
      .join(' ')
      .trim()
      .replace(/ {2,}/g, ' '),
  );
}

/** Each interface with its numbers as `name mtu flags: received; sent`, `-` for what is not told. */
function interfaces(from: string): string[] {
  return only(readDump(from)).interfaces.map(({ name, mtu, flags, rx, tx }) => {
    const numbers = (of: Received | Sent): string =>
      (Object.values(of) as (Amount | null)[]).map(value => value?.toString() ?? '-').join(' ');
    return `${name ?? '-'} ${mtu ?? '-'} ${flags ?? '-'}: ${numbers(rx)}; ${numbers(tx)}`;
  });
}

describe('interfaces and routes', () => {
  for (const name of readdirSync(FOLDER)) {
    it(`${name}: every line is read, and nothing of it as a socket`, () => {
      const dump = readDump(text(name.replace('.txt', '')));
      assertAllRead(dump);
      const { total, blank, interface: links, route } = dump.lines;
      // What Windows prints above the first line that tells something.
      const above = name.startsWith('win-route') ? 2 : 0;
      assert.equal(links + route + blank + above, total);
      const { interfaces: found, routes: leading, rules } = only(dump);
      assert.ok(found.length + leading.length + rules.length > 0);
    });
  }

  it('read rules of policy routing: which packets, and what becomes of them', () => {
    assert.deepEqual(
      only(readDump(text('ip-rule'))).rules.map(({ from, to, selectors, table }) => [
        from,
        to,
        selectors,
        table,
      ]),
      [
        [null, null, '', 'local'],
        ['10.0.0.0/8', '192.0.2.0/24', 'tos 0x10 fwmark 0x1/0xff', '100'],
        [null, null, 'iif lo uidrange 1000-1000 ipproto tcp dport 80-90', 'blue'],
        ['198.51.100.7', null, 'oif eth1', null],
        [null, null, '', '[l3mdev-table]'],
        [null, null, '', 'main'],
        [null, null, 'not fwmark 0xca6c', '51820'],
        [null, null, '', 'main'],
        [null, null, '', 'default'],
      ],
    );
  });

  for (const scene of readdirSync(CAPTURES).filter(name => /^\d/.test(name))) {
    it(`${scene}: netstat -i and ip -s link tell the same`, () => {
      for (const side of ['before', 'after', 'before-peer', 'after-peer']) {
        const file = (name: string): string => path.join(CAPTURES, scene, side, name);
        if (!existsSync(file('netstat-i.txt'))) {
          continue;
        }
        const [netstat, ip] = ['netstat-i.txt', 'ip-s-link.txt'].map(name => {
          const dump = readDump(readFileSync(file(name), 'utf8'));
          assertAllRead(dump);
          assert.equal(dump.lines.interface, dump.lines.total);
          return only(dump).interfaces;
        });
        assert.deepEqual(
          netstat!.map(({ name, mtu, rx, tx }) => [name, mtu, rx.packets, tx.packets]),
          ip!.map(({ name, mtu, rx, tx }) => [name, mtu, rx.packets, tx.packets]),
        );
        const table = readDump(readFileSync(file('netstat-rn.txt'), 'utf8'));
        assert.equal(table.lines.route, table.lines.total);
      }
    });
  }

  describe('routes', () => {
    it('of ip route have types, several hops, and words that stand alone', () => {
      assert.deepEqual(routes(text('ip-route')), [
        '0.0.0.0/0 via 192.0.2.1 dev va metric 100 unicast',
        '10.66.0.0/16 blackhole',
        '10.67.0.0/16 metric 50 unreachable',
        '10.68.0.0/16 prohibit',
        '10.69.0.0/16 throw',
        '192.0.2.0/24 dev va unicast',
        '198.51.100.0/24 dev vb unicast',
        '203.0.113.0/25 via 192.0.2.1 dev va onlink unicast',
        '203.0.113.128/25 via 192.0.2.1 dev va metric 32 unicast',
        '203.0.113.128/25 via 192.0.2.2 dev va metric 32 unicast',
        '203.0.114.7/32 via 192.0.2.1 dev va unicast',
      ]);
    });

    it('of ip route show table all name their tables, and are of both families', () => {
      const { routes: found } = only(readDump(text('ip-route-all')));
      assert.equal(found[0]!.table, '100');
      assert.equal(found.filter(({ table }) => table === 'local').length, 15);
      assert.equal(found.find(({ family }) => family === 'IPv6')!.destination, '2001:db8::');
      const everywhere = found.filter(({ prefixLength }) => prefixLength === 0);
      assert.deepEqual(
        everywhere.map(({ destination }) => destination),
        ['0.0.0.0', '0.0.0.0', '::'],
      );
    });

    it('of netstat say less than those of ip route: `!` rejects, `*` is no interface', () => {
      const found = routes(text('netstat-rn46'));
      assert.deepEqual(found.slice(0, 4), [
        '0.0.0.0/0 via 192.0.2.1 dev va UG',
        '10.66.0.0/16 U',
        '10.67.0.0/16 ! reject',
        '10.68.0.0/16 ! reject',
      ]);
      assert.ok(found.includes('2001:db8:66::/48 dev lo metric 1024 !n reject'));
      assert.ok(found.includes('::/0 via 2001:db8::1 dev va metric 1024 UG'));
    });

    it('have a metric only where the column is shown', () => {
      assert.equal(routes(text('netstat-rnee'))[0], '0.0.0.0/0 via 192.0.2.1 dev va metric 100 UG');
      const header = 'Ziel            Router          Genmask         Flags';
      const row = (...numbers: number[]): string =>
        `192.0.2.0       0.0.0.0         255.255.255.0   U     ${numbers.join('      ')} eth0`;
      assert.deepEqual(routes(`${header} Metric Ref    Use Iface\n${row(100, 0, 0)}\n`), [
        '192.0.2.0/24 dev eth0 metric 100 U',
      ]);
      assert.deepEqual(routes(`${header}   MSS Fenster irtt Iface\n${row(1400, 0, 0)}\n`), [
        '192.0.2.0/24 dev eth0 U',
      ]);
      // Without its header the fifth column may be one or the other.
      assert.deepEqual(routes(`$ route -n | grep 192\n${row(100, 0, 0)}\n`), [
        '192.0.2.0/24 dev eth0 U',
      ]);
    });

    it('of the BSDs are short, and on the link itself without G', () => {
      const macos = routes(text('macos-rn'));
      assert.deepEqual(macos.slice(0, 7), [
        '0.0.0.0/0 via 192.0.2.1 dev en0 UGSc',
        '10.10.10.0/24 dev en0 UCS',
        '10.10.10.1/32 dev en0 UHLWIir',
        '127.0.0.0/8 dev lo0 UCS',
        '127.0.0.1/32 dev lo0 UH',
        '169.254.0.0/16 dev en0 UCS',
        '192.168.220.0/24 dev vmnet8 UC',
      ]);
      assert.ok(macos.includes('::/0 via fe80:: dev utun0 UGcI'));
      assert.ok(macos.includes('fe80::/64 dev lo0 UcI'));
      assert.ok(
        routes(text('freebsd-rn')).includes('10.66.0.0/16 via 127.0.0.1 dev lo0 UGSB blackhole'),
      );
      const openbsd = routes(text('openbsd-rn'));
      assert.ok(openbsd.includes('224.0.0.0/4 dev lo0 metric 8 URS reject'));
      assert.ok(openbsd.includes('192.0.2.0/24 dev vio0 metric 4 UCn'));
    });

    it('of Solaris have no masks', () => {
      assert.deepEqual(routes(text('solaris-rn')), [
        '0.0.0.0/0 via 192.0.2.1 UG',
        '192.0.2.0/? dev net0 U',
        '127.0.0.1/32 dev lo0 UH',
        '::1/128 dev lo0 UH',
      ]);
    });

    it('of Windows are read in every language, and those only stored are left out', () => {
      assert.deepEqual(routes(text('win-route')), [
        '0.0.0.0/0 via 192.0.2.1 dev 192.0.2.10 metric 25',
        '127.0.0.0/8 dev 127.0.0.1 metric 331',
        '192.0.2.0/24 dev 192.0.2.10 metric 281',
        '::/0 via fe80::1 dev 7 metric 281',
        '::1/128 dev 1 metric 331',
        'fe80::15d5:aa55:1234:5678/128 dev 7 metric 281',
      ]);
      assert.deepEqual(routes(text('win-route-de')), [
        '0.0.0.0/0 via 192.0.2.1 dev 192.0.2.10 metric 25',
        '127.0.0.0/8 dev 127.0.0.1 metric 331',
        '::1/128 dev 1 metric 331',
      ]);
    });
  });

  describe('interfaces', () => {
    it('of netstat -i may have a metric, or no numbers', () => {
      assert.deepEqual(
        interfaces(
          [
            'Kernel Interface table',
            'Iface   MTU Met   RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg',
            'bond0      1500 0  18446744073709551615    460   6855 9607   79970521424      0    772      0 BMmRU',
            'eth0:1     1500 0      - no statistics available -                        BMRU',
            'p3p2       1500 0  1    2   3 4   5      6      7      8',
          ].join('\n'),
        ),
        [
          'bond0 1500 BMmRU: 18446744073709551615 - 460 6855 9607 -; 79970521424 - 0 772 0 - -',
          'eth0:1 1500 BMRU: - - - - - -; - - - - - - -',
          'p3p2 1500 -: 1 - 2 3 4 -; 5 - 6 7 8 - -',
        ],
      );
    });

    it('of ip link are read by their heads, old and new, also in one line', () => {
      assert.equal(
        interfaces(text('ip-s-s-link'))[1],
        'vb 1500 BROADCAST,MULTICAST,UP,LOWER_UP: 33 1830 0 0 0 0; 8 656 0 0 0 0 0',
      );
      assert.equal(
        interfaces(text('ip-o-s-link'))[3],
        'br0 1500 BROADCAST,MULTICAST,UP,LOWER_UP: 0 0 0 0 - 0; 10 844 0 0 - 0 0',
      );
      assert.deepEqual(
        interfaces(
          [
            '2: eth0: <BROADCAST,MULTICAST,UP> mtu 1500 qdisc fq state UP mode DEFAULT',
            '    link/ether 00:00:5e:00:53:01 brd ff:ff:ff:ff:ff:ff',
            '    RX: bytes  packets  errors  dropped overrun mcast   ',
            '    1          2        3       4       5       6       ',
            '    TX: bytes  packets  errors  dropped carrier collsns ',
            '    7          1.90k    9       10      11      12      ',
          ].join('\n'),
        ),
        ['eth0 1500 BROADCAST,MULTICAST,UP: 2 1 3 4 5 -; - 7 9 10 - 11 12'],
      );
    });

    it('of ifconfig are read in both shapes', () => {
      assert.equal(
        interfaces(text('netstat-ie'))[2],
        'va 1500 UP,BROADCAST,RUNNING,MULTICAST: 8 656 0 0 0 -; 33 1830 0 0 0 0 0',
      );
      assert.deepEqual(interfaces(text('old-ifconfig')), [
        'eth0 1500 UP,BROADCAST,RUNNING,MULTICAST: 1234 99999 1 2 3 -; 567 88888 4 5 6 7 8',
      ]);
    });

    it('of the BSDs are counted from the right, once for each', () => {
      assert.deepEqual(interfaces(text('macos-ib')), [
        'lo0 16384 -: 62443 9911346 0 - - -; 62443 9911346 0 - - - 0',
        'gif0 1280 *: 0 0 0 - - -; 0 0 0 - - - 0',
        'en1 1500 -: 22184840 13047081883 0 - - -; 29605843 6652036717 0 - - - 0',
      ]);
      assert.deepEqual(interfaces(text('freebsd-i')), [
        'em0 1500 -: 2133 - 5 7 - -; 1200 - 0 - - - 0',
        'lo0 16384 -: 24 - 0 0 - -; 24 - 0 - - - 0',
      ]);
    });

    it('of Windows are one, in every language', () => {
      const english = '- - -: 16287088 4036485914 1 3 - -; 13241000 1262378201 2 0 - - -';
      assert.deepEqual(interfaces(text('win-e')), [english]);
      const german = text('win-e')
        .replace('Interface Statistics', 'Schnittstellenstatistik')
        .replace('Received            Sent', 'Empfangen       Gesendet')
        .replace('Unicast packets', 'Unicastpakete')
        .replace('Non-unicast packets', 'Nicht-Unicastpakete')
        .replace('Unknown protocols', 'Unbekannte Protokolle');
      assert.deepEqual(interfaces(german), [english]);
    });

    it('of /proc/net/dev are counters as well', () => {
      const snapshot = only(
        readDump(
          [
            'Inter-|   Receive                                                |  Transmit',
            ' face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed',
            '  eth0:123456789 7 1 2 3 4 0 5 99 8 0 6 0 1 2 0',
          ].join('\n'),
        ),
      );
      assert.equal(snapshot.counted[0]!.counters.length, 16);
      const [eth0] = snapshot.interfaces;
      assert.deepEqual(Object.values(eth0!.rx), [7, 123456789, 1, 2, 3, null]);
      assert.deepEqual(Object.values(eth0!.tx), [8, 99, 0, 6, 0, 2, 1]);
    });
  });

  describe('beside sockets', () => {
    const SOCKETS = [
      'State Recv-Q Send-Q Local Address:Port Peer Address:Port Process',
      'ESTAB 0 0 192.0.2.1:443 198.51.100.7:50000',
    ];
    const table = (dropped: number): string[] => [
      'Kernel Interface table',
      'Iface      MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg',
      `eth0      1500        9      0 ${dropped} 0      9      0      0      0 BMRU`,
    ];
    const ROUTES = [
      'default via 192.0.2.254 dev eth0 proto dhcp metric 100 ',
      '192.0.2.0/24 dev eth0 proto kernel scope link src 192.0.2.1 ',
    ];

    it('are of the same moment', () => {
      const dump = readDump(
        ['$ ss -tan', ...SOCKETS, '$ netstat -i', ...table(3), '$ ip route', ...ROUTES].join('\n'),
      );
      assert.equal(classesOf(dump), 'THSTIIITRR');
      const snapshot = only(dump);
      assert.equal(snapshot.listing.filtered, false);
      assert.equal(snapshot.listing.command, 'ss -tan');
      assert.deepEqual([snapshot.interfaces[0]!.line, snapshot.routes[0]!.line], [6, 8]);
    });

    it('cut out with grep leave the sockets whole', () => {
      const dump = readDump(
        ['# ss -tan', ...SOCKETS, '# ip route | grep default', ROUTES[0]].join('\n'),
      );
      assert.equal(only(dump).listing.filtered, false);
    });

    it('begin the next moment where they come again', () => {
      for (const again of [table, () => ROUTES, () => text('win-route').split('\n')]) {
        const dump = readDump([...SOCKETS, ...again(1), ...again(2)].join('\n'));
        assert.equal(dump.snapshots.length, 2);
        const [first, second] = dump.snapshots;
        assert.deepEqual(
          first!.interfaces.length + first!.routes.length,
          second!.interfaces.length + second!.routes.length,
        );
      }
    });
  });

  describe('where it is none of them', () => {
    it('is other text', () => {
      for (const prose of [
        'default via the proxy',
        'default via 192.0.2.1 if that works',
        '10.0.0.0/8 is private',
        '192.0.2.1 dev server',
        'ip route add default via 192.0.2.1 dev eth0',
        'local tests only',
        '1: first: <A> mtu',
        'Iface MTU',
        'Destination Gateway',
        'Name Mtu Network',
        '0.0.0.0 0.0.0.0 0.0.0.0 0.0.0.0',
        '192.0.2.0 255.255.0.255 192.0.2.1 192.0.2.10 25',
        'Interface statistics for eth0:',
        'IPv4 routing is described below.',
      ]) {
        const dump = readDump(`${prose}\n`);
        const told = dump.snapshots.map(({ interfaces: found, routes: r }) => [found, r]);
        assert.deepEqual(told, [], prose);
      }
    });

    it('a row that was wrapped is not made up, and those below it are still read', () => {
      const lines = text('netstat-rn46').split('\n');
      const broken = [
        ...lines.slice(0, 3),
        lines[3]!.slice(0, 40),
        lines[3]!.slice(40),
        ...lines.slice(4, 12),
      ].join('\n');
      const dump = readDump(broken);
      assert.equal(only(dump).routes.length, 9);
      assert.deepEqual(dump.unrecognized, [3]);
    });

    it('does not swallow what follows', () => {
      const dump = readDump(
        [
          'IPv4 Route Table',
          '===========================================================================',
          'Active Routes:',
          'Network Destination        Netmask          Gateway       Interface  Metric',
          '          0.0.0.0          0.0.0.0        192.0.2.1       192.0.2.10     25',
          'Persistent Routes:',
          'C:\\Users\\me>netstat -ano',
          '  TCP    192.0.2.10:50000    198.51.100.7:443    ESTABLISHED    4711',
        ].join('\n'),
      );
      assert.equal(classesOf(dump), 'RRRRRRTS');
    });
  });
});
