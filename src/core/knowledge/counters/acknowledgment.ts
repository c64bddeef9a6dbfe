import { say } from '../../wording/statement';
import { type Counter, counter } from './counter';

/** What acknowledgments tell the sender: order, duplicates, losses that were none. */
export const ACKNOWLEDGMENT: readonly Counter[] = [
  counter(
    'TcpExtTCPFullUndo',
    'information',
    say(
      'A loss turned out to be none: packets were only late or reordered, and the sending rate was restored.',
      'linux-tcp-input',
    ),
    {
      netTools: [
        'congestion windows fully recovered without slow start',
        'congestion windows fully recovered',
      ],
    },
  ),
  counter(
    'TcpExtTCPPartialUndo',
    'information',
    say(
      'A part of a loss turned out to be none: packets were only late or reordered.',
      'linux-tcp-input',
    ),
    { netTools: ['congestion windows partially recovered using Hoe heuristic'] },
  ),
  counter(
    'TcpExtTCPDSACKUndo',
    'information',
    say(
      'The peer reported all that was sent again as duplicates: the loss was none, and the sending rate was restored.',
      'linux-tcp-input',
    ),
    {
      netTools: [
        'congestion windows recovered without slow start by DSACK',
        'congestion window recovered without slow start using DSACK',
      ],
    },
  ),
  counter(
    'TcpExtTCPLossUndo',
    'information',
    say(
      'After a timeout the acknowledgment came after all: it was late, and the sending rate was restored.',
      'linux-tcp-input',
    ),
    {
      netTools: [
        'congestion windows recovered without slow start after partial ack',
        'congestion windows recovered after partial ack',
      ],
    },
  ),
  counter(
    'TcpExtTCPSACKReorder',
    'growth',
    say(
      'Selective acknowledgments showed that the network delivers packets in another order.',
      'linux-snmp-counter',
      'linux-tcp-input',
    ),
    { netTools: ['Detected reordering times using SACK'] },
  ),
  counter(
    'TcpExtTCPTSReorder',
    'growth',
    say(
      'Timestamps showed that the network delivers packets in another order.',
      'linux-snmp-counter',
      'linux-tcp-input',
    ),
    { netTools: ['Detected reordering times using time stamp'] },
  ),
  counter(
    'TcpExtTCPRenoReorder',
    'growth',
    say(
      'Duplicate ACKs showed that the network delivers packets in another order.',
      'linux-snmp-counter',
      'linux-tcp-input',
    ),
    { netTools: ['Detected reordering times using reno fast retransmit'] },
  ),
  counter(
    'TcpExtTCPFACKReorder',
    'growth',
    say(
      'Older kernels only: forward acknowledgments showed that the network delivers packets in another order.',
      'net-tools-statistics',
    ),
    { netTools: ['Detected reordering times using FACK'] },
  ),
  counter(
    'TcpExtTCPSACKReneging',
    'each',
    say(
      'The peer dropped data that it had acknowledged selectively: most likely its memory is short.',
      'linux-snmp-counter',
      'linux-tcp-input',
    ),
    { netTools: ['bad SACK blocks received', 'bad SACKs received'] },
  ),
  counter(
    'TcpExtTCPSACKDiscard',
    'information',
    say('A selective acknowledgment was wrong and was ignored.', 'linux-snmp-counter'),
  ),
  counter(
    'TcpExtTCPDSACKIgnoredOld',
    'information',
    say(
      'A report of duplicate data was ignored, because it is too old to say anything about the loss that is being repaired.',
      'linux-snmp-counter',
      'linux-tcp-input',
    ),
  ),
  counter(
    'TcpExtTCPDSACKIgnoredNoUndo',
    'information',
    say(
      'A report of duplicate data was ignored, because no loss is being repaired.',
      'linux-snmp-counter',
      'linux-tcp-input',
    ),
  ),
  counter(
    'TcpExtTCPDSACKIgnoredDubious',
    'information',
    say(
      'A report of duplicate data was ignored, because the peer has reported more duplicates than were sent again.',
      'linux-tcp-input',
    ),
  ),
  counter(
    'TcpExtTCPDSACKRecv',
    'growth',
    say(
      'The peer reported that data came twice: it was sent again needlessly. A zero-window probe also counts.',
      'linux-snmp-counter',
      'linux-tcp-input',
      'measured',
    ),
    { netTools: ['DSACKs received'] },
  ),
  counter(
    'TcpExtTCPDSACKOfoRecv',
    'growth',
    say(
      'The peer reported that it received data twice that it still holds, because earlier data is missing.',
      'linux-snmp-counter',
      'linux-tcp-input',
    ),
    { netTools: ['DSACKs for out of order packets received'] },
  ),
  counter(
    'TcpExtTCPDSACKRecvSegs',
    'growth',
    say('A segment of which the peer reported that it came twice.', 'linux-tcp-input'),
  ),
  counter(
    'TcpExtTCPSackShifted',
    'normal',
    say(
      'Bookkeeping of the send queue: a part that was acknowledged selectively moved to its neighbor.',
      'linux-snmp-counter',
    ),
  ),
  counter(
    'TcpExtTCPSackMerged',
    'normal',
    say(
      'Bookkeeping of the send queue: two parts that were acknowledged selectively became one.',
      'linux-snmp-counter',
    ),
  ),
  counter(
    'TcpExtTCPSackShiftFallback',
    'normal',
    say('Bookkeeping of the send queue: two parts could not be joined.', 'linux-snmp-counter'),
  ),
];
