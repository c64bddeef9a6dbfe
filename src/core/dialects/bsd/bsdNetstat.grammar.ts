import { either, include, line, match, named, optional, scoped } from '../../grammar/pattern';
import {
  START,
  GAP,
  END,
  protocol,
  queue,
  pointer,
  pid,
  dottedEndpoint,
  number,
} from '../../grammar/parts';
import { scopes } from '../../grammar/scopes';
import type { FormatGrammar } from '../../grammar/formatGrammar';

/** `netstat` of the BSD family. */
export const grammar: FormatGrammar = {
  frequent: {
    bsd: line(
      'macOS, BSD, AIX, HP-UX: tcp4  0  28  192.0.2.1.443  198.51.100.7.50000  CLOSE_WAIT',
      [
        START,
        optional(pointer, GAP, optional('[0-9a-fA-F]{1,16}', GAP)),
        either(scoped(scopes.protocol, 'ip ?[46]'), protocol),
        GAP,
        // FreeBSD -T counts three things here, and nothing for UDP.
        optional(queue, GAP, queue, GAP, optional(number, GAP)),
        dottedEndpoint,
        GAP,
        dottedEndpoint,
        END,
      ],
      [
        include('state'),
        include('process-and-pid'),
        match(
          "macOS's pid and epid, before the flags and options of the socket",
          '(?<!\\S)',
          pid,
          '\\s+\\d+(?=\\s+(?:0x[0-9a-f]{4}|[0-9a-f]{5})\\s+(?:0x)?[0-9a-f]{8}\\s)',
        ),
      ],
    ),
  },

  rows: {
    'bsd-unix': line(
      'UNIX section of BSD, AIX, Solaris: fffff80003ab6200 stream  0  0  0  0  0  0 /var/run/x',
      [
        START,
        pointer,
        GAP,
        scoped(scopes.type, 'stream|dgram|seqpac|seqpacket|stream-ord|raw|rdm'),
        END,
      ],
      [
        match('another socket', '(?<!\\S)', pointer, END),
        include('process-and-pid'),
        named(scopes.path, 'path', '(?<!\\S)[@/]\\S.*'),
      ],
    ),

    'bsd-kernel': line(
      'kernel sections of macOS: kctl  0  0  0  577 2097152 1048576  UserEventAgent:88  00182 …',
      [START, scoped(scopes.protocol, 'kctl|kevt'), GAP, queue, GAP, queue, '(?=\\s)'],
      [include('process-and-pid')],
    ),

    pointer: match('a pointer alone, below a UNIX row of AIX', START, pointer, '\\s*$'),

    'bsd-listen': match(
      'netstat -L of BSD and macOS: tcp4  0/0/128  *.22',
      START,
      optional(pointer, GAP),
      optional(protocol, GAP),
      either('0', scoped(scopes.queue, number)),
      '/',
      either('0', scoped(scopes.queue, number)),
      '/\\d+\\s+',
      dottedEndpoint,
      '.*',
    ),

    multipath: line(
      'Multipath section of macOS: mptcp/00000001 [flags]  192.0.2.1.50000  198.51.100.7.443',
      [START, scoped(scopes.protocol, '(?:mp)?tcp[46]?'), '/[0-9a-f]+', '(?=\\s)'],
      [match('endpoint', '(?<!\\S)', dottedEndpoint, END), include('state-anywhere')],
    ),
  },

  parts: {
    'process-and-pid': {
      comment: 'what macOS prints',
      patterns: [
        match(
          "macOS's process:pid, cut at 16 characters, before the flags of the socket",
          '(?<!\\S)(?!\\d+\\s)',
          scoped(scopes.process, '(?:[^\\s:]+ ){0,4}[^\\s:]*'),
          ':',
          pid,
          '(?=\\s+[0-9a-f]{5,8}\\s)',
        ),
      ],
    },
  },

  firstLines: ['(?:tcp|udp)[46]{0,2} +\\d+ +\\d+ +\\S+\\.[\\w*-]+ '],
};
