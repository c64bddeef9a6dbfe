import { STATISTICS } from './windowsWords';
import type { CounterFamily } from '../../model/counter';
import type { Line } from '../../parsing/line';
import {
  type CounterBlock,
  type CounterFormat,
  type CounterSink,
  capital,
  isCount,
} from '../../parsing/counterFormat';

/**
 * `netstat -s` of Windows. Its words are translated, and its rows stand in the same order in every
 * language: what a row counts is told by its place below the title.
 */
export const windowsStatistics: CounterFormat = {
  id: 'windows-netstat-s',
  title: 'Windows netstat -s',
  systems: ['windows'],
  commands: ['netstat -s'],

  begin(line) {
    if (line.indent > 0 || line.count > MOST_WORDS) {
      return undefined;
    }
    const title = line.rest(0);
    const protocol = PROTOCOL.exec(title)?.[0];
    return protocol !== undefined &&
      STATISTICS.test(title) &&
      !/[=:\d]$/.test(title.replace(/v[46]$/, ''))
      ? new Block(title, protocol, /IPv6|ICMPv6/.test(title) ? 'IPv6' : 'IPv4')
      : undefined;
  },
};

const MOST_WORDS = 6;

const PROTOCOL = /(?<![\w])(?:TCP|UDP|ICMPv[46]|IPv[46])(?![\w])/;

/** Names by the English words of their rows, in the order of the rows in every language. */
const IP = new Map([
  ['packets received', 'InReceives'],
  ['received header errors', 'InHdrErrors'],
  ['received address errors', 'InAddrErrors'],
  ['datagrams forwarded', 'ForwDatagrams'],
  ['unknown protocols received', 'InUnknownProtos'],
  ['received packets discarded', 'InDiscards'],
  ['received packets delivered', 'InDelivers'],
  ['output requests', 'OutRequests'],
  ['routing discards', 'RoutingDiscards'],
  ['discarded output packets', 'OutDiscards'],
  ['output packet no route', 'OutNoRoutes'],
  ['reassembly required', 'ReasmReqds'],
  ['reassembly successful', 'ReasmOKs'],
  ['reassembly failures', 'ReasmFails'],
  ['datagrams successfully fragmented', 'FragOKs'],
  ['datagrams failing fragmentation', 'FragFails'],
  ['fragments created', 'FragCreates'],
]);
const TCP = new Map([
  ['active opens', 'ActiveOpens'],
  ['passive opens', 'PassiveOpens'],
  ['failed connection attempts', 'AttemptFails'],
  ['reset connections', 'EstabResets'],
  ['current connections', 'CurrEstab'],
  ['segments received', 'InSegs'],
  ['segments sent', 'OutSegs'],
  ['segments retransmitted', 'RetransSegs'],
]);
const UDP = new Map([
  ['datagrams received', 'InDatagrams'],
  ['no ports', 'NoPorts'],
  ['receive errors', 'InErrors'],
  ['datagrams sent', 'OutDatagrams'],
]);
/** Rows of ICMP whose place is the same in both versions. */
const ICMP = new Map([
  ['messages', 'Msgs'],
  ['errors', 'Errors'],
  ['destination unreachable', 'DestUnreachs'],
]);

/** A row that has no place of its own is called by its words. */
function ownName(words: string): string {
  return words.split(/\s+/).map(capital).join('');
}

class Block implements CounterBlock {
  private readonly family: CounterFamily;
  private readonly prefix: string;
  private readonly names: ReadonlyMap<string, string>;
  private readonly twoColumns: boolean;
  private place = 0;
  /** Whether a row has its English words: then rows may be missing, as findstr leaves them out. */
  private isEnglish = false;

  public constructor(
    public readonly title: string,
    protocol: string,
    family: CounterFamily,
  ) {
    const six = family === 'IPv6' ? '6' : '';
    this.family = family;
    this.twoColumns = protocol.startsWith('ICMP');
    // TCP is one protocol on both, and Linux counts it once.
    this.prefix = this.twoColumns
      ? `Icmp${six}`
      : protocol === 'TCP'
        ? 'Tcp'
        : protocol === 'UDP'
          ? `Udp${six}`
          : `Ip${six}`;
    this.names = this.twoColumns ? ICMP : protocol === 'TCP' ? TCP : protocol === 'UDP' ? UDP : IP;
  }

  public read(line: Line, sink: CounterSink): boolean {
    const { family, prefix } = this;
    const last = line.count - 1;
    if (line.indent === 0) {
      return false;
    }
    const columns = this.twoColumns ? 2 : 1;
    const end = line.count - columns - (this.twoColumns ? 0 : 1);
    if (
      end < 1 ||
      !isCount(line, last) ||
      !(this.twoColumns ? isCount(line, last - 1) : line.is(last - 1, '='))
    ) {
      // `Received    Sent` above the columns of ICMP.
      return this.twoColumns && this.place === 0 && !/\d/.test(line.rest(0));
    }
    const words = line.text.slice(line.wordStart(0), line.wordEnd(end - 1));
    const name = this.nameOf(words);
    if (this.twoColumns) {
      sink.add(`${prefix}In${name ?? ownName(words)}`, line.span(last - 1), words, { family });
      sink.add(`${prefix}Out${name ?? ownName(words)}`, line.span(last), words, { family });
    } else {
      sink.add(prefix + (name ?? ownName(words)), line.span(last), words, { family });
    }
    return true;
  }

  /** What nstat calls a row, by its English words, else by its place. */
  private nameOf(words: string): string | undefined {
    const place = this.place++;
    const english = this.names.get(words.toLowerCase());
    this.isEnglish ||= english !== undefined;
    return english ?? (this.isEnglish ? undefined : [...this.names.values()][place]);
  }
}
