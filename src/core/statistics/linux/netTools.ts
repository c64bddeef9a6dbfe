import { COLON } from '../../vocabulary/characters';
import type { Span } from '../../model/span';
import type { Line } from '../../parsing/line';
import {
  type CounterBlock,
  type CounterFormat,
  type CounterSink,
  isCount,
  sectionOf,
  wordsBeforeNumber,
} from '../../parsing/counterFormat';
import { ALONE, HISTOGRAMS, IN_ORDER, SENTENCES } from './netToolsSentences';

/** Sections of `netstat -s`, with what nstat puts before the names of their counters. */
const SECTIONS: ReadonlySet<string> = new Set([
  'Ip',
  'Icmp',
  'IcmpMsg',
  'Tcp',
  'Udp',
  'UdpLite',
  'TcpExt',
  'IpExt',
  'MPTcpExt',
  'Sctp',
  'Ip6',
  'Icmp6',
  'Udp6',
  'UdpLite6',
]);

/** `netstat -s` of Linux (net-tools, statistics.c): sentences, and raw names where it knows none. */
export const netTools: CounterFormat = {
  id: 'linux-netstat-s',
  title: 'Linux netstat -s',
  systems: ['linux'],
  commands: ['netstat -s'],

  begin(line) {
    const section = sectionOf(line, SECTIONS);
    return section === undefined ? undefined : new Section(section);
  },

  readAlone(line, sink) {
    // Most lines that come here are other text.
    if (line.count > MOST_WORDS + 1) {
      return false;
    }
    const { words, number } = parts(line);
    const name = ALONE.get(words) ?? (RAW.test(words) ? `TcpExt${words}` : undefined);
    if (name === undefined || number === undefined) {
      return false;
    }
    sink.add(name, number, words);
    return true;
  },
};

/** Words of the longest sentence that stands alone, with `N` for a number between them. */
const MOST_WORDS = Math.max(...Array.from(ALONE.keys(), words => words.split(' ').length));

/** Kernel names that no other text has. */
const RAW =
  /^(?:TCP[A-Z]\w{2,40}|Tcp[A-Z]\w{2,40}|TWKilled|IPReversePathFilter|PFMemallocDrop|PAWSOldAck|PAWSTimewait|TSEcrRejected|BeyondWindow)$/;

class Section implements CounterBlock {
  public readonly sparse = true;
  /** The histogram that the lines stand in. */
  private histogram = '';
  /** How many lines with a number before their words stand above. */
  private sentences = 0;

  public constructor(public readonly title: string) {}

  public read(line: Line, sink: CounterSink): boolean {
    const { title: section } = this;
    if (line.indent === 0) {
      return false;
    }
    const { words, number } = parts(line);
    if (number === undefined) {
      return this.readTitle(line, words);
    }
    const sentence = line.lastChar(line.count - 2) !== COLON;
    const known = SENTENCES.get(section)?.get(words);
    const order = sentence ? IN_ORDER.get(section)?.[this.sentences] : undefined;
    this.sentences += sentence ? 1 : 0;
    const name =
      known ??
      (this.histogram === '' ? undefined : HISTOGRAMS.get(`${this.histogram} ${words}`)) ??
      // In another language the words are others, and the order is the same.
      order ??
      words;
    sink.add(name.startsWith(section) ? name : section + ofVersion(section, name), number, words);
    return true;
  }

  private readTitle(line: Line, words: string): boolean {
    if (line.lastChar(line.count - 1) === COLON) {
      this.histogram = /output|Ausgabe/.test(words) ? 'Out' : 'In';
      return true;
    }
    // "Forwarding is enabled", "RTO algorithm is other": not a number.
    return /^(?:Forwarding|RTO algorithm) is /.test(words);
  }
}

/** The names of ICMPv6 for what net-tools has the same words for. */
function ofVersion(section: string, name: string): string {
  return section === 'Icmp6'
    ? name.replace(/EchoReps$/, 'EchoReplies').replace(/ParmProbs$/, 'ParmProblems')
    : name;
}

/** The words of a line with `N` for the number between them, and where the number stands. */
function parts(line: Line): { words: string; number?: Span } {
  const last = line.count - 1;
  if (isCount(line, 0)) {
    return { words: withoutStop(line.rest(1)), number: line.span(0) };
  }
  const words = wordsBeforeNumber(line);
  if (words !== undefined) {
    return { words, number: line.span(last) };
  }
  for (let i = 1; i < last; i++) {
    if (isCount(line, i)) {
      const before = line.text.slice(line.wordStart(0), line.wordEnd(i - 1));
      return { words: `${before} N ${withoutStop(line.rest(i + 1))}`, number: line.span(i) };
    }
  }
  return { words: line.rest(0) };
}

function withoutStop(words: string): string {
  return words.endsWith('.') ? words.slice(0, -1) : words;
}
