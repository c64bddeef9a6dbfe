import { say } from '../../wording/statement';
import { type Counter, counter } from './counter';

/** ICMP messages from others: nstat's `IcmpIn…`. */
export const ICMP_RECEIVED: readonly Counter[] = [
  counter(
    'IcmpInMsgs',
    'normal',
    say('An ICMP message was received, also a wrong one.', 'rfc4293', 'linux-icmp'),
    { netTools: ['ICMP messages received'], ipv6: 'Icmp6InMsgs', solaris: ['icmpInMsgs'] },
  ),
  counter(
    'IcmpInErrors',
    'growth',
    say('An ICMP message was wrong: checksum, length, or type.', 'rfc4293', 'linux-icmp'),
    { netTools: ['input ICMP message failed'], ipv6: 'Icmp6InErrors', solaris: ['icmpInErrors'] },
  ),
  counter(
    'IcmpInCsumErrors',
    'each',
    say('An ICMP message had a wrong checksum: it was damaged on its way.', 'linux-icmp'),
    { ipv6: 'Icmp6InCsumErrors', solaris: ['icmpInCksumErrs'] },
  ),
  counter(
    'IcmpInDestUnreachs',
    'information',
    say(
      'A host or router answered that a packet from here cannot arrive: closed port, host down, forbidden by a filter, or packet too large.',
      'rfc4293',
      'linux-icmp',
      'measured',
    ),
    {
      misread: [
        say(
          '"It came from another host." It can come from the kernel of this host, when a neighbor does not answer ARP.',
          'measured',
        ),
      ],
      netTools: ['ICMP input histogram: destination unreachable'],
      ipv6: 'Icmp6InDestUnreachs',
      bsd: ['Input histogram: destination unreachable'],
      solaris: ['icmpInDestUnreachs'],
    },
  ),
  counter(
    'IcmpInTimeExcds',
    'information',
    say(
      'A router answered that the TTL of a packet ran out: traceroute, or a routing loop.',
      'rfc4293',
    ),
    {
      netTools: ['timeout in transit', 'received ICMPv6 time exceeded'],
      ipv6: 'Icmp6InTimeExcds',
      bsd: ['Input histogram: time exceeded'],
      solaris: ['icmpInTimeExcds'],
    },
  ),
  counter(
    'IcmpInParmProbs',
    'information',
    say('A host or router answered that a header field of a packet is wrong.', 'rfc4293'),
    {
      netTools: [
        'ICMP input histogram: wrong parameters',
        'ICMP input histogram: parameter problem',
      ],
      ipv6: 'Icmp6InParmProblems',
      bsd: ['Input histogram: parameter problem'],
      solaris: ['icmpInParmProbs'],
    },
  ),
  counter(
    'IcmpInSrcQuenchs',
    'information',
    say('A source quench was received, a message that has been out of use for years.', 'rfc4293'),
    {
      netTools: ['source quenches', 'source quenchs'],
      bsd: ['Input histogram: source quench'],
      solaris: ['icmpInSrcQuenchs'],
    },
  ),
  counter(
    'IcmpInRedirects',
    'information',
    say('A router answered that another gateway is nearer to the destination.', 'rfc4293'),
    {
      netTools: ['ICMP input histogram: redirects'],
      ipv6: 'Icmp6InRedirects',
      bsd: ['Input histogram: routing redirect'],
      solaris: ['icmpInRedirects'],
    },
  ),
  counter('IcmpInEchos', 'normal', say('This host was pinged.', 'rfc4293'), {
    netTools: ['ICMP input histogram: echo requests'],
    ipv6: 'Icmp6InEchos',
    bsd: ['Input histogram: echo'],
    solaris: ['icmpInEchos'],
  }),
  counter(
    'IcmpInEchoReps',
    'normal',
    say('The answer to a ping of this host was received.', 'rfc4293'),
    {
      netTools: ['ICMP input histogram: echo replies'],
      ipv6: 'Icmp6InEchoReplies',
      bsd: ['Input histogram: echo reply'],
      solaris: ['icmpInEchoReps'],
    },
  ),
  counter(
    'IcmpInTimestamps',
    'normal',
    say('This host was asked for its time by ICMP.', 'rfc4293'),
    { netTools: ['ICMP input histogram: timestamp request'], solaris: ['icmpInTimestamps'] },
  ),
  counter(
    'IcmpInTimestampReps',
    'normal',
    say('The answer to an ICMP question for the time was received.', 'rfc4293'),
    { netTools: ['ICMP input histogram: timestamp reply'], solaris: ['icmpInTimestampReps'] },
  ),
  counter(
    'IcmpInAddrMasks',
    'normal',
    say('This host was asked for its netmask by ICMP, a question out of use.', 'rfc4293'),
    { netTools: ['ICMP input histogram: address mask request'], solaris: ['icmpInAddrMasks'] },
  ),
  counter(
    'IcmpInAddrMaskReps',
    'normal',
    say('The answer to an ICMP question for the netmask was received.', 'rfc4293'),
    { netTools: ['ICMP input histogram: address mask replies'], solaris: ['icmpInAddrMaskReps'] },
  ),
  counter(
    'Icmp6InPktTooBigs',
    'information',
    say(
      'A router answered that an IPv6 packet is larger than its next link allows. TCP then sends smaller ones. If a firewall drops these answers, large packets vanish.',
      'rfc4293',
    ),
    { netTools: ['ICMP input histogram: packets too big', 'packets too big'] },
  ),
  counter(
    'Icmp6InNeighborSolicits',
    'normal',
    say('A neighbor asked for the hardware address of this host (IPv6).', 'rfc4293'),
    { netTools: ['ICMP input histogram: neighbour solicits', 'neighbour solicits'] },
  ),
  counter(
    'Icmp6InRouterAdvertisements',
    'normal',
    say('A router announced itself (IPv6).', 'rfc4293'),
    { netTools: ['ICMP input histogram: router advertisement'] },
  ),
  counter(
    'Icmp6InNeighborAdvertisements',
    'normal',
    say('A neighbor told its hardware address (IPv6).', 'rfc4293'),
    { netTools: ['ICMP input histogram: neighbour advertisement'] },
  ),
  counter(
    'IcmpMsgInType*',
    'normal',
    say(
      'An ICMP message of the type in the name was received: 0 and 8 are ping, 3 is unreachable, 5 redirect, 11 time exceeded. ICMPv6 has other numbers.',
      'linux-snmp-counter',
      'rfc4293',
    ),
    { ipv6: 'Icmp6InType*' },
  ),
  counter(
    'Icmp6InGroupMembQueries',
    'normal',
    say('A router asked which multicast groups this host listens to (IPv6).', 'rfc4293'),
  ),
  counter(
    'Icmp6InGroupMembResponses',
    'normal',
    say('A host said that it listens to a multicast group (IPv6, MLD version 1).', 'rfc4293'),
  ),
  counter(
    'Icmp6InGroupMembReductions',
    'normal',
    say('A host left a multicast group (IPv6, MLD version 1).', 'rfc4293'),
  ),
  counter(
    'Icmp6InMLDv2Reports',
    'normal',
    say('A host said which multicast groups it listens to (IPv6, MLD version 2).', 'rfc4293'),
  ),
  counter(
    'Icmp6InRouterSolicits',
    'normal',
    say('A host asked routers to announce themselves (IPv6).', 'rfc4293'),
  ),
];
