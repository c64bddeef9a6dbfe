import type { Line } from '../../parsing/line';
import { type CounterFormat, type CounterSink, isCount } from '../../parsing/counterFormat';

/** `nstat` of iproute2: `%-32s%-16llu%6.1f`, name, value and rate, below `#kernel`. */
export const nstat: CounterFormat = {
  id: 'nstat',
  title: 'nstat',
  systems: ['linux'],
  increments: 'maybe',
  commands: ['nstat'],

  begin(line) {
    return TITLE.test(line.word(0)) && (line.count === 1 || line.rest(1).includes('_interval='))
      ? { title: 'kernel', read }
      : undefined;
  },

  readAlone(line, sink) {
    return NAME.test(line.word(0)) && read(line, sink);
  },
};

const TITLE = /^#(?:kernel|\d{1,20})$/;

/** The sections that it puts before names. */
const NAME = /^(?:Ip|Icmp|Tcp|Udp|MPTcp|Sctp)\w{2,60}$/;

const RATE = /^-?\d{1,12}\.\d$/;

function read(line: Line, sink: CounterSink): boolean {
  const name = line.word(0);
  if (
    line.count !== 3 ||
    !isCount(line, 1) ||
    !RATE.test(line.word(2)) ||
    !/^[A-Z]\w+$/.test(name)
  ) {
    return false;
  }
  sink.add(name, line.span(1), name);
  return true;
}
