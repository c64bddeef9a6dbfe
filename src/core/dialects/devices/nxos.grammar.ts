import { include, line, match, scoped } from '../../grammar/pattern';
import { GAP } from '../../grammar/parts';
import { scopes } from '../../grammar/scopes';
import type { FormatGrammar } from '../../grammar/formatGrammar';

/** Cisco NX-OS show sockets connection. */
export const grammar: FormatGrammar = {
  rows: {
    nxos: line(
      'show sockets connection: [host]: tcp ESTABLISHED 0 192.0.2.1(22)',
      [
        '(?:^|\\G)\\[[\\w.-]{1,64}\\]: ',
        scoped(scopes.protocol, '(?:tcp|udp|raw)6?(?:\\(4/6\\))?'),
        '(?=\\s)',
      ],
      [
        match(
          'an end',
          '(?<!\\S)',
          scoped(scopes.address, '[0-9a-f.:*]+'),
          '\\(',
          scoped(scopes.port, '\\d+|\\*'),
          '\\)',
        ),
        include('state'),
      ],
    ),

    'nxos-second': match(
      'its second line: management 38 198.51.100.3(51514)',
      '(?:^|\\G)\\s{8,20}',
      '[\\w.-]{1,64}',
      GAP,
      '\\d{1,10}',
      GAP,
      scoped(scopes.address, '[0-9a-f.:*]+'),
      '\\(',
      scoped(scopes.port, '\\d+|\\*'),
      '\\)',
    ),
  },

  firstLines: ['\\[[\\w.-]{1,64}\\]: (?:tcp|udp|raw)'],
};
