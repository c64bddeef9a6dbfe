import { say } from '../../wording/statement';
import { type Counter, counter } from './counter';

/** The numbers of /proc/net/sockstat and `ss -s`: what there is, not what has happened. */
export const SUMMARY: readonly Counter[] = [
  counter(
    'TCP: inuse',
    'normal',
    say(
      'counter.sockstat-inuse',
      'How many TCP sockets of IPv4 are listening or connected now, in this network namespace. TIME_WAIT is not part of it, nor are sockets that are only bound.',
      'linux-proc',
      'measured',
    ),
    { namedBy: 'linux-summary', kind: 'gauge' },
  ),
  counter(
    'TCP: orphan',
    'normal',
    say(
      'counter.sockstat-orphan',
      'How many closed connections wait without a process for their peer now, on the whole machine. `net.ipv4.tcp_max_orphans` limits it.',
      'linux-proc',
      'linux-ip-sysctl',
      'measured',
    ),
    { namedBy: 'linux-summary', kind: 'gauge', ss: ['TCP: orphaned'] },
  ),
  counter(
    'TCP: tw',
    'normal',
    say(
      'counter.sockstat-tw',
      'How many connections are in TIME_WAIT now, in this network namespace.',
      'linux-proc',
      'measured',
    ),
    { namedBy: 'linux-summary', kind: 'gauge', ss: ['TCP: timewait'] },
  ),
  counter(
    'TCP: alloc',
    'normal',
    say(
      'counter.sockstat-alloc',
      'How many TCP sockets there are now in all, on the whole machine: also those that are neither connected nor listening.',
      'linux-proc',
      'measured',
    ),
    {
      namedBy: 'linux-summary',
      kind: 'gauge',
      misread: [
        say(
          'counter.sockstat-alloc.not',
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
      'counter.sockstat-mem',
      'How many pages of memory, as a rule of 4 KiB, all TCP sockets of the machine use now. `net.ipv4.tcp_mem` limits it.',
      'linux-proc',
      'linux-ip-sysctl',
    ),
    { namedBy: 'linux-summary', kind: 'gauge' },
  ),
  counter(
    'sockets: used',
    'normal',
    say(
      'counter.sockstat-used',
      'How many sockets of any kind are open now, in this network namespace.',
      'linux-proc',
    ),
    { namedBy: 'linux-summary', kind: 'gauge', ss: ['Total'], own: ['SsTotal'] },
  ),
  counter(
    'ss -s: estab',
    'normal',
    say(
      'counter.ss-estab',
      'How many connections are in ESTABLISHED or CLOSE_WAIT now: the number of TcpCurrEstab.',
      'iproute2-ss',
      'measured',
    ),
    { namedBy: 'linux-summary', kind: 'gauge', ss: ['TCP: estab'] },
  ),
  counter(
    'ss -s: closed',
    'normal',
    say(
      'counter.ss-closed',
      'How many TCP sockets are neither listening nor connected now, plus those in TIME_WAIT.',
      'iproute2-ss',
      'measured',
    ),
    {
      namedBy: 'linux-summary',
      kind: 'gauge',
      ss: ['TCP: closed'],
      misread: [
        say(
          'counter.ss-closed.not',
          '"So many sockets were forgotten." TIME_WAIT is part of it, and so are the sockets of all other network namespaces.',
          'iproute2-ss',
          'measured',
        ),
      ],
    },
  ),
  counter(
    'ss -s: TCP',
    'normal',
    say(
      'counter.ss-tcp',
      'How many TCP sockets there are now on the whole machine, plus those in TIME_WAIT.',
      'iproute2-ss',
      'measured',
    ),
    { namedBy: 'linux-summary', kind: 'gauge', own: ['SsTcp'] },
  ),
  counter(
    'ss -s: kernel',
    'normal',
    say(
      'counter.ss-kernel',
      'A number that old versions of ss take from the caches of the kernel: on the kernels of today it is wrong or 0.',
      'iproute2-ss',
    ),
    {
      namedBy: 'linux-summary',
      kind: 'gauge',
      own: ['SsTotalKernel', 'SsTcpPorts', 'SsTcpSynrecv', 'SsTransportKernelTotal'],
    },
  ),
  counter(
    'ss -s: Transport',
    'normal',
    say(
      'counter.ss-transport',
      'How many sockets of a protocol there are now in this network namespace: all, those of IPv4 (IP), and those of IPv6. FRAG are packets that wait for fragments.',
      'iproute2-ss',
      'linux-proc',
    ),
    { namedBy: 'linux-summary', kind: 'gauge', own: transports() },
  ),
  counter(
    'TCP6: inuse',
    'normal',
    say(
      'counter.sockstat-inuse-6',
      'How many TCP sockets of IPv6 are listening or connected now, in this network namespace.',
      'linux-proc',
      'measured',
    ),
    { namedBy: 'linux-summary', kind: 'gauge' },
  ),
  counter(
    'UDP: inuse',
    'normal',
    say(
      'counter.sockstat-udp-inuse',
      'How many sockets of this protocol (UDP, UDPLITE, RAW) there are now, in this network namespace. Those of IPv6 are counted apart.',
      'linux-proc',
    ),
    {
      namedBy: 'linux-summary',
      kind: 'gauge',
      own: ['Udp6', 'Udplite', 'Udplite6', 'Raw', 'Raw6'].map(name => `Sockstat${name}Inuse`),
    },
  ),
  counter(
    'UDP: mem',
    'normal',
    say(
      'counter.sockstat-udp-mem',
      'How many pages of memory all UDP sockets of the machine use now. `net.ipv4.udp_mem` limits it.',
      'linux-proc',
      'linux-ip-sysctl',
    ),
    { namedBy: 'linux-summary', kind: 'gauge' },
  ),
  counter(
    'FRAG: inuse',
    'normal',
    say(
      'counter.sockstat-frag-inuse',
      'How many packets wait now for the rest of their fragments.',
      'linux-proc',
    ),
    { namedBy: 'linux-summary', kind: 'gauge', own: ['SockstatFrag6Inuse'] },
  ),
  counter(
    'FRAG: memory',
    'normal',
    say(
      'counter.sockstat-frag-memory',
      'How many bytes of memory the packets use now that wait for the rest of their fragments.',
      'linux-proc',
    ),
    { namedBy: 'linux-summary', kind: 'gauge', own: ['SockstatFrag6Memory'] },
  ),
];

/** The numbers of the table below `ss -s`. */
function transports(): string[] {
  return ['Raw', 'Udp', 'Tcp', 'Inet', 'Frag'].flatMap(name =>
    ['Total', 'IP', 'IPv6'].map(column => `SsTransport${name}${column}`),
  );
}
