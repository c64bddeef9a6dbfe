import { Vocabulary } from './vocabulary';

/** The transport (or socket family) of a row, whatever word its tool prints for it. */
export type Protocol =
  | 'tcp'
  | 'udp'
  | 'udplite'
  | 'sctp'
  | 'dccp'
  | 'mptcp'
  | 'raw'
  | 'icmp'
  | 'unix'
  | 'netlink'
  | 'packet'
  | 'vsock'
  | 'tipc'
  | 'xdp'
  | 'bluetooth'
  | 'ax25'
  | 'ipx'
  | 'netrom'
  | 'rose'
  | 'x25'
  | 'networkdirect'
  | 'kernel'
  | 'other';

export type Family = 'ipv4' | 'ipv6';

export interface ProtocolWord {
  readonly word: string;
  readonly protocol: Protocol;
  /** What the word itself says of the address family (`tcp6`), if anything. */
  readonly family: Family | null;
}

const WORDS: readonly ProtocolWord[] = [
  word('', 'other'),
  word('tcp', 'tcp'),
  word('tcp6', 'tcp', 'ipv6'),
  word('TCP', 'tcp'),
  word('tcp4', 'tcp', 'ipv4'),
  // An IPv6 socket that accepts IPv4 as well (BSD family).
  word('tcp46', 'tcp', 'ipv6'),
  word('tcp64', 'tcp', 'ipv6'),
  word('TCPv4', 'tcp', 'ipv4'),
  word('TCPv6', 'tcp', 'ipv6'),
  word('TCP6', 'tcp', 'ipv6'),
  word('Tcp', 'tcp'),
  word('Tcp4', 'tcp', 'ipv4'),
  word('Tcp6', 'tcp', 'ipv6'),
  word('udp', 'udp'),
  word('udp6', 'udp', 'ipv6'),
  word('UDP', 'udp'),
  word('udp4', 'udp', 'ipv4'),
  word('udp46', 'udp', 'ipv6'),
  word('udp64', 'udp', 'ipv6'),
  word('UDPv4', 'udp', 'ipv4'),
  word('UDPv6', 'udp', 'ipv6'),
  word('UDP6', 'udp', 'ipv6'),
  word('Udp4', 'udp', 'ipv4'),
  word('Udp6', 'udp', 'ipv6'),
  word('udpl', 'udplite'),
  word('udpl6', 'udplite', 'ipv6'),
  word('udplite', 'udplite'),
  word('udplite6', 'udplite', 'ipv6'),
  word('sctp', 'sctp'),
  word('sctp6', 'sctp', 'ipv6'),
  word('sctp4', 'sctp', 'ipv4'),
  word('sctp46', 'sctp', 'ipv6'),
  word('SCTP', 'sctp'),
  word('dccp', 'dccp'),
  word('mptcp', 'mptcp'),
  word('raw', 'raw'),
  word('raw6', 'raw', 'ipv6'),
  word('icmp', 'icmp'),
  word('icmp6', 'icmp', 'ipv6'),
  word('icm4', 'icmp', 'ipv4'),
  word('icm6', 'icmp', 'ipv6'),
  word('icm46', 'icmp', 'ipv6'),
  // Raw, IGMP and divert sockets of the BSD family, which cuts names to three letters.
  word('ip', 'raw'),
  word('ip4', 'raw', 'ipv4'),
  word('ip6', 'raw', 'ipv6'),
  word('ip46', 'raw', 'ipv6'),
  word('igmp', 'raw'),
  word('igm4', 'raw', 'ipv4'),
  word('igm6', 'raw', 'ipv6'),
  word('div4', 'other', 'ipv4'),
  word('div6', 'other', 'ipv6'),
  word('divert', 'other'),
  word('unix', 'unix'),
  word('u_str', 'unix'),
  word('u_dgr', 'unix'),
  word('u_seq', 'unix'),
  // Socket types, which are what BSD, sockstat and Solaris print for UNIX sockets.
  word('stream', 'unix'),
  word('stream-ord', 'unix'),
  word('dgram', 'unix'),
  word('seqpac', 'unix'),
  word('seqpack', 'unix'),
  word('seqpacket', 'unix'),
  word('rdm', 'unix'),
  word('nl', 'netlink'),
  word('p_raw', 'packet'),
  word('p_dgr', 'packet'),
  word('v_str', 'vsock'),
  word('v_dgr', 'vsock'),
  word('tipc', 'tipc'),
  word('ti_st', 'tipc'),
  word('ti_sq', 'tipc'),
  word('ti_rd', 'tipc'),
  word('ti_dg', 'tipc'),
  word('xdp', 'xdp'),
  word('l2cap', 'bluetooth'),
  word('rfcomm', 'bluetooth'),
  word('ax25', 'ax25'),
  word('ipx', 'ipx'),
  word('netrom', 'netrom'),
  word('rose', 'rose'),
  word('x25', 'x25'),
  // Formats whose rows carry no protocol word take one of these by section or column.
  word('NetworkDirect', 'networkdirect'),
  word('kernel', 'kernel'),
  // Kernel event and control sockets (macOS).
  word('kevt', 'kernel'),
  word('kctl', 'kernel'),
  word('other', 'other'),
];

function word(text: string, protocol: Protocol, family: Family | null = null): ProtocolWord {
  return { word: text, protocol, family };
}

/** Protocol words by their numbers. */
export const protocolVocabulary = new Vocabulary(WORDS.map(w => w.word));

/** Number of the protocol word at `text[start, end)`, or 0 if there is none. */
export function protocolWordAt(text: string, start: number, end: number): number {
  return protocolVocabulary.find(text, start, end);
}

/** The number of a protocol word known to exist, for formats that name the protocol elsewhere. */
export function protocolWordId(text: string): number {
  const id = protocolVocabulary.find(text, 0, text.length);
  if (id === 0) {
    throw new Error(`not a protocol word: ${text}`);
  }
  return id;
}

/** The word behind a number that {@link protocolWordAt} gave. */
export function protocolWord(id: number): ProtocolWord {
  const found = WORDS[id];
  if (found === undefined) {
    throw new RangeError(`no protocol word ${id}`);
  }
  return found;
}

/** Protocols whose endpoints are addresses of hosts, with or without a port. */
export const INTERNET_PROTOCOLS: ReadonlySet<Protocol> = new Set<Protocol>([
  'tcp',
  'udp',
  'udplite',
  'sctp',
  'dccp',
  'mptcp',
  'raw',
  'icmp',
]);

/** Every protocol word that some tool prints, for the grammar and the documentation. */
export const protocolWords: readonly ProtocolWord[] = WORDS.slice(1);

const TCP_IDS = Uint8Array.from(WORDS, w => (w.protocol === 'tcp' ? 1 : 0));

/** Whether a protocol word stands for TCP. */
export function isTcpWord(id: number): boolean {
  return TCP_IDS[id] === 1;
}
