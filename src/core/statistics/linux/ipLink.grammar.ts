import type { FormatGrammar } from '../../grammar/formatGrammar';
import { line, match, named, scoped } from '../../grammar/pattern';
import { scopes, stateScopes } from '../../grammar/scopes';

/** `ip link` of iproute2. */
export const grammar: FormatGrammar = {
  rows: {
    'link-interface': line(
      '2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 state UP',
      [
        '(?:^|\\G)[\\s>]{0,20}\\d{1,6}: ',
        scoped(scopes.interface, '[^\\s:@]{1,40}'),
        '(?:@[^\\s:]{1,40})?:(?= <[A-Z\\d_,-]{0,200}> mtu )',
      ],
      [
        named(stateScopes.transient, 'no link', '\\bNO-CARRIER\\b|(?<= state )DOWN\\b'),
        match('its size', '(?<= mtu )', scoped(scopes.detailValue, '\\d+')),
      ],
    ),
    'link-columns': named(
      scopes.header,
      'what the numbers below are',
      '(?:^|\\G)[\\s>]{2,20}[RT]X(?: errors)?:\\s+[a-z].*',
    ),
    'link-numbers': line(
      '   331123312 2033112      0    1233       0       0',
      ['(?:^|\\G)[\\s>]{2,20}(?=\\d{1,20}(?:\\s{1,20}\\d{1,20}){2,7}\\s*$)'],
      [named(scopes.count, 'a number that is not 0', '(?<!\\d)[1-9]\\d*')],
    ),
  },
};
