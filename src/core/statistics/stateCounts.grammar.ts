import type { FormatGrammar } from '../grammar/formatGrammar';
import { count, END, states } from '../grammar/parts';
import { match } from '../grammar/pattern';

/** Counts of states: of sort | uniq -c, and of awk. */
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
    'counters-by-state': match(
      'CLOSE_WAIT 120',
      '(?:^|\\G)[\\s>]{0,20}',
      states,
      '(?:\\s{0,20}[:=]\\s{0,20}|\\s{1,20})',
      count,
      '\\s*$',
    ),
  },
};
