import * as words from '../../grammar/words';
import { include, line, match, named, optional, scoped } from '../../grammar/pattern';
import {
  START,
  GAP,
  END,
  protocol,
  queue,
  pid,
  endpoint,
  owner,
  number,
} from '../../grammar/parts';
import { scopes } from '../../grammar/scopes';
import type { FormatGrammar } from '../../grammar/formatGrammar';

/** The same in a UNIX row, where a path may follow. */
const unixOwner = match(
  'pid/program, which may hold blanks, before a path',
  '(?<!\\S)',
  pid,
  '/',
  scoped(scopes.process, '\\S+(?: [^\\s/@]\\S*)*'),
);

const userAndInode = match(
  'user and inode',
  '(?<!\\S)',
  scoped(scopes.user, '[^\\s/()-][^\\s/]*'),
  GAP,
  scoped(scopes.inode, '\\d+'),
  END,
);

/** net-tools `netstat`, busybox, ESXi, and `ss` rows with an empty state. */
export const grammar: FormatGrammar = {
  common: {
    linux: line(
      'net-tools, busybox, ESXi, ss with an empty state: tcp  0  28  192.0.2.1:443  198.51.100.7:50000',
      [START, optional(protocol, GAP), queue, GAP, queue, GAP, endpoint, GAP, endpoint, END],
      [
        include('state'),
        include('timer'),
        owner,
        match(
          "ESXi's world id, congestion control (for TCP) and world name",
          '(?<!\\S)',
          pid,
          '\\s{2,}(?:(?:newreno|cubic)\\s+)?',
          scoped(scopes.process, '[^\\s\\d/()-][^\\s/()]*(?: [^\\s()]+)*'),
          '(?=\\s*$)',
        ),
        userAndInode,
        match(
          'state in a language nobody knows, or the number that raw sockets print',
          '\\G\\s+',
          scoped(scopes.unknownState, '[^\\s\\d/()-][^\\s/():]*|\\d{1,2}'),
          END,
          // A word, a number, an owner: that is the user and inode of a socket without state.
          '(?!\\s+\\d+\\s+(?:\\d+/|-\\s))',
        ),
        include('details'),
      ],
    ),
  },

  frequent: {
    unix: line(
      'UNIX section: unix  2  [ ACC ]  STREAM  LISTENING  18438  1/systemd  /run/x',
      [
        START,
        scoped(scopes.protocol, 'unix'),
        '\\s+\\d+\\s+\\[[^\\]]*\\]\\s+',
        scoped(scopes.type, '[A-Z]+'),
        GAP,
        // Two words where the language has it so.
        optional(scoped(scopes.localState, '[^\\s\\d]\\S*(?: [^\\s\\d]\\S*)?'), GAP),
        scoped(scopes.inode, number),
        END,
      ],
      [unixOwner, named(scopes.path, 'path or @abstract name', '(?<!\\S)[@/]\\S.*')],
    ),
  },

  rows: {
    bluetooth: line(
      'Bluetooth section: rfcomm  00:00:5E:00:53:01  00:00:5E:00:53:02  CONNECTED  1',
      [START, scoped(scopes.protocol, 'l2cap|rfcomm'), '(?=\\s+\\S+\\s+\\S+\\s)'],
      [
        match(
          'address',
          '(?<!\\S)',
          scoped(scopes.address, '(?:[0-9A-F]{2}:){5}[0-9A-F]{2}|\\*'),
          END,
        ),
        match('state', '(?<!\\S)', scoped(scopes.localState, words.otherStateWords), END),
      ],
    ),

    'sctp-continuation': match(
      'further addresses of an SCTP association: 192.0.2.11  198.51.100.91',
      '(?:^|\\G) {12,}',
      scoped(scopes.address, '[0-9a-fA-F.:]+'),
      optional(GAP, scoped(scopes.address, '[0-9a-fA-F.:]+')),
      '\\s*$',
    ),
  },

  parts: {
    timer: {
      comment: 'keepalive (12.34/0/0)',
      patterns: [
        named(scopes.timerOff, '', `(?<!\\S)(?:${words.timersOff}) ?\\(+[\\d.,]+/[\\d/]+\\)`),
        match(
          '',
          '(?<!\\S)',
          scoped(scopes.timer, `${words.timersOn}|unkn-\\d+`),
          ' ?',
          scoped(scopes.timerValue, '\\(+[\\d.,]+/[\\d/]+\\)'),
        ),
      ],
    },
  },

  notices: [
    '(Not all processes could be identified',
    'will not be shown, you would have to be root',
    '(No info could be read for "-p"',
  ],

  firstLines: ['(?:tcp|udp)6? +\\d+ +\\d+ +\\S+:[\\w*-]+ '],
};
