import type { Line } from '../../parsing/line';
import type { CounterFormat, CounterSink } from '../../parsing/counterFormat';

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

/** The ports that no connection is given, as a list: `8080,9000-9100`. */
const RESERVED = 'net.ipv4.ip_local_reserved_ports';

/**
 * Settings and limits beside what counts against them: as `sysctl` prints them, as `grep` does out of
 * their files, and their numbers alone below a command that asks for one.
 */
export const sysctl: CounterFormat = {
  id: 'sysctl',
  title: 'sysctl',
  systems: ['linux'],
  gauges: true,
  commands: [...SETTINGS.keys(), RESERVED].flatMap(name => [
    `sysctl -n ${name}`,
    `cat ${FOLDER}${name.replaceAll('.', '/')}`,
  ]),

  begin: () => undefined,

  readAlone(line, sink, asked) {
    if (readReserved(line, sink, asked)) {
      return true;
    }
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

/** Its own name, or that of its file, and the list, which may be empty. */
const RESERVED_LINE =
  /^(?:(net\.ipv4\.ip_local_reserved_ports\s{1,20}=|\/proc\/sys\/net\/ipv4\/ip_local_reserved_ports:)\s{0,20})?([\d,-]{0,4000})$/;

/** What the name of a setting, and the path of its file, begin with. */
const BEGINS: ReadonlySet<number> = new Set(['n', '/'].map(char => char.charCodeAt(0)));

const PORTS = /^\d{1,5}(?:-\d{1,5})?$/;

function readReserved(line: Line, sink: CounterSink, asked: string): boolean {
  const isAsked = dotted(asked) === RESERVED;
  // Most lines of other texts end here.
  if (!isAsked && (!BEGINS.has(line.firstChar(0)) || !dotted(line.word(0)).startsWith(RESERVED))) {
    return false;
  }
  const [, name, list = ''] = RESERVED_LINE.exec(line.rest(0)) ?? [];
  const isList = list.split(',').every(ports => PORTS.test(ports));
  if (name === undefined ? !isAsked || !isList : list !== '' && !isList) {
    return false;
  }
  const from = line.wordEnd(line.count - 1) - list.length;
  let range = 0;
  for (const { 0: ports, index } of list.matchAll(/[\d-]+/g)) {
    const start = from + index;
    const dash = ports.indexOf('-');
    const name = `SysctlIpLocalReservedPorts${++range}`;
    const end = start + ports.length;
    sink.add(`${name}First`, { start, end: dash < 0 ? end : start + dash }, RESERVED);
    sink.add(`${name}Last`, { start: start + dash + 1, end }, RESERVED);
  }
  return true;
}

/** The name of a setting by the path of its file, too. */
function dotted(setting: string): string {
  return setting.startsWith(FOLDER) ? setting.slice(FOLDER.length).replaceAll('/', '.') : setting;
}
