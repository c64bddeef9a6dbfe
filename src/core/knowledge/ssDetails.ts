import { say, type Statement } from '../wording/statement';

/*
 * What `ss -e`, `-i`, `-m` print behind the addresses, by the word before the colon or by the
 * whole word. Units are those of ss.c: times in ms, sizes in bytes, windows in segments.
 */
const KEYS: Readonly<Record<string, Statement>> = {
  uid: say("The user's number.", 'ss.8'),
  ino: say("The socket's inode; 0 means that the socket has no owner.", 'ss.8', 'iproute2-ss'),
  sk: say("A number of the kernel's that names this socket for as long as it lives.", 'ss.8'),
  cgroup: say('The control group, which identifies a service or container.', 'ss.8'),
  v6only: say('1 takes IPv6 only, 0 also takes IPv4.', 'ss.8', 'measured'),
  fwmark: say('Mark that routing and firewall rules can match.', 'ss.8'),
  ts: say('TCP timestamps are in use.', 'ss.8'),
  sack: say('Selective acknowledgements are in use.', 'ss.8'),
  ecn: say('Explicit congestion notification was agreed.', 'ss.8'),
  ecnseen: say('A packet with an ECN mark has been seen.', 'ss.8'),
  fastopen: say('TCP Fast Open was used.', 'ss.8'),
  cubic: say('Congestion control CUBIC, the default of Linux.', 'ss.8', 'linux-ip-sysctl'),
  bbr: say('Congestion control BBR: it measures bandwidth and round trip (`bw`, `mrtt`).', 'ss.8'),
  reno: say('Congestion control Reno.', 'ss.8'),
  dctcp: say('Congestion control DCTCP, for data centers.', 'ss.8'),
  wscale: say(
    'Window scaling: by how many bits the windows of the peer and of this end are shifted.',
    'ss.8',
  ),
  rto: say(
    'Time until a retransmission, in ms. While retransmitting it holds the doublings already; while probing a closed window it does not.',
    'ss.8',
    'measured',
  ),
  backoff: say(
    'How often the timeout has been doubled, for retransmissions or window probes. While a closed window is probed it grows although the peer answers.',
    'ss.8',
    'measured',
  ),
  rtt: say('Round trip in ms: average / mean deviation.', 'ss.8'),
  ato: say('Timeout for delayed ACKs, in ms.', 'ss.8'),
  mss: say('Largest segment sent, in bytes.', 'ss.8'),
  pmtu: say('Largest packet that the path takes, in bytes.', 'ss.8'),
  rcvmss: say('Size of the segments received, estimated, in bytes: delayed ACKs go by it.', 'ss.8'),
  advmss: say('Largest segment that the peer was told to send, in bytes.', 'ss.8'),
  cwnd: say('Congestion window: segments that may be in flight.', 'ss.8'),
  ssthresh: say('Where slow start ends, in segments; not shown while there is no limit.', 'ss.8'),
  bytes_sent: say('Bytes sent, including retransmissions.', 'ss.8', 'iproute2-ss'),
  bytes_retrans: say('Bytes retransmitted.', 'iproute2-ss'),
  bytes_acked: say(
    'Bytes that the peer has acknowledged; a SYN counts as one, and so does a FIN.',
    'ss.8',
    'measured',
  ),
  bytes_received: say('Bytes received, read or not; a FIN counts as one.', 'ss.8', 'measured'),
  segs_out: say('Segments sent.', 'ss.8'),
  segs_in: say('Segments received.', 'ss.8'),
  data_segs_out: say('Segments sent that hold data.', 'iproute2-ss'),
  data_segs_in: say('Segments received that hold data.', 'iproute2-ss'),
  send: say('How fast the congestion window would let it send, in bits per second.', 'ss.8'),
  pacing_rate: say(
    'How fast it may send, in bits per second; after the slash the upper limit.',
    'ss.8',
  ),
  delivery_rate: say('How fast data last arrived at the peer, in bits per second.', 'iproute2-ss'),
  delivered: say('Segments delivered.', 'iproute2-ss'),
  app_limited: say('The program sends less than it could. Normal.', 'iproute2-ss'),
  lastsnd: say(
    'Since data was last sent, in ms. If none ever was, it counts from the handshake; in SYN_SENT from the start of the machine.',
    'ss.8',
    'measured',
  ),
  lastrcv: say(
    'Since data was last received, in ms. If none ever was, it counts from the handshake; in SYN_SENT from the start of the machine.',
    'ss.8',
    'measured',
  ),
  lastack: say('Time since an ACK was last received, in ms.', 'ss.8'),
  busy: say('Time in which there was data to send, in ms.', 'iproute2-ss'),
  rwnd_limited: say(
    "Time in which the peer's window held it up, in ms, and its share. **With a large share the peer is not reading, or not fast enough,** or its receive buffer is too small for the path.",
    'iproute2-ss',
    'measured',
  ),
  sndbuf_limited: say(
    "Time held up by this host's send buffer, in ms, and its share.",
    'iproute2-ss',
  ),
  unacked: say(
    'Segments sent and not acknowledged; for a listening socket the connections waiting to be accepted.',
    'iproute2-ss',
    'linux-tcp-diag',
    'measured',
  ),
  retrans: say('Segments retransmitted: in flight now / in total.', 'iproute2-ss'),
  lost: say('Segments considered lost.', 'iproute2-ss'),
  sacked: say('Segments acknowledged selectively.', 'iproute2-ss', 'linux-tcp'),
  dsack_dups: say('Retransmissions that the peer reported as unnecessary.', 'iproute2-ss'),
  reordering: say(
    'How many segments may come out of order before one is taken for lost.',
    'iproute2-ss',
  ),
  reord_seen: say('How often segments came out of order.', 'iproute2-ss'),
  rcv_rtt: say('Round trip as the receiver estimates it, in ms.', 'iproute2-ss'),
  rcv_space: say('Bytes for tuning the receive buffer.', 'ss.8'),
  rcv_ssthresh: say('Upper limit of the window offered, in bytes.', 'iproute2-ss'),
  rcv_ooopack: say('Segments received out of order.', 'iproute2-ss'),
  notsent: say('Bytes in Send-Q that were not sent yet.', 'iproute2-ss', 'measured'),
  minrtt: say('Shortest round-trip time, in ms.', 'iproute2-ss'),
  snd_wnd: say(
    'The window that the peer offers, in bytes. ss leaves it out while it is 0, which is a closed window.',
    'iproute2-ss',
  ),
  rcv_wnd: say('The window that this end offers, in bytes.', 'iproute2-ss'),
  rehash: say('How often another path was tried after a timeout.', 'iproute2-ss'),
  '<->': say('Neither side is shut.', 'iproute2-ss', 'measured'),
  '-->': say(
    'The receiving side is shut, and this end can still send. The peer has sent its FIN (CLOSE_WAIT shows this), or the program here called shutdown() of that side.',
    'iproute2-ss',
    'measured',
  ),
  '<--': say(
    'The sending side is shut: the program called shutdown() of it and can still receive. FIN_WAIT_2 shows this.',
    'iproute2-ss',
    'measured',
  ),
  '---': say(
    'Both sides are shut, by close() or shutdown(), or by a FIN from each end.',
    'iproute2-ss',
    'measured',
  ),
  skmem: say('Memory of the socket in bytes:', 'ss.8'),
};

/** The parts of `skmem:(…)`, by their letters. */
const SKMEM: Readonly<Record<string, Statement<'n'>>> = {
  r: say('`r` {n}: received, not yet read', 'ss.8'),
  rb: say('`rb` {n}: limit of the receive buffer', 'ss.8'),
  t: say('`t` {n}: handed to the network layer, not yet freed', 'ss.8'),
  tb: say('`tb` {n}: limit of the send buffer', 'ss.8'),
  f: say('`f` {n}: set aside, not in use', 'ss.8'),
  w: say('`w` {n}: to be sent', 'ss.8'),
  o: say('`o` {n}: for options of the socket', 'ss.8'),
  bl: say('`bl` {n}: packets that came while the socket was locked', 'ss.8'),
  d: say('`d` {n}: **packets dropped**', 'ss.8', 'measured'),
};

/** What other tools print in columns of their own, as a word. */
const WORDS: Readonly<Record<string, Statement>> = {
  InHost: say('The host, not the network card, handles the connection. Normal.', 'ms-netstat'),
  Offloaded: say('The network card handles the connection.', 'ms-netstat'),
  Offloading: say('The connection is being handed to the network card.', 'ms-netstat'),
  Uploading: say('The connection is being taken back from the network card.', 'ms-netstat'),
  STREAM: say('A connection of bytes, as TCP is.', 'unix.7'),
  DGRAM: say('Single messages, as UDP is, but in order and without loss.', 'unix.7'),
  SEQPACKET: say('A connection of whole messages.', 'unix.7'),
  IPv4: say('A socket of IPv4.', 'lsof'),
  IPv6: say('A socket of IPv6, which may also hold IPv4 connections.', 'lsof'),
  '0t0': say('Offset 0: sockets have none.', 'lsof'),
};

/** `[ ACC ]` of a UNIX socket. */
const UNIX_FLAGS: Readonly<Record<string, Statement>> = {
  ACC: say('`ACC`: the socket waits for connections.', 'netstat.8'),
  W: say('`W`: a process waits for data.', 'net-tools'),
  N: say('`N`: there is no room to write.', 'net-tools'),
};

/** What a further word of a row means; null if it is not known. */
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
  rate: say('A rate in bits per second; the word before it says which.', 'ss.8'),
};
