import type { CounterFamily } from '../../model/counter';
import { LineClass } from '../../model/lineClass';
import type { Line } from '../../parsing/line';
import type {
  CounterBlock,
  CounterFormat,
  CounterSink,
  RouteLine,
} from '../../parsing/counterFormat';
import { wordsOf } from '../../parsing/interfaceFormat';
import {
  bitsOf,
  everywhere,
  familyOf,
  networkOf,
  numberOf,
  withoutZone,
} from '../../parsing/routeFormat';

/** `netstat -r` of the BSDs, macOS, AIX and Solaris, a table for each family. */
export const bsdRoutes: CounterFormat = {
  id: 'bsd-netstat-r',
  title: 'BSD netstat -r',
  systems: [],
  lineClass: LineClass.Route,
  commands: ['netstat -rn', 'netstat -r'],

  begin(line) {
    if (isHeader(line)) {
      // Both families have the same heads, at other places.
      return new Table(line.rest(0), null, wordsOf(line));
    }
    const isShort = line.count <= MOST_TITLE_WORDS && BEGINNINGS.has(line.firstChar(0));
    const text = isShort ? line.rest(0) : '';
    const family = FAMILIES.find(([title]) => title.test(text))?.[1];
    return family === undefined && !TITLE.test(text)
      ? undefined
      : new Table(text, family ?? null, undefined);
  },
};

const MOST_TITLE_WORDS = 8;
/** How titles begin: `R` and `I`. */
const BEGINNINGS: ReadonlySet<number> = new Set([82, 73]);

const TITLE = /^Routing tables(?: \(.{1,40}\))?$/;

const FAMILIES: readonly (readonly [RegExp, CounterFamily])[] = [
  [/^(?:Internet|Routing Table: IPv4|Route Tree for Protocol Family 2 \(Internet\)):?$/, 'IPv4'],
  [
    /^(?:Internet6|Routing Table: IPv6|Route Tree for Protocol Family \d{2} \(Internet v6\)):?$/,
    'IPv6',
  ],
];

function isHeader(line: Line): boolean {
  return (
    (line.is(0, 'Destination') || line.is(0, 'Destination/Mask')) &&
    line.is(1, 'Gateway') &&
    line.is(2, 'Flags')
  );
}

/** Columns with a number, or `-`. */
const NUMBERS: ReadonlySet<string> = new Set([
  'Refs',
  'Ref',
  'Use',
  'Mtu',
  'Prio',
  'Exp',
  'Expire',
]);
/** Columns that may be empty where they are the last. */
const OPTIONAL: ReadonlySet<string> = new Set(['Expire', 'Exp', 'Groups', 'Interface', 'If']);
const INTERFACE = /^(?:Netif|Interface|Iface|If)$/;

class Table implements CounterBlock {
  private rows = 0;

  public constructor(
    public readonly title: string,
    private readonly family: CounterFamily | null,
    private heads: readonly string[] | undefined,
  ) {}

  public read(line: Line, sink: CounterSink): boolean {
    if (isHeader(line) && this.rows === 0) {
      this.heads = wordsOf(line);
      return true;
    }
    const { heads } = this;
    if (heads === undefined) {
      return false;
    }
    const words = wordsOf(line);
    if (words.every(word => /^-{3,80}$/.test(word))) {
      return true;
    }
    const route = routeOf(words, heads, this.family);
    if (route === undefined) {
      return false;
    }
    this.rows++;
    sink.addRoute(route);
    return true;
  }

  public resembles(line: Line): boolean {
    return (
      this.heads !== undefined &&
      line.count > 2 &&
      destinationOf(line.word(0), this.family) !== null
    );
  }
}

const FLAGS = /^[A-Z][A-Za-z1-3]{0,15}$/;

function routeOf(
  words: readonly string[],
  heads: readonly string[],
  family: CounterFamily | null,
): RouteLine | undefined {
  let least = heads.length;
  while (least > 3 && OPTIONAL.has(heads[least - 1]!)) {
    least--;
  }
  const [destination = '', gateway = '', flags = ''] = words;
  if (
    words.length < least ||
    words.length > heads.length ||
    !FLAGS.test(flags) ||
    !words.every((word, i) => !NUMBERS.has(heads[i]!) || /^(?:\d{1,20}|-|!)$/.test(word))
  ) {
    return undefined;
  }
  const network = destinationOf(destination, family ?? familyOf(gateway) ?? 'IPv4');
  const name = words[heads.findIndex(head => INTERFACE.test(head))];
  return network === null
    ? undefined
    : {
        ...network,
        // Solaris prints no masks.
        ...(network.prefixLength === bitsOf(network.family) &&
        !flags.includes('H') &&
        !destination.includes('/')
          ? { prefixLength: null }
          : {}),
        // Without G it is the interface: `link#4`, an own address, a neighbor's hardware address.
        gateway: flags.includes('G') ? withoutZone(gateway) : null,
        interface: name ?? null,
        metric: numberOf(words[heads.indexOf('Prio')]),
        flags,
        type: flags.includes('R') ? 'reject' : flags.includes('B') ? 'blackhole' : null,
        table: null,
      };
}

/**
 * `default`, `10/8`, `192.168.1` (a network of class C), `10.0.0.1`, `fe80::%lo0/64`, a name; null
 * for what is no destination.
 */
function destinationOf(
  word: string,
  family: CounterFamily | null,
): Pick<RouteLine, 'family' | 'destination' | 'prefixLength'> | null {
  if (word === 'default') {
    return everywhere(family ?? 'IPv4');
  }
  const [, digits, length] = SHORT.exec(word) ?? [];
  if (digits !== undefined) {
    const octets = digits.split('.');
    const whole = [...octets, '0', '0', '0'].slice(0, 4).join('.');
    return networkOf(`${whole}/${length ?? octets.length * 8}`) ?? null;
  }
  return (
    networkOf(word) ??
    (/^[a-z][\w.-]{0,80}$/i.test(word)
      ? { family: family ?? 'IPv4', destination: word, prefixLength: null }
      : null)
  );
}

const SHORT = /^(\d{1,3}(?:\.\d{1,3}){0,2})(?:\/(\d{1,2}))?$/;
