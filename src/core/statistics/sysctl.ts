import { type CounterFormat, isCount } from './counterFormat';

/** Settings and limits that rules ask for as `sysctl` prints them, beside what counts these. */
export const sysctl: CounterFormat = {
  id: 'sysctl',
  title: 'sysctl',
  systems: ['linux'],
  gauges: true,
  commands: [],

  begin: () => undefined,

  readAlone(line, sink) {
    const names = LIMITS.get(line.word(0));
    // A file of settings has them like this, too: `=` and nothing but numbers behind.
    if (
      names === undefined ||
      !line.is(1, '=') ||
      line.count !== names.length + 2 ||
      names.some((_, i) => !isCount(line, i + 2))
    ) {
      return false;
    }
    names.forEach((name, i) => {
      sink.add(name, line.span(i + 2), line.word(0));
    });
    return true;
  },
};

const LIMITS: ReadonlyMap<string, readonly string[]> = new Map([
  ['net.ipv4.tcp_mem', ['SysctlTcpMemLow', 'SysctlTcpMemPressure', 'SysctlTcpMemHigh']],
  ['net.ipv4.tcp_max_orphans', ['SysctlTcpMaxOrphans']],
  ['net.ipv4.ip_local_port_range', ['SysctlIpLocalPortRangeFirst', 'SysctlIpLocalPortRangeLast']],
  ['net.ipv4.tcp_tw_reuse', ['SysctlTcpTwReuse']],
  ['net.netfilter.nf_conntrack_count', ['SysctlNfConntrackCount']],
  ['net.netfilter.nf_conntrack_max', ['SysctlNfConntrackMax']],
  ['net.nf_conntrack_max', ['SysctlNfConntrackMax']],
]);
