import type { FormatGrammar } from '../../grammar/formatGrammar';
import { count } from '../../grammar/parts';
import { match, named, scoped } from '../../grammar/pattern';
import { scopes } from '../../grammar/scopes';

/** netstat -s of Windows, in any language. */
export const grammar: FormatGrammar = {
  rows: {
    'counters-windows-section': named(
      scopes.title,
      'TCP Statistics for IPv4',
      '(?:^|\\G)(?=[^=:\\d]{0,60}[Ss]tat[iy]sti)(?:[^\\s=:]{1,30} ){0,4}',
      '(?:TCP|UDP|ICMPv[46]|IPv[46])(?: [^=:]{0,60})?\\s*$',
    ),

    'counters-windows': match(
      '  Passive Opens                       = 46',
      '(?:^|\\G)\\s{2,8}',
      scoped(scopes.counter, '(?! )[^=\\t]{1,90}'),
      '= ',
      count,
      '\\s*$',
    ),

    'counters-windows-columns': match(
      '  Messages                  12          15',
      '(?:^|\\G)  ',
      scoped(scopes.counter, '[^\\s\\d][^=:\\d\\t]{1,60}'),
      count,
      ' {2,40}',
      count,
      '\\s*$',
    ),
  },
};
