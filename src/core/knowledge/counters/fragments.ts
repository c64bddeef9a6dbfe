import { say } from '../../wording/statement';
import { type Counter, counter } from './counter';

/** Fragments: counters of RFC 4293. */
export const FRAGMENTS: readonly Counter[] = [
  counter(
    'IpReasmReqds',
    'normal',
    say('A fragment was received.', 'rfc4293', 'linux-ip-fragment', 'measured'),
    {
      netTools: ['reassemblies required'],
      ipv6: 'Ip6ReasmReqds',
      windows: ['Reassembly Required'],
      bsd: ['fragments received'],
      solaris: ['ipReasmReqds'],
    },
  ),
  counter(
    'IpReasmOKs',
    'normal',
    say(
      'A packet was complete: all its fragments had come.',
      'rfc4293',
      'linux-ip-fragment',
      'measured',
    ),
    {
      netTools: ['packets reassembled ok'],
      ipv6: 'Ip6ReasmOKs',
      windows: ['Reassembly Successful'],
      bsd: ['reassembled ok'],
      solaris: ['ipReasmOKs'],
    },
  ),
  counter(
    'IpReasmFails',
    'growth',
    say(
      'A packet could not be put together from its fragments: one did not come in time, memory was short, or they overlapped.',
      'rfc4293',
      'linux-ip-fragment',
      'measured',
    ),
    {
      misread: [
        say(
          '"So many packets were lost." It counts failures of the algorithm, not packets: one packet can fail several times.',
          'rfc4293',
          'linux-ip-fragment',
        ),
      ],
      netTools: ['packet reassemblies failed', 'packet reassembles failed'],
      ipv6: 'Ip6ReasmFails',
      windows: ['Reassembly Failures'],
      bsd: ['dropped (dup or out of space)'],
      solaris: ['ipReasmFails'],
    },
  ),
  counter(
    'IpReasmTimeout',
    'growth',
    say(
      'Fragments waited (30 s by default on Linux) for one that did not come: it was lost, or a firewall drops all but the first.',
      'linux-ip-fragment',
      'linux-ip-sysctl',
      'measured',
    ),
    {
      netTools: ['fragments dropped after timeout'],
      ipv6: 'Ip6ReasmTimeout',
      bsd: ['dropped after timeout'],
      solaris: ['ipReasmTimeout'],
    },
  ),
  counter(
    'IpFragOKs',
    'information',
    say(
      'A packet was larger than the link allows and was cut into fragments, such as a large UDP datagram.',
      'rfc4293',
      'linux-ip-output',
      'measured',
    ),
    {
      netTools: ['outgoing packets fragmented ok'],
      ipv6: 'Ip6FragOKs',
      windows: ['Datagrams Successfully Fragmented'],
      bsd: ['output datagrams fragmented'],
      solaris: ['ipFragOKs'],
    },
  ),
  counter(
    'IpFragCreates',
    'information',
    say(
      'A fragment was made of a packet that was larger than the link allows.',
      'rfc4293',
      'linux-ip-output',
      'measured',
    ),
    {
      netTools: ['fragments created'],
      ipv6: 'Ip6FragCreates',
      windows: ['Fragments Created'],
      bsd: ['fragments created'],
      solaris: ['ipFragCreates'],
    },
  ),
  counter(
    'IpFragFails',
    'growth',
    say(
      'A packet was larger than the link allows and must not be cut (DF). Linux counts this while forwarding; a send() that fails with EMSGSIZE is not counted.',
      'rfc4293',
      'linux-ip-output',
      'measured',
    ),
    {
      netTools: ['outgoing packets failed fragmentation'],
      ipv6: 'Ip6FragFails',
      windows: ['Datagrams Failing Fragmentation'],
      bsd: ["datagrams that can't be fragmented"],
      solaris: ['ipFragFails'],
    },
  ),
  counter(
    'Ip6InTooBigErrors',
    'growth',
    say(
      'An IPv6 packet could not be forwarded because it was larger than the next link allows.',
      'rfc4293',
    ),
    { netTools: ['with packets too big'] },
  ),
];
