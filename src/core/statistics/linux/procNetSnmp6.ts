import { type CounterFormat, isCount } from '../../parsing/counterFormat';

/** /proc/net/snmp6: a name and a value a line, without a title. */
export const procNetSnmp6: CounterFormat = {
  id: 'proc-net-snmp6',
  title: '/proc/net/snmp6',
  systems: ['linux'],
  commands: [],

  begin: () => undefined,

  readAlone(line, sink) {
    const name = line.word(0);
    if (line.count !== 2 || !NAME.test(name) || !isCount(line, 1)) {
      return false;
    }
    sink.add(name, line.span(1), name);
    return true;
  },
};

const NAME = /^(?:Ip6|Icmp6|Udp6|UdpLite6)[A-Z]\w{1,60}$/;
