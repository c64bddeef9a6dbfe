import type { FormatGrammar } from '../../grammar/formatGrammar';
import { line, named, scoped } from '../../grammar/pattern';
import { scopes } from '../../grammar/scopes';

const SECTIONS = '(?:Ip|Icmp|IcmpMsg|Tcp|Udp|UdpLite|TcpExt|IpExt|MPTcpExt|Sctp):';
const START = '(?:^|\\G)[\\s>]{0,20}';

/** /proc/net/snmp and /proc/net/netstat. */
export const grammar: FormatGrammar = {
  rows: {
    'counters-names': line(
      'Tcp: RtoAlgorithm RtoMin RtoMax',
      [START, scoped(scopes.title, SECTIONS), '(?= [A-Z])'],
      [named(scopes.counter, 'a name', '\\w+')],
    ),

    'counters-values': line(
      'Tcp: 1 200 120000',
      [START, scoped(scopes.title, SECTIONS), '(?= -?\\d)'],
      [named(scopes.count, 'a number that is not 0', '(?<!\\S)-?[1-9]\\d*')],
    ),
  },

  firstLines: ['(?:Ip: Forwarding|Tcp: RtoAlgorithm|TcpExt: SyncookiesSent) '],
};
