import { say } from '../../wording/statement';
import { type Counter, counter } from './counter';

/** Listening sockets and handshakes: of nstat's `TcpExt…`. */
export const LISTENING: readonly Counter[] = [
  counter(
    'TcpExtListenOverflows',
    'growth',
    say(
      'A SYN, or the last ACK of a handshake, met a full accept queue: the program that listens is not calling accept() fast enough, or its backlog is too small.',
      'linux-tcp-input',
      'linux-tcp-ipv4',
      'linux-snmp-counter',
      'measured',
    ),
    {
      misread: [
        say(
          '"So many clients were turned away." It counts packets, and a waiting client sends several: 4 clients added 28 in 8 s.',
          'measured',
        ),
        say(
          '"Raise tcp_max_syn_backlog." That is the queue of half-open connections. The accept queue is limited by the backlog of listen() and by `net.core.somaxconn`.',
          'listen.2',
          'linux-ip-sysctl',
        ),
      ],
      netTools: ['times the listen queue of a socket overflowed'],
    },
  ),
  counter(
    'TcpExtListenDrops',
    'growth',
    say(
      'A SYN or the last ACK of a handshake was dropped at a listening socket: full accept queue, full queue of half-open connections, or too little memory.',
      'linux-tcp-input',
      'linux-tcp-ipv4',
      'linux-snmp-counter',
      'measured',
    ),
    {
      misread: [
        say(
          '"Add TcpExtListenOverflows." Those are part of it. What remains after subtracting them was dropped for another reason.',
          'linux-tcp-ipv4',
          'linux-snmp-counter',
          'measured',
        ),
      ],
      netTools: ['SYNs to LISTEN sockets dropped', 'SYNs to LISTEN sockets ignored'],
    },
  ),
  counter(
    'TcpExtTCPReqQFullDoCookies',
    'growth',
    say(
      'The queue of half-open connections of a listening socket was full, and the SYN was answered with a cookie.',
      'linux-tcp-input',
      'measured',
    ),
    {
      misread: [
        say(
          '"A SYN was dropped." It was answered, and the connection can be established. With `net.ipv4.tcp_syncookies` 2 every SYN counts.',
          'linux-tcp-input',
          'measured',
        ),
      ],
    },
  ),
  counter(
    'TcpExtTCPReqQFullDrop',
    'each',
    say(
      'The queue of half-open connections of a listening socket was full, SYN cookies were off, and the SYN was dropped.',
      'linux-tcp-input',
      'measured',
    ),
  ),
  counter(
    'TcpExtSyncookiesSent',
    'growth',
    say(
      'A SYN was answered with a cookie, because the queue of half-open connections was full: a SYN flood, a small backlog, or answers that do not reach the clients.',
      'linux-syncookies',
      'linux-tcp-input',
      'measured',
    ),
    { netTools: ['SYN cookies sent'] },
  ),
  counter(
    'TcpExtSyncookiesRecv',
    'growth',
    say('A valid cookie came back: the client is real.', 'linux-syncookies', 'measured'),
    {
      misread: [
        say(
          '"The connection was established." It counts even if the accept queue then refuses it.',
          'linux-syncookies',
          'measured',
        ),
      ],
      netTools: ['SYN cookies received'],
    },
  ),
  counter(
    'TcpExtSyncookiesFailed',
    'information',
    say(
      'Shortly after cookies were sent, an ACK came that belongs to no handshake and holds no valid cookie.',
      'linux-syncookies',
      'measured',
    ),
    { netTools: ['invalid SYN cookies received'] },
  ),
  counter(
    'TcpExtEmbryonicRsts',
    'information',
    say(
      'A connection in SYN_RECV was ended by a reset or a wrong SYN: the client has gone away, or is a port scanner.',
      'linux-tcp-minisocks',
      'measured',
    ),
    { netTools: ['resets received for embryonic SYN_RECV sockets'] },
  ),
  counter(
    'TcpExtTCPSynRetrans',
    'growth',
    say(
      'A SYN or a SYN-ACK was sent again, because no answer came.',
      'linux-tcp-output',
      'linux-snmp-counter',
      'measured',
    ),
  ),
  counter(
    'TcpExtTCPDeferAcceptDrop',
    'normal',
    say(
      'The last ACK of a handshake was held back: the program asked to be told only when data comes (TCP_DEFER_ACCEPT).',
      'linux-tcp-minisocks',
      'tcp.7',
      'measured',
    ),
  ),
  counter(
    'TcpExtTCPMigrateReqSuccess',
    'information',
    say(
      'A listening socket was closed, and a connection that waited in it moved to another one on the port (SO_REUSEPORT).',
      'linux-ip-sysctl',
    ),
  ),
  counter(
    'TcpExtTCPMigrateReqFailure',
    'growth',
    say(
      'A listening socket was closed, and a connection that waited in it could not move to another one on the port.',
      'linux-ip-sysctl',
    ),
  ),
];
