import { either, include, line, match, scoped } from '../../grammar/pattern';
import { scopes } from '../../grammar/scopes';
import type { FormatGrammar } from '../../grammar/formatGrammar';

/** conntrack -L and /proc/net/nf_conntrack. */
export const grammar: FormatGrammar = {
  // Before the rows of netstat: a flow without a state begins like one of them.
  short: {
    conntrack: line(
      'conntrack -L: tcp 6 117 SYN_SENT src=192.0.2.1 dst=198.51.100.7 sport=50000 dport=443 [UNREPLIED]',
      [
        '(?:^|\\G)(?:ipv[46] {1,5}\\d{1,2} )?',
        scoped(scopes.protocol, '[a-z]{2,8}[46]?'),
        ' {1,8}\\d{1,3} (?=[^=]{0,40}src=)',
      ],
      [
        match(
          'an end',
          either(
            ['(?:src|dst)=', scoped(scopes.address, '\\S+')],
            ['[sd]port=', scoped(scopes.port, '\\d+')],
          ),
        ),
        include('state-anywhere'),
      ],
    ),
  },

  notices: ['conntrack v'],
  firstLines: ['(?:ipv[46] +\\d+ )?[a-z]{2,8} +\\d{1,3} (?:\\d+ )?(?:[A-Z_0-9]+ )?src='],
};
