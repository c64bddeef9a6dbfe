import { type CounterFormat, isCount } from '../../parsing/counterFormat';

/** `netsh int ipv4 show dynamicport tcp`: the ports for outgoing connections of Windows. */
export const netshPorts: CounterFormat = {
  id: 'netsh-dynamicport',
  title: 'netsh show dynamicport',
  systems: ['windows'],
  gauges: true,
  commands: ['netsh int ipv4 show dynamicport tcp'],

  begin(line) {
    const title = line.count > MOST_WORDS ? '' : line.rest(0);
    // A rule, and two rows in the order of every language.
    const rows = ['', 'NetshTcpPortsFirst', 'NetshTcpPortsCount'];
    return TITLE.test(title)
      ? {
          title,
          read(row, sink) {
            const name = rows.shift();
            const last = row.count - 1;
            if (!name || !isCount(row, last)) {
              return name === '' && row.rest(0).startsWith('-----');
            }
            sink.add(name, row.span(last), row.word(0));
            return true;
          },
        }
      : undefined;
  },
};

const MOST_WORDS = 9;

/** `Protocol tcp Dynamic Port Range`, also in languages with words like these. */
const TITLE = /^(?=\D{0,40}\btcp\b)\D{0,40}(?:d[iy]n[aá]mi\D{0,40}port|port\D{0,40}d[iy]n[aá]mi)/i;
