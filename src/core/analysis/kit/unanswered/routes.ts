import { getOrAdd } from '../../../model/maps';
import type { SnapshotIndex } from '../../../index/snapshotIndex';
import type { Interface } from '../../../model/interface';
import type { PolicyRule, Route, RouteType } from '../../../model/route';
import { type Parsed, parseAddress, plainAddress } from '../../../vocabulary/address';
import { hasNoLink } from '../counting/interfaces';

/** Routes that lead nowhere: what goes there is refused, or thrown away. */
const CLOSED: ReadonlySet<RouteType | null> = new Set([
  'unreachable',
  'prohibit',
  'blackhole',
  'reject',
]);

/** What the listed routes say of an address; `unknown` where they do not tell. */
type Way = 'open' | 'closed' | 'down' | 'none' | 'unknown';

/** From where a packet goes: the local address of its socket, and what the socket is bound to. */
export interface From {
  /** Empty where it is not known. */
  readonly address: string;
  /** The interface or VRF that stands behind `%`; null where none does. */
  readonly scope: string | null;
}

const ANYWHERE: From = { address: '', scope: null };

/** The routes of a snapshot, to be asked for addresses. */
export class RouteTable {
  /** By the table, whose name is empty for the main one; then by the family. */
  private readonly tables = new Map<string, Map<Route['family'], Networks>>();
  private readonly rules: readonly PolicyRule[];

  /** `interfaces` are those of the same moment. */
  public constructor(
    routes: readonly Route[],
    interfaces: readonly Interface[] = [],
    rules: readonly PolicyRule[] = [],
  ) {
    const down = new Set(interfaces.filter(hasNoLink).map(({ name }) => name));
    for (const route of routes) {
      const table = getOrAdd(this.tables, tableName(route.table), () => new Map());
      getOrAdd(table, route.family, () => new Networks(down)).add(route);
    }
    this.rules = rules.filter(({ table }) => table !== null && !USUAL.has(table));
  }

  /**
   * The way to an address, and the route that it goes by. A route without a link is taken for used
   * where no other leads there, or where the local address is of its network. Where rules may send
   * the packet to other tables, those listed do not tell.
   */
  public to(
    address: string,
    from = ANYWHERE,
  ): { readonly way: Way; readonly route: Route | undefined } {
    const parsed = plainAddress(address);
    const local = plainAddress(from.address);
    const family = parsed?.kind() === 'ipv4' ? 'IPv4' : 'IPv6';
    const table = this.tableFor(from, local, family);
    const networks = this.tables.get(table)?.get(family);
    if (
      parsed === null ||
      networks?.isWhole !== true ||
      (table === '' && this.rules.some(rule => mayLead(rule, parsed, local)))
    ) {
      return { way: 'unknown', route: undefined };
    }
    const route = networks.find(parsed.toByteArray(), local?.toByteArray() ?? []);
    // What is bound to an interface goes out over it, routes or not.
    if (from.scope !== null && from.scope !== table && route?.interface !== from.scope) {
      return { way: 'unknown', route: undefined };
    }
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

  /**
   * The table that is asked for a socket: that of its VRF, by its name or by the network of its
   * address; else the main one.
   */
  private tableFor({ scope }: From, local: Parsed | null, family: Route['family']): string {
    if (scope !== null && this.tables.has(scope)) {
      return scope;
    }
    const bytes = local?.toByteArray() ?? [];
    const holds = (name: string): boolean =>
      this.tables.get(name)?.get(family)?.holdsLink(bytes) === true;
    return scope !== null || local === null || holds('')
      ? ''
      : ([...this.tables.keys()].find(name => name !== 'local' && holds(name)) ?? '');
  }

  /** Whether a default route of IPv4 leads somewhere; undefined where the listing cannot tell. */
  public get hasDefault(): boolean | undefined {
    const networks = this.tables.get('')?.get('IPv4');
    const route = networks?.everywhere;
    return networks?.isWhole === true ? route !== undefined && !CLOSED.has(route.type) : undefined;
  }
}

/** Tables that every host asks. */
const USUAL: ReadonlySet<string> = new Set(['local', 'main', 'default', '255', '254', '253']);

function tableName(table: string | null): string {
  return table === 'main' || table === '254' ? '' : (table ?? '');
}

/** Whether a rule may lead a packet of this host that is bound to no VRF to its table. */
function mayLead(
  { from, to, selectors, table }: PolicyRule,
  remote: Parsed,
  local: Parsed | null,
): boolean {
  return (
    table !== '[l3mdev-table]' &&
    (selectors.startsWith('not') ||
      (isIn(local, from) && isIn(remote, to) && !OF_OTHERS.test(selectors)))
  );
}

/** Packets that are forwarded: those of this host come from `lo`. */
const OF_OTHERS = /\biif (?!lo\b)/;

/** Whether an address is in a network as `ip rule` prints it; also where that is not known. */
function isIn(address: Parsed | null, network: string | null): boolean {
  if (address === null || network === null) {
    return true;
  }
  const [first = '', length] = network.split('/');
  const parsed = parseAddress(first);
  if (parsed?.kind() !== address.kind()) {
    return parsed === null;
  }
  const bytes = parsed.toByteArray();
  const bits = length === undefined ? bytes.length * 8 : Number(length);
  return keyOf(bytes, bits) === keyOf(address.toByteArray(), bits);
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

  /** Whether an address is of the network of an interface. */
  public holdsLink(bytes: readonly number[]): boolean {
    return [...this.byLength].some(([length, networks]) => {
      const route = length > 0 && bytes.length > 0 ? networks.get(keyOf(bytes, length)) : undefined;
      return route?.gateway === null && route.interface !== null;
    });
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
    () => new RouteTable(index.snapshot.routes, index.snapshot.interfaces, index.snapshot.rules),
  );
}
