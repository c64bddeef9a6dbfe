import { HEALTH_CLASSES } from '../knowledge/health';
import { either, match, optional, type Part, scoped } from './pattern';
import { scopes, stateScopes } from './scopes';
import * as words from './words';

/**
 * Start of a row: what people quote and comment dumps with, then blanks. All of it is taken, so
 * that what follows need not be tried at each of its characters.
 */
export const START = '(?:^|\\G)[\\s>#*|/+]*(?![\\s>#|/+])';
/** The same where the row begins with any word. */
export const START_OF_WORD = `${START}(?!\\*)`;
/** The same where a row may begin with the address `*.22`. */
export const START_OF_ADDRESS = '(?:^|\\G)[\\s>#|/+]*(?![\\s>#|/+])';
export const GAP = '\\s+';
export const END = '(?!\\S)';

export const protocol = scoped(scopes.protocol, words.protocols);
export const queue: Part = either('0', scoped(scopes.queue, '\\d+'));
/** A number of counters: one of 0 is not colored. */
export const count: Part = either('0', scoped(scopes.count, '\\d{1,20}'));
export const pointer = scoped(scopes.pointer, '(?:0x)?[0-9a-fA-F]{8,16}');
export const pid = scoped(scopes.pid, '\\d+');

/**
 * A port or a service behind its separator. No text is both, nor can the two be split in two ways:
 * a row that fails in its second address would otherwise try each way of splitting the first.
 */
const port: Part = either(
  [scoped(scopes.port, '\\d+|\\*'), END],
  scoped(scopes.service, '[^\\s:.*\\d][^\\s:.]*|\\d+[^\\s:.\\d][^\\s:.]*'),
);

/** `192.0.2.1:443`, `[fe80::1%eth0]:ssh`, `fe80::1%eth0:22`, `:::80`, `*:*`. */
export const endpoint: Part = [
  scoped(scopes.address, '[^\\s%=]+'),
  optional(scoped(scopes.interface, '%[^\\s:\\]]+'), '\\]?'),
  ':',
  port,
];

/** `192.0.2.1.443`, `fe80::1%lo0.22`, `*.*`. */
export const dottedEndpoint: Part = [
  scoped(scopes.address, '[^\\s%]+'),
  optional(scoped(scopes.interface, '%\\S+')),
  '\\.',
  port,
];

/** A state, with the scope of its class. */
export const states: Part = either(
  ...HEALTH_CLASSES.map(health => scoped(stateScopes[health], words.stateWords(health))),
);

/** `4321/orders-api`, `600/sshd: /usr/sbin`, `12387/Passenger Rac`: up to the timer. */
export const owner = match(
  'pid/program, which may hold blanks',
  '(?<!\\S)',
  pid,
  '/',
  scoped(
    scopes.process,
    `\\S+(?: (?!(?:${words.timersOff}|${words.timersOn}|unkn-\\d+) ?\\()\\S+)*`,
  ),
);

export const number = '\\d+';
