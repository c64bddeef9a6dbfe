import { FREEBSD, LINUX, MACOS, on, UNIX, WINDOWS } from '../advice';
import { say } from '../../wording/statement';
import type { NetworkError } from './networkError';

export const EADDRINUSE: NetworkError = {
  name: 'EADDRINUSE',
  numbers: { linux: 98, bsd: 48, solaris: 125, windows: 10048 },
  text: say(
    'Another socket has the local address and port.',
    'bind.2',
    'listen.2',
    'ms-winsock-errors',
  ),
  causes: [
    say(
      'On bind() or listen(): another socket listens on the port, often an earlier instance of the same program.',
      'listen.2',
      'general-practice',
    ),
    on(
      UNIX,
      say(
        'Without SO_REUSEADDR, connections that a former server left in TIME_WAIT also keep the port busy.',
        'ip.7',
        'measured-errors',
      ),
    ),
    on(
      WINDOWS,
      say(
        'On connect(): the ports for outgoing connections are used up (Tcpip logs event 4227 or 4231).',
        'ms-port-exhaustion',
      ),
    ),
  ],
  proof: [
    say('A row in LISTEN has the port, on the same address, 0.0.0.0, or [::].', 'general-practice'),
    on(
      UNIX,
      say(
        'There is no such row, but one in TIME_WAIT or FIN_WAIT_2 with this local port: the program does not set SO_REUSEADDR.',
        'ip.7',
        'measured-errors',
      ),
    ),
    on(
      WINDOWS,
      say(
        'On connect(): thousands of rows with local ports from 49152 up, most in TIME_WAIT.',
        'ms-port-exhaustion',
      ),
    ),
  ],
  checks: [
    on(LINUX, say("Run `ss -tanp 'sport = :PORT'`.", 'ss.8')),
    on(MACOS, say('Run `sudo lsof -nP -iTCP:PORT`.', 'lsof')),
    on(FREEBSD, say('Run `sockstat -46 -p PORT`.', 'sockstat')),
    on(
      WINDOWS,
      say(
        'Run `Get-NetTCPConnection -LocalPort PORT`, then `Get-Process -Id` with its OwningProcess.',
        'ms-get-nettcpconnection',
      ),
    ),
  ],
  phrases: [
    'Address already in use',
    'Only one usage of each socket address',
    'SocketError.AddressAlreadyInUse',
  ],
  printed: {
    linux: 'Address already in use',
    bsd: 'Address already in use',
    windows:
      'Only one usage of each socket address (protocol/network address/port) is normally permitted.',
    java: 'java.net.BindException: Address already in use',
    go: 'listen tcp :80: bind: address already in use',
    node: 'listen EADDRINUSE: address already in use 127.0.0.1:80',
    python: 'OSError: [Errno 98] Address already in use',
    dotnet: 'System.Net.Sockets.SocketException (98): Address already in use',
  },
};
