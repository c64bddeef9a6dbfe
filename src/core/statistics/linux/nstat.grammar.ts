import type { FormatGrammar } from '../../grammar/formatGrammar';
import { count, START } from '../../grammar/parts';
import { match, named, scoped } from '../../grammar/pattern';
import { scopes } from '../../grammar/scopes';

/** nstat, and without the rate /proc/net/snmp6. */
export const grammar: FormatGrammar = {
  rows: {
    'counters-kernel': named(
      scopes.title,
      'the first line of nstat',
      '(?:^|\\G)#(?:kernel|\\d{1,20}\\.\\d{1,20} sampling_interval=\\d+ .*)\\s*$',
    ),

    'counters-nstat': match(
      'TcpExtListenOverflows           28                 0.0',
      START,
      scoped(scopes.counter, '(?:Ip|Icmp|Tcp|Udp|MPTcp|Sctp)\\w{2,60}'),
      '\\s{1,60}',
      count,
      '(?:\\s{1,40}-?\\d{1,12}\\.\\d)?\\s*$',
    ),
  },

  firstLines: ['#kernel\\s*$', '(?:Ip|Tcp)[A-Z]\\w{2,40} +\\d+ +-?\\d+\\.\\d\\s*$'],
};
