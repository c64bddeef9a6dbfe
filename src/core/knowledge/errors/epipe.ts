import { BSD, LINUX, MACOS, on, UNIX, WINDOWS } from '../advice';
import { say } from '../../wording/statement';
import type { NetworkError } from './networkError';

export const EPIPE: NetworkError = {
  name: 'EPIPE',
  numbers: { linux: 32, bsd: 32, solaris: 32, windows: null },
  text: say(
    'The program wrote to a connection that no longer takes data: a reset has come before, or this end has been shut down.',
    'send.2',
    'measured-errors',
  ),
  causes: [
    on(
      LINUX,
      say(
        'As a rule the second write after the peer has closed: the first is answered with a reset, the next fails with EPIPE.',
        'measured-errors',
        'rfc9293-3.6.1',
      ),
    ),
    on(
      UNIX,
      say(
        'Unless MSG_NOSIGNAL is set or the program ignores SIGPIPE, this signal ends the program instead.',
        'send.2',
      ),
    ),
    on(
      WINDOWS,
      say(
        'Windows has no such error: it says 10053 or 10054, and 10058 after a shutdown() of this end.',
        'ms-winsock-errors',
      ),
    ),
  ],
  proof: [
    say(
      'Before it, the row is in CLOSE_WAIT: the peer has closed, and the program is still sending.',
      'rfc9293-3.6',
    ),
    say('After it, no row remains.', 'rfc9293-3.5.2'),
  ],
  checks: [
    on(LINUX, say('Run `ss -tanpo state close-wait`.', 'ss.8')),
    on(MACOS, say('Run `lsof -nP -iTCP -sTCP:CLOSE_WAIT`.', 'lsof')),
    on(BSD, say('Run `netstat -an -p tcp | grep CLOSE_WAIT`.', 'freebsd-netstat.1')),
  ],
  phrases: ['Broken pipe', 'BrokenPipeError'],
  printed: {
    linux: 'Broken pipe',
    bsd: 'Broken pipe',
    java: 'java.net.SocketException: Broken pipe',
    go: 'write tcp 127.0.0.1:40000->127.0.0.1:80: write: broken pipe',
    node: 'write EPIPE',
    python: 'BrokenPipeError: [Errno 32] Broken pipe',
    dotnet: 'System.Net.Sockets.SocketException (32): Broken pipe',
    curl: 'curl: (55) Send failure: Broken pipe',
    openssl: 'write:errno=32',
  },
};
