import { include, line, match, scoped } from '../../grammar/pattern';
import { START, GAP, END, pointer, dottedEndpoint } from '../../grammar/parts';
import { scopes } from '../../grammar/scopes';
import type { FormatGrammar } from '../../grammar/formatGrammar';

/** Cisco `show tcp brief`. */
export const grammar: FormatGrammar = {
  rows: {
    cisco: line(
      'Cisco show tcp brief: 7F71A7A76F48  192.0.2.1.646  198.51.100.7.52429  ESTAB',
      [START, pointer, GAP, dottedEndpoint, GAP, dottedEndpoint, '(?=\\s+[A-Z]{4})'],
      [include('state')],
    ),

    'cisco-command': match(
      'a command that IOS takes in short: R1#sho tcp brief',
      '(?:^|\\G)\\s*',
      scoped(scopes.prompt, '[\\w.-]{1,64}[#>]'),
      '\\s*',
      scoped(scopes.command, 'sho?\\s+(?:ip\\s+)?(?:tcp|ports)'),
      END,
      scoped(scopes.option, '.*'),
    ),
  },

  firstLines: ['[\\w.-]{1,64}[#>] ?sho? +(?:ip +)?(?:tcp|ports) '],
};
