import type { Protocol } from '../vocabulary/protocol';
import { say, type Statement } from '../wording/statement';

const TEXTS: Readonly<Record<Protocol, Statement>> = {
  tcp: say(
    'TCP: connections with states, from an orderly beginning to an orderly end.',
    'rfc9293-3.3.2',
  ),
  udp: say('UDP: single datagrams, no connection and no states.', 'rfc768', 'udp.7'),
  udplite: say('UDP-Lite: UDP whose checksum need not cover all of the data.', 'rfc3828'),
  sctp: say('SCTP: associations of messages, with several addresses for each end.', 'rfc9260'),
  dccp: say('DCCP: datagrams with congestion control.', 'rfc4340'),
  mptcp: say(
    'Multipath TCP: one connection over several TCP subflows, which have rows of their own.',
    'rfc8684',
  ),
  raw: say(
    'A raw socket: IP packets of one protocol, below TCP and UDP. Its "port" is the number of that protocol.',
    'raw.7',
    'net-tools',
  ),
  icmp: say(
    'An ICMP socket, as ping and IPv6 router discovery use it.',
    'raw.7',
    'macos-netstat.1',
  ),
  unix: say(
    'A UNIX domain socket: between programs on this host, named by a path or not at all.',
    'unix.7',
  ),
  netlink: say(
    'Netlink: between a program and the kernel (routes, interfaces, audit).',
    'netlink.7',
  ),
  packet: say(
    'A packet socket: whole frames of an interface, as DHCP clients and tcpdump read them.',
    'packet.7',
  ),
  vsock: say('VSOCK: between a virtual machine and its host.', 'vsock.7'),
  tipc: say('TIPC: messages between the nodes of a cluster.', 'ss.8'),
  xdp: say('AF_XDP: packets straight from the driver of an interface.', 'ss.8'),
  bluetooth: say('A Bluetooth socket.', 'net-tools'),
  ax25: say('AX.25: amateur packet radio.', 'net-tools'),
  ipx: say('IPX: the protocol of old NetWare.', 'net-tools'),
  netrom: say('NET/ROM: amateur packet radio.', 'net-tools'),
  rose: say('ROSE: amateur packet radio.', 'net-tools'),
  x25: say('X.25: packet switching of the telephone companies.', 'net-tools'),
  networkdirect: say('NetworkDirect: RDMA on Windows (`netstat -x`).', 'ms-netstat'),
  kernel: say('A socket between a program and a part of the kernel.', 'macos-netstat.1', 'lsof'),
  other: say('A socket of another kind.', 'lsof'),
};

/** What a protocol is. */
export function protocolText(protocol: Protocol): Statement {
  return TEXTS[protocol];
}

/** What a protocol word says besides. */
export const PROTOCOL_TEXTS = {
  tcp6Mapped: say(
    '`{word}` with an IPv4 address: an IPv4 connection on an IPv6 socket. netstat prints the address without its `::ffff:`.',
    'net-tools',
    'rfc4291',
    'measured',
  ),
  dual: say('`{word}`: an IPv6 socket that also takes IPv4.', 'macos-netstat.1'),
  ipv6: say('Over IPv6.', 'rfc4291'),
  ipv4: say('Over IPv4.', 'rfc9293-3.3.2'),
  windows: say(
    'Windows prints `TCP` and `UDP` for both families; brackets mean IPv6.',
    'captures-windows',
  ),
  noNetid: say('BusyBox prints `tcp` for IPv6, too; only the address shows the family.', 'busybox'),
};
