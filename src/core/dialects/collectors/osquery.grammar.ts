import { include, line, match, named, scoped } from '../../grammar/pattern';
import { END } from '../../grammar/parts';
import { scopes } from '../../grammar/scopes';
import type { FormatGrammar } from '../../grammar/formatGrammar';

/** osquery's tables of sockets. */
export const grammar: FormatGrammar = {
  rows: {
    'osquery-header': named(
      scopes.header,
      'osquery: | pid | fd | socket | family | protocol |',
      '(?:^|\\G)\\|(?: [a-z_]+ +\\|){2,40}\\s*$',
    ),

    osquery: line(
      'osquery: | 2210 | 11 | 152452000 | 2 | 6 | 192.0.2.1 | 198.51.100.7 | 34720 | 443 |',
      ['(?:^|\\G)\\|(?= -?\\d{1,10} {1,10}\\| )'],
      [
        match(
          'an address',
          '(?<= )',
          scoped(scopes.address, '\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9a-fA-F]{0,4}:[0-9a-fA-F:.]{1,40}'),
          '(?= )',
        ),
        match(
          'a number, whatever column it is in',
          '(?<= )',
          scoped(scopes.detailValue, '\\d+'),
          END,
        ),
        include('state-anywhere'),
      ],
    ),
  },

  firstLines: ['osquery> ', '\\+-{3,20}\\+-', '\\| (?:pid|fd|socket|family|protocol) +\\| '],
};
