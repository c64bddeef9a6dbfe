import { LineClass } from '../../model/lineClass';
import type { Line } from '../../parsing/line';
import type { CounterBlock, CounterFormat, CounterSink } from '../../parsing/counterFormat';
import {
  type Columns,
  isAmount,
  newInterface,
  sizeOf,
  withNumbers,
  wordsOf,
} from '../../parsing/interfaceFormat';

/**
 * `netstat -i` and `ifconfig -s` of net-tools: a row for each interface. `Met` stood behind `MTU`
 * up to 1.60, and `- no statistics available -` may stand in place of the numbers.
 */
export const netToolsInterfaces: CounterFormat = {
  id: 'linux-netstat-i',
  title: 'Linux netstat -i',
  systems: ['linux'],
  lineClass: LineClass.Interface,
  commands: ['netstat -i', 'ifconfig -s'],

  begin(line) {
    return line.is(0, 'Kernel') && line.rest(0) === 'Kernel Interface table'
      ? new Table(undefined)
      : isHeader(line)
        ? new Table(wordsOf(line))
        : undefined;
  },
};

const COLUMNS: Columns = {
  rx: { 'RX-OK': 'packets', 'RX-ERR': 'errors', 'RX-DRP': 'dropped', 'RX-OVR': 'overruns' },
  tx: { 'TX-OK': 'packets', 'TX-ERR': 'errors', 'TX-DRP': 'dropped', 'TX-OVR': 'overruns' },
};

function isHeader(line: Line): boolean {
  return line.is(0, 'Iface') && line.is(1, 'MTU') && line.is(line.count - 1, 'Flg');
}

class Table implements CounterBlock {
  public readonly title = 'Kernel Interface table';

  public constructor(private heads: readonly string[] | undefined) {}

  public read(line: Line, sink: CounterSink): boolean {
    const { heads } = this;
    if (heads === undefined) {
      this.heads = isHeader(line) ? wordsOf(line) : undefined;
      return this.heads !== undefined;
    }
    const words = wordsOf(line);
    const last = heads.length - 1;
    const mtu = words[1];
    if (mtu === undefined || !isAmount(mtu)) {
      return false;
    }
    const flags = NO_NUMBERS.exec(line.rest(2));
    if (flags !== null) {
      sink.addInterface({ ...newInterface(words[0]!, sizeOf(mtu)), flags: flags[1] ?? null });
      return true;
    }
    if (words.length < last || !words.slice(1, last).every(isAmount)) {
      return false;
    }
    const link = withNumbers(newInterface(words[0]!, sizeOf(mtu)), COLUMNS, heads, words);
    sink.addInterface({ ...link, flags: line.rest(last) || null });
    return true;
  }
}

const NO_NUMBERS = /^(?:\d{1,5} +)?- no statistics available -(?: +([A-Za-z]{1,20}))?$/;
