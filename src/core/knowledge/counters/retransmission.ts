import { say } from '../../wording/statement';
import { type Counter, counter } from './counter';

/** Loss and retransmission, as the sender sees them: of nstat's `TcpExt…`. */
export const RETRANSMISSION: readonly Counter[] = [
  counter(
    'TcpExtTCPTimeouts',
    'growth',
    say(
      'The retransmission timer of a connection expired: nothing was acknowledged in time, be it data, a SYN, or a SYN-ACK.',
      'linux-tcp-timer',
      'measured',
    ),
    {
      misread: [
        say(
          '"Other TCP timeouts." Current kernels count all of them here; the other counters of timeouts are part of it.',
          'linux-tcp-timer',
          'measured',
        ),
      ],
      netTools: ['other TCP timeouts'],
    },
  ),
  counter(
    'TcpExtTCPLossProbes',
    'normal',
    say(
      'The last segment was sent once more, to learn early whether it was lost.',
      'linux-snmp-counter',
      'linux-tcp-output',
    ),
  ),
  counter(
    'TcpExtTCPLossProbeRecovery',
    'normal',
    say(
      'Such a probe (TcpExtTCPLossProbes) replaced a segment that had been lost.',
      'linux-snmp-counter',
      'linux-tcp-input',
    ),
  ),
  counter(
    'TcpExtTCPSpuriousRTOs',
    'growth',
    say(
      'A retransmission timeout turned out to be needless: the answer was late, not lost.',
      'linux-snmp-counter',
      'linux-tcp-input',
    ),
  ),
  counter(
    'TcpExtTCPFastRetrans',
    'growth',
    say(
      'A segment was sent again because later ones had been acknowledged.',
      'linux-snmp-counter',
      'linux-tcp-output',
    ),
    { netTools: ['fast retransmits'] },
  ),
  counter(
    'TcpExtTCPSlowStartRetrans',
    'growth',
    say('A segment was sent again after a timeout.', 'linux-snmp-counter', 'linux-tcp-output'),
    { netTools: ['retransmits in slow start'] },
  ),
  counter(
    'TcpExtTCPForwardRetrans',
    'growth',
    say(
      'Older kernels only: a segment was sent again that had not been reported lost.',
      'net-tools-statistics',
    ),
    { netTools: ['forward retransmits'] },
  ),
  counter(
    'TcpExtTCPSackRecovery',
    'growth',
    say(
      'A connection lost packets and began to repair that, guided by the selective acknowledgments of its peer. One loss of many packets counts once.',
      'linux-snmp-counter',
      'linux-tcp-input',
      'measured',
    ),
    {
      netTools: [
        'times recovered from packet loss by selective acknowledgements',
        'times recovered from packet loss due to SACK data',
      ],
    },
  ),
  counter(
    'TcpExtTCPRenoRecovery',
    'growth',
    say(
      'The same as TcpExtTCPSackRecovery, with a peer that sends no selective acknowledgments.',
      'linux-snmp-counter',
      'linux-tcp-input',
    ),
    { netTools: ['times recovered from packet loss due to fast retransmit'] },
  ),
  counter(
    'TcpExtTCPSackRecoveryFail',
    'growth',
    say(
      'A timeout interrupted the repair of a loss (with selective acknowledgments): heavy loss.',
      'linux-tcp-timer',
    ),
    { netTools: ['SACK retransmits failed'] },
  ),
  counter(
    'TcpExtTCPRenoRecoveryFail',
    'growth',
    say(
      'A timeout interrupted the repair of a loss (without selective acknowledgments): heavy loss.',
      'linux-tcp-timer',
    ),
    { netTools: ['classic Reno fast retransmits failed', 'reno fast retransmits failed'] },
  ),
  counter(
    'TcpExtTCPSackFailures',
    'growth',
    say(
      'A timeout came while the network was reordering or losing packets, with selective acknowledgments.',
      'linux-tcp-timer',
    ),
    { netTools: ['timeouts after SACK recovery'] },
  ),
  counter(
    'TcpExtTCPRenoFailures',
    'growth',
    say(
      'A timeout came while the network was reordering or losing packets, without selective acknowledgments.',
      'linux-tcp-timer',
    ),
    { netTools: ['timeouts after reno fast retransmit'] },
  ),
  counter(
    'TcpExtTCPLossFailures',
    'growth',
    say(
      'A timeout came while the loss that an earlier one had found was still being repaired: heavy loss.',
      'linux-tcp-timer',
    ),
    { netTools: ['timeouts in loss state'] },
  ),
  counter(
    'TcpExtTCPLoss',
    'growth',
    say('Older kernels only: an event in which data was lost.', 'net-tools-statistics'),
    { netTools: ['TCP data loss events', 'data loss events'] },
  ),
  counter(
    'TcpExtTCPLostRetransmit',
    'growth',
    say(
      'A segment that had been sent again was lost again. Peers that are gone also count.',
      'linux-snmp-counter',
      'linux-tcp-input',
      'measured',
    ),
    { netTools: ['retransmits lost'] },
  ),
  counter(
    'TcpExtTCPRetransFail',
    'each',
    say(
      'A segment should have been sent again, but the lower layers of this host refused it.',
      'linux-snmp-counter',
      'linux-tcp-output',
    ),
  ),
  counter(
    'TcpExtTCPSpuriousRtxHostQueues',
    'growth',
    say(
      'A segment was not sent again, because the first copy is still in this host: in a queue, in the driver, or waiting for the hardware address of a neighbor.',
      'linux-snmp-counter',
      'linux-tcp-output',
      'measured',
    ),
  ),
];
