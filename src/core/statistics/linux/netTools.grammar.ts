import type { FormatGrammar } from '../../grammar/formatGrammar';
import { count, START } from '../../grammar/parts';
import { match, named, scoped } from '../../grammar/pattern';
import { scopes } from '../../grammar/scopes';

/** netstat -s of Linux, and with lower case and tabs that of the BSDs and macOS. */
export const grammar: FormatGrammar = {
  rows: {
    'counters-section': named(
      scopes.title,
      'Tcp:',
      `${START}(?:(?:Ip|Icmp|Udp|UdpLite)6?|IcmpMsg|Tcp|TcpExt|IpExt|MPTcpExt|Sctp|`,
      'ah|arp|carp|divert|esp|etherip|icmp6?|igmp|ip6?|ipcomp|ipsec6?|kctl|mptcp|pfkey|pfsync|',
      'pim|rip6|sctp|tcp|udp|unix):\\s*$',
    ),

    'counters-sentence': match(
      '    28 times the listen queue of a socket overflowed',
      '(?:^|\\G)[ \\t>]{1,20}',
      count,
      // Not the count of a state.
      ' (?![A-Z_0-9-]{4,20}\\s*$)[a-zA-Z(][^:|\\t]{2,200}$',
    ),

    'counters-name': match(
      '    TCPTimeouts: 24',
      '(?:^|\\G)[ \\t>]{2,20}',
      scoped(scopes.counter, '[a-zA-Z][^:=\\d\\t]{0,60}|[A-Z]\\w{1,60}'),
      ': {1,20}',
      count,
      '\\s*$',
    ),

    'counters-between': match(
      '    Quick ack mode was activated 9 times',
      '(?:^|\\G)[ \\t>]{2,20}',
      '(?:Detected reordering|Quick ack mode was activated|TCP ran low on memory|Ran|Default TTL is) ',
      count,
      '(?: .*)?$',
    ),
  },
};
