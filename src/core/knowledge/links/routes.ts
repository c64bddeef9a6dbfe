import { say, type Statement } from '../../wording/statement';
import { byWord } from './interfaces';

/** Columns of routes and words of their lines, by what tools print. */
export const ROUTE_WORDS: ReadonlyMap<string, Statement> = byWord([
  [
    'Destination Destination/Mask',
    say(
      'route.destination',
      'The network or host to which it leads. `default`, 0.0.0.0/0 and ::/0 hold every address; of all networks that hold an address, the one with the longest prefix counts.',
      'netstat.8',
      'ip-route.8',
    ),
  ],
  [
    'Gateway Next Hop via',
    say(
      'route.gateway',
      'The router to which packets are handed. 0.0.0.0, `*`, `link#N` and On-link stand for none: the destination is on the link itself.',
      'netstat.8',
      'ip-route.8',
    ),
  ],
  [
    'Genmask Netmask',
    say(
      'route.genmask',
      'Which bits of the destination count: 255.255.255.255 is one host, 0.0.0.0 everything.',
      'route.8',
    ),
  ],
  [
    'Flags Flag',
    say(
      'route.flags',
      'What the route is, a letter for each: point at them.',
      'route.8',
      'freebsd-netstat.1',
    ),
  ],
  [
    'MSS',
    say(
      'route.mss',
      'The largest segment of TCP over this route, which Linux shows 40 bytes larger than `advmss` says; 0 leaves it to the interface.',
      'route.8',
      'measured',
    ),
  ],
  [
    'Window window',
    say(
      'route.window',
      'The window that TCP begins with over this route; 0 leaves it to the kernel.',
      'route.8',
    ),
  ],
  [
    'irtt',
    say(
      'route.irtt',
      'The round trip that TCP begins with here, in milliseconds; 0 leaves it to the kernel.',
      'route.8',
    ),
  ],
  [
    'Metric Met metric',
    say(
      'route.metric',
      'Of several routes to the same network, the one with the lowest metric is used.',
      'ip-route.8',
      'route.8',
    ),
  ],
  [
    'Ref Refs',
    say(
      'route.ref',
      'How many references to the route there are now; Linux does not count them for IPv4.',
      'route.8',
      'freebsd-netstat.1',
    ),
  ],
  [
    'Use',
    say(
      'route.use',
      'How often the route was looked up; on the BSDs, how many packets were sent by it.',
      'route.8',
      'freebsd-netstat.1',
    ),
  ],
  [
    'Iface Netif Interface If dev',
    say(
      'route.interface',
      'The interface by which packets leave.',
      'ip-route.8',
      'freebsd-netstat.1',
    ),
  ],
  [
    'Expire Exp expires',
    say(
      'route.expire',
      'Seconds until the route expires; empty if it stays.',
      'freebsd-netstat.1',
      'ip-route.8',
    ),
  ],
  [
    'Prio',
    say(
      'route.prio',
      'Of several routes to the same network, the one with the lowest priority number is used.',
      'openbsd-route',
    ),
  ],
  [
    'proto',
    say(
      'route.proto',
      'Who set the route: `kernel` with an address, `boot` by hand, `static` by an administrator, `dhcp`, `ra` from a router of IPv6, or a routing daemon.',
      'ip-route.8',
    ),
  ],
  [
    'kernel',
    say(
      'route.kernel',
      'The kernel set it, when the interface was given its address.',
      'ip-route.8',
    ),
  ],
  ['boot', say('route.boot', 'It was set while the system started, or by hand.', 'ip-route.8')],
  [
    'static',
    say('route.static', 'An administrator set it; routing daemons leave it alone.', 'ip-route.8'),
  ],
  ['dhcp', say('route.dhcp', 'A DHCP client set it: it goes with the lease.', 'ip-route.8')],
  ['ra', say('route.ra', 'A router of IPv6 announced it.', 'ip-route.8')],
  [
    'scope',
    say(
      'route.scope',
      'How far the destination may be: `global` anywhere, `link` on the link itself, `host` this host.',
      'ip-route.8',
    ),
  ],
  [
    'link',
    say(
      'route.scope-link',
      'The destination is on the link itself: no router in between.',
      'ip-route.8',
    ),
  ],
  ['host', say('route.scope-host', 'The destination is this host.', 'ip-route.8')],
  ['global', say('route.scope-global', 'The destination may be anywhere.', 'ip-route.8')],
  [
    'src',
    say(
      'route.src',
      'The source address that this host uses for what it sends by this route.',
      'ip-route.8',
    ),
  ],
  [
    'table',
    say(
      'route.table',
      'The table that it is in. Which table is asked for a packet is said by `ip rule`.',
      'ip-route.8',
    ),
  ],
  [
    'nexthop',
    say(
      'route.nexthop',
      'One of several ways to the destination above; connections are spread over them.',
      'ip-route.8',
    ),
  ],
  ['weight', say('route.weight', 'The share that this way gets of all.', 'ip-route.8')],
  [
    'onlink',
    say(
      'route.onlink',
      'The router counts as reachable on the link, although no network of the interface holds it.',
      'ip-route.8',
    ),
  ],
  [
    'linkdown',
    say(
      'route.linkdown',
      'The interface has no link: it is used all the same unless ignore_routes_with_linkdown is set.',
      'linux-ip-sysctl',
    ),
  ],
  ['dead', say('route.dead', 'The interface is down: the route is not used.', 'ip-route.8')],
  [
    'pref',
    say('route.pref', 'How a router of IPv6 ranks itself: low, medium, high.', 'ip-route.8'),
  ],
  ['mtu', say('route.mtu', 'The largest packet over this route, in bytes.', 'ip-route.8')],
  [
    'advmss',
    say(
      'route.advmss',
      'The largest segment that TCP says it takes over this route.',
      'ip-route.8',
    ),
  ],
  ['unicast', say('route.unicast', 'An ordinary route.', 'ip-route.8')],
  [
    'local',
    say('route.local', 'An address of this host: packets are delivered here.', 'ip-route.8'),
  ],
  ['broadcast', say('route.broadcast', 'An address of all hosts of a network.', 'ip-route.8')],
  ['multicast', say('route.multicast', 'Addresses of groups of hosts.', 'ip-route.8')],
  [
    'blackhole',
    say(
      'route.blackhole',
      'Packets are thrown away without a word; connect() on this host fails with EINVAL.',
      'ip-route.8',
    ),
  ],
  [
    'unreachable',
    say(
      'route.unreachable',
      'Packets are refused with "host unreachable"; connect() on this host fails with EHOSTUNREACH.',
      'ip-route.8',
    ),
  ],
  [
    'prohibit',
    say(
      'route.prohibit',
      'Packets are refused with "administratively prohibited"; connect() on this host fails with EACCES.',
      'ip-route.8',
    ),
  ],
  [
    'throw',
    say(
      'route.throw',
      'The search goes on in the next table of `ip rule`; without one it is as if there were no route.',
      'ip-route.8',
    ),
  ],
]);

const UP = say('route.flag.up', '`U`: it is in use.', 'route.8', 'freebsd-netstat.1');
const GATEWAY = say(
  'route.flag.gateway',
  '`G`: by way of a router.',
  'route.8',
  'freebsd-netstat.1',
);
const HOST = say(
  'route.flag.host',
  '`H`: to one host, not to a network.',
  'route.8',
  'freebsd-netstat.1',
);
const DYNAMIC = say(
  'route.flag.dynamic',
  '`D`: set by a redirect or a routing daemon.',
  'route.8',
  'freebsd-netstat.1',
);
const MODIFIED = say(
  'route.flag.modified',
  '`M`: changed by a redirect or a routing daemon.',
  'route.8',
  'freebsd-netstat.1',
);

/** Letters of `Flags` of net-tools. */
export const LINUX_ROUTE_FLAGS: ReadonlyMap<string, Statement> = new Map([
  ['U', UP],
  ['G', GATEWAY],
  ['H', HOST],
  ['D', DYNAMIC],
  ['M', MODIFIED],
  ['R', say('route.flag.reinstate', '`R`: set again for dynamic routing.', 'route.8')],
  [
    'A',
    say(
      'route.flag.addrconf',
      '`A`: set by addrconf, as a router of IPv6 announces it.',
      'route.8',
    ),
  ],
  ['C', say('route.flag.cache', '`C`: an entry of the cache.', 'route.8')],
  [
    '!',
    say(
      'route.flag.reject',
      '`!`: packets are refused (`unreachable` or `prohibit` of ip route).',
      'route.8',
      'measured',
    ),
  ],
  ['e', say('route.flag.expires', '`e`: it expires.', 'net-tools-routes')],
  [
    'n',
    say(
      'route.flag.no-next-hop',
      '`n`: without a next hop; addresses of this host have it.',
      'net-tools-routes',
      'measured',
    ),
  ],
  [
    'a',
    say(
      'route.flag.all-on-link',
      '`a`: every destination is on the link itself.',
      'net-tools-routes',
    ),
  ],
  ['d', say('route.flag.default', '`d`: learned as a default route.', 'net-tools-routes')],
  ['o', say('route.flag.no-next-hop-old', '`o`: without a next hop.', 'net-tools-routes')],
  ['f', say('route.flag.flow', '`f`: for a flow.', 'net-tools-routes')],
  ['p', say('route.flag.policy', '`p`: by a policy rule.', 'net-tools-routes')],
]);

/** Letters of `Flags` of the BSDs and macOS. */
export const BSD_ROUTE_FLAGS: ReadonlyMap<string, Statement> = new Map([
  ['U', UP],
  ['G', GATEWAY],
  ['H', HOST],
  ['D', DYNAMIC],
  ['M', MODIFIED],
  [
    'S',
    say(
      'route.flag.static',
      '`S`: set by hand or by a program.',
      'freebsd-netstat.1',
      'macos-netstat.1',
    ),
  ],
  [
    'R',
    say(
      'route.flag.bsd-reject',
      '`R`: packets are refused as unreachable.',
      'freebsd-netstat.1',
      'macos-netstat.1',
    ),
  ],
  [
    'B',
    say(
      'route.flag.blackhole',
      '`B`: packets are thrown away without a word.',
      'freebsd-netstat.1',
      'macos-netstat.1',
    ),
  ],
  [
    'b',
    say(
      'route.flag.broadcast',
      '`b`: a broadcast address.',
      'freebsd-netstat.1',
      'macos-netstat.1',
    ),
  ],
  [
    'C',
    say(
      'route.flag.cloning',
      '`C`: routes to single hosts are made from it when they are used.',
      'macos-netstat.1',
    ),
  ],
  [
    'c',
    say(
      'route.flag.proto-cloning',
      '`c`: the protocol makes routes from it when they are used.',
      'macos-netstat.1',
    ),
  ],
  ['W', say('route.flag.was-cloned', '`W`: it was made from another route.', 'macos-netstat.1')],
  [
    'L',
    say(
      'route.flag.link-layer',
      '`L`: it has the hardware address of a neighbor.',
      'macos-netstat.1',
    ),
  ],
  [
    'I',
    say('route.flag.scoped', '`I`: it goes for sockets bound to its interface.', 'macos-netstat.1'),
  ],
  [
    'i',
    say(
      'route.flag.interface',
      '`i`: the route holds a reference to the interface.',
      'macos-netstat.1',
    ),
  ],
  ['m', say('route.flag.multicast', '`m`: a multicast address.', 'macos-netstat.1')],
  ['r', say('route.flag.router', '`r`: the host is a default router.', 'macos-netstat.1')],
  [
    '1',
    say(
      'route.flag.one',
      '`1`: a flag of the routing protocol.',
      'freebsd-netstat.1',
      'macos-netstat.1',
    ),
  ],
  [
    '2',
    say(
      'route.flag.two',
      '`2`: a flag of the routing protocol.',
      'freebsd-netstat.1',
      'macos-netstat.1',
    ),
  ],
  [
    '3',
    say(
      'route.flag.three',
      '`3`: a flag of the routing protocol.',
      'freebsd-netstat.1',
      'macos-netstat.1',
    ),
  ],
  [
    'X',
    say(
      'route.flag.external',
      '`X`: a program outside the kernel finds the hardware address.',
      'freebsd-netstat.1',
      'macos-netstat.1',
    ),
  ],
  [
    'Y',
    say(
      'route.flag.proxy',
      '`Y`: proxying; routes made from it do not keep to one interface.',
      'macos-netstat.1',
    ),
  ],
  [
    'g',
    say(
      'route.flag.global',
      '`g`: to the Internet, as far as the system knows.',
      'macos-netstat.1',
    ),
  ],
]);
