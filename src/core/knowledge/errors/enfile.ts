import { FREEBSD, LINUX, MACOS, on } from '../advice';
import { say } from '../../wording/statement';
import type { NetworkError } from './networkError';

export const ENFILE: NetworkError = {
  name: 'ENFILE',
  numbers: { linux: 23, bsd: 23, solaris: 23, windows: null },
  text: say(
    'The whole system has as many open files as it allows. Every socket is one of them.',
    'open.2',
    'accept.2',
  ),
  causes: [say('As a rule one program leaks, and all others suffer.', 'general-practice')],
  proof: [
    say(
      'One process has by far the most rows, most of them in CLOSE_WAIT or ESTABLISHED.',
      'general-practice',
    ),
  ],
  checks: [
    on(
      LINUX,
      say('Run `cat /proc/sys/fs/file-nr`: open files come first, the limit last.', 'proc.5'),
    ),
    on(MACOS, say('Run `sysctl kern.num_files kern.maxfiles`.', 'general-practice')),
    on(FREEBSD, say('Run `sysctl kern.openfiles kern.maxfiles`.', 'general-practice')),
  ],
  phrases: ['Too many open files in system'],
  printed: {
    linux: 'Too many open files in system',
    bsd: 'Too many open files in system',
    java: 'java.net.SocketException: Too many open files in system',
    go: 'accept tcp [::]:80: accept4: too many open files in system',
    python: 'OSError: [Errno 23] Too many open files in system',
  },
};
