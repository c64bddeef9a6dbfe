import { COLON } from '../vocabulary/characters';
import type { Line } from '../parsing/line';
import {
  capital,
  type CounterBlock,
  type CounterFormat,
  type CounterSink,
  isCount,
  sectionOf,
  wordsBeforeNumber,
} from './counterFormat';

/** Protocols that have a section. */
const SECTIONS: ReadonlySet<string> = new Set(
  'ah arp bdg carp divert esp etherip icmp icmp6 igmp ip ip4 ip6 ipcomp ipsec ipsec6 kctl kevt mptcp pfkey pfsync pim rip6 sctp tcp tcp6 udp udp6 udplite unix xbkidle'.split(
    ' ',
  ),
);

/**
 * `netstat -s` of the BSDs, macOS, AIX and HP-UX: sections in lower case, sentences behind tabs, in
 * the singular where the number is 1.
 */
export const bsdStatistics: CounterFormat = {
  id: 'bsd-netstat-s',
  title: 'BSD netstat -s',
  systems: ['macos', 'freebsd', 'openbsd', 'netbsd', 'aix', 'hpux'],
  commands: ['netstat -s'],

  begin(line) {
    const section = sectionOf(line, SECTIONS);
    return section === undefined ? undefined : new Section(section);
  },
};

/** What counts the same as a counter of Linux, by section and sentence in the singular. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['tcp connection request', 'TcpActiveOpens'],
  ['tcp connection accept', 'TcpPassiveOpens'],
  ['tcp data packet (N byte) retransmitted', 'TcpRetransSegs'],
  ['tcp listen queue overflow', 'TcpListenQueueOverflows'],
  ['udp dropped due to no socket', 'UdpNoPorts'],
  ['udp dropped due to full socket buffer', 'UdpRcvbufErrors'],
  ['udp socket buffer overflow', 'UdpRcvbufErrors'],
  ['udp delivered', 'UdpInDatagrams'],
  ['udp datagram output', 'UdpOutDatagrams'],
  ['udp with bad checksum', 'UdpInCsumErrors'],
  ['ip total packet received', 'IpInReceives'],
  ['ip packet for this host', 'IpInDelivers'],
  ['ip packet sent from this host', 'IpOutRequests'],
  ['ip output packet discarded due to no route', 'IpOutNoRoutes'],
  ['ip fragment dropped after timeout', 'IpReasmTimeout'],
  ['ip packet reassembled ok', 'IpReasmOKs'],
]);

class Section implements CounterBlock {
  public constructor(public readonly title: string) {}

  public read(line: Line, sink: CounterSink): boolean {
    if (line.indent === 0) {
      return false;
    }
    const last = line.count - 1;
    if (isCount(line, 0) && last > 0) {
      const words = line.rest(1).replace(/\b\d{1,20}\b/g, 'N');
      sink.add(this.nameOf(words), line.span(0), words);
      return true;
    }
    const words = wordsBeforeNumber(line);
    if (words !== undefined) {
      sink.add(this.nameOf(words), line.span(last), words);
      return true;
    }
    // "Input histogram:", "TCP connection count by state:"
    return line.lastChar(last) === COLON;
  }

  private nameOf(words: string): string {
    const singular = words
      .split(' ')
      .map(word =>
        word.length > 3 ? word.replace(/ies$/, 'y').replace(/([^s])s(?=\W?$)/, '$1') : word,
      )
      .join(' ');
    return NAMES.get(`${this.title} ${singular}`) ?? camel(`${this.title} ${words}`);
  }
}

/** `tcp retransmit timeouts` as `TcpRetransmitTimeouts`. */
function camel(words: string): string {
  return words
    .split(/[^\w]+/)
    .map(capital)
    .join('');
}
