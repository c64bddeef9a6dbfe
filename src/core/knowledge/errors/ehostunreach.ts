import { BSD, LINUX, MACOS, on, WINDOWS } from '../advice';
import { say } from '../../wording/statement';
import type { NetworkError } from './networkError';

export const EHOSTUNREACH: NetworkError = {
  name: 'EHOSTUNREACH',
  numbers: { linux: 113, bsd: 65, solaris: 148, windows: 10065 },
  text: say(
    'The host cannot be reached: the kernel of this host found that out, or a router or firewall said so.',
    'errno.3',
    'linux-icmp',
    'ms-winsock-errors',
  ),
  causes: [
    on(
      LINUX,
      say(
        'The address belongs to the network of this host, and nothing there answers ARP or neighbor discovery: the host is off, or the address is wrong.',
        'measured',
      ),
    ),
    on(
      LINUX,
      say(
        'A router or firewall answered with ICMP "host unreachable" or "prohibited". The message "No route to host" then says nothing about the routes of this host.',
        'linux-icmp',
        'measured',
      ),
    ),
  ],
  proof: [
    on(
      LINUX,
      say('IcmpInDestUnreachs grows, also if the kernel of this host said it.', 'measured'),
    ),
    on(LINUX, say('`ip neigh` shows the address as FAILED or INCOMPLETE.', 'measured')),
    say('The row stays in SYN_SENT until then, and is gone afterwards.', 'rfc9293-3.3.2'),
  ],
  checks: [
    on(LINUX, say('Run `ip route get ADDRESS` and `ip neigh show ADDRESS`.', 'general-practice')),
    on(
      [...MACOS, ...BSD],
      say('Run `route -n get ADDRESS` and `arp -n ADDRESS`.', 'general-practice'),
    ),
    on(
      WINDOWS,
      say('Run `Find-NetRoute -RemoteIPAddress ADDRESS` and `arp -a`.', 'general-practice'),
    ),
  ],
  phrases: [
    'No route to host',
    'Host is unreachable',
    'A socket operation was attempted to an unreachable host',
    'NoRouteToHostException',
    'SocketError.HostUnreachable',
  ],
  printed: {
    linux: 'No route to host',
    bsd: 'No route to host',
    windows: 'A socket operation was attempted to an unreachable host.',
    java: 'java.net.NoRouteToHostException: No route to host',
    go: 'dial tcp 192.0.2.1:80: connect: no route to host',
    node: 'connect EHOSTUNREACH 192.0.2.1:80',
    python: 'OSError: [Errno 113] No route to host',
    dotnet: 'System.Net.Sockets.SocketException (113): No route to host',
    openssl: 'connect:errno=113',
  },
};
