import type { Line } from '../../parsing/line';
import { type CounterFormat, type CounterSink, isCount } from '../../parsing/counterFormat';
import { type Columns, newInterface, withNumbers } from '../../parsing/interfaceFormat';

/** /proc/net/dev: eight numbers received and eight sent, behind `name:`, which may touch the first. */
export const procNetDev: CounterFormat = {
  id: 'proc-net-dev',
  title: '/proc/net/dev',
  systems: ['linux'],
  commands: [],

  begin(line) {
    return line.is(0, 'Inter-|') && line.is(1, 'Receive') ? { title: 'Inter-', read } : undefined;
  },
};

const NAMES = [
  ...['Bytes', 'Packets', 'Errs', 'Drop', 'Fifo', 'Frame', 'Compressed', 'Multicast'].map(
    name => `DevRx${name}`,
  ),
  ...['Bytes', 'Packets', 'Errs', 'Drop', 'Fifo', 'Colls', 'Carrier', 'Compressed'].map(
    name => `DevTx${name}`,
  ),
];

const COLUMNS: Columns = {
  rx: {
    DevRxBytes: 'bytes',
    DevRxPackets: 'packets',
    DevRxErrs: 'errors',
    DevRxDrop: 'dropped',
    DevRxFifo: 'overruns',
  },
  tx: {
    DevTxBytes: 'bytes',
    DevTxPackets: 'packets',
    DevTxErrs: 'errors',
    DevTxDrop: 'dropped',
    DevTxFifo: 'overruns',
    DevTxColls: 'collisions',
    DevTxCarrier: 'carrier',
  },
};

const FIRST = /^([^\s:]{1,15}):(\d{1,20})?$/;

function read(line: Line, sink: CounterSink): boolean {
  if (line.is(0, 'face') || line.word(0).startsWith('face|')) {
    readHeads(line, sink);
    return true;
  }
  const [, name, digits] = FIRST.exec(line.word(0)) ?? [];
  const first = digits === undefined ? 1 : 0;
  if (name === undefined || line.count - first !== NAMES.length) {
    return false;
  }
  if (!NAMES.every((_, i) => (digits !== undefined && i === 0) || isCount(line, first + i))) {
    return false;
  }
  const values = NAMES.map((counter, i) => {
    const { start, end } = line.span(first + i);
    const number = { start: i === 0 && digits !== undefined ? end - digits.length : start, end };
    sink.add(counter, number, name, { interface: name });
    return line.text.slice(number.start, number.end);
  });
  sink.addInterface(withNumbers(newInterface(name), COLUMNS, NAMES, values));
  return true;
}

/** ` face |bytes    packets … multicast|bytes    packets …` */
function readHeads(line: Line, sink: CounterSink): void {
  const heads = [...line.text.slice(line.start, line.end).matchAll(/[a-z]{1,20}/g)].slice(1);
  heads.slice(0, NAMES.length).forEach(({ index, 0: word }, i) => {
    const start = line.start + index;
    sink.head(NAMES[i]!, { start, end: start + word.length });
  });
}
