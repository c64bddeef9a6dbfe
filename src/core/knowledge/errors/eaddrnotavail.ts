import { LINUX, MACOS, on, WINDOWS } from '../advice';
import { say } from '../../wording/statement';
import type { NetworkError } from './networkError';

export const EADDRNOTAVAIL: NetworkError = {
  name: 'EADDRNOTAVAIL',
  numbers: { linux: 99, bsd: 49, solaris: 126, windows: 10049 },
  text: say(
    'The socket cannot have the local address or port that it needs.',
    'bind.2',
    'connect.2',
    'ms-winsock-errors',
  ),
  causes: [
    on(
      LINUX,
      say(
        'On connect(): all ports for outgoing connections to this destination are taken, most of them as a rule by TIME_WAIT. Other destinations still work.',
        'connect.2',
        'measured',
      ),
    ),
    on(
      MACOS,
      say(
        'On connect(): all ports for outgoing connections are taken, whatever their destination.',
        'xnu-in-pcb',
      ),
    ),
    say(
      'On bind(): the address is not one of this host. It is wrong, or its interface is down or not there yet (DHCP, VPN, failover).',
      'bind.2',
      'ms-winsock-errors',
    ),
    on(
      WINDOWS,
      say(
        'On connect(): the destination is address 0.0.0.0 or port 0. Used-up ports are 10048 or 10055 on Windows.',
        'ms-winsock-errors',
        'ms-port-exhaustion',
      ),
    ),
  ],
  proof: [
    on(
      LINUX,
      say(
        'On connect(): thousands of rows, most in TIME_WAIT, have the same remote address and port, and nearly every port of `net.ipv4.ip_local_port_range` is among their local ports.',
        'measured',
        'linux-ip-sysctl',
      ),
    ),
    on(MACOS, say('On connect(): thousands of rows have local ports from 49152 up.', 'xnu-in-h')),
    say('On bind(): no interface of this host has the address.', 'bind.2'),
  ],
  checks: [
    on(
      LINUX,
      say(
        "Run `ss -Htan state time-wait | tr -s ' ' | cut -d ' ' -f 4 | sort | uniq -c | sort -n | tail -5` and `sysctl net.ipv4.ip_local_port_range`. For bind(): `ip address`.",
        'ss.8',
        'linux-ip-sysctl',
      ),
    ),
    on(
      MACOS,
      say(
        'Run `netstat -an -p tcp | grep -c TIME_WAIT` and `sysctl net.inet.ip.portrange`. For bind(): `ifconfig`.',
        'macos-netstat.1',
      ),
    ),
    on(WINDOWS, say('Run `Get-NetIPAddress`.', 'general-practice')),
  ],
  phrases: [
    'Cannot assign requested address',
    "Can't assign requested address",
    'The requested address is not valid in its context',
    'SocketError.AddressNotAvailable',
  ],
  printed: {
    linux: 'Cannot assign requested address',
    bsd: "Can't assign requested address",
    windows: 'The requested address is not valid in its context.',
    java: 'java.net.BindException: Cannot assign requested address',
    go: 'dial tcp 192.0.2.1:80: connect: cannot assign requested address',
    node: 'connect EADDRNOTAVAIL 192.0.2.1:80',
    python: 'OSError: [Errno 99] Cannot assign requested address',
    dotnet: 'System.Net.Sockets.SocketException (99): Cannot assign requested address',
  },
};
