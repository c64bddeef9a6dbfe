import type { Span } from '../../model/span';
import type { Line } from '../../parsing/line';
import {
  capital,
  type CounterFormat,
  type CounterSink,
  isCount,
} from '../../parsing/counterFormat';

/** `ss -s`, with the numbers of the kernel's caches as before iproute2 4.17, or without. */
export const ssSummary: CounterFormat = {
  id: 'ss-s',
  title: 'ss -s',
  systems: ['linux'],
  gauges: true,
  commands: ['ss -s', 'ss --summary'],

  begin(line) {
    return line.is(0, 'Transport') && line.is(1, 'Total') && line.is(2, 'IP')
      ? { title: 'Transport', read: readRow }
      : undefined;
  },

  readAlone(line, sink) {
    return readTotal(line, sink) || readTcp(line, sink);
  },
};

const TOTAL = /^Total: (\d{1,10})(?: \(kernel (\d{1,10})\))?$/;

function readTotal(line: Line, sink: CounterSink): boolean {
  const [, total, kernel] = TOTAL.exec(line.rest(0)) ?? [];
  if (total === undefined) {
    return false;
  }
  sink.add('SsTotal', line.span(1), 'Total');
  if (kernel !== undefined) {
    sink.add('SsTotalKernel', from(line.wordStart(3), kernel), 'kernel');
  }
  return true;
}

const TCP = /^TCP:[ \t]{1,20}(\d{1,10}) \(([a-z0-9 ,/]{1,200})\)(?:, ports (\d{1,10}))?$/;
const PART = /^([a-z]{1,20}) (\d{1,10})(?:\/(\d{1,10}))?$/;

function readTcp(line: Line, sink: CounterSink): boolean {
  const [, total, parts = '', ports] = TCP.exec(line.rest(0)) ?? [];
  if (total === undefined) {
    return false;
  }
  sink.add('SsTcp', line.span(1), 'TCP');
  // Behind the parenthesis.
  let start = line.wordStart(2) + 1;
  for (const part of parts.split(', ')) {
    const [, word, count] = PART.exec(part) ?? [];
    if (word !== undefined && count !== undefined) {
      sink.add(`SsTcp${capital(word)}`, from(start + word.length + 1, count), word);
    }
    start += part.length + ', '.length;
  }
  if (ports !== undefined) {
    sink.add('SsTcpPorts', line.span(line.count - 1), 'ports');
  }
  return true;
}

function from(start: number, digits: string): Span {
  return { start, end: start + digits.length };
}

const TRANSPORTS: ReadonlyMap<string, string> = new Map([
  ['*', 'Kernel'],
  ['RAW', 'Raw'],
  ['UDP', 'Udp'],
  ['TCP', 'Tcp'],
  ['INET', 'Inet'],
  ['FRAG', 'Frag'],
]);
const COLUMNS = ['Total', 'IP', 'IPv6'];

function readRow(line: Line, sink: CounterSink): boolean {
  const word = line.word(0);
  const transport = TRANSPORTS.get(word);
  if (transport === undefined || line.count !== COLUMNS.length + 1 || !isCount(line, 1)) {
    return false;
  }
  COLUMNS.forEach((column, i) => {
    if (isCount(line, i + 1)) {
      sink.add(`SsTransport${transport}${column}`, line.span(i + 1), `${word} ${column}`);
    }
  });
  return true;
}
