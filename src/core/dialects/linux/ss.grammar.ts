import * as words from '../../grammar/words';
import { either, include, line, match, named, optional, scoped } from '../../grammar/pattern';
import {
  START,
  GAP,
  END,
  protocol,
  queue,
  pid,
  endpoint,
  states,
  number,
} from '../../grammar/parts';
import { scopes, stateScopes } from '../../grammar/scopes';
import { anyOf } from '../../grammar/words';
import type { FormatGrammar } from '../../grammar/formatGrammar';

/** Names that only `ss` prints before a colon; they make a line one of its details. */
const detailNames = anyOf([
  'users',
  'timer',
  'skmem',
  'mem',
  'ino',
  'uid',
  'sk',
  'cgroup',
  'wscale',
  'rto',
  'rtt',
  'mss',
  'cwnd',
  'bytes_sent',
  'bytes_acked',
  'bytes_received',
  'segs_out',
  'segs_in',
  'lastsnd',
  'bbr',
]);

/** Words that may come before the first such name. */
const detailFlags = anyOf([
  'ts',
  'sack',
  'ecn',
  'ecnseen',
  'fastopen',
  'cubic',
  'reno',
  'bbr',
  'bbr2',
  'dctcp',
  'vegas',
  'westwood',
  'htcp',
]);

/** `ss`, its details and its summary. */
export const grammar: FormatGrammar = {
  common: {
    ss: line(
      'ss: tcp  ESTAB  0  28  192.0.2.1:443  198.51.100.7:50000  users:(("nginx",pid=1,fd=2))',
      [
        START,
        optional(protocol, GAP),
        either(
          // The queues of a listener are its backlog and the limit of it: the limit is no news.
          [scoped(stateScopes.normal, 'LISTEN'), GAP, queue, GAP, number],
          [either(states, scoped(scopes.unknownState, '[A-Z][A-Z0-9-]*')), GAP, queue, GAP, queue],
        ),
        GAP,
        endpoint,
        GAP,
        endpoint,
        END,
      ],
      [include('details')],
    ),
  },

  short: {
    'ss-details': line(
      'ss -i -m -o -e on a line of its own: \\t cubic wscale:7,7 rto:204 rtt:0.4/0.2',
      [
        '(?:^|\\G)',
        either(
          ['(?=\\s)', '\\s*', `(?=(?:(?:${detailFlags})\\s+){0,6}[a-z][\\w-]*:[^\\s/])`],
          ['[>#|]?', `(?=(?:(?:${detailFlags})\\s+){0,6}(?:${detailNames}):\\S)`],
        ),
      ],
      [include('details')],
    ),
  },

  frequent: {
    'ss-local': line(
      'ss, UNIX and other local sockets: u_str  ESTAB  0  0  /run/dbus/socket 2222  * 1111',
      [
        START,
        scoped(scopes.protocol, words.localNetids),
        GAP,
        either(
          [scoped(scopes.localState, 'LISTEN'), GAP, queue, GAP, number],
          [optional(scoped(scopes.localState, '[A-Z][A-Z0-9-]*'), GAP), queue, GAP, queue],
        ),
        END,
      ],
      [
        named(scopes.path, 'path or @abstract name', '(?<!\\S)[@/]\\S*'),
        match('inode', '(?<!\\S)', scoped(scopes.inode, '\\d+'), END),
        include('details'),
      ],
    ),
  },

  rows: {
    'ss-summary': line(
      'ss -s: TCP:   41 (estab 22, closed 4, orphaned 0, timewait 4)',
      ['^', scoped(scopes.protocol, 'Total|TCP|UDP|RAW|INET|FRAG'), ':\\s+', number, '(?=\\s|$)'],
      [
        match(
          'count by state',
          scoped(scopes.detailName, 'kernel|estab|closed|orphaned|synrecv|timewait|ports'),
          ' ',
          scoped(scopes.detailValue, '\\d+(?:/\\d+)?'),
        ),
      ],
    ),

    'ss-summary-row': match(
      'ss -s: UDP  7  5  2',
      '^',
      scoped(scopes.protocol, '\\*|TCP|UDP|RAW|INET|FRAG'),
      GAP,
      scoped(scopes.detailValue, '\\d+'),
      GAP,
      scoped(scopes.detailValue, '\\d+|-'),
      GAP,
      scoped(scopes.detailValue, '\\d+|-'),
      '\\s*$',
    ),
  },

  parts: {
    details: {
      comment: 'what ss prints behind the addresses',
      patterns: [
        match(
          'one program of users:((…)); before iproute2 4.1 without pid= and fd=',
          '\\("',
          scoped(scopes.process, '[^"]*(?:"[^",][^"]*){0,2}'),
          '",(?:pid=)?',
          pid,
          optional(',(?:fd=)?', scoped(scopes.descriptor, '\\d+')),
          '\\)?',
        ),
        match(
          'timer:(keepalive,11sec,0)',
          '(?<!\\S)',
          scoped(scopes.detailName, 'timer'),
          ':\\(',
          scoped(scopes.timer, '\\w+'),
          ',',
          scoped(scopes.timerValue, '[^\\s,]*,\\d+'),
          '\\)',
        ),
        match('users', '(?<!\\S)', scoped(scopes.detailName, 'users'), ':(?=\\()'),
        match(
          'inode',
          '(?<!\\S)',
          scoped(scopes.detailName, 'ino'),
          ':',
          scoped(scopes.inode, '\\d+'),
        ),
        match(
          'user',
          '(?<!\\S)',
          scoped(scopes.detailName, 'uid'),
          ':',
          scoped(scopes.user, '\\d+'),
        ),
        match(
          'key:value',
          '(?<!\\S)',
          scoped(scopes.detailName, '[a-z][\\w-]*'),
          ':',
          either(scoped(scopes.detailValue, '[\\d(]\\S*'), '\\S+'),
        ),
        match(
          'rates',
          '(?<!\\S)',
          scoped(scopes.detailName, 'send|pacing_rate|delivery_rate|max_pacing_rate'),
          ' ',
          scoped(scopes.detailValue, '\\S+bps'),
        ),
        named(scopes.arrow, 'which directions are shut', '(?<!\\S)(?:<->|-->|<--|---)(?=\\s*$)'),
      ],
    },
  },

  firstLines: [
    '(?:(?:tcp|udp|u_str|u_dgr|u_seq|nl) +)?' +
      '(?:LISTEN|ESTAB|UNCONN|(?:SYN|FIN|CLOSE|TIME|LAST)-[A-Z0-9-]+|CLOSING) +\\d+ +\\d+ +\\S',
  ],
};
