import { either, include, line, named, optional, type Part, scoped } from '../../grammar/pattern';
import { START_OF_WORD, GAP, END, protocol, pid, number } from '../../grammar/parts';
import { scopes } from '../../grammar/scopes';
import type { FormatGrammar } from '../../grammar/formatGrammar';

/** `192.0.2.1:443->198.51.100.7:50000` of lsof: each end stops at the arrow. */
export const lsofEndpoint: Part = [
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

/** Whose a row is: its program, process, user and descriptor. */
const process: Part = [
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
];

/** `lsof -i`. */
export const grammar: FormatGrammar = {
  frequent: {
    lsof: line(
      'lsof -i: nginx  1608 www-data  46u  IPv4  13913  0t0  TCP *:http (LISTEN)',
      [
        process,
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
  },

  rows: {
    'lsof-local': line(
      'lsof: systemd  1  root  19u  unix 0xffff98e4b3fed400  0t0  76786 /run/x type=DGRAM',
      [
        process,
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
  },

  notices: [
    'lsof: WARNING:',
    'lsof: avoiding stat',
    'lsof: no pwd entry',
    'Output information may be incomplete',
  ],
};
