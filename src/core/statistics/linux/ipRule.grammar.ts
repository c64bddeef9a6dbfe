import type { FormatGrammar } from '../../grammar/formatGrammar';
import { line, match, scoped } from '../../grammar/pattern';
import { scopes } from '../../grammar/scopes';

/** `ip rule` of iproute2. */
export const grammar: FormatGrammar = {
  rows: {
    'rule-line': line(
      '100:  from 10.0.0.0/8 lookup 100',
      [
        '(?:^|\\G)[\\s>]{0,20}\\d{1,10}:\\s{1,9}(?:not )?from ',
        scoped(scopes.address, 'all|[\\da-f][\\da-f:.]{1,45}(?:/\\d{1,3})?'),
        '(?= .{0,200}\\b(?:lookup|unreachable|prohibit|blackhole|goto|nop)\\b)',
      ],
      [
        match('the destination', '(?<= to )', scoped(scopes.address, '[\\da-f][\\da-f:.]{1,45}')),
        match('an interface', '(?<= [io]if )', scoped(scopes.interface, '\\S+')),
      ],
    ),
  },
};
