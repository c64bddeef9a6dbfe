import type { CounterFamily } from '../../model/counter';
import { LineClass } from '../../model/lineClass';
import { ROUTE_TYPES, type RouteType } from '../../model/route';
import type { Line } from '../../parsing/line';
import type {
  CounterBlock,
  CounterFormat,
  CounterSink,
  RouteLine,
} from '../../parsing/counterFormat';
import { everywhere, familyOf, networkOf, numberOf, withoutZone } from '../../parsing/routeFormat';

/**
 * `ip route` of iproute2: a type, a destination, then names with values and words that stand alone.
 * The routes have no title; a line is one only if every word of it is known.
 */
export const ipRoute: CounterFormat = {
  id: 'ip-route',
  title: 'ip route',
  systems: ['linux'],
  lineClass: LineClass.Route,
  commands: ['ip route', 'ip -4 route', 'ip -6 route', 'ip r', 'ip -4 r', 'ip -6 r'],

  begin(line, sink) {
    const route = routeOf(line);
    if (route === undefined) {
      return undefined;
    }
    sink.addRoute(route);
    return new Block(route);
  },
};

const TYPES: ReadonlySet<string> = new Set(ROUTE_TYPES);

/** Names of what the next word is. */
const NAMED: ReadonlySet<string> = new Set(
  (
    'via dev proto scope src metric table mtu advmss window rtt rttvar rto_min reordering hoplimit ' +
    'initcwnd initrwnd ssthresh cwnd realm realms pref preference expires error weight quickack ' +
    'congctl features tos dsfield nhid fastopen_no_cookie'
  ).split(' '),
);

/** Words that say something by themselves, as `flags` has them. */
const ALONE: ReadonlySet<string> = new Set(
  'onlink linkdown dead pervasive offload trap rt_offload rt_trap offload_failed notify cache'.split(
    ' ',
  ),
);

class Block implements CounterBlock {
  /** What comes again when the routes are listed again. */
  public readonly title: string;
  private hops = 0;

  public constructor(private route: RouteLine) {
    this.title = keyOf(route);
  }

  public read(line: Line, sink: CounterSink): boolean {
    if (line.is(0, 'nexthop')) {
      return this.readHop(line, sink);
    }
    const route = routeOf(line);
    if (route === undefined || keyOf(route) === this.title) {
      return false;
    }
    this.route = route;
    this.hops = 0;
    sink.addRoute(route);
    return true;
  }

  /** `nexthop via 192.0.2.1 dev eth0 weight 1`: one of several ways of the route above. */
  private readHop(line: Line, sink: CounterSink): boolean {
    const hop = attributesOf(line, 1);
    if (hop === undefined || this.route.interface !== null) {
      return false;
    }
    sink.addRoute(
      {
        ...this.route,
        gateway: gatewayOf(hop),
        interface: hop.get('dev') ?? null,
        flags: hop.get('flags') ?? this.route.flags,
      },
      this.hops++ === 0,
    );
    return true;
  }

  public resembles(line: Line): boolean {
    return line.count > 2 && (line.is(1, 'via') || line.is(1, 'dev'));
  }
}

function keyOf(route: RouteLine): string {
  const { destination, prefixLength, table, type, metric, interface: name, gateway } = route;
  return [destination, prefixLength, table, type, metric, name, gateway].join(' ');
}

/** What a line says from a word on; undefined where a word is not known. */
function attributesOf(line: Line, from: number): Map<string, string> | undefined {
  const found = new Map<string, string>();
  let flags = '';
  for (let i = from; i < line.count; i++) {
    const word = line.word(i);
    if (ALONE.has(word)) {
      flags += flags === '' ? word : ` ${word}`;
    } else if (NAMED.has(word) && i + 1 < line.count) {
      // `via inet6 fe80::1`, `mtu lock 1400`
      const long = line.is(i + 1, 'inet6') || line.is(i + 1, 'lock') ? 2 : 1;
      found.set(word, line.word(i + long));
      i += long;
    } else {
      return undefined;
    }
  }
  if (flags !== '') {
    found.set('flags', flags);
  }
  return found;
}

function gatewayOf(attributes: ReadonlyMap<string, string>): string | null {
  const via = attributes.get('via');
  return via === undefined ? null : withoutZone(via);
}

function routeOf(line: Line): RouteLine | undefined {
  const first = line.word(0);
  const type = TYPES.has(first) ? (first as RouteType) : null;
  const at = type === null ? 0 : 1;
  const isDefault = line.is(at, 'default');
  // Most lines of other texts end here.
  if (line.count <= 1 || !(isDefault || mayBeAddress(line.firstChar(at)))) {
    return undefined;
  }
  const written = isDefault ? undefined : networkOf(line.word(at));
  const attributes = isDefault || written !== undefined ? attributesOf(line, at + 1) : undefined;
  if (attributes === undefined || (type === null && attributes.size === 0)) {
    return undefined;
  }
  const gateway = gatewayOf(attributes);
  const metric = attributes.get('metric');
  if (
    (gateway !== null && familyOf(gateway) === undefined) ||
    (metric !== undefined && numberOf(metric) === null) ||
    (type === null && !TELLING.some(name => attributes.has(name))) ||
    // `192.0.2.1 dev server` stands in lists of hosts.
    (type === null && !isDefault && gateway === null && attributes.size < 2)
  ) {
    return undefined;
  }
  return {
    ...(written ?? everywhere(familyOfDefault(gateway, attributes))),
    gateway,
    interface: attributes.get('dev') ?? null,
    metric: numberOf(metric),
    flags: attributes.get('flags') ?? null,
    type: type ?? 'unicast',
    table: attributes.get('table') ?? null,
    ...(isOwn(attributes) ? { own: true as const } : {}),
  };
}

/** BusyBox does not print `proto`; a source address is what it prints of such a route. */
function isOwn(attributes: ReadonlyMap<string, string>): boolean {
  const proto = attributes.get('proto');
  return proto === undefined ? attributes.has('src') : proto === 'kernel';
}

/** Without one of these it is no route. */
const TELLING = ['dev', 'via', 'proto', 'nhid', 'metric'];

/** A digit, a letter of a hexadecimal number, or a colon. */
function mayBeAddress(code: number): boolean {
  return (code >= 48 && code <= 58) || (code >= 97 && code <= 102);
}

/** `default dev tun0` says it by what only the one family prints. */
function familyOfDefault(
  gateway: string | null,
  attributes: ReadonlyMap<string, string>,
): CounterFamily {
  return gateway === null
    ? attributes.has('pref') || attributes.has('error')
      ? 'IPv6'
      : 'IPv4'
    : familyOf(gateway)!;
}
