import { BSD, LINUX, MACOS, on, WINDOWS } from '../advice';
import { say } from '../../wording/statement';
import type { NetworkError } from './networkError';

export const ECONNABORTED: NetworkError = {
  name: 'ECONNABORTED',
  numbers: { linux: 103, bsd: 53, solaris: 130, windows: 10053 },
  text: say(
    'The connection was ended on this host, before the program was done with it.',
    'accept.2',
    'ms-winsock-errors',
  ),
  causes: [
    on(
      [...MACOS, ...BSD],
      say(
        'On accept(): the client ended the connection while it waited in the accept queue. The program can go on with the next one.',
        'freebsd-accept.2',
      ),
    ),
    on(
      LINUX,
      say(
        'Linux hardly ever reports it: accept() returns such a connection all the same.',
        'measured-errors',
      ),
    ),
    on(
      WINDOWS,
      say(
        'Windows gave up, because data was not acknowledged for too long or the peer broke the protocol.',
        'ms-winsock-errors',
      ),
    ),
    on(
      WINDOWS,
      say(
        'A virus scanner, proxy, or VPN on this host can end connections in this way.',
        'general-practice',
      ),
    ),
  ],
  proof: [
    on(
      [...MACOS, ...BSD],
      say(
        '`netstat -Lan` shows connections that wait for accept() for so long that clients give up.',
        'freebsd-netstat.1',
      ),
    ),
    on(
      WINDOWS,
      say(
        'Segments Retransmitted of `netstat -s -p tcp` grows where data was not acknowledged.',
        'rfc4022',
      ),
    ),
  ],
  checks: [
    on([...MACOS, ...BSD], say('Run `netstat -Lan`.', 'freebsd-netstat.1')),
    on(WINDOWS, say('Run `netstat -s -p tcp` twice while it happens.', 'ms-netstat')),
  ],
  phrases: [
    'Software caused connection abort',
    'An established connection was aborted by the software in your host machine',
    'ConnectionAbortedError',
    'SocketError.ConnectionAborted',
  ],
  printed: {
    linux: 'Software caused connection abort',
    bsd: 'Software caused connection abort',
    windows: 'An established connection was aborted by the software in your host machine.',
    java: 'java.net.SocketException: Software caused connection abort',
    go: 'accept tcp [::]:80: accept: software caused connection abort',
    node: 'write ECONNABORTED',
    python:
      'ConnectionAbortedError: [WinError 10053] An established connection was aborted by the software in your host machine',
  },
};
