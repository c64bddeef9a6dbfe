import { say, type Statement } from '../../wording/statement';

/** What the sections of counters count. */
const SECTIONS: Readonly<Record<string, Statement>> = {
  ip: say(
    'Packets of IP that came and went, whatever they carry, and why some were dropped.',
    'rfc4293',
  ),
  icmp: say(
    'Ping, and the messages of ICMP by which hosts and routers say that a packet could not be delivered.',
    'rfc4293',
  ),
  icmpmsg: say(
    'Messages of ICMP by the number of their type: 0 and 8 are ping, 3 is unreachable, 5 redirect, 11 time exceeded.',
    'linux-proc',
    'rfc4293',
  ),
  tcp: say(
    'What all systems count of TCP: connections opened, failed and reset, segments sent and sent again.',
    'rfc4022',
  ),
  udp: say('Datagrams of UDP that programs read and sent, and those that were dropped.', 'rfc4113'),
  tcpext: say(
    'What Linux counts of TCP beyond the standard: full queues, retransmissions by their reason, aborts, memory.',
    'linux-proc',
    'linux-snmp-counter',
  ),
  ipext: say(
    'What Linux counts of IP beyond the standard: bytes, multicast, broadcast, congestion marks.',
    'linux-proc',
    'linux-snmp-counter',
  ),
  mptcpext: say(
    'What Linux counts of Multipath TCP: connections that use several paths, and how often they fell back to one.',
    'linux-mptcp-mib-h',
  ),
  sctp: say('Associations of SCTP that were opened and aborted, and their packets.', 'rfc3873'),
};

/** The word of a title that says what its section counts. */
const WORD =
  /(?<![a-z])(?:tcpext|ipext|mptcpext|icmpmsg|icmp|tcp|udp|sctp|ip)(?=lite|[v46]|[^a-z]|$)/i;

/** What the section with a title counts; null where that is not known. */
export function sectionText(title: string): Statement | null {
  const word = WORD.exec(title)?.[0].toLowerCase();
  return word === undefined ? null : (SECTIONS[word] ?? null);
}
