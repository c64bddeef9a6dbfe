import { LINUX, on, UNIX, WINDOWS } from '../advice';
import { say } from '../../wording/statement';
import type { NetworkError } from './networkError';

export const ECONNRESET: NetworkError = {
  name: 'ECONNRESET',
  numbers: { linux: 104, bsd: 54, solaris: 131, windows: 10054 },
  text: say(
    'The connection was ended by a reset instead of a FIN: by the peer, or by a device on the path in its name.',
    'rfc9293-3.5.2',
    'rfc9293-3.6.1',
    'ms-winsock-errors',
  ),
  causes: [
    say(
      'The program at the peer closed, or was killed, while data that it had received was unread.',
      'rfc9293-3.6.1',
    ),
    say(
      'The program at the peer uses SO_LINGER 0, or this end sent data after the peer had closed completely.',
      'socket.7',
      'rfc9293-3.6.1',
    ),
    say(
      'The peer no longer knows the connection: its host restarted, or a firewall or load balancer has forgotten the connection after an idle time.',
      'rfc9293-3.5.1',
      'aws-elb',
    ),
    on(
      LINUX,
      say(
        'The listening socket of a Linux peer was closed, as by a restart, while the connection waited in its accept queue.',
        'measured',
      ),
    ),
    say(
      'Node.js says "socket hang up" with the code ECONNRESET also when the peer closed in order before it answered.',
      'nodejs-http',
    ),
  ],
  proof: [
    say('No row remains: a reset ends a connection at once, without TIME_WAIT.', 'rfc9293-3.5.2'),
    on(
      LINUX,
      say(
        'TcpEstabResets grows at each end that was in ESTABLISHED or CLOSE_WAIT until then, TcpOutRsts at the end that sent the reset. TcpExtTCPAbortOnClose or TcpExtTCPAbortOnData grow if a program caused it.',
        'measured',
        'linux-tcp',
      ),
    ),
    on(WINDOWS, say('Reset Connections of `netstat -s -p tcp` grows.', 'rfc4022')),
  ],
  checks: [
    on(
      LINUX,
      say(
        "Run `nstat -asz 'TcpExtTCPAbort*' TcpEstabResets TcpOutRsts` twice, at both ends.",
        'linux-snmp-counter',
      ),
    ),
    on(
      UNIX,
      say(
        "Run `sudo tcpdump -n 'tcp[tcpflags] & tcp-rst != 0'` at both ends to see which one sends the resets.",
        'general-practice',
      ),
    ),
    on(WINDOWS, say('Run `netstat -s -p tcp` twice, at both ends.', 'ms-netstat')),
  ],
  phrases: [
    'Connection reset by peer',
    'Connection reset',
    'An existing connection was forcibly closed by the remote host',
    'ConnectionResetError',
    'SocketError.ConnectionReset',
    'socket hang up',
  ],
  printed: {
    linux: 'Connection reset by peer',
    bsd: 'Connection reset by peer',
    windows: 'An existing connection was forcibly closed by the remote host.',
    java: 'java.net.SocketException: Connection reset',
    go: 'read tcp 127.0.0.1:40000->127.0.0.1:80: read: connection reset by peer',
    node: 'read ECONNRESET',
    python: 'ConnectionResetError: [Errno 104] Connection reset by peer',
    dotnet: 'System.Net.Sockets.SocketException (104): Connection reset by peer',
    curl: 'curl: (56) Recv failure: Connection reset by peer',
    openssl: 'read:errno=104',
  },
};
