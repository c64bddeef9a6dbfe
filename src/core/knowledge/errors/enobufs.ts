import { BSD, LINUX, MACOS, on, WINDOWS } from '../advice';
import { say } from '../../wording/statement';
import type { NetworkError } from './networkError';

export const ENOBUFS: NetworkError = {
  name: 'ENOBUFS',
  numbers: { linux: 105, bsd: 55, solaris: 132, windows: 10055 },
  text: say(
    'The system has no memory left for this socket, or a queue is full.',
    'send.2',
    'ms-winsock-errors',
  ),
  causes: [
    on(
      WINDOWS,
      say(
        'As a rule on connect(): the ports for outgoing connections are used up (Tcpip logs event 4227 or 4231).',
        'ms-port-exhaustion',
      ),
    ),
    on(
      LINUX,
      say(
        'Linux rarely reports it: it silently drops packets when the queue of an interface is full. On a netlink socket it means that messages were lost.',
        'send.2',
        'netlink.7',
      ),
    ),
    on(
      [...MACOS, ...BSD],
      say(
        'The memory for network data (mbufs) is used up, or the queue of the interface is full.',
        'freebsd-send.2',
      ),
    ),
  ],
  proof: [
    on(
      WINDOWS,
      say(
        'Thousands of rows have local ports from 49152 up, in TIME_WAIT, ESTABLISHED, or (with `netstat -anoq`) BOUND.',
        'ms-port-exhaustion',
        'ms-netstat',
      ),
    ),
    on(
      [...MACOS, ...BSD],
      say('"requests for mbufs denied" of `netstat -m` grows.', 'freebsd-netstat.1'),
    ),
    on(LINUX, say('UdpSndbufErrors or IpOutDiscards grow.', 'measured', 'linux-udp')),
  ],
  checks: [
    on(
      WINDOWS,
      say(
        'Run `netstat -anoq` and `netsh int ipv4 show dynamicport tcp`.',
        'ms-netstat',
        'ms-port-exhaustion',
      ),
    ),
    on([...MACOS, ...BSD], say('Run `netstat -m` twice.', 'freebsd-netstat.1')),
    on(LINUX, say('Run `tc -s qdisc` and `ip -s link`.', 'general-practice')),
  ],
  phrases: [
    'No buffer space available',
    'An operation on a socket could not be performed because the system lacked sufficient buffer space or because a queue was full',
    'SocketError.NoBufferSpaceAvailable',
  ],
  printed: {
    linux: 'No buffer space available',
    bsd: 'No buffer space available',
    windows:
      'An operation on a socket could not be performed because the system lacked sufficient buffer space or because a queue was full.',
    java: 'java.net.SocketException: No buffer space available',
    go: 'write udp 192.0.2.1:40000->192.0.2.2:53: write: no buffer space available',
    node: 'connect ENOBUFS 192.0.2.1:80',
    python: 'OSError: [Errno 105] No buffer space available',
    dotnet: 'System.Net.Sockets.SocketException (105): No buffer space available',
  },
};
