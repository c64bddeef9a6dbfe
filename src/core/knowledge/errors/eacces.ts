import { LINUX, on, UNIX, WINDOWS } from '../advice';
import { say } from '../../wording/statement';
import type { NetworkError } from './networkError';

export const EACCES: NetworkError = {
  name: 'EACCES',
  numbers: { linux: 13, bsd: 13, solaris: 13, windows: 10013 },
  text: say(
    'The system does not allow the program what it asked of this socket.',
    'bind.2',
    'connect.2',
    'ms-winsock-errors',
  ),
  causes: [
    on(
      LINUX,
      say(
        'On bind(): ports below 1024 need root or CAP_NET_BIND_SERVICE (`net.ipv4.ip_unprivileged_port_start`).',
        'ip.7',
        'linux-ip-sysctl',
      ),
    ),
    on(
      LINUX,
      say(
        'On connect(): a firewall rule or SELinux on this host forbids it, or the address is a broadcast address.',
        'connect.2',
      ),
    ),
    on(
      WINDOWS,
      say(
        'On bind(): another program has taken the port for itself (SO_EXCLUSIVEADDRUSE).',
        'ms-winsock-errors',
        'ms-exclusiveaddruse',
      ),
    ),
    on(
      WINDOWS,
      say(
        'On bind(): the port lies in a range that Windows has reserved, as it does for Hyper-V, WSL, and Docker.',
        'general-practice',
      ),
    ),
  ],
  proof: [
    on(
      WINDOWS,
      say(
        'A row in LISTEN with this port belongs to another process. If there is none, the port is in an excluded range.',
        'general-practice',
      ),
    ),
    on(UNIX, say('There is no row: the call failed before the socket had an address.', 'bind.2')),
  ],
  checks: [
    on(LINUX, say('Run `sysctl net.ipv4.ip_unprivileged_port_start`.', 'linux-ip-sysctl')),
    on(
      WINDOWS,
      say('Run `netsh interface ipv4 show excludedportrange protocol=tcp`.', 'general-practice'),
    ),
  ],
  phrases: [
    'Permission denied',
    'An attempt was made to access a socket in a way forbidden by its access permissions',
    'SocketError.AccessDenied',
  ],
  printed: {
    linux: 'Permission denied',
    bsd: 'Permission denied',
    windows: 'An attempt was made to access a socket in a way forbidden by its access permissions.',
    java: 'java.net.BindException: Permission denied',
    go: 'listen tcp :80: bind: permission denied',
    node: 'listen EACCES: permission denied 0.0.0.0:80',
    python: 'PermissionError: [Errno 13] Permission denied',
    dotnet: 'System.Net.Sockets.SocketException (13): Permission denied',
  },
};
