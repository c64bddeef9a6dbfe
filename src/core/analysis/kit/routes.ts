import { getOrAdd } from '../../model/maps';
import type { SnapshotIndex } from '../../index/snapshotIndex';
import type { Interface } from '../../model/interface';
import type { Route, RouteType } from '../../model/route';
import { parseAddress, plainAddress } from '../../vocabulary/address';
import { hasNoLink } from './interfaces';

/** Routes that lead nowhere: what goes there is refused, or thrown away. */
const CLOSED: ReadonlySet<RouteType | null> = new Set([
  'unreachable',
  'prohibit',
  'blackhole',
  'reject',
]);

/** What the listed routes say of an address; `unknown` where they do not tell. */
type Way = 'open' | 'closed' | 'down' | 'none' | 'unknown';

/** The routes of a snapshot, to be asked for addresses. */
export class RouteTable {
  private readonly families = new Map<Route['family'], Networks>();

  /** `interfaces` are those of the same moment. */
  public constructor(routes: readonly Route[], interfaces: readonly Interface[] = []) {
    const down = new Set(interfaces.filter(hasNoLink).map(({ name }) => name));
    for (const route of routes) {
      // Other tables are asked only where a rule says so.
      if (route.table === null || route.table === 'main') {
        getOrAdd(this.families, route.family, () => new Networks(down)).add(route);
      }
    }
  }

  /**
   * The way to an address, and the route that it goes by. A route without a link is taken for used
   * where no other leads there, or where `from`, the local address, is of its network.
   */
  public to(address: string, from = ''): { readonly way: Way; readonly route: Route | undefined } {
    const parsed = plainAddress(address);
    const networks =
      parsed === null ? undefined : this.families.get(parsed.kind() === 'ipv4' ? 'IPv4' : 'IPv6');
    if (parsed === null || networks?.isWhole !== true) {
      return { way: 'unknown', route: undefined };
    }
    const route = networks.find(parsed.toByteArray(), plainAddress(from)?.toByteArray() ?? []);
    return {
      way:
        route === undefined || route.type === 'throw'
          ? 'none'
          : CLOSED.has(route.type)
            ? 'closed'
            : // `U *` of netstat: thrown away, or looked up elsewhere.
              route.interface === null && route.gateway === null
              ? 'unknown'
              : networks.isDown(route)
                ? 'down'
                : 'open',
      route,
    };
  }

  /** Whether a default route of IPv4 leads somewhere; undefined where the listing cannot tell. */
  public get hasDefault(): boolean | undefined {
    const networks = this.families.get('IPv4');
    const route = networks?.everywhere;
    return networks?.isWhole === true ? route !== undefined && !CLOSED.has(route.type) : undefined;
  }
}

/** The routes of a family by the length of their networks. */
class Networks {
  private readonly byLength = new Map<number, Map<string, Route>>();
  private lengths: readonly number[] | undefined;
  private hasNames = false;
  private hasLink = false;
  private isCut = false;

  public constructor(private readonly downInterfaces: ReadonlySet<string | null>) {}

  /**
   * Whether the listing seems to be whole: its networks are numbers, and it has that of an
   * interface, which every host has and grep rarely leaves beside others; and no command cut it.
   * Where the tool tells, that network is one that the kernel made, in the main table, which people
   * rarely put into others.
   */
  public get isWhole(): boolean {
    return !this.hasNames && this.hasLink && !this.isCut;
  }

  /** The default route. */
  public get everywhere(): Route | undefined {
    return this.byLength.get(0)?.values().next().value;
  }

  public add(route: Route): void {
    const { destination, prefixLength, gateway, type, cut, own, source } = route;
    this.isCut ||= cut === true;
    const bytes = parseAddress(destination)?.toByteArray();
    if (bytes === undefined || prefixLength === null) {
      this.hasNames = true;
      return;
    }
    this.hasLink ||=
      prefixLength > 0 &&
      gateway === null &&
      !CLOSED.has(type) &&
      type !== 'throw' &&
      (own === true || source.id !== 'ip-route');
    let networks = this.byLength.get(prefixLength);
    if (networks === undefined) {
      networks = new Map();
      this.byLength.set(prefixLength, networks);
      this.lengths = undefined;
    }
    const key = keyOf(bytes, prefixLength);
    const known = networks.get(key);
    // Of several to one network the one with the least metric counts; whether a route without a
    // link is skipped is a setting of the kernel's, so what has a link is taken for used.
    if (
      known === undefined ||
      (this.isDown(known) && this.leads(route)) ||
      (!(this.leads(known) && this.isDown(route)) && (route.metric ?? 0) < (known.metric ?? 0))
    ) {
      networks.set(key, route);
    }
  }

  private leads(route: Route): boolean {
    return !this.isDown(route) && !CLOSED.has(route.type);
  }

  /** Whether there is no link on the interface that a route leads over. */
  public isDown({ flags, interface: name }: Route): boolean {
    return flags?.split(' ').includes('linkdown') === true || this.downInterfaces.has(name);
  }

  /**
   * The route with the longest network that holds an address; one with a link, if there is one,
   * unless the local address is of the network of one without.
   */
  public find(bytes: readonly number[], from: readonly number[]): Route | undefined {
    this.lengths ??= [...this.byLength.keys()].sort((a, b) => b - a);
    let down: Route | undefined;
    for (const length of this.lengths) {
      const route = this.byLength.get(length)!.get(keyOf(bytes, length));
      if (route === undefined || (down !== undefined && !this.leads(route))) {
        continue;
      }
      const isFrom = length > 0 && from.length > 0 && keyOf(from, length) === keyOf(bytes, length);
      if (!this.isDown(route) || isFrom) {
        return route;
      }
      down = route;
    }
    return down;
  }
}

/** The first bits of an address. */
function keyOf(bytes: readonly number[], length: number): string {
  const whole = length >> 3;
  const rest = length & 7;
  const head = bytes.slice(0, whole);
  if (rest > 0) {
    head.push(bytes[whole]! & (0xff << (8 - rest)));
  }
  return String.fromCharCode(...head);
}

/** The routes of a snapshot. */
export function routeTable(index: SnapshotIndex): RouteTable {
  return index.once(
    routeTable,
    () => new RouteTable(index.snapshot.routes, index.snapshot.interfaces),
  );
}
