import { either, line, match, scoped } from '../../grammar/pattern';
import { protocol, states } from '../../grammar/parts';
import { scopes } from '../../grammar/scopes';
import type { FormatGrammar } from '../../grammar/formatGrammar';

/** Velociraptor's Windows.Network.Netstat, a JSON object on each line. */
export const grammar: FormatGrammar = {
  rows: {
    velociraptor: line(
      'Velociraptor: {"Pid":1044,"Name":"svchost.exe","Status":"LISTEN","Laddr.IP":"0.0.0.0"}',
      ['(?:^|\\G)\\{(?="Pid":)'],
      [
        match(
          'a field with its value',
          '"',
          either(
            ['Pid":', scoped(scopes.pid, '\\d+')],
            ['Name":"', scoped(scopes.process, '[^"]+'), '"'],
            ['Type":"', protocol, '"'],
            ['Status":"', states, '"'],
            ['[LR]addr\\.IP":"', scoped(scopes.address, '[^"]+'), '"'],
            ['[LR]addr\\.Port":', scoped(scopes.port, '\\d+')],
            ['Timestamp":"', scoped(scopes.stamp, '[^"]+'), '"'],
          ),
        ),
      ],
    ),
  },

  firstLines: ['\\{"Pid":\\d{1,10},"'],
};
