import { say } from '../../wording/statement';
import { type Counter, counter } from './counter';

/** nstat's `Udp…`. */
export const UDP: readonly Counter[] = [
  counter(
    'UdpInDatagrams',
    'normal',
    say(
      'A datagram was delivered. Linux counts it when the program reads it.',
      'rfc4113',
      'linux-udp',
      'measured',
    ),
    {
      misread: [
        say(
          '"So many datagrams have arrived." On Linux those that wait in Recv-Q are not part of it yet: 6 waiting added 0, and 6 once they were read.',
          'measured',
        ),
      ],
      netTools: ['Udp: packets received', 'Udp6: packets received'],
      ipv6: 'Udp6InDatagrams',
      windows: ['Datagrams Received', 'Empfangene Datagramme'],
      bsd: ['udp: delivered'],
      solaris: ['udpInDatagrams'],
    },
  ),
  counter(
    'UdpNoPorts',
    'information',
    say(
      'A datagram came for a port on which no socket listens. It was answered with ICMP "port unreachable".',
      'rfc4113',
      'linux-udp',
      'measured',
    ),
    {
      misread: [
        say(
          '"An attack." Late DNS answers and datagrams for a service that was stopped look the same.',
          'general-practice',
        ),
      ],
      netTools: ['packets to unknown port received'],
      ipv6: 'Udp6NoPorts',
      windows: ['No Ports', 'Keine Anschlüsse'],
      bsd: ['dropped due to no socket'],
      solaris: ['udpNoPorts'],
    },
  ),
  counter(
    'UdpInErrors',
    'growth',
    say(
      'A datagram could not be delivered: the receive buffer was full, memory was short, or its checksum was wrong.',
      'linux-udp',
      'rfc4113',
      'measured',
    ),
    {
      misread: [
        say(
          '"Add UdpRcvbufErrors." Those are the same datagrams again: this is the sum of all reasons.',
          'linux-udp',
          'measured',
        ),
      ],
      netTools: ['packet receive errors'],
      ipv6: 'Udp6InErrors',
      windows: ['Receive Errors', 'Empfangsfehler'],
      solaris: ['udpInErrors'],
    },
  ),
  counter(
    'UdpRcvbufErrors',
    'growth',
    say(
      'A datagram was dropped because the receive buffer of its socket was full: the program is reading too slowly. On Linux, `ss -uanmp` shows the drops of each socket as d.',
      'linux-udp',
      'iproute2-ss',
      'measured',
    ),
    {
      netTools: ['receive buffer errors'],
      ipv6: 'Udp6RcvbufErrors',
      bsd: ['dropped due to full socket buffers'],
      solaris: ['udpInOverflows'],
    },
  ),
  counter(
    'UdpSndbufErrors',
    'growth',
    say(
      'A datagram could not be sent: the send buffer was full, or the queue for a neighbor whose hardware address is unknown.',
      'linux-udp',
      'measured',
    ),
    { netTools: ['send buffer errors'], ipv6: 'Udp6SndbufErrors' },
  ),
  counter(
    'UdpOutDatagrams',
    'normal',
    say(
      'A datagram was handed to IP. That does not prove that it arrived, or that it left this host.',
      'rfc4113',
      'linux-udp',
    ),
    {
      netTools: ['Udp: packets sent', 'Udp6: packets sent', 'Udp: packets send'],
      ipv6: 'Udp6OutDatagrams',
      windows: ['Datagrams Sent', 'Gesendete Datagramme'],
      bsd: ['datagrams output'],
      solaris: ['udpOutDatagrams'],
    },
  ),
  counter(
    'UdpInCsumErrors',
    'each',
    say(
      'A datagram with a wrong checksum was dropped: it was damaged on its way. Linux counts it in UdpInErrors, too.',
      'linux-udp',
    ),
    {
      netTools: ['packets with invalid checksum'],
      ipv6: 'Udp6InCsumErrors',
      bsd: ['udp: with bad checksum'],
      solaris: ['udpInCksumErrs'],
    },
  ),
  counter(
    'UdpIgnoredMulti',
    'normal',
    say('A broadcast or multicast datagram came for which no socket is open here.', 'linux-udp'),
    { ipv6: 'Udp6IgnoredMulti', bsd: ['broadcast/multicast datagrams undelivered'] },
  ),
  counter(
    'UdpMemErrors',
    'each',
    say(
      'A datagram was dropped because all UDP sockets together have reached the memory limit of the system (`net.ipv4.udp_mem`).',
      'linux-udp',
      'linux-ip-sysctl',
    ),
    { ipv6: 'Udp6MemErrors' },
  ),
  counter('udpOutErrors', 'growth', say('Solaris could not send a datagram.', 'illumos-mib2-h'), {
    namedBy: 'solaris',
  }),
];
