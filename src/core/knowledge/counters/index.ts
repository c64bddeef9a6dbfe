import { foldWords } from '../folding';
import { ACKNOWLEDGMENT } from './acknowledgment';
import { BSD_ONLY } from './bsd';
import { CLOSING } from './closing';
import type { Counter } from './counter';
import { FRAGMENTS } from './fragments';
import { ICMP_RECEIVED } from './icmpReceived';
import { ICMP_SENT } from './icmpSent';
import { INTERFACES } from './interfaces';
import { IP } from './ip';
import { IP_EXT } from './ipExt';
import { LISTENING } from './listening';
import { FAST_OPEN, SIGNATURES } from './options';
import { MPTCP_MORE } from './mptcp';
import { MPTCP, SCTP } from './otherTransports';
import { PREQUEUE, RECEIVE_PATH } from './receivePath';
import { RECEIVING } from './receiving';
import { CHALLENGES, OLD_SEGMENTS } from './refused';
import { RETRANSMISSION } from './retransmission';
import { SEGMENTS } from './segments';
import { SENDING } from './sending';
import { SOLARIS_ONLY } from './solaris';
import { SUMMARY } from './summary';
import { TCP } from './tcp';
import { UDP } from './udp';

/** Everything that is known of what systems count. */
export const COUNTERS: readonly Counter[] = [
  ...TCP,
  ...SEGMENTS,
  ...LISTENING,
  ...CLOSING,
  ...RETRANSMISSION,
  ...ACKNOWLEDGMENT,
  ...SENDING,
  ...RECEIVING,
  ...RECEIVE_PATH,
  ...OLD_SEGMENTS,
  ...CHALLENGES,
  ...FAST_OPEN,
  ...SIGNATURES,
  ...PREQUEUE,
  ...UDP,
  ...IP,
  ...FRAGMENTS,
  ...IP_EXT,
  ...ICMP_RECEIVED,
  ...ICMP_SENT,
  ...SCTP,
  ...MPTCP,
  ...MPTCP_MORE,
  ...INTERFACES,
  ...SUMMARY,
  ...BSD_ONLY,
  ...SOLARIS_ONLY,
];

/** The section of /proc/net/netstat and its like, which nstat puts before a name. */
const SECTION = /^(?:TcpExt|IpExt|MPTcpExt|Tcp|Udp6?|Icmp6?|Ip6?|Sctp)(?=[A-Z])/;

/** A counter's name as /proc/net/netstat and its like have it; null if there is no other. */
export function bareName({ name }: Counter): string | null {
  return SECTION.test(name) ? name.replace(SECTION, '') : null;
}

/** The names of a counter, the one that nstat prints first. */
export function counterNames({ name, words }: Counter): string[] {
  const { netTools = [], ipv6, ss = [], windows = [], bsd = [], solaris = [] } = words;
  return [
    name,
    ...(ipv6 === undefined ? [] : [ipv6]),
    ...netTools,
    ...ss,
    ...windows,
    ...bsd,
    ...solaris,
  ];
}

/** The counter of each name, folded. */
let index: ReadonlyMap<string, Counter> | null = null;

function byName(): ReadonlyMap<string, Counter> {
  index ??= makeIndex();
  return index;
}

function makeIndex(): ReadonlyMap<string, Counter> {
  const names = new Map<string, Counter>();
  for (const counter of COUNTERS) {
    for (const name of [...counterNames(counter), ...counter.reported]) {
      names.set(foldWords(name), counter);
    }
  }
  // As /proc/net/netstat has them, where one section alone has such a name.
  const bare = new Map<string, Counter | null>();
  for (const counter of COUNTERS) {
    const name = bareName(counter);
    if (name !== null) {
      const folded = foldWords(name);
      bare.set(folded, bare.has(folded) ? null : counter);
    }
  }
  for (const [name, counter] of bare) {
    if (counter !== null && !names.has(name)) {
      names.set(name, counter);
    }
  }
  return names;
}

/**
 * The counter that a text is the name or the sentence of, with or without its number and section:
 * `TcpExtListenOverflows`, `ListenOverflows: 3`, `28 times the listen queue of a socket
 * overflowed`, `node_netstat_Tcp_RetransSegs`. Null where none or several are called so.
 */
export function counterCalled(text: string): Counter | null {
  return counterNamed(text) ?? calledBySentence(text.trim()) ?? null;
}

/** The same, without the names that only reports make of the words of other tools. */
export function counterNamed(text: string): Counter | null {
  const name = text
    .trim()
    .replace(/^node_netstat_/, '')
    // UDP-Lite counts the same, and ICMP by the number of each type.
    .replace(/^UdpLite6?(?=[A-Z])/, 'Udp')
    .replace(/^(?:IcmpMsg|Icmp6)?(In|Out)Type\d+/, 'IcmpMsg$1Type*');
  const section = name.indexOf(':');
  return (
    byName().get(foldWords(name)) ??
    (section === -1 ? null : (byName().get(foldWords(name.slice(section + 1))) ?? null))
  );
}

/**
 * The counter that a name is made of, as reports have it for what nstat does not know: of the
 * sentence of another tool (`TcpListenQueueOverflows`), of its words (`SsTcpOrphaned`), or of the
 * name for IPv4 (`Ip6ForwDatagrams`, which Windows counts).
 */
function calledBySentence(name: string): Counter | undefined {
  if (!/^[A-Z]\w+$/.test(name)) {
    return undefined;
  }
  const words = name
    .replace(/^(?:Sockstat|Ss)(?=[A-Z])/, '')
    .replace(/N(?:Bytes?)?(?=[A-Z]|$)/g, '')
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ');
  return (
    byName().get(foldWords(words)) ??
    byName().get(foldWords(words.replace(/^[A-Z]\w* /, ''))) ??
    byName().get(foldWords(name.replace(/^Ip6/, 'Ip')))
  );
}
