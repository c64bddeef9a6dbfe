import type { FormatGrammar } from '../grammar/formatGrammar';
import { count, END, states } from '../grammar/parts';
import { match } from '../grammar/pattern';

/** Counts of states: sort | uniq -c. */
export const grammar: FormatGrammar = {
  rows: {
    'counters-states': match(
      '    120 CLOSE_WAIT',
      '(?:^|\\G)[\\s>]{0,20}',
      count,
      ' ',
      states,
      END,
      '\\s*$',
    ),
  },
};
