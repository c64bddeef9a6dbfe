import * as words from '../../grammar/words';
import { include, line, match, named, optional, scoped } from '../../grammar/pattern';
import { START_OF_WORD, GAP, END, endpoint, dottedEndpoint } from '../../grammar/parts';
import { scopes } from '../../grammar/scopes';
import type { FormatGrammar } from '../../grammar/formatGrammar';

/** `sockstat`. */
export const grammar: FormatGrammar = {
  frequent: {
    sockstat: line(
      'sockstat: root  sshd  705  4  tcp4  *:22  *:*',
      [
        START_OF_WORD,
        scoped(scopes.user, '\\S+'),
        GAP,
        scoped(scopes.process, '\\S+'),
        // A long name may run into its pid.
        optional(GAP, scoped(scopes.pid, '\\d+|\\?+')),
        GAP,
        scoped(scopes.descriptor, '\\d+|\\?+'),
        GAP,
        scoped(scopes.protocol, `(?:${words.protocols}|stream|dgram|seqpac)(?: 6)?`),
        '(?=\\s)',
      ],
      [
        named(scopes.path, 'path', '(?<!\\S)/\\S+'),
        match('endpoint', '(?<!\\S)', endpoint, END),
        match('endpoint', '(?<!\\S)', dottedEndpoint, END),
        include('state-anywhere'),
      ],
    ),
  },
};
