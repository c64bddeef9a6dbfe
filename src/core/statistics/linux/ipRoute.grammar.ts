import type { FormatGrammar } from '../../grammar/formatGrammar';
import { line, match, named, scoped } from '../../grammar/pattern';
import { scopes, stateScopes } from '../../grammar/scopes';

/** `ip route` of iproute2. */
export const grammar: FormatGrammar = {
  rows: {
    'route-line': line(
      'default via 192.0.2.1 dev eth0 proto dhcp metric 100',
      [
        '(?:^|\\G)[\\s>]{0,20}',
        '(?:(?:unicast|local|broadcast|multicast|anycast|throw|unreachable|prohibit|blackhole) )?',
        scoped(scopes.address, 'default|[\\da-f][\\da-f:.]{1,45}(?:/\\d{1,3})?'),
        '(?= (?:via|dev) \\S+ (?:dev|proto|scope|src|metric|onlink|linkdown) | (?:via|dev|metric|proto) \\S+\\s*$)',
      ],
      [
        match('the next hop', '(?<= (?:via|src) )', scoped(scopes.address, '[\\da-f.:]+')),
        match('where it leaves', '(?<= dev )', scoped(scopes.interface, '\\S+')),
        named(stateScopes.transient, 'no link', '\\b(?:linkdown|dead)\\b'),
      ],
    ),
  },
};
