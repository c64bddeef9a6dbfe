import { LineClass } from '../../model/lineClass';
import type { Line } from '../../parsing/line';
import type {
  CounterBlock,
  CounterFormat,
  CounterSink,
  RouteLine,
} from '../../parsing/counterFormat';
import { wordsOf } from '../../parsing/interfaceFormat';
import { bitsOfMask, everywhere, familyOf, networkOf, numberOf } from '../../parsing/routeFormat';

/**
 * `netstat -r` and `route` of net-tools, of both families, with names or numbers. The heads are
 * translated in part; `Genmask` and `Iface` are not.
 */
export const netToolsRoutes: CounterFormat = {
  id: 'linux-netstat-r',
  title: 'Linux netstat -r',
  systems: ['linux'],
  lineClass: LineClass.Route,
  commands: ['netstat -rn', 'netstat -r', 'route -n', 'route -6 -n'],

  begin(line) {
    const titled = line.is(0, 'Kernel') ? TITLES.get(line.rest(0)) : undefined;
    const columns = titled ?? columnsOf(line);
    return columns === undefined ? undefined : new Table(columns, titled === undefined);
  },

  readAlone(line, sink) {
    // grep cuts rows out of a table whose fifth column is one thing or another.
    const route =
      line.count === FOUR.count && familyOf(line.word(0)) !== undefined
        ? routeOf(wordsOf(line), FOUR)
        : undefined;
    if (route !== undefined) {
      sink.addRoute(route);
    }
    return route !== undefined;
  },
};

/** Where the columns stand of one kind of table. */
interface Columns {
  readonly title: string;
  readonly count: number;
  readonly flags: number;
  readonly interface: number;
  /** −1 where it is not shown. */
  readonly metric: number;
  /** −1 where the mask is part of the destination. */
  readonly mask: number;
}

/** `netstat -r`: `Destination Gateway Genmask Flags MSS Window irtt Iface`. */
const FOUR: Columns = {
  title: 'Kernel IP routing table',
  count: 8,
  mask: 2,
  flags: 3,
  interface: 7,
  metric: -1,
};
/** `route`: `… Flags Metric Ref Use Iface`. */
const FOUR_METRIC: Columns = { ...FOUR, metric: 4 };
/** With `-ee`: `… Flags Metric Ref Use Iface MSS Window irtt`. */
const FOUR_LONG: Columns = { ...FOUR_METRIC, count: 11 };
/** `Destination Next Hop Flag Met Ref Use If` */
const SIX: Columns = {
  title: 'Kernel IPv6 routing table',
  count: 7,
  mask: -1,
  flags: 2,
  interface: 6,
  metric: 3,
};

const TITLES: ReadonlyMap<string, Columns> = new Map([FOUR, SIX].map(one => [one.title, one]));

function columnsOf(line: Line): Columns | undefined {
  const last = line.count - 1;
  if (line.is(2, 'Genmask')) {
    return line.is(last, 'Iface')
      ? line.is(6, 'irtt')
        ? FOUR
        : FOUR_METRIC
      : line.is(7, 'Iface') && line.is(last, 'irtt')
        ? FOUR_LONG
        : undefined;
  }
  return line.is(last, 'If') && line.is(last - 3, 'Met') && line.is(last - 2, 'Ref')
    ? SIX
    : undefined;
}

class Table implements CounterBlock {
  public readonly title: string;
  private rows = 0;

  public constructor(
    private columns: Columns,
    private headed: boolean,
  ) {
    this.title = columns.title;
  }

  public read(line: Line, sink: CounterSink): boolean {
    const header = this.rows > 0 || this.headed ? undefined : columnsOf(line);
    if (header?.title === this.title) {
      this.columns = header;
      this.headed = true;
      return true;
    }
    const route = routeOf(wordsOf(line), this.columns);
    if (route === undefined) {
      return false;
    }
    this.rows++;
    sink.addRoute(route);
    return true;
  }

  public resembles(line: Line): boolean {
    return line.count > 2 && networkOf(line.word(0)) !== undefined;
  }
}

const FLAGS = /^(?:!?[UGHRDMACadceonfpP]{0,12}|!\w{0,6})$/;

function routeOf(words: readonly string[], columns: Columns): RouteLine | undefined {
  const flags = words[columns.flags] ?? '';
  const name = words[columns.interface] ?? '';
  if (
    words.length !== columns.count ||
    !FLAGS.test(flags) ||
    !words.every((word, i) => i <= columns.flags || i === columns.interface || NUMBER.test(word))
  ) {
    return undefined;
  }
  const network =
    columns.mask < 0 ? networkOf(words[0]!) : maskedOf(words[0]!, words[columns.mask]!);
  const gateway = words[1]!;
  if (network === undefined || !(NO_GATEWAY.test(gateway) || HOST.test(gateway))) {
    return undefined;
  }
  return {
    ...network,
    gateway: NO_GATEWAY.test(gateway) ? null : gateway,
    // `*` stands for routes without one: what goes there is thrown away, or looked up elsewhere.
    interface: name === '-' || name === '*' ? null : name,
    metric: numberOf(words[columns.metric]),
    flags,
    type: flags.startsWith('!') ? 'reject' : null,
    table: null,
  };
}

const NUMBER = /^(?:-?\d{1,10}|-)$/;
const NO_GATEWAY = /^(?:0\.0\.0\.0|\*|-|::|\[::\])$/;
const HOST = /^[\w.:%-]{1,100}$/;

/** `default` may also be the name of a network, and networks may have names. */
function maskedOf(
  word: string,
  mask: string,
): Pick<RouteLine, 'family' | 'destination' | 'prefixLength'> | undefined {
  const prefixLength = bitsOfMask(mask);
  if (prefixLength === undefined || !HOST.test(word)) {
    return undefined;
  }
  return prefixLength === 0 && (word === 'default' || familyOf(word) !== undefined)
    ? everywhere('IPv4')
    : { family: 'IPv4', destination: word, prefixLength };
}
