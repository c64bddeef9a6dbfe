import { say } from '../../wording/statement';
import { type Counter, counter } from './counter';

/** Connections: the counters of RFC 4022, which every system has, nstat's `Tcp…`. */
export const TCP: readonly Counter[] = [
  counter(
    'TcpActiveOpens',
    'normal',
    say(
      'The SYN of a new connect() of this host was sent, whatever came of it.',
      'rfc4022',
      'linux-tcp-output',
      'measured',
    ),
    {
      netTools: ['active connection openings', 'active connections openings', 'active opens'],
      windows: ['Active Opens', 'Aktiv geöffnet'],
      bsd: ['connection requests'],
      solaris: ['tcpActiveOpens'],
    },
  ),
  counter(
    'TcpPassiveOpens',
    'normal',
    say(
      'A handshake that a peer began was completed. Linux counts it at the last ACK of the handshake; RFC 4022 means the SYN.',
      'linux-tcp-minisocks',
      'rfc4022',
      'measured',
    ),
    {
      misread: [
        say(
          '"It counts the SYNs received." On Linux a SYN flood leaves it at 0: 40 half-open connections added nothing.',
          'measured',
          'linux-tcp-minisocks',
        ),
      ],
      netTools: ['passive connection openings', 'passive opens'],
      windows: ['Passive Opens', 'Passiv geöffnet'],
      bsd: ['connection accepts'],
      solaris: ['tcpPassiveOpens'],
    },
  ),
  counter(
    'TcpAttemptFails',
    'growth',
    say(
      'A connection failed before it was established: refused by a reset, ended by an ICMP error, or out of SYN retries. Connections to this host also count, when a reset ends their handshake.',
      'linux-tcp',
      'linux-tcp-minisocks',
      'measured',
    ),
    {
      misread: [
        say(
          '"It counts every failed connect()." A program that gives up by its own timeout closes in SYN_SENT, and a destination without a route is never tried: neither is counted. See TcpExtTCPSynRetrans.',
          'measured',
          'linux-tcp',
        ),
        say(
          '"This host could not connect." It counts both directions: handshakes that others began also count when a reset ends them.',
          'measured',
          'rfc4022',
        ),
        say(
          '"Windows has a network problem." It counts refusals and timeouts since boot: 3 to 10% of Active Opens were seen on desktops.',
          'captures-windows',
        ),
      ],
      netTools: ['failed connection attempts'],
      windows: ['Failed Connection Attempts', 'Attempts Failed', 'Erfolglose Verbindungsversuche'],
      bsd: ['embryonic connections dropped'],
      solaris: ['tcpAttemptFails'],
    },
  ),
  counter(
    'TcpEstabResets',
    'growth',
    say(
      'A connection in ESTABLISHED or CLOSE_WAIT ended at once instead of by FINs, whoever caused it: a reset was received or sent, or retransmissions or keepalive gave up.',
      'linux-tcp',
      'rfc4022',
      'measured',
    ),
    {
      misread: [
        say(
          '"Connection resets received." Resets that this host sends and its own timeouts also count, and a reset between two ends on this host counts twice.',
          'linux-tcp',
          'measured',
        ),
      ],
      netTools: ['connection resets received'],
      windows: ['Reset Connections', 'Established Resets', 'Zurückgesetzte Verbindungen'],
      solaris: ['tcpEstabResets'],
    },
  ),
  counter(
    'TcpCurrEstab',
    'normal',
    say(
      'How many connections are in ESTABLISHED or CLOSE_WAIT now.',
      'rfc4022',
      'linux-tcp',
      'measured',
    ),
    {
      kind: 'gauge',
      misread: [
        say(
          '"All of these connections are in use." Those in CLOSE_WAIT, which a program may have forgotten to close, are part of it.',
          'rfc4022',
          'measured',
        ),
      ],
      netTools: ['connections established'],
      windows: ['Current Connections', 'Currently Established', 'Aktuelle Verbindungen'],
      solaris: ['tcpCurrEstab'],
    },
  ),
  counter(
    'TcpRtoAlgorithm',
    'normal',
    say(
      'No count: the number of the algorithm for the retransmission timeout, a constant.',
      'rfc4022',
    ),
    { kind: 'constant', windows: ['Timeout Algorithm'], solaris: ['tcpRtoAlgorithm'] },
  ),
  counter(
    'TcpRtoMin',
    'normal',
    say('No count: the shortest retransmission timeout in milliseconds, a constant.', 'rfc4022'),
    { kind: 'constant', windows: ['Minimum Timeout'], solaris: ['tcpRtoMin'] },
  ),
  counter(
    'TcpRtoMax',
    'normal',
    say('No count: the longest retransmission timeout in milliseconds, a constant.', 'rfc4022'),
    { kind: 'constant', windows: ['Maximum Timeout'], solaris: ['tcpRtoMax'] },
  ),
  counter(
    'TcpMaxConn',
    'normal',
    say('No count: how many connections there can be; −1 stands for no fixed limit.', 'rfc4022'),
    { kind: 'constant', windows: ['Maximum Connections'], solaris: ['tcpMaxConn'] },
  ),
];
