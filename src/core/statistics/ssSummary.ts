import type { Span } from '../model/span';
import type { Line } from '../parsing/line';
import { capital, type CounterFormat, type CounterSink, isCount } from './counterFormat';

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

const TOTAL = /^Total: (\d{1,10})(?: \(kernel (\d{1,10})\))?$/d;

function readTotal(line: Line, sink: CounterSink): boolean {
  const indices = TOTAL.exec(line.rest(0))?.indices;
  if (indices?.[1] === undefined) {
    return false;
  }
  sink.add('SsTotal', from(line.wordStart(0), indices[1]), 'Total');
  if (indices[2] !== undefined) {
    sink.add('SsTotalKernel', from(line.wordStart(0), indices[2]), 'kernel');
  }
  return true;
}

const TCP = /^TCP:[ \t]{1,20}(\d{1,10}) \(([a-z0-9 ,/]{1,200})\)(?:, ports (\d{1,10}))?$/d;
const PART = /^([a-z]{1,20}) (\d{1,10})(?:\/(\d{1,10}))?$/;

function readTcp(line: Line, sink: CounterSink): boolean {
  const found = TCP.exec(line.rest(0));
  const indices = found?.indices;
  if (found === null || indices?.[1] === undefined || indices[2] === undefined) {
    return false;
  }
  const start = line.wordStart(0);
  sink.add('SsTcp', from(start, indices[1]), 'TCP');
  let at = start + indices[2][0];
  for (const part of found[2]!.split(', ')) {
    const [, word, count] = PART.exec(part) ?? [];
    if (word !== undefined && count !== undefined) {
      const number = at + word.length + 1;
      sink.add(`SsTcp${capital(word)}`, { start: number, end: number + count.length }, word);
    }
    at += part.length + 2;
  }
  if (indices[3] !== undefined) {
    sink.add('SsTcpPorts', from(start, indices[3]), 'ports');
  }
  return true;
}

function from(start: number, [first, last]: readonly [number, number]): Span {
  return { start: start + first, end: start + last };
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
