import { LineClass } from '../../model/lineClass';
import { isDigit, type Line } from '../../parsing/line';
import { COLON } from '../../vocabulary/characters';
import type {
  CounterBlock,
  CounterFormat,
  CounterSink,
  RouteLine,
} from '../../parsing/counterFormat';
import { wordsOf } from '../../parsing/interfaceFormat';
import {
  bitsOfMask,
  everywhere,
  familyOf,
  networkOf,
  numberOf,
  withoutZone,
} from '../../parsing/routeFormat';

/**
 * `route print` and `netstat -r` of Windows. Its words are translated: rows are known by their
 * addresses, and what stands between them by its place.
 */
export const windowsRoutes: CounterFormat = {
  id: 'windows-route-print',
  title: 'Windows route print',
  systems: ['windows'],
  lineClass: LineClass.Route,
  commands: ['route print', 'netstat -r', 'netstat -rn'],

  begin(line) {
    if (isDigit(line.firstChar(0)) && ADAPTER.test(line.rest(0))) {
      return new Block('interfaces');
    }
    const title = line.count > MOST_TITLE_WORDS || line.indent > 0 ? '' : line.rest(0);
    return FAMILY.test(title) && ROUTES.test(title) && !/[.,:=]/.test(title)
      ? new Block(title)
      : undefined;
  },

  readAlone(line, sink) {
    const route = isDigit(line.firstChar(0)) ? fourOf(wordsOf(line)) : undefined;
    if (route !== undefined) {
      sink.addRoute(route);
    }
    return route !== undefined;
  },
};

const MOST_TITLE_WORDS = 6;

const FAMILY = /IPv[46]/;
/** `Route` or `Routing` in the languages of Windows. */
const ROUTES =
  /rout|rut|rota|enrut|encamin|instrad|trasa|směrov|útvonal|reitit|yönlendir|маршрут|δρομολ|ルート|路由|경로/i;

/** `  7...00 15 5d 01 02 03 ......Hyper-V`, `  1...........................Software Loopback` */
const ADAPTER = /^\d{1,3}\.{3}(?:(?:[\da-f]{2} ){6,8}|\.{20})/i;

const RULER = /^={20,200}$/;

class Block implements CounterBlock {
  /** What may come next: a line that ends in a colon, then one of words, then rows. */
  private expectsWords = false;
  /** Whether the routes below are only stored. */
  private stored = false;
  /** How many tables were announced: those in force, then those stored. */
  private tables = 0;
  private awaited: RouteLine | undefined;

  public constructor(public readonly title: string) {}

  public read(line: Line, sink: CounterSink): boolean {
    const { awaited, expectsWords } = this;
    this.awaited = undefined;
    this.expectsWords = false;
    const text = line.rest(0);
    if (RULER.test(text) || ADAPTER.test(text)) {
      return true;
    }
    if (line.lastChar(line.count - 1) === COLON && line.count <= MOST_TITLE_WORDS) {
      this.stored = this.tables++ > 0;
      this.expectsWords = true;
      return true;
    }
    if (awaited !== undefined && line.indent > FAR && line.count <= 2) {
      sink.addRoute({ ...awaited, gateway: gatewayOf(text) }, true);
      return true;
    }
    const words = wordsOf(line);
    const route = fourOf(words) ?? sixOf(words);
    if (route !== undefined && !this.stored) {
      this.awaited = words.length === 3 ? route : undefined;
      sink.addRoute(route);
      return true;
    }
    return (
      route !== undefined ||
      (this.stored && bitsOfMask(line.word(1)) !== undefined) ||
      // The heads of the columns, or the word for none.
      (expectsWords && !/[\d>$#]/.test(text.replaceAll('IPv', '')))
    );
  }
}

/** How far a gateway is indented that has a line of its own. */
const FAR = 20;

const DOTTED = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/** Destination, mask, gateway (an address or words for "on the link"), interface, metric. */
function fourOf(words: readonly string[]): RouteLine | undefined {
  const last = words.length - 1;
  const [destination = '', mask = ''] = words;
  const prefixLength = last < 4 || last > 7 ? undefined : bitsOfMask(mask);
  const gateway = words.slice(2, last - 1).join(' ');
  const name = words[last - 1]!;
  const metric = numberOf(words[last]);
  return prefixLength === undefined ||
    metric === null ||
    !DOTTED.test(destination) ||
    !DOTTED.test(name) ||
    !(DOTTED.test(gateway) || !/[\d/\\]/.test(gateway))
    ? undefined
    : {
        ...(prefixLength === 0
          ? everywhere('IPv4')
          : { family: 'IPv4', destination, prefixLength }),
        gateway: gatewayOf(gateway),
        interface: name,
        metric,
        flags: null,
        type: null,
        table: null,
      };
}

/** Number of the interface, metric, destination, gateway, which may stand in the next line. */
function sixOf(words: readonly string[]): RouteLine | undefined {
  const [name = '', metric, destination = '', ...gateway] = words;
  const network =
    gateway.length <= 3 && destination.includes(':') && destination.includes('/')
      ? networkOf(destination)
      : undefined;
  return network === undefined || numberOf(metric) === null || numberOf(name) === null
    ? undefined
    : {
        ...network,
        gateway: gatewayOf(gateway.join(' ')),
        interface: name,
        metric: numberOf(metric),
        flags: null,
        type: null,
        table: null,
      };
}

/** An address; null for the words that say "on the link". */
function gatewayOf(words: string): string | null {
  return familyOf(words) === undefined ? null : withoutZone(words);
}
