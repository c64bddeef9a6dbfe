import { include, line, match, scoped } from '../grammar/pattern';
import { scopes } from '../grammar/scopes';
import type { FormatGrammar } from '../grammar/formatGrammar';

/** osquery's tables of sockets. */
export const grammar: FormatGrammar = {
  rows: {
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
        include('state-anywhere'),
      ],
    ),
  },

  firstLines: ['\\+-{3,20}\\+-', '\\| (?:pid|fd|socket|family|protocol) +\\| '],
};
