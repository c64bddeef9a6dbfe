import { include, line, match, named, scoped } from '../../grammar/pattern';
import { END, endpoint, GAP, number, owner, pid, protocol, START } from '../../grammar/parts';
import { scopes } from '../../grammar/scopes';
import type { FormatGrammar } from '../../grammar/formatGrammar';
import { NO_OWNER_REMARKS } from './windowsWords';

/** Windows `netstat`, and the ports of IOS XE, which have the same rows. */
export const grammar: FormatGrammar = {
  common: {
    plain: line(
      'Windows, IOS-XE: TCP    192.0.2.1:443    198.51.100.7:50000    CLOSE_WAIT    4321',
      [START, protocol, GAP, endpoint, GAP, endpoint, END],
      [
        include('state'),
        match('process id, last in the row', '(?<!\\S)', pid, '(?=\\s*$)'),
        owner,
        named(
          scopes.type,
          "state of -t's offload",
          '(?<!\\S)(?:InHost|Offloaded|Offloading|Uploading)(?=\\s*$)',
        ),
        match(
          'state in a language nobody knows',
          '\\G\\s+',
          scoped(scopes.unknownState, '[^\\s\\d/()-][^\\s/():]*'),
          END,
        ),
      ],
    ),
  },

  rows: {
    program: match(
      'netstat -b: [svchost.exe]',
      '(?:^|\\G)[\\s>#]*\\[',
      scoped(scopes.process, '[^\\s\\[\\]][^\\[\\]]*'),
      '\\]\\s*$',
    ),

    component: match(
      'netstat -b: component, library, -- unknown component(s) --',
      '(?:^|\\G)[>#]?[ \\t]+',
      scoped(scopes.component, '[A-Za-z]:\\\\.+|-- \\S.{1,80} --|[A-Za-z_][\\w.$-]*'),
      '\\s*$',
    ),

    networkdirect: line(
      'netstat -x: Kernel  9  Listener  192.0.2.1:445  NA  0',
      [
        START,
        scoped(scopes.protocol, 'Kernel|User'),
        GAP,
        number,
        GAP,
        scoped(scopes.type, '[A-Z]\\w+'),
        GAP,
        endpoint,
        '(?=\\s)',
      ],
      [
        match('endpoint', '(?<!\\S)', endpoint, END),
        match('process id', '(?<!\\S)', pid, '(?=\\s*$)'),
      ],
    ),
  },

  notices: [
    'The requested operation requires elevation',
    'Der angeforderte Vorgang erfordert erhöhte Rechte',
    ...NO_OWNER_REMARKS,
  ],

  firstLines: ['(?:TCP|UDP) +[^\\s:]*:\\S+ +\\S+:[\\w*-]+(?:\\s|$)'],
};
