import { line, match, scoped } from '../../grammar/pattern';
import { pid, states } from '../../grammar/parts';
import { scopes } from '../../grammar/scopes';
import type { FormatGrammar } from '../../grammar/formatGrammar';

/** psutil's net_connections(). */
export const grammar: FormatGrammar = {
  rows: {
    psutil: line(
      "psutil: sconn(fd=7, …, laddr=addr(ip='192.0.2.1', port=443), raddr=(), status='LISTEN', pid=81)",
      ['(?:^|\\G)\\s*\\[?(?=[sp]conn\\(fd=)'],
      [
        match('an address', "(?:ip=|addr=\\()'", scoped(scopes.address, "[^'\\s]+"), "'"),
        match('a port', 'port=', scoped(scopes.port, '\\d+')),
        match('process id', 'pid=', pid),
        match('a descriptor', 'fd=', scoped(scopes.descriptor, '\\d+')),
        match('a type', 'type=', scoped(scopes.type, '<[^<>]+>')),
        match('a state', "status='", states, "'"),
      ],
    ),
  },

  firstLines: ['\\[?[sp]conn\\(fd='],
};
