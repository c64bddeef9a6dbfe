import { BSD, LINUX, MACOS, on, WINDOWS } from '../advice';
import { say } from '../../wording/statement';
import type { NetworkError } from './networkError';

export const ETIMEDOUT: NetworkError = {
  name: 'ETIMEDOUT',
  numbers: { linux: 110, bsd: 60, solaris: 145, windows: 10060 },
  text: say(
    'No answer came within the time that the kernel waits.',
    'connect.2',
    'tcp.7',
    'ms-winsock-errors',
  ),
  causes: [
    say(
      'On connect(): the SYN and its repetitions got no answer. The host is off, or a firewall drops them.',
      'rfc9293-3.5',
      'connect.2',
    ),
    on(
      LINUX,
      say(
        'The accept queue of a Linux server is full: it drops the SYN then.',
        'measured',
        'linux-tcp-input',
      ),
    ),
    say(
      'On a connection: data, or keepalive probes, were not acknowledged for too long. The peer or the path is gone.',
      'rfc9293-3.8.3',
      'rfc9293-3.8.4',
    ),
    say(
      'A program\'s own timeout reads alike: "connect timed out" and "Read timed out" of Java, "i/o timeout" of Go, "timed out" of Python, error 28 of curl. The kernel had not given up then.',
      'java-socket',
      'go-net',
      'python-socket',
      'curl-errors',
    ),
  ],
  proof: [
    say('While it lasts, rows in SYN_SENT to the address.', 'rfc9293-3.3.2'),
    say('Or rows in ESTABLISHED whose Send-Q is above 0 and does not change.', 'rfc9293-3.8.3'),
    on(
      LINUX,
      say(
        'TcpExtTCPSynRetrans or TcpExtTCPTimeouts grow, and at the end TcpExtTCPAbortOnTimeout.',
        'measured',
        'linux-tcp-timer',
      ),
    ),
  ],
  checks: [
    on(
      LINUX,
      say(
        'Run `ss -tanpo state syn-sent`. The last number of the timer counts the repetitions.',
        'ss.8',
        'iproute2-ss',
      ),
    ),
    on([...MACOS, ...BSD], say('Run `netstat -an -p tcp | grep SYN_SENT`.', 'freebsd-netstat.1')),
    on(WINDOWS, say('Run `Get-NetTCPConnection -State SynSent`.', 'ms-get-nettcpconnection')),
  ],
  phrases: [
    'Connection timed out',
    'Operation timed out',
    'connect timed out',
    'Read timed out',
    'i/o timeout',
    'ESOCKETTIMEDOUT',
    'A connection attempt failed because the connected party did not properly respond after a period of time',
    'established connection failed because connected host has failed to respond',
    'SocketTimeoutException',
    'SocketError.TimedOut',
    'TimeoutError',
  ],
  printed: {
    linux: 'Connection timed out',
    bsd: 'Operation timed out',
    windows:
      'A connection attempt failed because the connected party did not properly respond after a period of time, or established connection failed because connected host has failed to respond.',
    java: 'java.net.ConnectException: Connection timed out',
    go: 'dial tcp 192.0.2.1:80: connect: connection timed out',
    node: 'connect ETIMEDOUT 192.0.2.1:80',
    python: 'TimeoutError: [Errno 110] Connection timed out',
    dotnet: 'System.Net.Sockets.SocketException (110): Connection timed out',
    openssl: 'connect:errno=110',
  },
};
