import { say } from '../../wording/statement';
import { type Counter, counter } from './counter';

/** The numbers of /proc/net/sockstat and `ss -s`, and a limit: what there is, not what has happened. */
export const SUMMARY: readonly Counter[] = [
  counter(
    'TCP: inuse',
    'normal',
    say(
      'How many TCP sockets of IPv4 are listening or connected now, in this network namespace. TIME_WAIT is not part of it, nor are sockets that are only bound.',
      'linux-proc',
      'measured',
    ),
    { namedBy: 'linux-summary', kind: 'gauge', reported: ['SockstatTcpInuse'] },
  ),
  counter(
    'TCP: orphan',
    'normal',
    say(
      'How many closed connections wait without a process for their peer now, on the whole machine. `net.ipv4.tcp_max_orphans` limits it.',
      'linux-proc',
      'linux-ip-sysctl',
      'measured',
    ),
    {
      namedBy: 'linux-summary',
      kind: 'gauge',
      reported: ['SockstatTcpOrphan', 'SsTcpOrphaned'],
      ss: ['TCP: orphaned'],
    },
  ),
  counter(
    'TCP: tw',
    'normal',
    say(
      'How many connections are in TIME_WAIT now, in this network namespace.',
      'linux-proc',
      'measured',
    ),
    {
      namedBy: 'linux-summary',
      kind: 'gauge',
      reported: ['SockstatTcpTw', 'SsTcpTimewait'],
      ss: ['TCP: timewait'],
    },
  ),
  counter(
    'net.ipv4.tcp_max_tw_buckets',
    'normal',
    say(
      'How many connections may be in TIME_WAIT, in this network namespace. What is closed above that skips it.',
      'linux-ip-sysctl',
      'linux-tcp-minisocks',
    ),
    { namedBy: 'linux-summary', kind: 'gauge', reported: ['SysctlTcpMaxTwBuckets'] },
  ),
  counter(
    'net.ipv4.tcp_syncookies',
    'normal',
    say(
      'Whether SYNs above the backlog are answered with a cookie, for which nothing is kept: 1, the default. With 0 they are dropped, with 2 every SYN gets a cookie.',
      'linux-ip-sysctl',
      'linux-syncookies',
    ),
    { namedBy: 'linux-summary', kind: 'constant', reported: ['SysctlTcpSyncookies'] },
  ),
  counter(
    'net.netfilter.nf_conntrack_count',
    'normal',
    say(
      'How many connections netfilter tracks now, in this network namespace: for its firewall and NAT, also for other hosts that this one forwards for.',
      'linux-nf-conntrack-sysctl',
    ),
    { namedBy: 'linux-summary', kind: 'gauge', reported: ['SysctlNfConntrackCount'] },
  ),
  counter(
    'net.netfilter.nf_conntrack_max',
    'normal',
    say(
      'How many connections netfilter tracks at most. When the table is full, the kernel drops the first packets of new connections.',
      'linux-nf-conntrack-sysctl',
      'nf-conntrack-core',
    ),
    { namedBy: 'linux-summary', kind: 'constant', reported: ['SysctlNfConntrackMax'] },
  ),
  counter(
    'TCP: alloc',
    'normal',
    say(
      'How many TCP sockets there are now in all, on the whole machine: also those that are neither connected nor listening.',
      'linux-proc',
      'measured',
    ),
    {
      namedBy: 'linux-summary',
      kind: 'gauge',
      reported: ['SockstatTcpAlloc'],
      misread: [
        say(
          '"Alloc minus inuse is a leak." The sockets of all other network namespaces, such as containers, are part of alloc.',
          'linux-proc',
          'measured',
        ),
      ],
    },
  ),
  counter(
    'TCP: mem',
    'normal',
    say(
      'How many pages of memory, as a rule of 4 KiB, all TCP sockets of the machine use now. `net.ipv4.tcp_mem` limits it.',
      'linux-proc',
      'linux-ip-sysctl',
    ),
    { namedBy: 'linux-summary', kind: 'gauge', reported: ['SockstatTcpMem'] },
  ),
  counter(
    'sockets: used',
    'normal',
    say('How many sockets of any kind are open now, in this network namespace.', 'linux-proc'),
    { namedBy: 'linux-summary', kind: 'gauge', reported: ['SockstatSocketsUsed', 'SsTotal'] },
  ),
  counter(
    'ss -s: estab',
    'normal',
    say(
      'How many connections are in ESTABLISHED or CLOSE_WAIT now: the number of TcpCurrEstab.',
      'iproute2-ss',
      'measured',
    ),
    { namedBy: 'linux-summary', kind: 'gauge', reported: ['SsTcpEstab'], ss: ['TCP: estab'] },
  ),
  counter(
    'ss -s: closed',
    'normal',
    say(
      'How many TCP sockets are neither listening nor connected now, plus those in TIME_WAIT.',
      'iproute2-ss',
      'measured',
    ),
    {
      namedBy: 'linux-summary',
      kind: 'gauge',
      reported: ['SsTcpClosed'],
      ss: ['TCP: closed'],
      misread: [
        say(
          '"So many sockets were forgotten." TIME_WAIT is part of it, and so are the sockets of all other network namespaces.',
          'iproute2-ss',
          'measured',
        ),
      ],
    },
  ),
  counter(
    'TCP6: inuse',
    'normal',
    say(
      'How many TCP sockets of IPv6 are listening or connected now, in this network namespace. A socket that takes IPv4 as well is one of them.',
      'linux-proc',
    ),
    { namedBy: 'linux-summary', kind: 'gauge', reported: ['SockstatTcp6Inuse'] },
  ),
  counter(
    'UDP: inuse',
    'normal',
    say(
      'How many UDP sockets of this version of IP have a port now, in this network namespace.',
      'linux-proc',
    ),
    {
      namedBy: 'linux-summary',
      kind: 'gauge',
      reported: ['SockstatUdpInuse', 'SockstatUdp6Inuse'],
    },
  ),
  counter(
    'UDP: mem',
    'normal',
    say(
      'How many pages of memory, as a rule of 4 KiB, all UDP sockets of the machine use now. `net.ipv4.udp_mem` limits it.',
      'linux-proc',
      'linux-ip-sysctl',
    ),
    { namedBy: 'linux-summary', kind: 'gauge', reported: ['SockstatUdpMem'] },
  ),
  counter(
    'UDPLITE: inuse',
    'normal',
    say(
      'How many sockets of UDP-Lite, of this version of IP, have a port now, in this network namespace.',
      'linux-proc',
    ),
    {
      namedBy: 'linux-summary',
      kind: 'gauge',
      reported: ['SockstatUdpliteInuse', 'SockstatUdplite6Inuse'],
    },
  ),
  counter(
    'RAW: inuse',
    'normal',
    say(
      'How many raw sockets are open now, in this network namespace, such as those of routing daemons and of some versions of ping.',
      'linux-proc',
    ),
    {
      namedBy: 'linux-summary',
      kind: 'gauge',
      reported: ['SockstatRawInuse', 'SockstatRaw6Inuse'],
    },
  ),
  counter(
    'FRAG: inuse',
    'normal',
    say(
      'How many datagrams wait for their missing fragments now, in this network namespace.',
      'linux-proc',
    ),
    {
      namedBy: 'linux-summary',
      kind: 'gauge',
      reported: [
        'SockstatFragInuse',
        'SockstatFrag6Inuse',
        'SsTransportFragTotal',
        'SsTransportFragIP',
        'SsTransportFragIPv6',
      ],
    },
  ),
  counter(
    'FRAG: memory',
    'normal',
    say(
      'How many bytes the datagrams that wait for their missing fragments use now, in this network namespace.',
      'linux-proc',
    ),
    {
      namedBy: 'linux-summary',
      kind: 'gauge',
      reported: ['SockstatFragMemory', 'SockstatFrag6Memory'],
    },
  ),
  counter(
    'ss -s: TCP',
    'normal',
    say(
      'How many TCP sockets the whole machine has, plus the connections in TIME_WAIT of this network namespace.',
      'iproute2-ss',
      'linux-proc',
    ),
    { namedBy: 'linux-summary', kind: 'gauge', reported: ['SsTcp'] },
  ),
  counter(
    'ss -s: kernel',
    'normal',
    say(
      'How many sockets the memory caches of the kernel list; 0 if they have other names. Newer versions of `ss` do not print it.',
      'iproute2-ss',
    ),
    {
      namedBy: 'linux-summary',
      kind: 'gauge',
      reported: ['SsTotalKernel', 'SsTransportKernelTotal'],
    },
  ),
  counter(
    'ss -s: synrecv',
    'normal',
    say(
      'How many connections wait in SYN_RECV for the end of their handshake. Newer versions of `ss` do not print it.',
      'iproute2-ss',
    ),
    { namedBy: 'linux-summary', kind: 'gauge', reported: ['SsTcpSynrecv'] },
  ),
  counter(
    'ss -s: ports',
    'normal',
    say(
      'How many local ports TCP has in use. Newer versions of `ss` do not print it.',
      'iproute2-ss',
    ),
    { namedBy: 'linux-summary', kind: 'gauge', reported: ['SsTcpPorts'] },
  ),
  counter(
    'ss -s: RAW by family',
    'normal',
    say(
      'How many raw sockets are open now, in this network namespace: of IPv4, of IPv6, and in total.',
      'iproute2-ss',
    ),
    {
      namedBy: 'linux-summary',
      kind: 'gauge',
      reported: ['SsTransportRawTotal', 'SsTransportRawIP', 'SsTransportRawIPv6'],
    },
  ),
  counter(
    'ss -s: UDP by family',
    'normal',
    say(
      'How many UDP sockets of this version of IP have a port now, in this network namespace: of IPv4, of IPv6, and in total.',
      'iproute2-ss',
    ),
    {
      namedBy: 'linux-summary',
      kind: 'gauge',
      reported: ['SsTransportUdpTotal', 'SsTransportUdpIP', 'SsTransportUdpIPv6'],
    },
  ),
  counter(
    'ss -s: TCP by family',
    'normal',
    say(
      'How many TCP sockets are listening or connected now, in this network namespace: of IPv4, of IPv6, and in total.',
      'iproute2-ss',
    ),
    {
      namedBy: 'linux-summary',
      kind: 'gauge',
      reported: ['SsTransportTcpTotal', 'SsTransportTcpIP', 'SsTransportTcpIPv6'],
    },
  ),
  counter(
    'ss -s: INET by family',
    'normal',
    say(
      'How many raw, UDP and TCP sockets there are now in these lines: of IPv4, of IPv6, and in total.',
      'iproute2-ss',
    ),
    {
      namedBy: 'linux-summary',
      kind: 'gauge',
      reported: ['SsTransportInetTotal', 'SsTransportInetIP', 'SsTransportInetIPv6'],
    },
  ),
];
