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
 * `netstat -i` of the BSDs, macOS, AIX, Solaris and HP-UX: a row for each address of an interface,
 * of which the first has the numbers of the interface. They are counted from the right: the address
 * may be missing.
 */
export const bsdInterfaces: CounterFormat = {
  id: 'bsd-netstat-i',
  title: 'BSD netstat -i',
  systems: [],
  lineClass: LineClass.Interface,
  commands: ['netstat -i', 'netstat -in', 'netstat -ib'],

  begin(line) {
    if (
      !line.is(0, 'Name') ||
      !(line.is(1, 'Mtu') || line.is(1, 'MTU')) ||
      !line.is(3, 'Address')
    ) {
      return undefined;
    }
    const heads = wordsOf(line);
    const first = heads.indexOf('Ipkts');
    return first > 0 ? new Table(heads.slice(first)) : undefined;
  },
};

const COLUMNS: Columns = {
  rx: {
    Ipkts: 'packets',
    Ierrs: 'errors',
    Ifail: 'errors',
    Idrop: 'dropped',
    Ibytes: 'bytes',
  },
  tx: {
    Opkts: 'packets',
    Oerrs: 'errors',
    Ofail: 'errors',
    Obytes: 'bytes',
    Coll: 'collisions',
    Colls: 'collisions',
    Collis: 'collisions',
    Drop: 'dropped',
  },
};

class Table implements CounterBlock {
  public readonly title = 'Name Mtu';
  private readonly names = new Set<string>();

  /** `heads` are those of the numbers. */
  public constructor(private readonly heads: readonly string[]) {}

  public read(line: Line, sink: CounterSink): boolean {
    const { heads, names } = this;
    const first = line.count - heads.length;
    const numbers = wordsOf(line, first);
    const name = line.word(0);
    const mtu = line.word(1);
    if (first < 2 || first > MOST_WORDS || !isAmount(mtu) || !numbers.every(isAmount)) {
      return false;
    }
    // Names are cut: `vmnet` may be several.
    if (!names.has(name) || /^<?link#/i.test(line.word(2))) {
      names.add(name);
      const known = newInterface(name.replace(/\*$/, ''), sizeOf(mtu));
      const flags = name.endsWith('*') ? '*' : null;
      sink.addInterface({ ...withNumbers(known, COLUMNS, heads, numbers), flags });
    }
    return true;
  }
}

/** Name, MTU, network, address, zone. */
const MOST_WORDS = 5;
