import type { FormatGrammar } from '../../grammar/formatGrammar';
import { line, named, scoped } from '../../grammar/pattern';
import { scopes } from '../../grammar/scopes';

/** /proc/net/dev. */
export const grammar: FormatGrammar = {
  rows: {
    'counters-dev-columns': named(
      scopes.header,
      'its two lines of columns',
      '(?:^|\\G)[\\s>]{0,20}(?:Inter-\\|\\s+Receive|face \\|bytes).*',
    ),

    'counters-dev': line(
      'eth0: 1500 12 0 0 0 0 0 0 900 8 0 0 0 0 0 0',
      [
        '(?:^|\\G)[\\s>]{0,20}',
        scoped(scopes.interface, '[^\\s:]{1,15}'),
        ':(?=\\s{0,20}\\d{1,20}(?:\\s{1,20}\\d{1,20}){15}\\s*$)',
      ],
      [named(scopes.count, 'a number that is not 0', '(?<!\\d)[1-9]\\d*')],
    ),
  },

  firstLines: ['Inter-\\|\\s+Receive'],
};
