import assert from 'node:assert/strict';
import { countersOf } from '../../../src/core/model/counter';
import { readDump } from '../../../src/core/reading/reader';
import { DumpStream } from '../../../src/core/reading/input/dumpStream';
import { counterFormats } from '../../../src/core/statistics';
import { classesOf } from '../rows';

/** Every counter of a text as `name value`, with its family or interface, by snapshot. */
function read(text: string): string[][] {
  return readDump(text).snapshots.map(({ counted }) =>
    countersOf(counted).map(({ name, value, exact, family, interface: of }) =>
      [name, exact ?? value, family ?? of ?? ''].join(' ').trim(),
    ),
  );
}

function only(...lines: readonly string[]): string[] {
  const snapshots = read(lines.join('\n'));
  assert.equal(snapshots.length, 1);
  return snapshots[0]!;
}

describe('formats of counters', () => {
  it('have names of their own', () => {
    assert.equal(new Set(counterFormats.map(({ id }) => id)).size, counterFormats.length);
  });

  describe('netstat -s of net-tools', () => {
    it('has two spellings of a counter', () => {
      assert.deepEqual(only('TcpExt:', '    24 other TCP timeouts', '    17 DSACKs received'), [
        'TcpExtTCPTimeouts 24',
        'TcpExtTCPDSACKRecv 17',
      ]);
      assert.deepEqual(only('TcpExt:', '    TCPTimeouts: 24', '    TCPDSACKRecv: 17'), [
        'TcpExtTCPTimeouts 24',
        'TcpExtTCPDSACKRecv 17',
      ]);
      assert.deepEqual(
        only(
          'Tcp:',
          '    5 segments send out',
          '    6 segments retransmited',
          '    7 bad segments received.',
        ),
        ['TcpOutSegs 5', 'TcpRetransSegs 6', 'TcpInErrs 7'],
      );
    });

    it('has numbers between words', () => {
      assert.deepEqual(
        only(
          'TcpExt:',
          '    Quick ack mode was activated 9 times',
          '    Detected reordering 3 times using SACK',
          '    TCP ran low on memory 2 times',
          '    Ran 4 times out of system memory during packet sending',
        ),
        [
          'TcpExtDelayedACKLost 9',
          'TcpExtTCPSACKReorder 3',
          'TcpExtTCPMemoryPressures 2',
          'TcpExtSockMallocOOM 4',
        ],
      );
    });

    it('tells the histograms of ICMP apart', () => {
      assert.deepEqual(
        only(
          'Icmp:',
          '    3 ICMP messages received',
          '    ICMP input histogram:',
          '        destination unreachable: 2',
          '    5 ICMP messages sent',
          '    ICMP output histogram:',
          '        destination unreachable: 4',
          'IcmpMsg:',
          '        InType3: 2',
        ),
        [
          'IcmpInMsgs 3',
          'IcmpInDestUnreachs 2',
          'IcmpOutMsgs 5',
          'IcmpOutDestUnreachs 4',
          'IcmpMsgInType3 2',
        ],
      );
    });

    it('is read by the order of its lines in another language', () => {
      assert.deepEqual(
        only(
          'Tcp:',
          '    1 aktive Verbindungsöffnungen',
          '    2 passive Verbindungsöffnungen',
          '    3 fehlerhafte Verbindungsversuche',
          '    4 Verbindungsrücksetzungen empfangen',
          '    5 Verbindungen aufgebaut',
          '    6 Segmente empfangen',
          '    7 Segmente abgeschickt',
          '    8 Segmente erneut geschickt',
        ),
        [
          'TcpActiveOpens 1',
          'TcpPassiveOpens 2',
          'TcpAttemptFails 3',
          'TcpEstabResets 4',
          'TcpCurrEstab 5',
          'TcpInSegs 6',
          'TcpOutSegs 7',
          'TcpRetransSegs 8',
        ],
      );
    });

    it('is read in fragments, except where the words could be of another section', () => {
      assert.deepEqual(
        only(
          '# netstat -s | grep -iE "listen|overflow|retrans"',
          '    6350 times the listen queue of a socket overflowed',
          '    TCPTimeWaitOverflow: 27360',
          '    12 segments retransmitted',
        ),
        ['TcpExtListenOverflows 6350', 'TcpExtTCPTimeWaitOverflow 27360', 'TcpRetransSegs 12'],
      );
      assert.deepEqual(read('    12 packets received\n    13 total packets received\n'), []);
      assert.deepEqual(read('Progress: 12\n12 apples\nTCPish: 4\n'), []);
    });

    it('keeps what it does not know', () => {
      assert.deepEqual(only('TcpExt:', '    TCPNew: 7', 'Tcp:', '    0 resets sent'), [
        'TcpExtTCPNew 7',
        'TcpOutRsts 0',
      ]);
    });
  });

  it('/proc/net/netstat is read by its names, wherever they stand', () => {
    assert.deepEqual(
      only(
        'TcpExt: ListenDrops SyncookiesSent TCPNew',
        'TcpExt: 3 4 18446744073709551615',
        'IpExt: InOctets',
        'IpExt: 9007199254740993',
      ),
      [
        'TcpExtListenDrops 3',
        'TcpExtSyncookiesSent 4',
        'TcpExtTCPNew 18446744073709551615',
        'IpExtInOctets 9007199254740993',
      ],
    );
    assert.deepEqual(only('Tcp: RtoMin MaxConn', 'Tcp: 200 -1'), [
      'TcpRtoMin 200',
      'TcpMaxConn -1',
    ]);
  });

  it('/proc/net/dev has sixteen numbers, and a name that may touch the first', () => {
    const counters = only(
      'Inter-|   Receive                                                |  Transmit',
      ' face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed',
      '    lo: 100 1 0 0 0 0 0 0 100 1 0 0 0 0 0 0',
      '  eth0:123456789 7 1 2 3 4 0 5 99 8 0 6 0 0 0 0',
    );
    assert.equal(counters.length, 32);
    assert.ok(counters.includes('DevRxBytes 123456789 eth0'));
    assert.ok(counters.includes('DevRxDrop 2 eth0'));
    assert.ok(counters.includes('DevTxDrop 6 eth0'));
    assert.ok(counters.includes('DevRxPackets 1 lo'));
  });

  it('/proc/net/sockstat and ss -s have gauges', () => {
    assert.deepEqual(
      only(
        'sockets: used 19042',
        'TCP: inuse 477 orphan 61 tw 1702 alloc 18611 mem 22',
        'FRAG: inuse 0 memory 0',
        'TCP6: inuse 43',
      ),
      [
        'SockstatSocketsUsed 19042',
        'SockstatTcpInuse 477',
        'SockstatTcpOrphan 61',
        'SockstatTcpTw 1702',
        'SockstatTcpAlloc 18611',
        'SockstatTcpMem 22',
        'SockstatFragInuse 0',
        'SockstatFragMemory 0',
        'SockstatTcp6Inuse 43',
      ],
    );
    assert.deepEqual(
      only(
        'Total: 295 (kernel 312)',
        'TCP:   48 (estab 1, closed 31, orphaned 0, synrecv 0, timewait 2/0), ports 13',
        '',
        'Transport Total     IP        IPv6',
        '*         312       -         -',
        'TCP\t  17        12        5',
      ),
      [
        'SsTotal 295',
        'SsTotalKernel 312',
        'SsTcp 48',
        'SsTcpEstab 1',
        'SsTcpClosed 31',
        'SsTcpOrphaned 0',
        'SsTcpSynrecv 0',
        'SsTcpTimewait 2',
        'SsTcpPorts 13',
        'SsTransportKernelTotal 312',
        'SsTransportTcpTotal 17',
        'SsTransportTcpIP 12',
        'SsTransportTcpIPv6 5',
      ],
    );
  });

  it('netstat -s of Windows is read by English words, where rows were left out', () => {
    const text = [
      'TCP Statistics for IPv4',
      '',
      '  Active Opens                        = 10233',
      '  Reset Connections                   = 2033',
      '  Segments Received                   = 1023311',
      'ICMPv4 Statistics',
      '                            Received    Sent',
      '  Messages                  368         481',
      '  Echo Replies              3           4',
    ].join('\n');
    assert.deepEqual(read(text), [
      [
        'TcpActiveOpens 10233 IPv4',
        'TcpEstabResets 2033 IPv4',
        'TcpInSegs 1023311 IPv4',
        'IcmpInMsgs 368 IPv4',
        'IcmpOutMsgs 481 IPv4',
        'IcmpInEchoReplies 3 IPv4',
        'IcmpOutEchoReplies 4 IPv4',
      ],
    ]);
  });

  it('netstat -s of Windows is read by the place of its rows', () => {
    const rows = (...words: readonly string[]): string[] =>
      words.map((word, i) => `  ${word}  = ${i + 1}`);
    const english = read(
      [
        '',
        'TCP Statistics for IPv4',
        '',
        ...rows('Active Opens', 'Passive Opens', 'Failed Connection Attempts', 'Reset Connections'),
        '',
        'TCP Statistics for IPv6',
        '',
        ...rows('Active Opens'),
        '',
        'ICMPv4 Statistics',
        '',
        '                            Received    Sent',
        '  Messages                  368         481',
        '  Errors                    0           1',
        '',
        'UDP Statistics for IPv6',
        '',
        ...rows('Datagrams Received', 'No Ports', 'Receive Errors', 'Datagrams Sent'),
      ].join('\r\n'),
    );
    assert.deepEqual(english, [
      [
        'TcpActiveOpens 1 IPv4',
        'TcpPassiveOpens 2 IPv4',
        'TcpAttemptFails 3 IPv4',
        'TcpEstabResets 4 IPv4',
        'TcpActiveOpens 1 IPv6',
        'IcmpInMsgs 368 IPv4',
        'IcmpOutMsgs 481 IPv4',
        'IcmpInErrors 0 IPv4',
        'IcmpOutErrors 1 IPv4',
        'Udp6InDatagrams 1 IPv6',
        'Udp6NoPorts 2 IPv6',
        'Udp6InErrors 3 IPv6',
        'Udp6OutDatagrams 4 IPv6',
      ],
    ]);
    assert.deepEqual(
      only('TCP-Statistik für IPv4', '', ...rows('Aktiv geöffnet', 'Passiv geöffnet')),
      ['TcpActiveOpens 1 IPv4', 'TcpPassiveOpens 2 IPv4'],
    );
    assert.equal(
      readDump('TCP Statistics for IPv4\n\n  Active Opens  = 4\n').snapshots[0]?.system,
      'windows',
    );
  });

  it('netstat -s of the BSDs has one sentence in the singular and the plural', () => {
    assert.deepEqual(
      only(
        'tcp:',
        '\t1224 packets sent',
        '\t\t1 data packet (1448 bytes) retransmitted',
        '\t1 connection request',
        '\t2 listen queue overflows',
        'udp:',
        '\t3 dropped due to full socket buffers',
      ),
      [
        'TcpPacketsSent 1224',
        'TcpRetransSegs 1',
        'TcpActiveOpens 1',
        'TcpListenQueueOverflows 2',
        'UdpRcvbufErrors 3',
      ],
    );
  });
});

describe('counters and sockets', () => {
  const SOCKETS = [
    'State Recv-Q Send-Q Local Address:Port Peer Address:Port Process',
    'ESTAB 0 0 192.0.2.1:443 198.51.100.7:50000',
  ];
  const counted = (drops: number): string[] => ['TcpExt:', `    TCPBacklogDrop: ${drops}`];

  it('beside one another are one moment', () => {
    const dump = readDump(['$ ss -tan', ...SOCKETS, '$ netstat -s', ...counted(3)].join('\n'));
    assert.equal(classesOf(dump), 'THSTKK');
    assert.equal(dump.snapshots.length, 1);
    assert.equal(dump.snapshots[0]?.counted[0]?.counters[0]?.line, 5);
    assert.equal(dump.snapshots[0].listing.filtered, false);
  });

  it('cut out with grep leave the sockets whole', () => {
    const dump = readDump(
      ['# ss -tan', ...SOCKETS, '# netstat -s | grep -i backlog', '    TCPBacklogDrop: 3'].join(
        '\n',
      ),
    );
    assert.equal(dump.snapshots.length, 1);
    assert.equal(dump.snapshots[0]?.listing.filtered, false);
    assert.equal(dump.snapshots[0].listing.command, 'ss -tan');
  });

  it('begin the next moment where they come again', () => {
    for (const between of [[], ['$ netstat -s']]) {
      const dump = readDump([...SOCKETS, ...counted(3), ...between, ...counted(5)].join('\n'));
      assert.deepEqual(
        dump.snapshots.map(({ firstRow, endRow, counted: [own] }) => [
          endRow - firstRow,
          own?.counters[0]?.value,
        ]),
        [
          [1, 3],
          [0, 5],
        ],
      );
    }
  });

  it('of two dates are two moments, each with its sockets', () => {
    const at = (second: string): string => `Mon Jan  5 10:00:${second} UTC 2026`;
    const dump = readDump(
      [at('00'), ...SOCKETS, ...counted(3), at('10'), ...counted(5), ...SOCKETS].join('\n'),
    );
    assert.deepEqual(
      dump.snapshots.map(({ time, firstRow, endRow, counted: [own] }) => [
        time,
        endRow - firstRow,
        own?.counters[0]?.value,
      ]),
      [
        ['2026-01-05T10:00:00Z', 1, 3],
        ['2026-01-05T10:00:10Z', 1, 5],
      ],
    );
  });

  it('with a date each are one moment where they are some seconds apart', () => {
    const at = (time: string): string => `Mon Jan  5 ${time} UTC 2026`;
    const moments = (later: string): number =>
      readDump([at('10:00:00'), ...SOCKETS, at(later), ...counted(3)].join('\n')).snapshots.length;
    assert.equal(moments('10:00:02'), 1);
    assert.equal(moments('10:20:00'), 2);
  });

  it('are no moment where only a title is there', () => {
    assert.deepEqual(readDump('ports:\ntcp:\n  - 80\n').snapshots, []);
  });

  it('are read behind the prefixes of a log', () => {
    const dump = readDump(
      ['2026-01-05T10:00:00Z TcpExt:', '2026-01-05T10:00:00Z     TCPBacklogDrop: 3'].join('\n'),
    );
    assert.equal(dump.snapshots[0]?.counted[0]?.counters[0]?.name, 'TcpExtTCPBacklogDrop');
    assert.equal(dump.snapshots[0].time, '2026-01-05T10:00:00Z');
  });

  it('are forgotten with their snapshots when there are too many', () => {
    const stream = new DumpStream(100);
    for (let i = 0; i < 500; i++) {
      stream.push(`${counted(i).join('\n')}\n`);
    }
    const dump = stream.finish();
    assert.ok(dump.snapshots.length <= 101);
    assert.equal(dump.snapshots.length + dump.forgotten, 500);
    assert.equal(dump.snapshots.at(-1)?.counted[0]?.counters[0]?.value, 499);
  });
});
