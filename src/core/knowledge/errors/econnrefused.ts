import { BSD, LINUX, MACOS, on, WINDOWS } from '../advice';
import { say } from '../../wording/statement';
import type { NetworkError } from './networkError';

export const ECONNREFUSED: NetworkError = {
  name: 'ECONNREFUSED',
  numbers: { linux: 111, bsd: 61, solaris: 146, windows: 10061 },
  text: say(
    'The peer answered the SYN with a reset: nothing listens on that port there, or a firewall rejects it.',
    'rfc9293-3.5.2',
    'connect.2',
    'ms-winsock-errors',
  ),
  causes: [
    say(
      'The program there is not running, listens on another port, or listens only on 127.0.0.1 of its own host or container.',
      'general-practice',
    ),
    on(
      LINUX,
      say(
        'On a UDP socket: an earlier datagram was answered with ICMP "port unreachable".',
        'udp.7',
        'measured-errors',
      ),
    ),
    on(
      LINUX,
      say(
        'A full accept queue does not refuse: the client gets no answer and waits in SYN_SENT.',
        'measured',
        'linux-tcp-input',
      ),
    ),
    on(WINDOWS, say('A listening socket whose backlog is full also refuses.', 'ms-listen')),
  ],
  proof: [
    say(
      'At the client no row remains: the socket goes from SYN_SENT to CLOSED at once.',
      'rfc9293-3.5.2',
    ),
    say(
      'At the server, no row in LISTEN has this port, or only one on 127.0.0.1 or [::1].',
      'general-practice',
    ),
    on(LINUX, say('TcpAttemptFails grows at the client, TcpOutRsts at the server.', 'measured')),
    on(
      WINDOWS,
      say('Failed Connection Attempts of `netstat -s -p tcp` grows at the client.', 'rfc4022'),
    ),
  ],
  checks: [
    on(LINUX, say('At the server: `ss -tlnp`', 'ss.8')),
    on(MACOS, say('At the server: `sudo lsof -nP -iTCP -sTCP:LISTEN`', 'lsof')),
    on(BSD, say('At the server: `netstat -an -p tcp | grep LISTEN`', 'freebsd-netstat.1')),
    on(
      WINDOWS,
      say('At the server: `Get-NetTCPConnection -State Listen`', 'ms-get-nettcpconnection'),
    ),
  ],
  phrases: [
    'Connection refused',
    'No connection could be made because the target machine actively refused it',
    'ConnectionRefusedError',
    'SocketError.ConnectionRefused',
  ],
  printed: {
    linux: 'Connection refused',
    bsd: 'Connection refused',
    windows: 'No connection could be made because the target machine actively refused it.',
    java: 'java.net.ConnectException: Connection refused',
    go: 'dial tcp 127.0.0.1:80: connect: connection refused',
    node: 'connect ECONNREFUSED 127.0.0.1:80',
    python: 'ConnectionRefusedError: [Errno 111] Connection refused',
    dotnet: 'System.Net.Sockets.SocketException (111): Connection refused',
    curl: 'curl: (7) Failed to connect to 127.0.0.1 port 80: Connection refused',
    openssl: 'connect:errno=111',
  },
};
