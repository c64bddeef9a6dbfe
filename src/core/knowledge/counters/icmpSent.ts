import { say } from '../../wording/statement';
import { type Counter, counter } from './counter';

/** ICMP messages of this host: nstat's `IcmpOut…`. */
export const ICMP_SENT: readonly Counter[] = [
  counter('IcmpOutMsgs', 'normal', say('This host sent an ICMP message.', 'rfc4293'), {
    netTools: ['ICMP messages sent'],
    ipv6: 'Icmp6OutMsgs',
    solaris: ['icmpOutMsgs'],
  }),
  counter(
    'IcmpOutErrors',
    'growth',
    say(
      'This host could not send an ICMP message, because memory or a route was missing.',
      'rfc4293',
      'linux-icmp',
    ),
    { netTools: ['ICMP messages failed'], ipv6: 'Icmp6OutErrors', solaris: ['icmpOutErrors'] },
  ),
  counter(
    'IcmpOutDestUnreachs',
    'information',
    say(
      'This host answered that a packet cannot be delivered: a UDP port is closed, or there is no route to forward it.',
      'rfc4293',
      'linux-icmp',
      'measured',
    ),
    {
      netTools: ['ICMP output histogram: destination unreachable'],
      ipv6: 'Icmp6OutDestUnreachs',
      bsd: ['Output histogram: destination unreachable'],
      solaris: ['icmpOutDestUnreachs'],
    },
  ),
  counter(
    'IcmpOutTimeExcds',
    'information',
    say(
      'This host answered that the TTL of a packet ran out while it was forwarded, or that fragments did not come in time.',
      'rfc4293',
      'linux-ip-fragment',
      'measured',
    ),
    {
      netTools: ['ICMP output histogram: time exceeded', 'sent ICMPv6 time exceeded'],
      ipv6: 'Icmp6OutTimeExcds',
      bsd: ['Output histogram: time exceeded'],
      solaris: ['icmpOutTimeExcds'],
    },
  ),
  counter(
    'IcmpOutParmProbs',
    'information',
    say('This host answered that a header field of a packet is wrong.', 'rfc4293'),
    {
      netTools: [
        'ICMP output histogram: wrong parameters',
        'ICMP output histogram: parameter problem',
      ],
      ipv6: 'Icmp6OutParmProblems',
      bsd: ['Output histogram: parameter problem'],
      solaris: ['icmpOutParmProbs'],
    },
  ),
  counter(
    'IcmpOutRedirects',
    'information',
    say('This host, which forwards packets, answered that another gateway is nearer.', 'rfc4293'),
    {
      netTools: ['ICMP output histogram: redirect'],
      ipv6: 'Icmp6OutRedirects',
      bsd: ['Output histogram: routing redirect'],
      solaris: ['icmpOutRedirects'],
    },
  ),
  counter('IcmpOutEchos', 'normal', say('This host sent a ping.', 'rfc4293'), {
    netTools: ['ICMP output histogram: echo request'],
    ipv6: 'Icmp6OutEchos',
    bsd: ['Output histogram: echo'],
    solaris: ['icmpOutEchos'],
  }),
  counter('IcmpOutEchoReps', 'normal', say('This host answered a ping.', 'rfc4293'), {
    netTools: ['ICMP output histogram: echo replies'],
    ipv6: 'Icmp6OutEchoReplies',
    bsd: ['Output histogram: echo reply'],
    solaris: ['icmpOutEchoReps'],
  }),
  counter(
    'IcmpOutTimestamps',
    'normal',
    say('This host asked another for its time by ICMP.', 'rfc4293'),
    { netTools: ['ICMP output histogram: timestamp requests'], solaris: ['icmpOutTimestamps'] },
  ),
  counter(
    'IcmpOutTimestampReps',
    'normal',
    say('This host answered an ICMP question for the time.', 'rfc4293'),
    { netTools: ['ICMP output histogram: timestamp replies'], solaris: ['icmpOutTimestampReps'] },
  ),
  counter(
    'IcmpOutRateLimitGlobal',
    'information',
    say(
      'An ICMP message was not sent, because this host sends too many in all (`net.ipv4.icmp_msgs_per_sec`).',
      'linux-icmp',
      'linux-ip-sysctl',
    ),
  ),
  counter(
    'IcmpOutRateLimitHost',
    'information',
    say(
      'An ICMP message was not sent, because too many go to that host (`net.ipv4.icmp_ratelimit`).',
      'linux-icmp',
      'linux-ip-sysctl',
      'measured',
    ),
    { ipv6: 'Icmp6OutRateLimitHost' },
  ),
  counter(
    'Icmp6OutNeighborSolicits',
    'normal',
    say('This host asked for the hardware address of a neighbor (IPv6).', 'rfc4293'),
    { netTools: ['ICMP output histogram: neighbor solicits', 'neighbor solicits'] },
  ),
  counter(
    'Icmp6OutRouterSolicits',
    'normal',
    say('This host asked for routers (IPv6).', 'rfc4293'),
    { netTools: ['ICMP output histogram: router solicits'] },
  ),
  counter(
    'IcmpOutSrcQuenchs',
    'information',
    say('This host sent a source quench, a message that has been out of use for years.', 'rfc4293'),
    {
      netTools: ['ICMP output histogram: source quench'],
      bsd: ['Output histogram: source quench'],
      solaris: ['icmpOutSrcQuenchs'],
    },
  ),
  counter(
    'IcmpOutAddrMasks',
    'normal',
    say('This host asked for a netmask by ICMP, a question out of use.', 'rfc4293'),
    { netTools: ['ICMP output histogram: address mask requests'], solaris: ['icmpOutAddrMasks'] },
  ),
  counter(
    'IcmpOutAddrMaskReps',
    'normal',
    say('This host answered an ICMP question for the netmask.', 'rfc4293'),
    { netTools: ['ICMP output histogram: address mask replies'], solaris: ['icmpOutAddrMaskReps'] },
  ),
  counter(
    'Icmp6OutNeighborAdvertisements',
    'normal',
    say('This host told a neighbor its hardware address (IPv6).', 'rfc4293'),
    { netTools: ['ICMP output histogram: neighbor advertisements'] },
  ),
  counter(
    'IcmpMsgOutType*',
    'normal',
    say(
      'An ICMP message of the type in the name was sent: 0 and 8 are ping, 3 is unreachable, 5 redirect, 11 time exceeded. ICMPv6 has other numbers.',
      'linux-snmp-counter',
      'rfc4293',
    ),
    { ipv6: 'Icmp6OutType*' },
  ),
  counter(
    'Icmp6OutPktTooBigs',
    'information',
    say(
      'This host answered, as a router, that an IPv6 packet is larger than the next link allows.',
      'rfc4293',
    ),
  ),
  counter(
    'Icmp6OutGroupMembQueries',
    'normal',
    say('This host asked, as a router, which multicast groups are listened to (IPv6).', 'rfc4293'),
  ),
  counter(
    'Icmp6OutGroupMembResponses',
    'normal',
    say('This host said that it listens to a multicast group (IPv6, MLD version 1).', 'rfc4293'),
  ),
  counter(
    'Icmp6OutGroupMembReductions',
    'normal',
    say('This host left a multicast group (IPv6, MLD version 1).', 'rfc4293'),
  ),
  counter(
    'Icmp6OutMLDv2Reports',
    'normal',
    say('This host said which multicast groups it listens to (IPv6, MLD version 2).', 'rfc4293'),
  ),
  counter(
    'Icmp6OutRouterAdvertisements',
    'normal',
    say('This host announced itself as a router (IPv6).', 'rfc4293'),
  ),
];
