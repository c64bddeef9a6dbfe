import { type CounterFormat, isCount } from './counterFormat';

/** The limits of TCP's memory and orphans as `sysctl` prints them, beside what counts these. */
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
]);
