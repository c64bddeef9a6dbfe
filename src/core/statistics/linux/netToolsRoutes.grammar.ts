import type { FormatGrammar } from '../../grammar/formatGrammar';
import { match, named, scoped } from '../../grammar/pattern';
import { scopes } from '../../grammar/scopes';

/** `netstat -r` and `route` of Linux. */
export const grammar: FormatGrammar = {
  rows: {
    'routes-title': named(
      scopes.title,
      'the line above its columns',
      '(?:^|\\G)[\\s>]{0,20}Kernel IP(?:v6)? routing table\\s*$',
    ),
    'routes-columns': named(
      scopes.header,
      'its columns',
      '(?:^|\\G)[\\s>]{0,20}\\S{1,20}\\s{1,20}\\S{1,20}\\s{1,20}Genmask\\s.*\\sIface\\b.*',
    ),
    'routes-row': match(
      '0.0.0.0  192.0.2.1  0.0.0.0  UG  0 0  0 eth0',
      '(?:^|\\G)[\\s>]{0,20}',
      scoped(scopes.address, '[\\d.]{7,15}|default'),
      '\\s{1,20}',
      scoped(scopes.address, '[\\d.]{7,15}|\\*|-'),
      '\\s{1,20}[\\d.]{7,15}\\s{1,20}[A-Z!]{1,8}(?:\\s{1,20}(?:\\d{1,10}|-)){2,3}\\s{1,20}',
      scoped(scopes.interface, '[^\\s:]{1,15}'),
      '\\s*$',
    ),
  },
};
