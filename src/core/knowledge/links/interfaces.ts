import { say, type Statement } from '../../wording/statement';

/** Columns of interfaces and words of their lines, by what tools print. */
export const INTERFACE_WORDS: ReadonlyMap<string, Statement> = byWord([
  [
    'Iface Name',
    say(
      'The name of the interface. On the BSDs, `*` behind it says that it is down.',
      'netstat.8',
      'freebsd-netstat.1',
    ),
  ],
  [
    'MTU Mtu mtu',
    say(
      'The largest packet that it sends in one piece, in bytes, without the header of the link.',
      'netstat.8',
      'ip-link.8',
    ),
  ],
  ['Met', say('The metric of the interface. Linux does not use it.', 'net-tools-interface')],
  [
    'RX-OK Ipkts',
    say('Packets received, since the interface was made.', 'linux-if-link-h', 'freebsd-netstat.1'),
  ],
  [
    'RX-ERR Ierrs Ifail',
    say(
      'Frames received that were damaged: checksum, length, framing. Cable, plug, port, duplex. A growing number means trouble.',
      'linux-if-link-h',
      'freebsd-netstat.1',
    ),
  ],
  [
    'RX-DRP',
    say(
      'Frames that arrived whole and were dropped: mostly of protocols that this host does not use (LLDP, spanning tree, VLANs). Those missed because the ring was full are among them; `ip -s link` shows them apart. It also counts without any trouble.',
      'linux-if-link-h',
      'measured',
    ),
  ],
  [
    'RX-OVR',
    say(
      'Frames lost because the buffer of the network card was full (rx_fifo_errors). If the number grows, this host is too slow for what comes.',
      'linux-if-link-h',
    ),
  ],
  [
    'TX-OK Opkts',
    say('Packets sent, since the interface was made.', 'linux-if-link-h', 'freebsd-netstat.1'),
  ],
  [
    'TX-ERR Oerrs Ofail',
    say(
      'Frames that could not be sent: link lost, late collision, driver.',
      'linux-if-link-h',
      'freebsd-netstat.1',
    ),
  ],
  [
    'TX-DRP',
    say(
      'Packets to be sent that were dropped, because there was no room for them for instance.',
      'linux-if-link-h',
    ),
  ],
  [
    'TX-OVR',
    say(
      'Frames that the buffer of the network card did not deliver in time (tx_fifo_errors).',
      'linux-if-link-h',
    ),
  ],
  ['Flg', say('What the interface is, a letter for each: point at them.', 'net-tools-interface')],
  [
    'Network Net/Dest',
    say(
      'The network of an address of the interface; `<Link#N>` is the interface itself, and only that row has all its numbers.',
      'freebsd-netstat.1',
    ),
  ],
  ['Idrop', say('Packets received that were dropped on this host.', 'freebsd-netstat.1')],
  [
    'Ibytes Obytes bytes',
    say(
      'Bytes, received or sent, since the interface was made.',
      'linux-if-link-h',
      'freebsd-netstat.1',
    ),
  ],
  [
    'Coll Colls Collis collsns collisions',
    say(
      'Collisions. There are none in full duplex: if the number grows, one end of the cable has half duplex.',
      'linux-if-link-h',
      'freebsd-netstat.1',
    ),
  ],
  ['packets', say('Packets, received or sent, since the interface was made.', 'linux-if-link-h')],
  [
    'errors',
    say(
      'Frames that were damaged or could not be sent; `ip -s -s link` splits them by kind.',
      'linux-if-link-h',
      'ip-link.8',
    ),
  ],
  [
    'dropped',
    say(
      'Frames that were dropped although they were whole: no protocol here takes them, no room. It also counts without any trouble.',
      'linux-if-link-h',
      'measured',
    ),
  ],
  [
    'missed',
    say(
      'Frames lost because the host did not take them out of the ring of the card in time. A growing number means trouble.',
      'linux-if-link-h',
    ),
  ],
  ['mcast', say('Multicast frames received.', 'linux-if-link-h')],
  [
    'carrier',
    say(
      'Frames lost because the link was gone while they were sent: cable, plug, port.',
      'linux-if-link-h',
    ),
  ],
  ['length', say('Frames whose length does not fit.', 'linux-if-link-h')],
  [
    'crc',
    say(
      'Frames with a wrong checksum of the link: damaged on the way. Cable, plug, port.',
      'linux-if-link-h',
    ),
  ],
  ['frame', say('Frames with a wrong length, checksum, or end.', 'linux-if-link-h')],
  [
    'fifo overruns',
    say('Frames lost because the buffer of the network card was full.', 'linux-if-link-h'),
  ],
  [
    'overrun',
    say(
      'Overflows of the receive buffer (rx_over_errors): with fast interfaces, frames that did not fit into the buffers of the host.',
      'linux-if-link-h',
    ),
  ],
  [
    'otherhost',
    say(
      'Frames for the hardware address of another host; they are not among those dropped.',
      'linux-if-link-h',
      'measured',
    ),
  ],
  [
    'nohandler',
    say(
      'Frames that came in on an interface that is not to receive any: the spare one of a bond for instance.',
      'linux-if-link-h',
    ),
  ],
  [
    'aborted',
    say(
      'Frames whose sending was given up: too many collisions in half duplex.',
      'linux-if-link-h',
    ),
  ],
  [
    'window',
    say('Late collisions: half duplex at one end only, or too long a cable.', 'linux-if-link-h'),
  ],
  ['heartbt', say('A sign that old Ethernet transceivers gave was missing.', 'linux-if-link-h')],
  ['transns', say('How often the link came or went.', 'linux-if-link-h')],
  [
    'qdisc',
    say(
      'The queue in which packets wait to be sent: `tc -s qdisc` shows what it dropped.',
      'ip-link.8',
    ),
  ],
  ['qlen txqueuelen', say('How many packets may wait to be sent.', 'ip-link.8')],
]);

/** Flags in words, as `ip link` and ifconfig print them. */
export const INTERFACE_FLAGS: ReadonlyMap<string, Statement> = byWord([
  [
    'UP',
    say(
      'It is switched on. That there is a link is said by RUNNING or LOWER_UP.',
      'ip-link.8',
      'netdevice.7',
    ),
  ],
  [
    'LOWER_UP',
    say('The driver sees a link: a cable is plugged in and the other end is on.', 'netdevice.7'),
  ],
  ['RUNNING', say('It can send and receive: there is a link.', 'netdevice.7')],
  [
    'NO-CARRIER',
    say('It is switched on and has no link: cable, plug, the other end.', 'ip-link.8'),
  ],
  ['BROADCAST', say('It can send to all hosts of its network.', 'netdevice.7')],
  ['MULTICAST', say('It can send to groups of hosts.', 'netdevice.7')],
  ['LOOPBACK', say('What is sent here comes back to this host.', 'netdevice.7')],
  ['POINTOPOINT', say('There is one other end: a tunnel or a modem.', 'netdevice.7')],
  ['NOARP', say('It asks for no hardware addresses.', 'netdevice.7')],
  [
    'PROMISC',
    say(
      'It takes all frames, those for others as well: a sniffer, or the port of a bridge.',
      'netdevice.7',
    ),
  ],
  ['ALLMULTI', say('It takes the frames of all groups.', 'netdevice.7')],
  ['MASTER', say('It stands for several interfaces (bonding).', 'netdevice.7')],
  ['SLAVE', say('It is one of those that another interface stands for (bonding).', 'netdevice.7')],
  ['DYNAMIC', say('Its addresses are lost when it goes down.', 'netdevice.7')],
  [
    'DORMANT',
    say('It waits for something outside, a login to the network for instance.', 'netdevice.7'),
  ],
  ['DEBUG', say('Its driver writes what it does to the log.', 'netdevice.7')],
  [
    'NOTRAILERS',
    say('It does not move headers behind the data; without meaning today.', 'netdevice.7'),
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
