import { either, include, line, match, optional, scoped } from '../../grammar/pattern';
import { END, GAP, protocol } from '../../grammar/parts';
import { scopes } from '../../grammar/scopes';
import type { FormatGrammar } from '../../grammar/formatGrammar';

/** `192.0.2.1:443`, `2001:db8::1[443]`. */
const end = [
  scoped(scopes.address, '[0-9a-f.:]+(?=[:\\[])'),
  '[:\\[]',
  scoped(scopes.port, '\\d+'),
  '\\]?',
];

/** pfctl -ss. */
export const grammar: FormatGrammar = {
  rows: {
    pfctl: line(
      'pfctl -ss: all tcp 192.0.2.1:443 <- 198.51.100.7:50000 ESTABLISHED:ESTABLISHED',
      [
        '(?:^|\\G)',
        scoped(scopes.interface, '[a-z][\\w.]{0,15}'),
        ' ',
        protocol,
        GAP,
        end,
        optional(' \\(', end, '\\)'),
        either(' -> ', ' <- '),
        end,
        optional(' \\(', end, '\\)'),
      ],
      [
        include('state'),
        match('of what has no states', '(?<!\\S)', scoped(scopes.unknownState, '\\d:\\d'), END),
      ],
    ),
  },

  firstLines: ['[a-z][\\w.]{0,15} (?:tcp|udp) \\S+ (?:\\(\\S+\\) )?(?:->|<-) '],
};
