import { HEALTH_CLASSES } from '../../src/core/knowledge/health';
import {
  either,
  include,
  line,
  match,
  named,
  optional,
  type Part,
  type Rule,
  scoped,
} from './pattern';
import { scopes, stateScopes } from './scopes';
import * as words from './words';

/*
 * How the grammar works: every line is decided by one rule that begins with `^` and knows the
 * shape of one family of rows (protocol word, queues, two endpoints, …), so that prose is left
 * alone. It colors the columns that are certain; what comes behind them is optional and is read
 * by small rules until the end of the line. A last rule takes every other line as a whole: without
 * it each rule would be tried at each character.
 *
 * Expressions use only what Oniguruma and JavaScript share, except `\G` (right behind the
 * beginning that was just read), so that they can be checked for super-linear backtracking.
 */

/**
 * Start of a row: what people quote and comment dumps with, then blanks. All of it is taken, so
 * that what follows need not be tried at each of its characters.
 */
const START = '(?:^|\\G)[\\s>#*|/+]*(?![\\s>#|/+])';
/** The same where the row begins with any word. */
const START_OF_WORD = `${START}(?!\\*)`;
/** The same where a row may begin with the address `*.22`. */
const START_OF_ADDRESS = '(?:^|\\G)[\\s>#|/+]*(?![\\s>#|/+])';
const GAP = '\\s+';
const END = '(?!\\S)';

const protocol = scoped(scopes.protocol, words.protocols);
const queue: Part = either('0', scoped(scopes.queue, '\\d+'));
const pointer = scoped(scopes.pointer, '(?:0x)?[0-9a-fA-F]{8,16}');
const pid = scoped(scopes.pid, '\\d+');

/**
 * A port or a service behind its separator. No text is both, nor can the two be split in two ways:
 * a row that fails in its second address would otherwise try each way of splitting the first.
 */
const port: Part = either(
  [scoped(scopes.port, '\\d+|\\*'), END],
  scoped(scopes.service, '[^\\s:.*\\d][^\\s:.]*|\\d+[^\\s:.\\d][^\\s:.]*'),
);

/** `192.0.2.1:443`, `[fe80::1%eth0]:ssh`, `fe80::1%eth0:22`, `:::80`, `*:*`. */
const endpoint: Part = [
  scoped(scopes.address, '[^\\s%]+'),
  optional(scoped(scopes.interface, '%[^\\s:\\]]+'), '\\]?'),
  ':',
  port,
];

/** `192.0.2.1.443`, `fe80::1%lo0.22`, `*.*`. */
const dottedEndpoint: Part = [
  scoped(scopes.address, '[^\\s%]+'),
  optional(scoped(scopes.interface, '%\\S+')),
  '\\.',
  port,
];

/** `192.0.2.1:443->198.51.100.7:50000` of lsof: each end stops at the arrow. */
const lsofEndpoint: Part = [
  scoped(scopes.address, '[^\\s%>]+'),
  optional(scoped(scopes.interface, '%[^\\s:\\]>]+'), '\\]?'),
  ':',
  either(
    [scoped(scopes.port, '\\d+|\\*'), '(?![^\\s-])'],
    scoped(
      scopes.service,
      '[^\\s:.*\\d](?:(?!->)[^\\s:.])*|\\d+-?[^\\s:.\\d>-](?:(?!->)[^\\s:.])*',
    ),
  ),
];

/** A state, with the scope of its class. */
const states: Part = either(
  ...HEALTH_CLASSES.map(health => scoped(stateScopes[health], words.stateWords(health))),
);

/** The `st` column of /proc/net files. */
const procStates: Part = either(
  ...HEALTH_CLASSES.map(health => scoped(stateScopes[health], words.procStates(health))),
);

/** `4321/orders-api`, `600/sshd: /usr/sbin`, `12387/Passenger Rac`: up to the timer. */
const owner = match(
  'pid/program, which may hold blanks',
  '(?<!\\S)',
  pid,
  '/',
  scoped(
    scopes.process,
    `\\S+(?: (?!(?:${words.timersOff}|${words.timersOn}|unkn-\\d+) ?\\()\\S+)*`,
  ),
);

/** The same in a UNIX row, where a path may follow. */
const unixOwner = match(
  'pid/program, which may hold blanks, before a path',
  '(?<!\\S)',
  pid,
  '/',
  scoped(scopes.process, '\\S+(?: [^\\s/@]\\S*)*'),
);

const unixPath = named(scopes.path, 'path or @abstract name', '(?<!\\S)[@/]\\S.*');

const userAndInode = match(
  'user and inode',
  '(?<!\\S)',
  scoped(scopes.user, '[^\\s/()-][^\\s/]*'),
  GAP,
  scoped(scopes.inode, '\\d+'),
  END,
);

const number = '\\d+';

const rows: Readonly<Record<string, Rule>> = {
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

  'ss-details': line(
    'ss -i -m -o -e on a line of its own: \\t cubic wscale:7,7 rto:204 rtt:0.4/0.2',
    [
      '(?:^|\\G)',
      either(
        ['(?=\\s)', '\\s*', `(?=(?:(?:${words.detailFlags})\\s+){0,6}[a-z][\\w-]*:[^\\s/])`],
        ['[>#|]?', `(?=(?:(?:${words.detailFlags})\\s+){0,6}(?:${words.detailNames}):\\S)`],
      ),
    ],
    [include('details')],
  ),

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

  proc: match(
    '/proc/net/tcp: 0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000 …',
    '(?:^|\\G)[\\s>#|]*\\d+:\\s+',
    scoped(scopes.address, '[0-9A-F]{8,32}'),
    ':',
    scoped(scopes.port, '[0-9A-F]{4}'),
    GAP,
    scoped(scopes.address, '[0-9A-F]{8,32}'),
    ':',
    scoped(scopes.port, '[0-9A-F]{4}'),
    GAP,
    either(procStates, '[0-9A-F]{2}'),
    GAP,
    either('0{8}', scoped(scopes.queue, '[0-9A-F]{8}')),
    ':',
    either('0{8}', scoped(scopes.queue, '[0-9A-F]{8}')),
    GAP,
    either('00:[0-9A-F]{8}', [
      scoped(scopes.timer, '[0-9A-F]{2}'),
      ':',
      scoped(scopes.timerValue, '[0-9A-F]{8}'),
    ]),
    '\\s+[0-9A-F]{8}\\s+',
    scoped(scopes.user, number),
    '\\s+\\d+\\s+',
    scoped(scopes.inode, number),
    '.*',
  ),

  'proc-unix': match(
    '/proc/net/unix: 0000000000000000: 00000002 00000000 00010000 0001 01 42776 /run/x',
    START,
    scoped(scopes.pointer, '[0-9a-f]{8,16}'),
    ':\\s+[0-9A-F]{8}\\s+[0-9A-F]{8}\\s+[0-9A-F]{8}\\s+[0-9A-F]{4}\\s+',
    scoped(scopes.localState, '[0-9A-F]{2}'),
    GAP,
    scoped(scopes.inode, number),
    optional(GAP, scoped(scopes.path, '\\S.*')),
  ),

  lsof: line(
    'lsof -i: nginx  1608 www-data  46u  IPv4  13913  0t0  TCP *:http (LISTEN)',
    [
      START_OF_WORD,
      scoped(scopes.process, '\\S+'),
      GAP,
      pid,
      GAP,
      // TID and TASKCMD, where lsof lists threads.
      optional(number, GAP, optional('[^\\s\\d]\\S*', GAP)),
      scoped(scopes.user, '\\S+'),
      GAP,
      scoped(scopes.descriptor, '\\d+[a-zA-Z]{0,2}'),
      '\\s+IPv[46]\\s+',
      // The device of a socket is its inode on Linux, its address in the kernel elsewhere.
      either([scoped(scopes.inode, number), END], '\\S+'),
      '\\s+(?:\\S+\\s+)?',
      protocol,
      GAP,
      lsofEndpoint,
      optional('->', lsofEndpoint),
    ],
    [include('state-anywhere')],
  ),

  'lsof-local': line(
    'lsof: systemd  1  root  19u  unix 0xffff98e4b3fed400  0t0  76786 /run/x type=DGRAM',
    [
      START_OF_WORD,
      scoped(scopes.process, '\\S+'),
      GAP,
      pid,
      GAP,
      optional(number, GAP, optional('[^\\s\\d]\\S*', GAP)),
      scoped(scopes.user, '\\S+'),
      GAP,
      scoped(scopes.descriptor, '\\d+[a-zA-Z]{0,2}'),
      GAP,
      scoped(scopes.protocol, 'unix|netlink|pack|raw6?|sock|vsock'),
      GAP,
      optional('\\S+', GAP),
      '\\S+\\s+',
      scoped(scopes.inode, number),
      '(?=\\s)',
    ],
    [named(scopes.path, 'path or @abstract name', '(?<!\\S)[@/]\\S*')],
  ),

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
    [unixOwner, unixPath],
  ),

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

  'bsd-unix': line(
    'UNIX section of BSD, AIX, Solaris: fffff80003ab6200 stream  0  0  0  0  0  0 /var/run/x',
    [
      START,
      pointer,
      GAP,
      scoped(scopes.type, 'stream|dgram|seqpac|seqpacket|stream-ord|raw|rdm'),
      END,
    ],
    [match('another socket', '(?<!\\S)', pointer, END), include('process-and-pid'), unixPath],
  ),

  'bsd-kernel': line(
    'kernel sections of macOS: kctl  0  0  0  577 2097152 1048576  UserEventAgent:88  00182 …',
    [START, scoped(scopes.protocol, 'kctl|kevt'), GAP, queue, GAP, queue, '(?=\\s)'],
    [include('process-and-pid')],
  ),

  pointer: match('a pointer alone, below a UNIX row of AIX', START, pointer, '\\s*$'),

  'sctp-continuation': match(
    'further addresses of an SCTP association: 192.0.2.11  198.51.100.91',
    '(?:^|\\G) {12,}',
    scoped(scopes.address, '[0-9a-fA-F.:]+'),
    optional(GAP, scoped(scopes.address, '[0-9a-fA-F.:]+')),
    '\\s*$',
  ),

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

  solaris: line(
    'Solaris, TCP: 192.0.2.1.22  198.51.100.7.50000  16445  0  24820  0  ESTABLISHED',
    [
      START_OF_ADDRESS,
      dottedEndpoint,
      GAP,
      dottedEndpoint,
      GAP,
      optional(
        scoped(scopes.user, '[^\\s\\d]\\S*'),
        GAP,
        pid,
        GAP,
        scoped(scopes.process, '\\S+'),
        GAP,
      ),
      number,
      GAP,
      queue,
      GAP,
      number,
      GAP,
      queue,
      // Streams of SCTP.
      optional(GAP, '\\d+/\\d+'),
      '(?=\\s+[A-Z])',
    ],
    [
      include('state'),
      match('interface', '(?<!\\S)', scoped(scopes.interface, '[a-z]\\w*'), '(?=\\s*$)'),
    ],
  ),

  'solaris-udp': line(
    'Solaris, UDP: *.111  Idle',
    [
      START_OF_ADDRESS,
      dottedEndpoint,
      GAP,
      optional(dottedEndpoint, GAP),
      optional(
        scoped(scopes.user, '[^\\s\\d]\\S*'),
        GAP,
        pid,
        GAP,
        scoped(scopes.process, '\\S+'),
        GAP,
      ),
      scoped(stateScopes.normal, 'Idle|Unbound|Connected'),
      END,
    ],
    [match('interface', '(?<!\\S)', scoped(scopes.interface, '[a-z]\\w*'), '(?=\\s*$)')],
  ),

  cisco: line(
    'Cisco show tcp brief: 7F71A7A76F48  192.0.2.1.646  198.51.100.7.52429  ESTAB',
    [START, pointer, GAP, dottedEndpoint, GAP, dottedEndpoint, '(?=\\s+[A-Z]{4})'],
    [include('state')],
  ),

  'powershell-table': line(
    'Get-NetTCPConnection: 192.0.2.1  443  198.51.100.7  50000  CloseWait  Internet  4321',
    [
      START,
      scoped(scopes.address, '[0-9a-fA-F.:]+'),
      optional(scoped(scopes.interface, '%\\w+')),
      GAP,
      scoped(scopes.port, '\\d{1,5}'),
      GAP,
      scoped(scopes.address, '[0-9a-fA-F.:]+'),
      optional(scoped(scopes.interface, '%\\w+')),
      GAP,
      scoped(scopes.port, '\\d{1,5}'),
      '(?=\\s+[A-Z])',
    ],
    [include('state'), match('process id', '(?<!\\S)', pid, '(?=\\s*$)')],
  ),

  'powershell-udp': match(
    'Get-NetUDPEndpoint: 0.0.0.0  5353',
    START,
    scoped(scopes.address, '\\d+\\.\\d+\\.\\d+\\.\\d+|[0-9a-fA-F]*:[0-9a-fA-F:.]*'),
    optional(scoped(scopes.interface, '%\\w+')),
    GAP,
    scoped(scopes.port, '\\d{1,5}'),
    '\\s*$',
  ),

  'powershell-list': line(
    'Format-List: RemotePort : 50000',
    [
      START,
      either(
        [
          scoped(scopes.detailName, words.powershell.address),
          '\\s*:\\s*',
          scoped(scopes.address, '[0-9a-fA-F.:%]*'),
        ],
        [
          scoped(scopes.detailName, words.powershell.port),
          '\\s*:\\s*',
          scoped(scopes.port, '\\d*'),
        ],
        [scoped(scopes.detailName, words.powershell.pid), '\\s*:\\s*', scoped(scopes.pid, '\\d*')],
        [scoped(scopes.detailName, `State|${words.powershell.other}`), '\\s*:'],
      ),
      END,
    ],
    [include('state-anywhere')],
  ),

  csv: line(
    'Export-Csv: "192.0.2.1","443","198.51.100.7","50000","CloseWait","4321"',
    ['(?:^|\\G)\\s*(?="[^"]*","[^"]*","[^"]*","[^"]*")'],
    [
      match(
        'a cell, whatever column it is in',
        '"',
        either(
          [scoped(scopes.detailValue, '\\d{1,10}'), '(?=")'],
          [scoped(scopes.address, '[0-9a-fA-F]*[.:][0-9a-fA-F.:%]*'), '(?=")'],
          [states, '(?=")'],
          [scoped(scopes.header, words.powershell.columns), '(?=")'],
          '[^"]*',
        ),
        '",?',
      ),
    ],
  ),

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

  'lsof-fields': {
    comment: 'lsof -F: process id, then its name before anything else',
    begin: '^(p)(\\d+)$',
    beginCaptures: { '1': { name: scopes.type }, '2': { name: scopes.pid } },
    end: '^(?:(c)(.+)|(?![gRu]\\S))',
    endCaptures: { '1': { name: scopes.type }, '2': { name: scopes.process } },
  },

  'lsof-field': line(
    'lsof -F: a field of a file',
    [
      '^',
      either(
        [scoped(scopes.type, 'P'), protocol, '$'],
        [scoped(scopes.type, 'f'), scoped(scopes.descriptor, '\\d+'), '$'],
        [scoped(scopes.type, 't'), scoped(scopes.protocol, 'IPv[46]'), '$'],
        [scoped(scopes.type, 'TST'), '=(?=[A-Z])'],
        [scoped(scopes.type, 'TQ[RS]'), '=', either('0', scoped(scopes.queue, number)), '$'],
        [scoped(scopes.type, 'n'), lsofEndpoint, optional('->', lsofEndpoint), '$'],
      ),
    ],
    [include('state-anywhere')],
  ),

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
};

/** Lines around the rows. */
const surroundings: Readonly<Record<string, Rule>> = {
  header: named(
    scopes.header,
    'column titles: a word that begins them and one that must follow',
    `${START}(?:${words.headerStarts})(?=\\s+[^\\s:]).*(?:${words.headerWords}).*`,
  ),

  title: named(scopes.title, 'title of a section', `${START}(?:${words.titles}).*`),

  rule: named(scopes.rule, 'dashes below a header', `${START}-{3,}(?:\\s+-+)*\\s*$`),

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

  notice: named(scopes.notice, 'what a tool could not see', `${START}(?:${words.notices}).*`),

  snapshot: named(
    scopes.snapshot,
    'a line of time alone, and zzz of OSWatcher: a new snapshot begins',
    '(?:^|\\G)\\s*(?:zzz [*<].*|',
    '(?:[A-Z][a-z]{2},? )?[A-Z][a-z]{2} +\\d{1,2} \\d\\d:\\d\\d:\\d\\d(?: [A-Z]{2,5})?(?: \\d{4})?|',
    '\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?(?: ?Z| ?[+-]\\d\\d:?\\d\\d)?|',
    '(?:[A-Z][a-z]{2} )?\\d\\d[./]\\d\\d[./]\\d{4},? +\\d{1,2}:\\d\\d:\\d\\d(?:[.,]\\d\\d)?(?: [AP]M)?',
    ')\\s*$',
  ),

  command: match(
    'a pasted command, with or without prompt',
    '(?:^|\\G)\\s*',
    optional(scoped(scopes.prompt, '[$#%>λ]|\\S.{0,120}?[$#%>]'), '\\s*'),
    optional(scoped(scopes.command, 'sudo|watch'), '\\s+(?:-\\S{1,20}\\s+){0,4}'),
    scoped(
      scopes.command,
      'netstat|ss|lsof|sockstat|busybox netstat|Get-Net(?:TCPConnection|UDPEndpoint)|' +
        'sho?w? (?:ip )?(?:tcp|ports)|esxcli network ip connection list|cat /proc/net/\\w+',
    ),
    '(?:\\.exe)?(?=\\s+[-–+/|>]|\\s+brief|\\s+all|\\s*$)',
    scoped(scopes.option, '.*'),
  ),

  comment: named(scopes.comment, 'any other commented line', '^\\s*#.*'),

  stamp: {
    comment: 'a time or a syslog prefix before a row',
    begin:
      '^\\s*(\\[[\\d:./ T,Z+-]{4,40}\\] ?|' +
      '\\d{4}[-/]\\d\\d?[-/]\\d\\d?[ T]\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?(?:Z|[+-]\\d\\d:?\\d\\d)?:? |' +
      '[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d [\\w.-]{1,64} [\\w./-]{1,64}(?:\\[\\d{1,10}\\])?: |' +
      '\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?:? )',
    beginCaptures: { '1': { name: scopes.stamp } },
    end: '$',
    patterns: [include('line')],
  },
};

/** Rules for parts of a line. */
const parts: Readonly<Record<string, Rule>> = {
  state: {
    comment: 'the state, right behind what the row began with',
    patterns: [
      ...HEALTH_CLASSES.map(health =>
        match('', '\\G\\s+', scoped(stateScopes[health], words.stateWords(health)), END),
      ),
      match('', '\\G\\s+', scoped(stateScopes.normal, words.otherStateWords), END),
    ],
  },

  'state-anywhere': {
    comment: 'a state as a word, in parentheses or in quotes',
    patterns: HEALTH_CLASSES.map(health =>
      match(
        '',
        '(?<![^\\s("=])',
        scoped(stateScopes[health], words.stateWords(health)),
        '(?![^\\s)"])',
      ),
    ),
  },

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
      match('user', '(?<!\\S)', scoped(scopes.detailName, 'uid'), ':', scoped(scopes.user, '\\d+')),
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

  'volatility-owner': {
    comment: 'process id and name',
    patterns: [
      match('', '(?<!\\S)', pid, GAP, scoped(scopes.process, '[^\\s\\d-]\\S*'), '(?=\\s|$)'),
    ],
  },
};

/** Lines of which dumps are full, tried first and in this order. */
const frequent = [
  'linux',
  'plain',
  'ss',
  // Cheap to refuse, and their lines are so short that every rule before them counts.
  'lsof-field',
  'lsof-fields',
  'csv',
  'ss-details',
  'bsd',
  'proc',
  'lsof',
  'unix',
  'ss-local',
  'sockstat',
  'solaris',
  'powershell-table',
];

/** All others. */
const rare = [
  'notice',
  'program',
  'component',
  'powershell-list',
  'header',
  'title',
  'rule',
  'lsof-local',
  'proc-unix',
  'bsd-unix',
  'bsd-kernel',
  'pointer',
  'sctp-continuation',
  'bsd-listen',
  'cisco',
  'solaris-udp',
  'volatility',
  'volatility-columns',
  'powershell-udp',
  'networkdirect',
  'bluetooth',
  'multipath',
  'ss-summary',
  'ss-summary-row',
  'snapshot',
  'stamp',
  'command',
  'comment',
];

const repository: Readonly<Record<string, Rule>> = { ...rows, ...surroundings, ...parts };

/** The grammar of the language `netstat`. */
export const netstatGrammar = {
  information_for_contributors: [
    'Generated by scripts/generate-grammar.ts from scripts/grammar/; do not edit by hand.',
    'Word lists come from src/core, scopes and their reasons are in scripts/grammar/scopes.ts.',
  ],
  name: 'Netstat',
  scopeName: 'source.netstat',
  patterns: [include('line')],
  repository: {
    line: {
      comment: 'every line is one of these',
      patterns: [...frequent.map(include), include('other')],
    },
    other: {
      comment: 'a group of its own: the end of each frequent row would be held against all of it',
      begin: '(?:^|\\G)(?=.)',
      end: '$',
      patterns: [
        ...rare.map(include),
        {
          comment: 'text: taken whole, so that no rule is tried at each of its characters',
          match: '.+',
        },
      ],
    },
    ...repository,
  },
};

/** Colours fenced blocks of Markdown that are tagged `netstat` or `ss`. */
export const markdownGrammar = {
  information_for_contributors: [
    'Generated by scripts/generate-grammar.ts from scripts/grammar/; do not edit by hand.',
  ],
  scopeName: 'markdown.netstat.codeblock',
  injectionSelector: 'L:text.html.markdown',
  patterns: [{ include: '#block' }],
  repository: {
    block: {
      comment: 'shaped like the blocks of the built-in Markdown grammar',
      begin: '(^|\\G)(\\s*)(`{3,}|~{3,})\\s*(?i:(netstat|ss)((?:\\s|:|,|\\{|\\?)[^`]*)?$)',
      name: 'markup.fenced_code.block.markdown',
      end: '(^|\\G)(\\2|\\s{0,3})(\\3)\\s*$',
      beginCaptures: {
        '3': { name: 'punctuation.definition.markdown' },
        '4': { name: 'fenced_code.block.language.markdown' },
        '5': { name: 'fenced_code.block.language.attributes.markdown' },
      },
      endCaptures: { '3': { name: 'punctuation.definition.markdown' } },
      patterns: [
        {
          begin: '(^|\\G)(\\s*)(.*)',
          while: '(^|\\G)(?!\\s*([`~]{3,})\\s*$)',
          contentName: 'meta.embedded.block.netstat',
          patterns: [{ include: 'source.netstat' }],
        },
      ],
    },
  },
};
