import { COLON } from '../../vocabulary/characters';
import type { Line } from '../../parsing/line';
import {
  type CounterBlock,
  type CounterFormat,
  type CounterSink,
  isCount,
} from '../../parsing/counterFormat';

/**
 * /proc/net/netstat and /proc/net/snmp: pairs of lines with the same first word, names above and
 * values below, each kernel with other names.
 */
export const procNetSnmp: CounterFormat = {
  id: 'proc-net-snmp',
  title: '/proc/net/snmp and netstat',
  systems: ['linux'],
  commands: [],

  begin(line, sink) {
    return line.count > 1 &&
      line.lastChar(0) === COLON &&
      SECTION.test(line.word(0)) &&
      NAME.test(line.word(1)) &&
      NAME.test(line.word(line.count - 1))
      ? new Pair(line, sink)
      : undefined;
  },
};

const SECTION = /^(?:Ip|Icmp|IcmpMsg|Tcp|Udp|UdpLite|TcpExt|IpExt|MPTcpExt|Sctp):$/;
const NAME = /^[A-Z]\w{1,60}$/;

class Pair implements CounterBlock {
  public readonly title: string;
  private readonly section: string;
  private readonly names: string[];
  private done = false;

  public constructor(line: Line, sink: CounterSink) {
    this.section = line.word(0).slice(0, -1);
    this.names = namesOf(line, 1);
    this.names.forEach((name, i) => sink.head(this.section + name, line.span(i + 1)));
    // One pair holds at most 16 types of ICMP.
    this.title = `${this.section} ${this.names[0]!}`;
  }

  public read(line: Line, sink: CounterSink): boolean {
    const { section, names } = this;
    if (this.done || !line.is(0, `${section}:`) || !isCount(line, 1)) {
      return false;
    }
    const count = Math.min(names.length, line.count - 1);
    for (let i = 0; i < count; i++) {
      if (isCount(line, i + 1)) {
        sink.add(section + names[i]!, line.span(i + 1), names[i]!);
      }
    }
    this.done = true;
    return true;
  }
}

function namesOf(line: Line, from: number): string[] {
  return Array.from({ length: line.count - from }, (_, i) => line.word(from + i));
}
