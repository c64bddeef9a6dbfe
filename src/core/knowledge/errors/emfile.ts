import { FREEBSD, LINUX, MACOS, on, WINDOWS } from '../advice';
import { say } from '../../wording/statement';
import type { NetworkError } from './networkError';

export const EMFILE: NetworkError = {
  name: 'EMFILE',
  numbers: { linux: 24, bsd: 24, solaris: 24, windows: 10024 },
  text: say(
    'The process has as many open files as its limit allows. Every socket is one of them.',
    'open.2',
    'accept.2',
    'ms-winsock-errors',
  ),
  causes: [
    say(
      'The program leaks sockets or files, or serves more connections at once than the limit allows.',
      'general-practice',
    ),
    say(
      'accept() also fails with it: new connections then wait in the accept queue until that is full.',
      'accept.2',
    ),
  ],
  proof: [
    say(
      'Many rows in CLOSE_WAIT belong to the process: it has not called close(). Most likely it leaks them.',
      'rfc9293-3.3.2',
    ),
    say(
      'Many rows in ESTABLISHED belong to the process, about as many as its limit: it is busy, or does not time out idle connections.',
      'general-practice',
    ),
    on(
      LINUX,
      say(
        'Recv-Q of its row in LISTEN is above 0 and grows: accept() fails.',
        'measured',
        'linux-tcp-diag',
      ),
    ),
    on(
      LINUX,
      say(
        'Few rows belong to it: it leaks files, or sockets without a connection, which only lsof lists.',
        'measured',
        'lsof',
      ),
    ),
  ],
  checks: [
    on(
      LINUX,
      say("Run `sudo ls /proc/PID/fd | wc -l` and `grep 'open files' /proc/PID/limits`.", 'proc.5'),
    ),
    on(MACOS, say('Run `lsof -p PID | wc -l` and `launchctl limit maxfiles`.', 'general-practice')),
    on(FREEBSD, say('Run `procstat -f PID | wc -l` and `procstat -l PID`.', 'general-practice')),
    on(WINDOWS, say('Run `(Get-Process -Id PID).HandleCount`.', 'general-practice')),
  ],
  phrases: ['Too many open files', 'Too many open sockets', 'SocketError.TooManyOpenSockets'],
  printed: {
    linux: 'Too many open files',
    bsd: 'Too many open files',
    windows: 'Too many open sockets.',
    java: 'java.net.SocketException: Too many open files',
    go: 'accept tcp [::]:80: accept4: too many open files',
    node: 'connect EMFILE 127.0.0.1:80 - Local (undefined:undefined)',
    python: 'OSError: [Errno 24] Too many open files',
    dotnet: 'System.Net.Sockets.SocketException (24): Too many open files',
  },
};
