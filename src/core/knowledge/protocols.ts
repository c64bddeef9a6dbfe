import type { Protocol } from '../vocabulary/protocol';
import { say, type Statement } from '../wording/statement';

const TEXTS: Readonly<Record<Protocol, Statement>> = {
  tcp: say(
    'protocol.tcp',
    'TCP: connections with states, from an orderly beginning to an orderly end.',
    'rfc9293-3.3.2',
  ),
  udp: say(
    'protocol.udp',
    'UDP: single datagrams, no connection and no states.',
    'rfc768',
    'udp.7',
  ),
  udplite: say(
    'protocol.udplite',
    'UDP-Lite: UDP whose checksum need not cover all of the data.',
    'rfc3828',
  ),
  sctp: say(
    'protocol.sctp',
    'SCTP: associations of messages, with several addresses for each end.',
    'rfc9260',
  ),
  dccp: say('protocol.dccp', 'DCCP: datagrams with congestion control.', 'rfc4340'),
  mptcp: say(
    'protocol.mptcp',
    'Multipath TCP: one connection over several TCP subflows, which have rows of their own.',
    'rfc8684',
  ),
  raw: say(
    'protocol.raw',
    'A raw socket: IP packets of one protocol, below TCP and UDP. Its "port" is the number of that protocol.',
    'raw.7',
    'net-tools',
  ),
  icmp: say(
    'protocol.icmp',
    'An ICMP socket, as ping and IPv6 router discovery use it.',
    'raw.7',
    'macos-netstat.1',
  ),
  unix: say(
    'protocol.unix',
    'A UNIX domain socket: between programs on this host, named by a path or not at all.',
    'unix.7',
  ),
  netlink: say(
    'protocol.netlink',
    'Netlink: between a program and the kernel (routes, interfaces, audit).',
    'netlink.7',
  ),
  packet: say(
    'protocol.packet',
    'A packet socket: whole frames of an interface, as DHCP clients and tcpdump read them.',
    'packet.7',
  ),
  vsock: say('protocol.vsock', 'VSOCK: between a virtual machine and its host.', 'vsock.7'),
  tipc: say('protocol.tipc', 'TIPC: messages between the nodes of a cluster.', 'ss.8'),
  xdp: say('protocol.xdp', 'AF_XDP: packets straight from the driver of an interface.', 'ss.8'),
  bluetooth: say('protocol.bluetooth', 'A Bluetooth socket.', 'net-tools'),
  ax25: say('protocol.ax25', 'AX.25: amateur packet radio.', 'net-tools'),
  ipx: say('protocol.ipx', 'IPX: the protocol of old NetWare.', 'net-tools'),
  netrom: say('protocol.netrom', 'NET/ROM: amateur packet radio.', 'net-tools'),
  rose: say('protocol.rose', 'ROSE: amateur packet radio.', 'net-tools'),
  x25: say('protocol.x25', 'X.25: packet switching of the telephone companies.', 'net-tools'),
  networkdirect: say(
    'protocol.networkdirect',
    'NetworkDirect: RDMA on Windows (`netstat -x`).',
    'ms-netstat',
  ),
  kernel: say(
    'protocol.kernel',
    'A socket between a program and a part of the kernel.',
    'macos-netstat.1',
    'lsof',
  ),
  other: say('protocol.other', 'A socket of another kind.', 'lsof'),
};

/** What a protocol is. */
export function protocolText(protocol: Protocol): Statement {
  return TEXTS[protocol];
}

/** What a protocol word says besides. */
export const PROTOCOL_TEXTS = {
  tcp6Mapped: say(
    'protocol.tcp6-mapped',
    '`{word}` with an IPv4 address: an IPv4 connection on an IPv6 socket. netstat prints the address without its `::ffff:`.',
    'net-tools',
    'rfc4291',
    'measured',
  ),
  dual: say('protocol.dual', '`{word}`: an IPv6 socket that also takes IPv4.', 'macos-netstat.1'),
  ipv6: say('protocol.ipv6', 'Over IPv6.', 'rfc4291'),
  ipv4: say('protocol.ipv4', 'Over IPv4.', 'rfc9293-3.3.2'),
  windows: say(
    'protocol.windows',
    'Windows prints `TCP` and `UDP` for both families; brackets mean IPv6.',
    'captures-windows',
  ),
  noNetid: say(
    'protocol.busybox',
    'BusyBox prints `tcp` for IPv6, too; only the address shows the family.',
    'busybox',
  ),
};
