import { LINUX, MACOS, on, WINDOWS } from '../advice';
import { say } from '../../wording/statement';
import type { NetworkError } from './networkError';

export const ENOTCONN: NetworkError = {
  name: 'ENOTCONN',
  numbers: { linux: 107, bsd: 57, solaris: 134, windows: 10057 },
  text: say(
    'The socket has no connection: not yet, or not any longer.',
    'recv.2',
    'shutdown.2',
    'ms-winsock-errors',
  ),
  causes: [
    say(
      'The program used the socket before its connect() was done.',
      'recv.2',
      'ms-winsock-errors',
    ),
    say(
      'The program used the listening socket instead of the one that accept() returned.',
      'recv.2',
    ),
    on(
      LINUX,
      say(
        'On shutdown(): a reset has ended the connection before. That is harmless.',
        'measured-errors',
      ),
    ),
  ],
  proof: [
    on(
      LINUX,
      say(
        'A TCP socket without connection is in no netstat or ss. lsof lists it with "protocol: TCP", or "can\'t identify protocol".',
        'measured',
        'lsof',
      ),
    ),
    say('Or the row of the socket is in LISTEN or SYN_SENT.', 'rfc9293-3.3.2'),
  ],
  checks: [
    on([...LINUX, ...MACOS], say('Run `lsof -nP -p PID`.', 'lsof')),
    on(WINDOWS, say('Run `netstat -anoq`, which also lists bound sockets.', 'ms-netstat')),
  ],
  phrases: [
    'Transport endpoint is not connected',
    'Socket is not connected',
    'A request to send or receive data was disallowed because the socket is not connected',
    'SocketError.NotConnected',
  ],
  printed: {
    linux: 'Transport endpoint is not connected',
    bsd: 'Socket is not connected',
    windows:
      'A request to send or receive data was disallowed because the socket is not connected and (when sending on a datagram socket using a sendto call) no address was supplied.',
    java: 'java.net.SocketException: Socket is not connected',
    go: 'shutdown: transport endpoint is not connected',
    node: 'shutdown ENOTCONN',
    python: 'OSError: [Errno 107] Transport endpoint is not connected',
    dotnet: 'System.Net.Sockets.SocketException (107): Transport endpoint is not connected',
  },
};
