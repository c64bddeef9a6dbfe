import type { FormatGrammar } from '../../grammar/formatGrammar';
import { count, START } from '../../grammar/parts';
import { line, match, scoped } from '../../grammar/pattern';
import { scopes } from '../../grammar/scopes';

/** /proc/net/sockstat and sockstat6. */
export const grammar: FormatGrammar = {
  rows: {
    'counters-sockstat': line(
      'TCP: inuse 5 orphan 0 tw 2 alloc 8 mem 1',
      [
        START,
        scoped(scopes.title, '(?:sockets|(?:TCP|UDP|UDPLITE|RAW|FRAG)6?):'),
        '(?= (?:used|inuse) \\d)',
      ],
      [match('a pair', scoped(scopes.counter, '[a-z]{1,20}'), ' ', count)],
    ),
  },

  firstLines: ['sockets: used \\d'],
};
