import { dialects } from '../../dialects';

/*
 * Most lines of a long text without a dump are quickly told from those of one: no tool prints a
 * row, a header or a counter without one of these.
 */

/** Protocols, types and states, as tools begin them. */
const IN_ROWS = [
  '[Tt]cp|TCP|[Uu]dp|UDP|[Ss]ctp|SCTP|MPT|RAW|raw|[Ii]cmp?[46 ]|Icmp[A-Z:]|unix|nl|u_|dgram|stream|DGRAM|STREAM',
  'l2cap|rfcomm|kevt|kctl|NETLINK|AF_|ESTAB|UNCONN|LISTEN|CLOSE|CONNECTED|IDLE|BOUND|SYN|FIN|LAST',
  String.raw`Listen\b|Establ|\w{3,5}Wait|Bound|Idle|Unbound|Connected`,
];

/** Words of titles, headers and remarks. */
const IN_TITLES = [
  'A[ck]tive?|Conex|Connex|Conness|Current|Registered|Kernel|[iI]nternet|UNIX|Ip6?[A-Z:]|IP',
  'Address|Local|local_|Destination|Rout|Interface|[Ff]lags?|MTU|[Mm]tu|Link|Total',
  'not be shown|processes|dev|metric|PS [A-Z]:',
];

/** The two words with which a header begins, and the programs of commands. */
const DECLARED = dialects
  .flatMap(({ commands, headers = [] }) => [
    ...headers.map(header => header.split(' ').slice(0, 2)),
    ...commands.map(command => command.split(' ').slice(0, 1)),
  ])
  .filter(words => words.every(word => /^[!-~]+$/.test(word)))
  .map(words => words.map(word => word.replace(/[^\w-]/g, '.')).join(String.raw`\s{1,40}`));

/** Endpoints of /proc, addresses of sockets, counters by name or before their words, routes, dates. */
const SHAPES = [
  '_WAIT|-WAIT',
  String.raw`[\dA-F]{8}:[\dA-F]{4}|\*[.:][\d*]`,
  String.raw`(?:^\s{0,9}[\da-f]{8}|\b[\da-f]{12,16})\b`,
  String.raw`^\s{0,9}(?:[a-z][a-z\d]{1,9}:$|sockets:|FRAG)`,
  String.raw`^\s{0,9}\d{1,20} [a-z]`,
  String.raw`\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?:/\d|\s\s|\s\d|\s\||</)`,
  String.raw`\b(?:default|via|local|broadcast) [\da-f]{1,4}[.:]|\bsrc=|->|<-|Inter-\||\bDest\b`,
  String.raw`^\s{0,9}\d{1,3}\.{3}`,
  String.raw`^\W{0,8}\d{4}-\d\d-\d\d[T ][\d:]{5,8}\S{0,16}$`,
  // Process lists.
  String.raw`\bPID\b|/proc/\d|socket:\[|^={5}|^"|^\S{1,64} {1,20}\d{1,10} {1,20}\d{1,10}(?:[.,]\d| {1,8}\d)`,
  // A comment, and a cell of a table in HTML.
  '^#|<t[dh][ >]',
  // Colors, and what is not English.
  String.raw`[^\t -~]`,
].join('|');

const WORDS = [
  ...IN_ROWS,
  ...IN_TITLES,
  String.raw`(?:${[...new Set(DECLARED)].join('|')})(?![A-Za-z])`,
];

const SIGN = new RegExp(String.raw`\b(?:${WORDS.join('|')})|${SHAPES}`);

/**
 * Whether a line may be one of a dump, be it damaged. What stands above a dump (a date, a host) need
 * have no sign.
 */
export function hasSignOfDump(text: string): boolean {
  return SIGN.test(text);
}
