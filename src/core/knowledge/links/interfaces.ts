import { say, type Statement } from '../../wording/statement';

/** Columns of interfaces and words of their lines, by what tools print. */
export const INTERFACE_WORDS: ReadonlyMap<string, Statement> = byWord([
  [
    'Iface Name',
    say(
      'link.name',
      'The name of the interface. On the BSDs, `*` behind it says that it is down.',
      'netstat.8',
      'freebsd-netstat.1',
    ),
  ],
  [
    'MTU Mtu mtu',
    say(
      'link.mtu',
      'The largest packet that it sends in one piece, in bytes, without the header of the link.',
      'netstat.8',
      'ip-link.8',
    ),
  ],
  [
    'Met',
    say('link.met', 'The metric of the interface. Linux does not use it.', 'net-tools-interface'),
  ],
  [
    'RX-OK Ipkts',
    say(
      'link.rx-ok',
      'Packets received, since the interface was made.',
      'linux-if-link-h',
      'freebsd-netstat.1',
    ),
  ],
  [
    'RX-ERR Ierrs Ifail',
    say(
      'link.rx-err',
      'Frames received that were damaged: checksum, length, framing. Cable, plug, port, duplex. A growing number means trouble.',
      'linux-if-link-h',
      'freebsd-netstat.1',
    ),
  ],
  [
    'RX-DRP',
    say(
      'link.rx-drp',
      'Frames that arrived whole and were dropped: mostly of protocols that this host does not use (LLDP, spanning tree, VLANs). Those missed because the ring was full are among them; `ip -s link` shows them apart. It also counts without any trouble.',
      'linux-if-link-h',
      'measured',
    ),
  ],
  [
    'RX-OVR',
    say(
      'link.rx-ovr',
      'Frames lost because the buffer of the network card was full (rx_fifo_errors). If the number grows, this host is too slow for what comes.',
      'linux-if-link-h',
    ),
  ],
  [
    'TX-OK Opkts',
    say(
      'link.tx-ok',
      'Packets sent, since the interface was made.',
      'linux-if-link-h',
      'freebsd-netstat.1',
    ),
  ],
  [
    'TX-ERR Oerrs Ofail',
    say(
      'link.tx-err',
      'Frames that could not be sent: link lost, late collision, driver.',
      'linux-if-link-h',
      'freebsd-netstat.1',
    ),
  ],
  [
    'TX-DRP',
    say(
      'link.tx-drp',
      'Packets to be sent that were dropped, because there was no room for them for instance.',
      'linux-if-link-h',
    ),
  ],
  [
    'TX-OVR',
    say(
      'link.tx-ovr',
      'Frames that the buffer of the network card did not deliver in time (tx_fifo_errors).',
      'linux-if-link-h',
    ),
  ],
  [
    'Flg',
    say(
      'link.flg',
      'What the interface is, a letter for each: point at them.',
      'net-tools-interface',
    ),
  ],
  [
    'Network Net/Dest',
    say(
      'link.network',
      'The network of an address of the interface; `<Link#N>` is the interface itself, and only that row has all its numbers.',
      'freebsd-netstat.1',
    ),
  ],
  [
    'Idrop',
    say('link.idrop', 'Packets received that were dropped on this host.', 'freebsd-netstat.1'),
  ],
  [
    'Ibytes Obytes bytes',
    say(
      'link.bytes',
      'Bytes, received or sent, since the interface was made.',
      'linux-if-link-h',
      'freebsd-netstat.1',
    ),
  ],
  [
    'Coll Colls Collis collsns collisions',
    say(
      'link.collisions',
      'Collisions. There are none in full duplex: if the number grows, one end of the cable has half duplex.',
      'linux-if-link-h',
      'freebsd-netstat.1',
    ),
  ],
  [
    'packets',
    say(
      'link.packets',
      'Packets, received or sent, since the interface was made.',
      'linux-if-link-h',
    ),
  ],
  [
    'errors',
    say(
      'link.errors',
      'Frames that were damaged or could not be sent; `ip -s -s link` splits them by kind.',
      'linux-if-link-h',
      'ip-link.8',
    ),
  ],
  [
    'dropped',
    say(
      'link.dropped',
      'Frames that were dropped although they were whole: no protocol here takes them, no room. It also counts without any trouble.',
      'linux-if-link-h',
      'measured',
    ),
  ],
  [
    'missed',
    say(
      'link.missed',
      'Frames lost because the host did not take them out of the ring of the card in time. A growing number means trouble.',
      'linux-if-link-h',
    ),
  ],
  ['mcast', say('link.mcast', 'Multicast frames received.', 'linux-if-link-h')],
  [
    'carrier',
    say(
      'link.carrier',
      'Frames lost because the link was gone while they were sent: cable, plug, port.',
      'linux-if-link-h',
    ),
  ],
  ['length', say('link.length', 'Frames whose length does not fit.', 'linux-if-link-h')],
  [
    'crc',
    say(
      'link.crc',
      'Frames with a wrong checksum of the link: damaged on the way. Cable, plug, port.',
      'linux-if-link-h',
    ),
  ],
  ['frame', say('link.frame', 'Frames with a wrong length, checksum, or end.', 'linux-if-link-h')],
  [
    'fifo overruns',
    say(
      'link.fifo',
      'Frames lost because the buffer of the network card was full.',
      'linux-if-link-h',
    ),
  ],
  [
    'overrun',
    say(
      'link.overrun',
      'Overflows of the receive buffer (rx_over_errors): with fast interfaces, frames that did not fit into the buffers of the host.',
      'linux-if-link-h',
    ),
  ],
  [
    'otherhost',
    say(
      'link.otherhost',
      'Frames for the hardware address of another host; they are not among those dropped.',
      'linux-if-link-h',
      'measured',
    ),
  ],
  [
    'nohandler',
    say(
      'link.nohandler',
      'Frames that came in on an interface that is not to receive any: the spare one of a bond for instance.',
      'linux-if-link-h',
    ),
  ],
  [
    'aborted',
    say(
      'link.aborted',
      'Frames whose sending was given up: too many collisions in half duplex.',
      'linux-if-link-h',
    ),
  ],
  [
    'window',
    say(
      'link.window',
      'Late collisions: half duplex at one end only, or too long a cable.',
      'linux-if-link-h',
    ),
  ],
  [
    'heartbt',
    say(
      'link.heartbeat',
      'A sign that old Ethernet transceivers gave was missing.',
      'linux-if-link-h',
    ),
  ],
  ['transns', say('link.transitions', 'How often the link came or went.', 'linux-if-link-h')],
  [
    'qdisc',
    say(
      'link.qdisc',
      'The queue in which packets wait to be sent: `tc -s qdisc` shows what it dropped.',
      'ip-link.8',
    ),
  ],
  ['qlen txqueuelen', say('link.qlen', 'How many packets may wait to be sent.', 'ip-link.8')],
]);

/** Flags in words, as `ip link` and ifconfig print them. */
export const INTERFACE_FLAGS: ReadonlyMap<string, Statement> = byWord([
  [
    'UP',
    say(
      'link.flag.up',
      'It is switched on. That there is a link is said by RUNNING or LOWER_UP.',
      'ip-link.8',
      'netdevice.7',
    ),
  ],
  [
    'LOWER_UP',
    say(
      'link.flag.lower-up',
      'The driver sees a link: a cable is plugged in and the other end is on.',
      'netdevice.7',
    ),
  ],
  ['RUNNING', say('link.flag.running', 'It can send and receive: there is a link.', 'netdevice.7')],
  [
    'NO-CARRIER',
    say(
      'link.flag.no-carrier',
      'It is switched on and has no link: cable, plug, the other end.',
      'ip-link.8',
    ),
  ],
  [
    'BROADCAST',
    say('link.flag.broadcast', 'It can send to all hosts of its network.', 'netdevice.7'),
  ],
  ['MULTICAST', say('link.flag.multicast', 'It can send to groups of hosts.', 'netdevice.7')],
  [
    'LOOPBACK',
    say('link.flag.loopback', 'What is sent here comes back to this host.', 'netdevice.7'),
  ],
  [
    'POINTOPOINT',
    say('link.flag.pointopoint', 'There is one other end: a tunnel or a modem.', 'netdevice.7'),
  ],
  ['NOARP', say('link.flag.noarp', 'It asks for no hardware addresses.', 'netdevice.7')],
  [
    'PROMISC',
    say(
      'link.flag.promisc',
      'It takes all frames, those for others as well: a sniffer, or the port of a bridge.',
      'netdevice.7',
    ),
  ],
  ['ALLMULTI', say('link.flag.allmulti', 'It takes the frames of all groups.', 'netdevice.7')],
  ['MASTER', say('link.flag.master', 'It stands for several interfaces (bonding).', 'netdevice.7')],
  [
    'SLAVE',
    say(
      'link.flag.slave',
      'It is one of those that another interface stands for (bonding).',
      'netdevice.7',
    ),
  ],
  ['DYNAMIC', say('link.flag.dynamic', 'Its addresses are lost when it goes down.', 'netdevice.7')],
  [
    'DORMANT',
    say(
      'link.flag.dormant',
      'It waits for something outside, a login to the network for instance.',
      'netdevice.7',
    ),
  ],
  ['DEBUG', say('link.flag.debug', 'Its driver writes what it does to the log.', 'netdevice.7')],
  [
    'NOTRAILERS',
    say(
      'link.flag.notrailers',
      'It does not move headers behind the data; without meaning today.',
      'netdevice.7',
    ),
  ],
]);

/** Letters of `Flg`, with the word of each. */
export const INTERFACE_LETTERS: ReadonlyMap<string, string> = new Map([
  ['A', 'ALLMULTI'],
  ['B', 'BROADCAST'],
  ['L', 'LOOPBACK'],
  ['M', 'MULTICAST'],
  ['d', 'DYNAMIC'],
  ['P', 'PROMISC'],
  ['O', 'NOARP'],
  ['p', 'POINTOPOINT'],
  ['s', 'SLAVE'],
  ['m', 'MASTER'],
  ['R', 'RUNNING'],
  ['U', 'UP'],
  ['D', 'DEBUG'],
  ['N', 'NOTRAILERS'],
]);

/** Statements by each of the words, between blanks, that they explain. */
export function byWord(
  list: readonly (readonly [words: string, text: Statement])[],
): ReadonlyMap<string, Statement> {
  return new Map(
    list.flatMap(([words, text]) => words.split(' ').map(word => [word, text] as const)),
  );
}
