import { include, line, match, optional, scoped } from '../grammar/pattern';
import { START_OF_ADDRESS, GAP, END, queue, pid, dottedEndpoint, number } from '../grammar/parts';
import { scopes, stateScopes } from '../grammar/scopes';
import type { FormatGrammar } from '../grammar/formatGrammar';

/** Solaris `netstat`. */
export const grammar: FormatGrammar = {
  frequent: {
    solaris: line(
      'Solaris, TCP: 192.0.2.1.22  198.51.100.7.50000  16445  0  24820  0  ESTABLISHED',
      [
        START_OF_ADDRESS,
        dottedEndpoint,
        GAP,
        dottedEndpoint,
        GAP,
        optional(
          scoped(scopes.user, '[^\\s\\d]\\S*'),
          GAP,
          pid,
          GAP,
          scoped(scopes.process, '\\S+'),
          GAP,
        ),
        number,
        GAP,
        queue,
        GAP,
        number,
        GAP,
        queue,
        // Streams of SCTP.
        optional(GAP, '\\d+/\\d+'),
        '(?=\\s+[A-Z])',
      ],
      [
        include('state'),
        match('interface', '(?<!\\S)', scoped(scopes.interface, '[a-z]\\w*'), '(?=\\s*$)'),
      ],
    ),
  },

  rows: {
    'solaris-udp': line(
      'Solaris, UDP: *.111  Idle',
      [
        START_OF_ADDRESS,
        dottedEndpoint,
        GAP,
        optional(dottedEndpoint, GAP),
        optional(
          scoped(scopes.user, '[^\\s\\d]\\S*'),
          GAP,
          pid,
          GAP,
          scoped(scopes.process, '\\S+'),
          GAP,
        ),
        scoped(stateScopes.normal, 'Idle|Unbound|Connected'),
        END,
      ],
      [match('interface', '(?<!\\S)', scoped(scopes.interface, '[a-z]\\w*'), '(?=\\s*$)')],
    ),
  },
};
