import { say } from '../../wording/statement';
import { type Counter, counter } from './counter';

/** Segments: the counters of RFC 4022, which every system has. */
export const SEGMENTS: readonly Counter[] = [
  counter(
    'TcpInSegs',
    'normal',
    say(
      'A segment was received, also a damaged one. Linux counts after the network card or GRO has merged segments, so there are fewer than on the wire.',
      'linux-tcp-ipv4',
      'linux-snmp-counter',
    ),
    {
      netTools: ['segments received'],
      windows: ['Segments Received', 'In Segments', 'Empfangene Segmente'],
      bsd: ['tcp: packets received'],
      solaris: ['tcpInSegs'],
    },
  ),
  counter(
    'TcpOutSegs',
    'normal',
    say(
      'A segment was sent: data, SYN, ACK, or reset. Retransmissions are not part of it, except on BSD and macOS.',
      'linux-tcp-output',
      'rfc4022',
      'network-cmds-inet',
    ),
    {
      misread: [
        say(
          '"Retransmissions divided by this are the loss rate." It contains bare ACKs. On Linux, divide by TcpExtTCPOrigDataSent.',
          'linux-tcp-output',
          'linux-snmp-counter',
        ),
      ],
      netTools: ['segments sent out', 'segments send out'],
      windows: ['Segments Sent', 'Out Segments', 'Gesendete Segmente'],
      bsd: ['tcp: packets sent'],
      solaris: ['tcpOutSegs'],
    },
  ),
  counter(
    'TcpRetransSegs',
    'growth',
    say(
      'A segment was sent again: data, and on Linux also a SYN or a SYN-ACK.',
      'linux-tcp-output',
      'rfc4022',
      'measured',
    ),
    {
      misread: [
        say(
          '"So many packets were lost." SYNs to hosts that do not answer are part of it, and so are probes that were not needed: it can exceed the segments sent.',
          'measured',
          'linux-tcp-output',
        ),
        say(
          '"Add TcpExtTCPSynRetrans." Those are part of it. Subtract them to see how often data was sent again.',
          'linux-tcp-output',
          'measured',
        ),
      ],
      netTools: ['segments retransmitted', 'segments retransmited'],
      windows: ['Segments Retransmitted', 'Retransmitted Segments', 'Erneut übertragene Segmente'],
      bsd: ['data packets (bytes) retransmitted'],
      solaris: ['tcpRetransSegs'],
    },
  ),
  counter(
    'TcpInErrs',
    'growth',
    say(
      'A segment was dropped as wrong: its checksum or length, or on Linux a SYN within a connection.',
      'rfc4022',
      'linux-tcp-ipv4',
      'measured',
    ),
    {
      misread: [
        say(
          '"The segments were damaged." A late SYN in an old connection also counts; only TcpInCsumErrors are damaged.',
          'measured',
          'linux-tcp-input',
        ),
      ],
      netTools: ['bad segments received'],
      windows: ['tcp: In Errors'],
      solaris: ['tcpInErrs'],
    },
  ),
  counter(
    'TcpOutRsts',
    'growth',
    say(
      'This host sent a reset: for a port that is closed, for a segment that fits no connection, or because a program ended a connection at once.',
      'linux-tcp-ipv4',
      'linux-tcp-output',
      'measured',
    ),
    {
      misread: [
        say(
          '"A counter beside it says why." When a listening socket is closed, as in the restart of a service, the connections in its queue are reset, and no TCPAbort counter moves.',
          'measured',
        ),
      ],
      netTools: ['resets sent'],
      windows: ['Out Resets'],
    },
  ),
  counter(
    'TcpInCsumErrors',
    'each',
    say(
      'A segment with a wrong checksum was dropped: damaged where the Ethernet checksum does not protect it, such as in the memory of a router or a network card. Linux also counts it in TcpInErrs.',
      'linux-tcp-ipv4',
      'measured',
    ),
    { bsd: ['discarded for bad checksums'] },
  ),
];
