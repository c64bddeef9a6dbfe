import { Field } from '../../model/field';
import { protocolWordAt, protocolWordId, type Family } from '../../vocabulary/protocol';
import type { Row } from '../../model/row';
import { Vocabulary } from '../../vocabulary/vocabulary';

/** What a file of some TYPE is, where it is a socket. */
export interface SocketType {
  readonly word: string;
  readonly family: Family | null;
  /** Number of the protocol word where the NODE column does not say it. */
  readonly protocol: number;
  /** Whether NAME is endpoints; else a path or the like. */
  readonly internet: boolean;
}

export const OTHER = protocolWordId('other');

export const UNIX = protocolWordId('unix');

/** TYPE of sockets on Linux, macOS, the BSDs, AIX and Solaris (lsof's manual, TYPE). */
const SOCKET_TYPES: readonly SocketType[] = [
  type('IPv4', 'ipv4', OTHER, true),
  type('IPv6', 'ipv6', OTHER, true),
  type('inet', 'ipv4', OTHER, true),
  type('inet6', 'ipv6', OTHER, true),
  type('raw', 'ipv4', protocolWordId('raw'), true),
  type('raw6', 'ipv6', protocolWordId('raw6'), true),
  type('icmp', 'ipv4', protocolWordId('icmp'), true),
  type('unix', null, UNIX, false),
  type('sock', null, OTHER, false),
  type('netlink', null, protocolWordId('nl'), false),
  type('pack', null, protocolWordId('p_raw'), false),
  type('systm', null, protocolWordId('kernel'), false),
  type('ndrv', null, protocolWordId('kernel'), false),
  type('key', null, protocolWordId('kernel'), false),
  type('rte', null, protocolWordId('kernel'), false),
];

function type(
  word: string,
  family: Family | null,
  protocol: number,
  internet: boolean,
): SocketType {
  return { word, family, protocol, internet };
}

const TYPES = new Vocabulary(['', ...SOCKET_TYPES.map(t => t.word)]);

/** The socket type that `text[start, end)` names; undefined for files of other types. */
export function socketTypeAt(text: string, start: number, end: number): SocketType | undefined {
  return SOCKET_TYPES[TYPES.find(text, start, end) - 1];
}

/** The kernel's names of protocols that no other tool prints (`protocol: PING` of a `sock`). */
const KERNEL_NAMES = [
  ['UDP-Lite', 'udplite'],
  ['UDPLITE', 'udplite'],
  ['UDPLITEv6', 'udplite6'],
  ['ICMP', 'icmp'],
  ['ICMPV6', 'icmp6'],
  ['PING', 'icmp'],
  ['PINGv6', 'icmp6'],
  ['RAW', 'raw'],
  ['RAWv6', 'raw6'],
  ['MPTCP', 'mptcp'],
  ['UNIX', 'unix'],
  ['UNIX-STREAM', 'unix'],
  ['NETLINK', 'nl'],
  ['PACKET', 'p_raw'],
  ['AF_VSOCK', 'v_str'],
  ['TIPC', 'tipc'],
  ['XDP', 'xdp'],
] as const;

const KERNEL_WORDS = new Vocabulary(['', ...KERNEL_NAMES.map(([name]) => name)]);

const KERNEL_PROTOCOLS = [0, ...KERNEL_NAMES.map(([, word]) => protocolWordId(word))];

/** Reads lsof's name of a protocol: TCP, UDP, and whatever else the kernel has. */
export function readProtocolWord(text: string, start: number, end: number, row: Row): boolean {
  const known =
    protocolWordAt(text, start, end) ||
    (KERNEL_PROTOCOLS[KERNEL_WORDS.find(text, start, end)] ?? 0);
  if (known === 0) {
    return false;
  }
  row.protocol = known;
  row.span(Field.Protocol, start, end);
  return true;
}
