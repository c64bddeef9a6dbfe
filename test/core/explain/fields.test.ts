import { strict as assert } from 'node:assert';

import { classOfAddress } from '../../../src/core/knowledge/addressClasses';
import { embeddedIpv4, parseAddress } from '../../../src/core/vocabulary/address';
import { columns } from '../../../src/core/knowledge/columns';
import { ianaNameOf, serviceOf } from '../../../src/core/knowledge/ports';
import { exposureOf } from '../../../src/core/knowledge/sensitivePorts';
import {
  doublingAt,
  linearSynAt,
  retransmittedFor,
  synSentFor,
} from '../../../src/core/knowledge/retransmission';
import { stateCodes } from '../../../src/core/knowledge/codes';
import { transitions } from '../../../src/core/knowledge/transitions';
import { duration, ordinal } from '../../../src/core/wording/units';
import { plain } from '../../../src/core/wording/text';
import { NETSTAT_HEADER, said, localizer, tokenOf } from './rows';

describe('classes of addresses', () => {
  const expected: Readonly<Record<string, string>> = {
    '0.0.0.0': 'any',
    '::': 'any',
    '0.1.2.3': 'this-network',
    '127.0.0.53': 'loopback',
    '::1': 'loopback',
    '10.1.2.3': 'private',
    '172.16.0.1': 'private',
    '172.31.255.254': 'private',
    '172.32.0.1': 'public',
    '192.168.1.1': 'private',
    '100.64.0.1': 'cgnat',
    '100.128.0.1': 'public',
    '169.254.1.1': 'link-local',
    'fe80::1': 'link-local',
    '169.254.169.254': 'metadata',
    'fd00:ec2::254': 'metadata',
    '192.0.2.7': 'documentation',
    '198.51.100.1': 'documentation',
    '203.0.113.1': 'documentation',
    '2001:db8::1': 'documentation',
    '3fff::1': 'documentation',
    '3fff:1000::1': 'public',
    '198.18.0.1': 'benchmarking',
    '198.19.255.255': 'benchmarking',
    '2001:2::1': 'benchmarking',
    '192.0.0.8': 'protocol',
    '192.88.99.1': '6to4-relay',
    '240.0.0.1': 'reserved',
    '255.255.255.255': 'broadcast',
    '224.0.0.1': 'multicast',
    '224.0.0.251': 'mdns',
    'ff02::fb': 'mdns',
    'ff02::1': 'multicast',
    '239.255.255.250': 'ssdp',
    '::ffff:192.0.2.1': 'mapped',
    '64:ff9b::c000:201': 'nat64',
    '64:ff9b:1::1': 'nat64-local',
    '100::1': 'discard',
    '2001:0:1::1': 'teredo',
    '2002:c000:0201::1': '6to4',
    'fd12::1': 'unique-local',
    '8.8.8.8': 'public',
    '2606:4700::1111': 'public',
  };
  for (const [address, id] of Object.entries(expected)) {
    it(`${address} is ${id}`, () => {
      assert.equal(classOfAddress(address)?.id, id);
    });
  }

  it('are not made up for what is no whole address', () => {
    for (const text of ['10', '127.1', '0x7f.1', 'localhost', 'fe80::b1f3:2c:3c6c::123', '*', '']) {
      assert.equal(parseAddress(text), null, text);
    }
  });

  it('show the IPv4 address inside, where its place is known', () => {
    assert.equal(embeddedIpv4('64:ff9b::c000:201'), '192.0.2.1');
    assert.equal(embeddedIpv4('::ffff:192.0.2.1'), '192.0.2.1');
    assert.equal(embeddedIpv4('2002:c000:0201::1'), '192.0.2.1');
    assert.equal(embeddedIpv4('64:ff9b:1::c000:201'), null);
    assert.equal(embeddedIpv4('192.0.2.1'), null);
  });
});

describe('ports', () => {
  it('have the names of practice, not those of the registry', () => {
    assert.equal(serviceOf(9200, 'tcp'), 'Elasticsearch / OpenSearch');
    assert.equal(ianaNameOf(9200), 'wap-wsp');
    assert.equal(serviceOf(5353, 'udp'), 'mDNS');
    assert.equal(serviceOf(5353, 'tcp'), null);
    assert.equal(serviceOf(53, 'udp'), 'DNS');
    assert.equal(serviceOf(53, 'tcp'), 'DNS');
  });

  it('know those that should not be open', () => {
    assert.equal(exposureOf(2375)?.level, 'error');
    assert.equal(exposureOf(445)?.level, 'info');
    assert.equal(exposureOf(6379)?.level, 'warning');
    assert.equal(exposureOf(443), null);
  });
});

describe('retransmission', () => {
  it('of data follows the doubled time-out', () => {
    const times = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 15].map(
      n => Math.round(retransmittedFor(n) * 10) / 10,
    );
    assert.deepEqual(times, [0.2, 0.6, 1.4, 3, 6.2, 12.6, 25.4, 51, 102.2, 204.6, 324.6, 804.6]);
  });

  it('of a SYN doubles from one second, since 6.5 after four of one second', () => {
    assert.deepEqual([1, 2, 3, 4, 5, 6].map(doublingAt), [1, 3, 7, 15, 31, 63]);
    assert.deepEqual(
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map(linearSynAt),
      [1, 2, 3, 4, 5, 7, 11, 19, 35, 67, 131],
    );
  });

  it('tells the two schedules of a SYN apart by what is left', () => {
    assert.deepEqual(synSentFor(3, 6.2), { linear: null, doubling: 8.8 });
    assert.deepEqual(synSentFor(9, 20), { linear: 47, doubling: null });
    assert.deepEqual(synSentFor(2, null), { linear: 2, doubling: 3 });
  });
});

describe('numbers of states', () => {
  it('differ between SNMP and Windows for two of them', () => {
    assert.deepEqual(stateCodes('CLOSING'), { proc: '0B', mib: 9, snmp: 10, bsd: 7 });
    assert.deepEqual(stateCodes('LAST-ACK'), { proc: '09', mib: 10, snmp: 9, bsd: 8 });
    assert.deepEqual(stateCodes('FIN-WAIT-2'), { proc: '05', mib: 7, snmp: 7, bsd: 9 });
    assert.deepEqual(stateCodes('DELETE-TCB'), { proc: null, mib: 12, snmp: 12, bsd: null });
  });
});

describe('transitions', () => {
  it('lead to every state of the RFC and from every one', () => {
    const states = new Set(transitions.flatMap(({ from, to }) => [from, to]));
    assert.equal(states.size, 11);
    for (const state of states) {
      assert.ok(
        transitions.some(({ from }) => from === state),
        `nothing leaves ${state}`,
      );
      assert.ok(
        transitions.some(({ to }) => to === state),
        `nothing reaches ${state}`,
      );
    }
  });
});

describe('units', () => {
  const time = (seconds: number): string => plain(duration(seconds, localizer));
  it('round as people do', () => {
    assert.deepEqual([0.2, 6.4, 54.53, 119.4, 120, 405, 924, 7100, 7200, 7875].map(time), [
      '0.2 s',
      '6.4 s',
      '55 s',
      '119 s',
      '2 min',
      '6 min 45 s',
      '15 min',
      '1 h 58 min',
      '2 h',
      '2 h 11 min',
    ]);
    assert.deepEqual(
      [1, 5, 10, 13].map(n => plain(ordinal(n, localizer))),
      ['first', 'fifth', 'tenth', '13th'],
    );
  });
});

describe('columns', () => {
  it('have headers in lower case, each of one column but for those of one tool', () => {
    const known = new Set<string>();
    for (const { headers, tool } of columns) {
      for (const header of headers) {
        assert.equal(header, header.toLowerCase());
        if (tool === undefined) {
          assert.ok(!known.has(header), header);
          known.add(header);
        }
      }
    }
  });

  it('are found in any language', () => {
    const header = 'Proto Přích-F Odch-F Místní Adresa          Vzdálená Adresa         Stav     ';
    const text = `Aktivní Internetová spojení (servery a navázaná spojení)\n${header}`;
    assert.match(said(tokenOf(text, 'Odch-F')), /has not acknowledged/);
    assert.match(said(tokenOf(text, 'Adresa')), /This host's end/);
    assert.match(said(tokenOf(text, 'Vzdálená')), /The other end/);
  });
});

describe('tokens of a row', () => {
  const tcp = (rest: string): string => `${NETSTAT_HEADER}${rest}`;
  const established = (timer: string, queues = '0 500'): string =>
    tcp(
      `tcp ${queues} 192.0.2.1:40000 192.0.2.7:443 ESTABLISHED 1000 4711 812/orders-api ${timer}`,
    );

  const TIMERS: readonly (readonly [string, string, RegExp])[] = [
    [
      'on (6.40/5/0)',
      '0 500',
      /fifth retransmission was sent; .* next follows in 6\.4 s.*\n.*at least 6\.2 s with default timers; given up after about 15 min/,
    ],
    ['on (0.20/0/0)', '0 500', /sent again in 0\.2 s/],
    ['keepalive (7100.00/0/0)', '0 0', /probed in 1 h 58 min/],
    ['keepalive (30.00/0/3)', '0 0', /unanswered probes so far: 3\..*about 8 min/],
    [
      'probe (3.20/0/0)',
      '0 500',
      /window has been closed for about as long.*Most likely the peer is not reading/,
    ],
    ['probe (3.20/0/1)', '0 500', /A single unanswered probe is normal/],
    ['probe (3.20/0/4)', '0 500', /the peer is also silent\. Unanswered probes: 4/],
    ['off (0.00/0/0)', '0 0', /keepalive is off/],
    ['off (0.00/0/0)', '0 500', /normal for a moment/],
  ];
  for (const [timer, queues, expected] of TIMERS) {
    it(`timer ${timer} with queues ${queues}`, () => {
      assert.match(said(tokenOf(established(timer, queues), timer)), expected);
    });
  }

  it('timer of TIME_WAIT tells its age', () => {
    const text = tcp('tcp 0 0 192.0.2.1:40000 192.0.2.7:443 TIME_WAIT 0 0 - timewait (12.00/0/0)');
    assert.match(said(tokenOf(text, 'timewait')), /closed about 48 s ago/);
  });

  it('timer of ss before 6.11 is in seconds', () => {
    const text =
      'State Recv-Q Send-Q Local Address:Port Peer Address:Port Process\n' +
      'ESTAB 0 500 192.0.2.1:40000 192.0.2.7:443 timer:(on,6.400ms,5)';
    assert.match(
      said(tokenOf(text, 'timer:')),
      /next follows in 6\.4 s[^]*`?6\.400ms`? means seconds/,
    );
  });

  it('tcp6 with an IPv4 address is a mapped one', () => {
    const text = tcp(
      'tcp6 0 0 192.0.2.1:8080 192.0.2.7:50000 ESTABLISHED 0 1 1/java off (0.00/0/0)',
    );
    assert.match(said(tokenOf(text, 'tcp6')), /IPv4 connection on an IPv6 socket/);
  });

  it('a cut address is called so', () => {
    const text = tcp('tcp6 0 0 fe80::b1f3:2c:3c6c::123 :::* LISTEN 0 1 1/ntpd off (0.00/0/0)');
    assert.match(said(tokenOf(text, 'fe80')), /Cut off[^]*--wide/);
  });

  it('- of a connection that waits to be accepted', () => {
    const text = tcp('tcp 0 0 192.0.2.1:8080 192.0.2.7:50000 ESTABLISHED 0 0 - off (0.00/0/0)');
    assert.match(said(tokenOf(text, '- off')), /has not been accepted/);
  });

  it('- of TIME_WAIT is normal', () => {
    const text = tcp('tcp 0 0 192.0.2.1:40000 192.0.2.7:443 TIME_WAIT 0 0 - timewait (12.00/0/0)');
    assert.match(said(tokenOf(text, '- timewait')), /as expected/);
  });

  it('- with an inode belongs to somebody', () => {
    const text = tcp('tcp 0 0 192.0.2.1:2049 192.0.2.7:700 ESTABLISHED 0 77 - off (0.00/0/0)');
    assert.match(said(tokenOf(text, '- off')), /another PID namespace/);
  });

  it('a database on all addresses', () => {
    const text = tcp('tcp 0 0 0.0.0.0:6379 0.0.0.0:* LISTEN 0 1 1/redis off (0.00/0/0)');
    assert.match(said(tokenOf(text, '0.0.0.0')), /Reachable through every address[^]*data store/);
    assert.match(said(tokenOf(text, '6379')), /Redis[^]*data store/);
  });

  it("the same on loopback is nobody's business", () => {
    const text = tcp('tcp 0 0 127.0.0.1:6379 0.0.0.0:* LISTEN 0 1 1/redis off (0.00/0/0)');
    assert.doesNotMatch(said(tokenOf(text, '127.0.0.1')), /data store/);
  });

  it('raw sockets have numbers for states and ports', () => {
    const text = tcp('raw6 0 0 :::58 :::* 7 0 1 865/NetworkManager off (0.00/0/0)');
    assert.match(said(tokenOf(text, '7 0')), /normal state of a raw socket/);
    assert.match(said(tokenOf(text, '58')), /number of the IP protocol/);
  });

  it('UDP that is ESTABLISHED has called connect()', () => {
    const text = tcp('udp 0 0 192.0.2.1:40000 192.0.2.7:53 ESTABLISHED 0 1 1/dns off (0.00/0/0)');
    assert.match(said(tokenOf(text, 'ESTABLISHED')), /called connect\(\): no handshake/);
  });

  it('UDP queues count memory', () => {
    const text = tcp('udp 4160 0 0.0.0.0:53 0.0.0.0:* 0 1 1/dns off (0.00/0/0)');
    assert.match(said(tokenOf(text, '4160')), /five datagrams of 100 bytes counted as 4,160/);
  });
});
