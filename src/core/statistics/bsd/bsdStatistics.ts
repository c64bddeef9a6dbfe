import { COLON } from '../../vocabulary/characters';
import type { Line } from '../../parsing/line';
import {
  capital,
  type CounterBlock,
  type CounterFormat,
  type CounterSink,
  isCount,
  sectionOf,
  wordsBeforeNumber,
} from '../../parsing/counterFormat';

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

  readAlone(line, sink) {
    if (line.count < 2 || line.count > MOST_WORDS + 1 || !isCount(line, 0)) {
      return false;
    }
    const words = withoutNumbers(line);
    const section = ALONE.get(singular(words));
    if (section === undefined) {
      return false;
    }
    sink.add(nameOf(section, words), line.span(0), words);
    return true;
  },
};

/** What counts the same as a counter of Linux, by section and sentence in the singular. */
const SAME_AS_LINUX: readonly (readonly [string, string])[] = [
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
];

/** What rules ask for, in the plural: it has one name, also where its number is 1. */
const IN_PLURAL = [
  'tcp packets received',
  'tcp data packets (N bytes)',
  'tcp out-of-order packets (N bytes)',
  'tcp discarded for bad checksums',
  'tcp embryonic connections dropped',
  'tcp connections dropped by rexmit timeout',
  'tcp connections dropped by persist timeout',
  'tcp connections dropped by keepalive',
  'tcp window probe packets',
  'tcp window probes',
  'ip bad header checksums',
  'ip fragments received',
];

class Section implements CounterBlock {
  public constructor(public readonly title: string) {}

  public read(line: Line, sink: CounterSink): boolean {
    if (line.indent === 0) {
      return false;
    }
    const last = line.count - 1;
    if (isCount(line, 0) && last > 0) {
      const words = withoutNumbers(line);
      sink.add(nameOf(this.title, words), line.span(0), words);
      return true;
    }
    const words = wordsBeforeNumber(line);
    if (words !== undefined) {
      sink.add(nameOf(this.title, words), line.span(last), words);
      return true;
    }
    // "Input histogram:", "TCP connection count by state:"
    return line.lastChar(last) === COLON;
  }
}

/** The words behind the number at the beginning of a line, with `N` for each number in them. */
function withoutNumbers(line: Line): string {
  return line.rest(1).replace(/\b\d{1,20}\b/g, 'N');
}

function nameOf(section: string, words: string): string {
  const whole = `${section} ${words}`;
  return NAMES.get(singular(whole)) ?? camel(whole);
}

function singular(words: string): string {
  return words
    .split(' ')
    .map(word =>
      word.length > 3 ? word.replace(/ies$/, 'y').replace(/([^s])s(?=\W?$)/, '$1') : word,
    )
    .join(' ');
}

/** `tcp retransmit timeouts` as `TcpRetransmitTimeouts`. */
function camel(words: string): string {
  return words
    .split(/[^\w]+/)
    .map(capital)
    .join('');
}

const NAMES: ReadonlyMap<string, string> = new Map([
  ...SAME_AS_LINUX,
  ...IN_PLURAL.map(words => [singular(words), camel(words)] as const),
]);

/** Sections of sentences that no other section or text has, as grep cuts them out. */
const ALONE: ReadonlyMap<string, string> = new Map(
  [
    ...['listen queue overflow', 'data packet (N byte) retransmitted', 'retransmit timeout'],
    ...['connection dropped by rexmit timeout', 'connection dropped by persist timeout'],
    ...['connection dropped by keepalive', 'embryonic connection dropped', 'keepalive timeout'],
    ...['out-of-order packet (N byte)', 'window probe packet', 'bad connection attempt'],
    ...['discarded for bad checksum', 'syncache entry added', 'cookie sent', 'cookie received'],
  ]
    .map((sentence): [string, string] => [sentence, 'tcp'])
    .concat([
      ['dropped due to no socket', 'udp'],
      ['dropped due to full socket buffer', 'udp'],
      ['output packet discarded due to no route', 'ip'],
    ]),
);

/** Words of the longest of them. */
const MOST_WORDS = Math.max(...Array.from(ALONE.keys(), words => words.split(' ').length));
