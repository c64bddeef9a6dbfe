import type { Line } from '../parsing/line';
import { type CounterFormat, type CounterSink, isCount } from './counterFormat';
import { type Columns, newInterface, withNumbers } from './interfaceFormat';

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
    return true;
  }
  const [, name, digits] = FIRST.exec(line.word(0)) ?? [];
  const first = digits === undefined ? 1 : 0;
  if (name === undefined || line.count - first !== NAMES.length) {
    return false;
  }
  const values = NAMES.map((_, i) =>
    digits !== undefined && i === 0 ? digits : line.word(first + i),
  );
  if (!NAMES.every((_, i) => (digits !== undefined && i === 0) || isCount(line, first + i))) {
    return false;
  }
  NAMES.forEach((counter, i) => sink.add(counter, values[i]!, name, { interface: name }));
  sink.addInterface(withNumbers(newInterface(name), COLUMNS, NAMES, values));
  return true;
}
