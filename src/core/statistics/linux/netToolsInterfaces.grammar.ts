import type { FormatGrammar } from '../../grammar/formatGrammar';
import { line, named, scoped } from '../../grammar/pattern';
import { scopes } from '../../grammar/scopes';

/** `netstat -i` of Linux. */
export const grammar: FormatGrammar = {
  rows: {
    'interfaces-title': named(
      scopes.title,
      'the line above its columns',
      '(?:^|\\G)[\\s>]{0,20}Kernel Interface table\\s*$',
    ),
    'interfaces-columns': named(
      scopes.header,
      'its columns',
      '(?:^|\\G)[\\s>]{0,20}Iface\\s+MTU\\s.*\\sFlg\\s*$',
    ),
    'interfaces-row': line(
      'eth0  1500  1203  0  12 0  1033  0  0  0 BMRU',
      [
        '(?:^|\\G)[\\s>]{0,20}',
        scoped(scopes.interface, '[^\\s:]{1,15}'),
        '(?=(?:\\s{1,20}\\d{1,20}){9,10}\\s{1,20}[A-Za-z]{1,12}\\s*$)',
      ],
      [
        { match: '\\G\\s+\\d+' },
        named(scopes.count, 'a number that is not 0', '(?<!\\d)[1-9]\\d*'),
      ],
    ),
  },
};
