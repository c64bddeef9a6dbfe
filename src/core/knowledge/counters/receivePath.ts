import { say } from '../../wording/statement';
import { type Counter, counter } from './counter';

/** How received packets are handled, and what is dropped on the way. */
export const RECEIVE_PATH: readonly Counter[] = [
  counter(
    'TcpExtDelayedACKs',
    'normal',
    say(
      'An ACK was sent after a short wait in which nothing else had to be sent.',
      'linux-snmp-counter',
      'linux-tcp-timer',
    ),
    { netTools: ['delayed acks sent'] },
  ),
  counter(
    'TcpExtDelayedACKLocked',
    'normal',
    say(
      'An ACK had to wait a little longer, because a program was using the socket.',
      'linux-snmp-counter',
      'linux-tcp-timer',
    ),
    { netTools: ['delayed acks further delayed because of locked socket'] },
  ),
  counter(
    'TcpExtDelayedACKLost',
    'growth',
    say(
      'Data came that this host had acknowledged: the ACK was lost or late.',
      'linux-snmp-counter',
      'linux-tcp-input',
    ),
    { netTools: ['Quick ack mode was activated times'] },
  ),
  counter(
    'TcpExtTCPHPHits',
    'normal',
    say(
      'A segment with data was handled on the fast path.',
      'linux-snmp-counter',
      'linux-tcp-input',
    ),
    {
      netTools: ['packet headers predicted', 'packets header predicted'],
      bsd: ['correct data packet header predictions'],
    },
  ),
  counter(
    'TcpExtTCPHPAcks',
    'normal',
    say(
      'An ACK without data was received and handled on the fast path.',
      'linux-snmp-counter',
      'linux-tcp-input',
    ),
    { netTools: ['predicted acknowledgments'], bsd: ['correct ACK header predictions'] },
  ),
  counter(
    'TcpExtTCPPureAcks',
    'normal',
    say(
      'An ACK without data was received and handled on the slow path.',
      'linux-snmp-counter',
      'linux-tcp-input',
    ),
    {
      netTools: [
        'acknowledgments not containing data payload received',
        'acknowledgments not containing data received',
      ],
    },
  ),
  counter(
    'TcpExtTCPAckCompressed',
    'normal',
    say(
      'An ACK was left out, because the next one says the same (`net.ipv4.tcp_comp_sack_nr`).',
      'linux-ip-sysctl',
      'linux-tcp-input',
    ),
  ),
  counter(
    'TcpExtTCPMemoryPressures',
    'each',
    say(
      'All TCP sockets together need more memory than `net.ipv4.tcp_mem` allows without pressure: buffers shrink, and every connection gets slower.',
      'linux-tcp',
      'linux-ip-sysctl',
    ),
    { netTools: ['TCP ran low on memory times'] },
  ),
  counter(
    'TcpExtTCPMemoryPressuresChrono',
    'each',
    say('No count: for how many milliseconds TCP was short of memory.', 'linux-tcp'),
  ),
  counter(
    'TcpExtPFMemallocDrop',
    'each',
    say(
      'A packet was dropped, because it was received into the last reserves of memory: the host is out of memory.',
      'linux-filter',
    ),
  ),
  counter(
    'TcpExtSockMallocOOM',
    'each',
    say('Older kernels only: memory for a packet to send was lacking.', 'net-tools-statistics'),
    { netTools: ['Ran times out of system memory during packet sending'] },
  ),
  counter(
    'TcpExtTCPMinTTLDrop',
    'information',
    say(
      'A segment came over more routers than its program allows (IP_MINTTL, used for BGP), and was dropped.',
      'linux-tcp-ipv4',
    ),
  ),
  counter(
    'TcpExtBusyPollRxPackets',
    'normal',
    say(
      'A packet was fetched by a program that asks the network card again and again instead of waiting.',
      'linux-dev',
    ),
  ),
  counter(
    'TcpExtArpFilter',
    'information',
    say('An ARP request was not answered on this interface (`arp_filter`).', 'linux-ip-sysctl'),
  ),
  counter(
    'TcpExtIPReversePathFilter',
    'growth',
    say(
      'A packet was dropped, because an answer to its source would leave by another interface (`rp_filter`): a forged source, or a network with different paths there and back.',
      'linux-ip-sysctl',
      'measured',
    ),
  ),
];

/** What kernels up to 4.13 counted of the prequeue. */
export const PREQUEUE: readonly Counter[] = [
  counter(
    'TcpExtTCPPrequeued',
    'normal',
    say(
      'Kernels up to 4.13: a segment was left to the program that was waiting for it.',
      'net-tools-statistics',
    ),
    { netTools: ['packets directly queued to recvmsg prequeue'] },
  ),
  counter(
    'TcpExtTCPDirectCopyFromPrequeue',
    'normal',
    say(
      'Kernels up to 4.13: bytes that a program took from such segments (TcpExtTCPPrequeued).',
      'net-tools-statistics',
    ),
    {
      netTools: [
        'bytes directly received in process context from prequeue',
        'packets directly received from prequeue',
      ],
    },
  ),
  counter(
    'TcpExtTCPDirectCopyFromBacklog',
    'normal',
    say(
      'Kernels up to 4.13: bytes that a program took while it was using the socket.',
      'net-tools-statistics',
    ),
    {
      netTools: [
        'bytes directly in process context from backlog',
        'packets directly received from backlog',
      ],
    },
  ),
  counter(
    'TcpExtTCPPrequeueDropped',
    'normal',
    say(
      'Kernels up to 4.13: a segment that was to be left to its program was handled by the kernel after all.',
      'net-tools-statistics',
    ),
    { netTools: ['packets dropped from prequeue'] },
  ),
  counter(
    'TcpExtTCPHPHitsToUser',
    'normal',
    say(
      'Kernels up to 4.13: a segment was handled on the fast path and copied to its program at once.',
      'net-tools-statistics',
    ),
    {
      netTools: [
        'packet headers predicted and directly queued to user',
        'packets header predicted and directly queued to user',
      ],
    },
  ),
  counter(
    'TcpExtTCPSchedulerFailed',
    'normal',
    say(
      'Kernels up to 4.13: a program woke up too late to take a segment itself.',
      'net-tools-statistics',
    ),
    { netTools: ['times receiver scheduled too late for direct processing'] },
  ),
];
