import { say } from '../../wording/statement';
import { type Counter, counter } from './counter';

/** What Linux counts of IP besides: nstat's `IpExt…`. */
export const IP_EXT: readonly Counter[] = [
  counter(
    'IpExtInNoRoutes',
    'growth',
    say(
      'A packet that this host should forward was dropped, because there is no route to its destination.',
      'linux-ip-input',
      'measured',
    ),
  ),
  counter(
    'IpExtInTruncatedPkts',
    'each',
    say('A packet was shorter than its header says.', 'linux-ip-input'),
    { ipv6: 'Ip6InTruncatedPkts', netTools: ['with truncated packets'] },
  ),
  counter('IpExtInMcastPkts', 'normal', say('A multicast packet was received.', 'linux-ip-input'), {
    ipv6: 'Ip6InMcastPkts',
    netTools: ['incoming multicast packets'],
  }),
  counter('IpExtOutMcastPkts', 'normal', say('A multicast packet was sent.', 'linux-ip-output'), {
    ipv6: 'Ip6OutMcastPkts',
    netTools: ['outgoing multicast packets'],
  }),
  counter('IpExtInBcastPkts', 'normal', say('A broadcast packet was received.', 'linux-ip-input')),
  counter('IpExtOutBcastPkts', 'normal', say('A broadcast packet was sent.', 'linux-ip-output')),
  counter(
    'IpExtInOctets',
    'normal',
    say('Bytes received, with IP headers.', 'linux-ip-input', 'rfc4293'),
    { ipv6: 'Ip6InOctets' },
  ),
  counter(
    'IpExtOutOctets',
    'normal',
    say('Bytes sent, with IP headers.', 'linux-ip-output', 'rfc4293'),
    { ipv6: 'Ip6OutOctets' },
  ),
  counter(
    'IpExtInMcastOctets',
    'normal',
    say('Bytes of multicast packets received.', 'linux-ip-input', 'rfc4293'),
    { ipv6: 'Ip6InMcastOctets' },
  ),
  counter(
    'IpExtOutMcastOctets',
    'normal',
    say('Bytes of multicast packets sent.', 'linux-ip-output', 'rfc4293'),
    { ipv6: 'Ip6OutMcastOctets' },
  ),
  counter(
    'IpExtInBcastOctets',
    'normal',
    say('Bytes of broadcast packets received.', 'linux-ip-input', 'rfc4293'),
    { ipv6: 'Ip6InBcastOctets' },
  ),
  counter(
    'IpExtOutBcastOctets',
    'normal',
    say('Bytes of broadcast packets sent.', 'linux-ip-output', 'rfc4293'),
    { ipv6: 'Ip6OutBcastOctets' },
  ),
  counter(
    'IpExtInCsumErrors',
    'each',
    say(
      'A packet whose IP header has a wrong checksum was dropped: it was damaged on its way.',
      'linux-ip-input',
    ),
  ),
  counter(
    'IpExtInNoECTPkts',
    'normal',
    say(
      'A packet was received whose sender does not take part in ECN, which lets routers report congestion without dropping.',
      'linux-snmp-counter',
    ),
    { ipv6: 'Ip6InNoECTPkts' },
  ),
  counter(
    'IpExtInECT0Pkts',
    'normal',
    say(
      'A packet was received whose sender takes part in ECN (code ECT(0)).',
      'linux-snmp-counter',
    ),
    { ipv6: 'Ip6InECT0Pkts' },
  ),
  counter(
    'IpExtInECT1Pkts',
    'normal',
    say(
      'A packet was received whose sender takes part in ECN (code ECT(1)).',
      'linux-snmp-counter',
    ),
    { ipv6: 'Ip6InECT1Pkts' },
  ),
  counter(
    'IpExtInCEPkts',
    'growth',
    say(
      'A packet was received that a router on the path has marked: its queue is congested.',
      'linux-snmp-counter',
    ),
    { ipv6: 'Ip6InCEPkts' },
  ),
  counter(
    'IpExtReasmOverlaps',
    'each',
    say(
      'Fragments overlapped and were dropped: an attack, or a sender with a bug.',
      'linux-ip-fragment',
    ),
  ),
];
