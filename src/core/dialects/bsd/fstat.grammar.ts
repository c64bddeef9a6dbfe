import { line, match, scoped } from '../../grammar/pattern';
import { GAP, START_OF_WORD, END, endpoint, pid } from '../../grammar/parts';
import { scopes } from '../../grammar/scopes';
import type { FormatGrammar } from '../../grammar/formatGrammar';

/** `fstat` of OpenBSD and NetBSD. */
export const grammar: FormatGrammar = {
  rows: {
    fstat: line(
      'fstat: www httpd 22930 3* internet stream tcp 0xffff8000008e9660 *:80',
      [
        START_OF_WORD,
        scoped(scopes.user, '\\S+'),
        GAP,
        scoped(scopes.process, '\\S+'),
        GAP,
        pid,
        GAP,
        scoped(scopes.descriptor, '\\d+'),
        '\\* (?=internet6? |unix )',
      ],
      [
        match('protocol', '(?<!\\S)', scoped(scopes.protocol, 'tcp|udp|icmp|icmp6|unix'), END),
        match('the socket', '(?<!\\S)', scoped(scopes.pointer, '0x[0-9a-f]+'), END),
        match('an end', '(?<!\\S)', endpoint, END),
      ],
    ),
  },

  firstLines: ['\\S{1,32} +\\S{1,32} +\\d{1,10} +\\d{1,6}\\* internet6? '],
};
