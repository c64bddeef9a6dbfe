import type { CounterFormat } from './counterFormat';

/** Where files of settings are, whose names have `.` for `/`. */
const FOLDER = '/proc/sys/';

/** Settings that rules ask for, and the numbers that each has. */
const SETTINGS: ReadonlyMap<string, readonly string[]> = new Map([
  ['net.ipv4.tcp_mem', ['SysctlTcpMemLow', 'SysctlTcpMemPressure', 'SysctlTcpMemHigh']],
  ['net.ipv4.tcp_max_orphans', ['SysctlTcpMaxOrphans']],
  ['net.ipv4.tcp_max_tw_buckets', ['SysctlTcpMaxTwBuckets']],
  ['net.ipv4.tcp_syncookies', ['SysctlTcpSyncookies']],
  ['net.ipv4.ip_local_port_range', ['SysctlIpLocalPortRangeFirst', 'SysctlIpLocalPortRangeLast']],
  ['net.ipv4.tcp_tw_reuse', ['SysctlTcpTwReuse']],
  ['net.netfilter.nf_conntrack_count', ['SysctlNfConntrackCount']],
  ['net.netfilter.nf_conntrack_max', ['SysctlNfConntrackMax']],
  ['net.nf_conntrack_max', ['SysctlNfConntrackMax']],
]);

/**
 * Settings and limits beside what counts against them: as `sysctl` prints them, as `grep` does out of
 * their files, and their numbers alone below a command that asks for one.
 */
export const sysctl: CounterFormat = {
  id: 'sysctl',
  title: 'sysctl',
  systems: ['linux'],
  gauges: true,
  commands: [...SETTINGS.keys()].flatMap(name => [
    `sysctl -n ${name}`,
    `cat ${FOLDER}${name.replaceAll('.', '/')}`,
  ]),

  begin: () => undefined,

  readAlone(line, sink, asked) {
    const [, name, path, numbers = ''] =
      line.count > MOST_WORDS ? [] : (LINE.exec(line.rest(0)) ?? []);
    const setting = name ?? path ?? asked;
    const names = SETTINGS.get(dotted(setting)) ?? [];
    const end = line.wordEnd(line.count - 1);
    const spans = Array.from(numbers.matchAll(/\d+/g), ({ index, 0: { length } }) => {
      const start = end - numbers.length + index;
      return { start, end: start + length };
    });
    // A file of settings has them like this, too: `=` and nothing but numbers behind.
    if (spans.length === 0 || spans.length !== names.length) {
      return false;
    }
    names.forEach((counter, i) => {
      sink.add(counter, spans[i]!, setting);
    });
    return true;
  },
};

/** Of the longest of {@link LINE}. */
const MOST_WORDS = 5;

/** `net.ipv4.tcp_mem = 9 10 11`, `/proc/sys/net/ipv4/tcp_mem:9 10 11`, and numbers alone. */
const LINE =
  /^(?:(net\.[a-z\d_.]{1,60})\s{1,20}=\s{1,20}|(\/proc\/sys\/net\/[a-z\d_/]{1,60}):)?(\d{1,19}(?:\s{1,9}\d{1,19}){0,2})$/;

/** The name of a setting by the path of its file, too. */
function dotted(setting: string): string {
  return setting.startsWith(FOLDER) ? setting.slice(FOLDER.length).replaceAll('/', '.') : setting;
}
