import { BSD, LINUX, MACOS, on, WINDOWS } from '../advice';
import { say } from '../../wording/statement';
import type { NetworkError } from './networkError';

export const ENETUNREACH: NetworkError = {
  name: 'ENETUNREACH',
  numbers: { linux: 101, bsd: 51, solaris: 128, windows: 10051 },
  text: say('This host has no route to the address.', 'connect.2', 'ms-winsock-errors'),
  causes: [
    say(
      'The default route is missing, a VPN is down, or a container has no network.',
      'general-practice',
    ),
    say(
      'Often an IPv6 address on a host that has only IPv4. Programs then go on to the IPv4 address, so that it is harmless.',
      'general-practice',
    ),
    on(LINUX, say('Or a router answered with ICMP "network unreachable".', 'linux-icmp')),
  ],
  proof: [
    on(
      LINUX,
      say(
        'IpOutNoRoutes grows and TcpActiveOpens does not: nothing was sent, and there is no row.',
        'measured',
      ),
    ),
  ],
  checks: [
    on(LINUX, say('Run `ip route get ADDRESS`.', 'general-practice')),
    on(
      [...MACOS, ...BSD],
      say('Run `route -n get ADDRESS` and `netstat -rn`.', 'general-practice'),
    ),
    on(
      WINDOWS,
      say('Run `Find-NetRoute -RemoteIPAddress ADDRESS` and `route print`.', 'general-practice'),
    ),
  ],
  phrases: [
    'Network is unreachable',
    'A socket operation was attempted to an unreachable network',
    'SocketError.NetworkUnreachable',
  ],
  printed: {
    linux: 'Network is unreachable',
    bsd: 'Network is unreachable',
    windows: 'A socket operation was attempted to an unreachable network.',
    java: 'java.net.SocketException: Network is unreachable',
    go: 'dial tcp 192.0.2.1:80: connect: network is unreachable',
    node: 'connect ENETUNREACH 192.0.2.1:80',
    python: 'OSError: [Errno 101] Network is unreachable',
    dotnet: 'System.Net.Sockets.SocketException (101): Network is unreachable',
    openssl: 'connect:errno=101',
  },
};
