import { include, line, match, scoped } from '../../grammar/pattern';
import { START, GAP, END, protocol, pid, endpoint } from '../../grammar/parts';
import { scopes } from '../../grammar/scopes';
import type { FormatGrammar } from '../../grammar/formatGrammar';

/** Volatility 2 and 3. */
export const grammar: FormatGrammar = {
  rows: {
    volatility: line(
      'Volatility 2: 0xba88e1de1010  TCPv4  192.0.2.1:443  198.51.100.7:50000  CLOSE_WAIT  4321  a.exe',
      [
        START,
        scoped(scopes.pointer, '0x[0-9a-f]+'),
        GAP,
        protocol,
        GAP,
        endpoint,
        GAP,
        endpoint,
        END,
      ],
      [include('state'), include('volatility-owner')],
    ),

    'volatility-columns': line(
      'Volatility 3: 0xde0df6ef29a0  TCPv4  192.0.2.1  443  198.51.100.7  50000  CLOSE_WAIT  4321  a.exe',
      [
        START,
        scoped(scopes.pointer, '0x[0-9a-f]+'),
        GAP,
        protocol,
        GAP,
        scoped(scopes.address, '\\S+'),
        GAP,
        scoped(scopes.port, '\\d+'),
        GAP,
        scoped(scopes.address, '\\S+'),
        GAP,
        scoped(scopes.port, '\\d+'),
        END,
      ],
      [include('state'), include('volatility-owner')],
    ),
  },

  parts: {
    'volatility-owner': {
      comment: 'process id and name',
      patterns: [
        match('', '(?<!\\S)', pid, GAP, scoped(scopes.process, '[^\\s\\d-]\\S*'), '(?=\\s|$)'),
      ],
    },
  },
};
