import { say, type Statement } from '../wording/statement';

/*
 * What `ss -e`, `-i`, `-m` print behind the addresses, by the word before the colon or by the
 * whole word. Units are those of ss.c: times in ms, sizes in bytes, windows in segments.
 */
const KEYS: Readonly<Record<string, Statement>> = {
  uid: say('ss.uid', "The user's number.", 'ss.8'),
  ino: say(
    'ss.ino',
    "The socket's inode; 0 means that the socket has no owner.",
    'ss.8',
    'iproute2-ss',
  ),
  sk: say(
    'ss.sk',
    "A number of the kernel's that names this socket for as long as it lives.",
    'ss.8',
  ),
  cgroup: say('ss.cgroup', 'The control group, which identifies a service or container.', 'ss.8'),
  v6only: say('ss.v6only', '1 takes IPv6 only, 0 also takes IPv4.', 'ss.8', 'measured'),
  fwmark: say('ss.fwmark', 'Mark that routing and firewall rules can match.', 'ss.8'),
  ts: say('ss.ts', 'TCP timestamps are in use.', 'ss.8'),
  sack: say('ss.sack', 'Selective acknowledgements are in use.', 'ss.8'),
  ecn: say('ss.ecn', 'Explicit congestion notification was agreed.', 'ss.8'),
  ecnseen: say('ss.ecnseen', 'A packet with an ECN mark has been seen.', 'ss.8'),
  fastopen: say('ss.fastopen', 'TCP Fast Open was used.', 'ss.8'),
  cubic: say(
    'ss.cubic',
    'Congestion control CUBIC, the default of Linux.',
    'ss.8',
    'linux-ip-sysctl',
  ),
  bbr: say(
    'ss.bbr',
    'Congestion control BBR: it measures bandwidth and round trip (`bw`, `mrtt`).',
    'ss.8',
  ),
  reno: say('ss.reno', 'Congestion control Reno.', 'ss.8'),
  dctcp: say('ss.dctcp', 'Congestion control DCTCP, for data centers.', 'ss.8'),
  wscale: say(
    'ss.wscale',
    'Window scaling: by how many bits the windows of the peer and of this end are shifted.',
    'ss.8',
  ),
  rto: say(
    'ss.rto',
    'Time until a retransmission, in ms. While retransmitting it holds the doublings already; while probing a closed window it does not.',
    'ss.8',
    'measured',
  ),
  backoff: say(
    'ss.backoff',
    'How often the timeout has been doubled, for retransmissions or window probes. While a closed window is probed it grows although the peer answers.',
    'ss.8',
    'measured',
  ),
  rtt: say('ss.rtt', 'Round trip in ms: average / mean deviation.', 'ss.8'),
  ato: say('ss.ato', 'Timeout for delayed ACKs, in ms.', 'ss.8'),
  mss: say('ss.mss', 'Largest segment sent, in bytes.', 'ss.8'),
  pmtu: say('ss.pmtu', 'Largest packet that the path takes, in bytes.', 'ss.8'),
  rcvmss: say(
    'ss.rcvmss',
    'Size of the segments received, estimated, in bytes: delayed ACKs go by it.',
    'ss.8',
  ),
  advmss: say('ss.advmss', 'Largest segment that the peer was told to send, in bytes.', 'ss.8'),
  cwnd: say('ss.cwnd', 'Congestion window: segments that may be in flight.', 'ss.8'),
  ssthresh: say(
    'ss.ssthresh',
    'Where slow start ends, in segments; not shown while there is no limit.',
    'ss.8',
  ),
  bytes_sent: say('ss.bytes-sent', 'Bytes sent, including retransmissions.', 'ss.8', 'iproute2-ss'),
  bytes_retrans: say('ss.bytes-retrans', 'Bytes retransmitted.', 'iproute2-ss'),
  bytes_acked: say(
    'ss.bytes-acked',
    'Bytes that the peer has acknowledged; a SYN counts as one, and so does a FIN.',
    'ss.8',
    'measured',
  ),
  bytes_received: say(
    'ss.bytes-received',
    'Bytes received, read or not; a FIN counts as one.',
    'ss.8',
    'measured',
  ),
  segs_out: say('ss.segs-out', 'Segments sent.', 'ss.8'),
  segs_in: say('ss.segs-in', 'Segments received.', 'ss.8'),
  data_segs_out: say('ss.data-segs-out', 'Segments sent that hold data.', 'iproute2-ss'),
  data_segs_in: say('ss.data-segs-in', 'Segments received that hold data.', 'iproute2-ss'),
  send: say(
    'ss.send',
    'How fast the congestion window would let it send, in bits per second.',
    'ss.8',
  ),
  pacing_rate: say(
    'ss.pacing-rate',
    'How fast it may send, in bits per second; after the slash the upper limit.',
    'ss.8',
  ),
  delivery_rate: say(
    'ss.delivery-rate',
    'How fast data last arrived at the peer, in bits per second.',
    'iproute2-ss',
  ),
  delivered: say('ss.delivered', 'Segments delivered.', 'iproute2-ss'),
  app_limited: say(
    'ss.app-limited',
    'The program sends less than it could. Normal.',
    'iproute2-ss',
  ),
  lastsnd: say(
    'ss.lastsnd',
    'Since data was last sent, in ms. If none ever was, it counts from the handshake; in SYN_SENT from the start of the machine.',
    'ss.8',
    'measured',
  ),
  lastrcv: say(
    'ss.lastrcv',
    'Since data was last received, in ms. If none ever was, it counts from the handshake; in SYN_SENT from the start of the machine.',
    'ss.8',
    'measured',
  ),
  lastack: say('ss.lastack', 'Time since an ACK was last received, in ms.', 'ss.8'),
  busy: say('ss.busy', 'Time in which there was data to send, in ms.', 'iproute2-ss'),
  rwnd_limited: say(
    'ss.rwnd-limited',
    "Time in which the peer's window held it up, in ms, and its share. **With a large share the peer is not reading, or not fast enough,** or its receive buffer is too small for the path.",
    'iproute2-ss',
    'measured',
  ),
  sndbuf_limited: say(
    'ss.sndbuf-limited',
    "Time held up by this host's send buffer, in ms, and its share.",
    'iproute2-ss',
  ),
  unacked: say(
    'ss.unacked',
    'Segments sent and not acknowledged; for a listening socket the connections waiting to be accepted.',
    'iproute2-ss',
    'linux-tcp-diag',
    'measured',
  ),
  retrans: say('ss.retrans', 'Segments retransmitted: in flight now / in total.', 'iproute2-ss'),
  lost: say('ss.lost', 'Segments considered lost.', 'iproute2-ss'),
  sacked: say('ss.sacked', 'Segments acknowledged selectively.', 'iproute2-ss', 'linux-tcp'),
  dsack_dups: say(
    'ss.dsack-dups',
    'Retransmissions that the peer reported as unnecessary.',
    'iproute2-ss',
  ),
  reordering: say(
    'ss.reordering',
    'How many segments may come out of order before one is taken for lost.',
    'iproute2-ss',
  ),
  reord_seen: say('ss.reord-seen', 'How often segments came out of order.', 'iproute2-ss'),
  rcv_rtt: say('ss.rcv-rtt', 'Round trip as the receiver estimates it, in ms.', 'iproute2-ss'),
  rcv_space: say('ss.rcv-space', 'Bytes for tuning the receive buffer.', 'ss.8'),
  rcv_ssthresh: say(
    'ss.rcv-ssthresh',
    'Upper limit of the window offered, in bytes.',
    'iproute2-ss',
  ),
  rcv_ooopack: say('ss.rcv-ooopack', 'Segments received out of order.', 'iproute2-ss'),
  notsent: say('ss.notsent', 'Bytes in Send-Q that were not sent yet.', 'iproute2-ss', 'measured'),
  minrtt: say('ss.minrtt', 'Shortest round-trip time, in ms.', 'iproute2-ss'),
  snd_wnd: say(
    'ss.snd-wnd',
    'The window that the peer offers, in bytes. ss leaves it out while it is 0, which is a closed window.',
    'iproute2-ss',
  ),
  rcv_wnd: say('ss.rcv-wnd', 'The window that this end offers, in bytes.', 'iproute2-ss'),
  rehash: say('ss.rehash', 'How often another path was tried after a timeout.', 'iproute2-ss'),
  '<->': say('ss.arrow.open', 'Neither side is shut.', 'iproute2-ss', 'measured'),
  '-->': say(
    'ss.arrow.receive',
    'The receiving side is shut, and this end can still send. The peer has sent its FIN (CLOSE_WAIT shows this), or the program here called shutdown() of that side.',
    'iproute2-ss',
    'measured',
  ),
  '<--': say(
    'ss.arrow.send',
    'The sending side is shut: the program called shutdown() of it and can still receive. FIN_WAIT_2 shows this.',
    'iproute2-ss',
    'measured',
  ),
  '---': say(
    'ss.arrow.both',
    'Both sides are shut, by close() or shutdown(), or by a FIN from each end.',
    'iproute2-ss',
    'measured',
  ),
  skmem: say('ss.skmem', 'Memory of the socket in bytes:', 'ss.8'),
};

/** The parts of `skmem:(…)`, by their letters. */
const SKMEM: Readonly<Record<string, Statement<'n'>>> = {
  r: say('skmem.r', '`r` {n}: received, not yet read', 'ss.8'),
  rb: say('skmem.rb', '`rb` {n}: limit of the receive buffer', 'ss.8'),
  t: say('skmem.t', '`t` {n}: handed to the network layer, not yet freed', 'ss.8'),
  tb: say('skmem.tb', '`tb` {n}: limit of the send buffer', 'ss.8'),
  f: say('skmem.f', '`f` {n}: set aside, not in use', 'ss.8'),
  w: say('skmem.w', '`w` {n}: to be sent', 'ss.8'),
  o: say('skmem.o', '`o` {n}: for options of the socket', 'ss.8'),
  bl: say('skmem.bl', '`bl` {n}: packets that came while the socket was locked', 'ss.8'),
  d: say('skmem.d', '`d` {n}: **packets dropped**', 'ss.8', 'measured'),
};

/** What other tools print in columns of their own, as a word. */
const WORDS: Readonly<Record<string, Statement>> = {
  InHost: say(
    'offload.in-host',
    'The host, not the network card, handles the connection. Normal.',
    'ms-netstat',
  ),
  Offloaded: say('offload.offloaded', 'The network card handles the connection.', 'ms-netstat'),
  Offloading: say(
    'offload.offloading',
    'The connection is being handed to the network card.',
    'ms-netstat',
  ),
  Uploading: say(
    'offload.uploading',
    'The connection is being taken back from the network card.',
    'ms-netstat',
  ),
  STREAM: say('unix.stream', 'A connection of bytes, as TCP is.', 'unix.7'),
  DGRAM: say('unix.dgram', 'Single messages, as UDP is, but in order and without loss.', 'unix.7'),
  SEQPACKET: say('unix.seqpacket', 'A connection of whole messages.', 'unix.7'),
  IPv4: say('lsof.ipv4', 'A socket of IPv4.', 'lsof'),
  IPv6: say('lsof.ipv6', 'A socket of IPv6, which may also hold IPv4 connections.', 'lsof'),
  '0t0': say('lsof.0t0', 'Offset 0: sockets have none.', 'lsof'),
};

/** `[ ACC ]` of a UNIX socket. */
const UNIX_FLAGS: Readonly<Record<string, Statement>> = {
  ACC: say('unix.acc', '`ACC`: the socket waits for connections.', 'netstat.8'),
  W: say('unix.w', '`W`: a process waits for data.', 'net-tools'),
  N: say('unix.n', '`N`: there is no room to write.', 'net-tools'),
};

/** What a further word of a row means; null where it is not known. */
export function detailText(token: string): Statement | null {
  return own(KEYS, token) ?? own(KEYS, token.split(':', 1)[0] ?? '') ?? own(WORDS, token);
}

/** The flags of a UNIX socket, `[ ACC ]`; empty where none is known. */
export function unixFlags(token: string): Statement[] {
  return token.split(/[\s[\]]+/).flatMap(flag => own(UNIX_FLAGS, flag) ?? []);
}

/** The values of `skmem:(r0,rb131072,…)` with what each means. */
export function skmemParts(token: string): { readonly text: Statement<'n'>; readonly n: number }[] {
  if (!token.startsWith('skmem:(')) {
    return [];
  }
  return token
    .slice('skmem:('.length)
    .split(/[,)]/)
    .flatMap(part => {
      const [, key = '', digits = ''] = /^([a-z]{1,2})(\d{1,15})$/.exec(part) ?? [];
      const text = own(SKMEM, key);
      return text === null ? [] : [{ text, n: Number(digits) }];
    });
}

function own<T>(table: Readonly<Record<string, T>>, key: string): T | null {
  return Object.hasOwn(table, key) ? (table[key] ?? null) : null;
}

/** What is said of words that the tables do not hold. */
export const DETAIL_TEXTS = {
  rate: say('ss.rate', 'A rate in bits per second; the word before it says which.', 'ss.8'),
};
