import { say, type Statement } from '../../wording/statement';
import { byWord } from './interfaces';

/** Columns of routes and words of their lines, by what tools print. */
export const ROUTE_WORDS: ReadonlyMap<string, Statement> = byWord([
  [
    'Destination Destination/Mask',
    say(
      'The network or host to which it leads. `default`, 0.0.0.0/0 and ::/0 hold every address; of all networks that hold an address, the one with the longest prefix counts.',
      'netstat.8',
      'ip-route.8',
    ),
  ],
  [
    'Gateway Next Hop via',
    say(
      'The router to which packets are handed. 0.0.0.0, `*`, `link#N` and On-link stand for none: the destination is on the link itself.',
      'netstat.8',
      'ip-route.8',
    ),
  ],
  [
    'Genmask Netmask',
    say(
      'Which bits of the destination count: 255.255.255.255 is one host, 0.0.0.0 everything.',
      'route.8',
    ),
  ],
  [
    'Flags Flag',
    say('What the route is, a letter for each: point at them.', 'route.8', 'freebsd-netstat.1'),
  ],
  [
    'MSS',
    say(
      'The largest segment of TCP over this route, which Linux shows 40 bytes larger than `advmss` says; 0 leaves it to the interface.',
      'route.8',
      'measured',
    ),
  ],
  [
    'Window window',
    say('The window that TCP begins with over this route; 0 leaves it to the kernel.', 'route.8'),
  ],
  [
    'irtt',
    say(
      'The round trip that TCP begins with here, in milliseconds; 0 leaves it to the kernel.',
      'route.8',
    ),
  ],
  [
    'Metric Met metric',
    say(
      'Of several routes to the same network, the one with the lowest metric is used.',
      'ip-route.8',
      'route.8',
    ),
  ],
  [
    'Ref Refs',
    say(
      'How many references to the route there are now; Linux does not count them for IPv4.',
      'route.8',
      'freebsd-netstat.1',
    ),
  ],
  [
    'Use',
    say(
      'How often the route was looked up; on the BSDs, how many packets were sent by it.',
      'route.8',
      'freebsd-netstat.1',
    ),
  ],
  [
    'Iface Netif Interface If dev',
    say('The interface by which packets leave.', 'ip-route.8', 'freebsd-netstat.1'),
  ],
  [
    'Expire Exp expires',
    say('Seconds until the route expires; empty if it stays.', 'freebsd-netstat.1', 'ip-route.8'),
  ],
  [
    'Prio',
    say(
      'Of several routes to the same network, the one with the lowest priority number is used.',
      'openbsd-route',
    ),
  ],
  [
    'proto',
    say(
      'Who set the route: `kernel` with an address, `boot` by hand, `static` by an administrator, `dhcp`, `ra` from a router of IPv6, or a routing daemon.',
      'ip-route.8',
    ),
  ],
  ['kernel', say('The kernel set it, when the interface was given its address.', 'ip-route.8')],
  ['boot', say('It was set while the system started, or by hand.', 'ip-route.8')],
  ['static', say('An administrator set it; routing daemons leave it alone.', 'ip-route.8')],
  ['dhcp', say('A DHCP client set it: it goes with the lease.', 'ip-route.8')],
  ['ra', say('A router of IPv6 announced it.', 'ip-route.8')],
  [
    'scope',
    say(
      'How far the destination may be: `global` anywhere, `link` on the link itself, `host` this host.',
      'ip-route.8',
    ),
  ],
  ['link', say('The destination is on the link itself: no router in between.', 'ip-route.8')],
  ['host', say('The destination is this host.', 'ip-route.8')],
  ['global', say('The destination may be anywhere.', 'ip-route.8')],
  [
    'src',
    say('The source address that this host uses for what it sends by this route.', 'ip-route.8'),
  ],
  [
    'table',
    say(
      'The table that it is in. Which table is asked for a packet is said by `ip rule`.',
      'ip-route.8',
    ),
  ],
  [
    'nexthop',
    say(
      'One of several ways to the destination above; connections are spread over them.',
      'ip-route.8',
    ),
  ],
  ['weight', say('The share that this way gets of all.', 'ip-route.8')],
  [
    'onlink',
    say(
      'The router counts as reachable on the link, although no network of the interface holds it.',
      'ip-route.8',
    ),
  ],
  [
    'linkdown',
    say(
      'The interface has no link: it is used all the same unless ignore_routes_with_linkdown is set.',
      'linux-ip-sysctl',
    ),
  ],
  ['dead', say('The interface is down: the route is not used.', 'ip-route.8')],
  ['pref', say('How a router of IPv6 ranks itself: low, medium, high.', 'ip-route.8')],
  ['mtu', say('The largest packet over this route, in bytes.', 'ip-route.8')],
  ['advmss', say('The largest segment that TCP says it takes over this route.', 'ip-route.8')],
  ['unicast', say('An ordinary route.', 'ip-route.8')],
  ['local', say('An address of this host: packets are delivered here.', 'ip-route.8')],
  ['broadcast', say('An address of all hosts of a network.', 'ip-route.8')],
  ['multicast', say('Addresses of groups of hosts.', 'ip-route.8')],
  [
    'blackhole',
    say(
      'Packets are thrown away without a word; connect() on this host fails with EINVAL.',
      'ip-route.8',
    ),
  ],
  [
    'unreachable',
    say(
      'Packets are refused with "host unreachable"; connect() on this host fails with EHOSTUNREACH.',
      'ip-route.8',
    ),
  ],
  [
    'prohibit',
    say(
      'Packets are refused with "administratively prohibited"; connect() on this host fails with EACCES.',
      'ip-route.8',
    ),
  ],
  [
    'throw',
    say(
      'The search goes on in the next table of `ip rule`; without one it is as if there were no route.',
      'ip-route.8',
    ),
  ],
]);

const UP = say('`U`: it is in use.', 'route.8', 'freebsd-netstat.1');
const GATEWAY = say('`G`: by way of a router.', 'route.8', 'freebsd-netstat.1');
const HOST = say('`H`: to one host, not to a network.', 'route.8', 'freebsd-netstat.1');
const DYNAMIC = say('`D`: set by a redirect or a routing daemon.', 'route.8', 'freebsd-netstat.1');
const MODIFIED = say(
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
  ['R', say('`R`: set again for dynamic routing.', 'route.8')],
  ['A', say('`A`: set by addrconf, as a router of IPv6 announces it.', 'route.8')],
  ['C', say('`C`: an entry of the cache.', 'route.8')],
  [
    '!',
    say(
      '`!`: packets are refused (`unreachable` or `prohibit` of ip route).',
      'route.8',
      'measured',
    ),
  ],
  ['e', say('`e`: it expires.', 'net-tools-routes')],
  [
    'n',
    say('`n`: without a next hop; addresses of this host have it.', 'net-tools-routes', 'measured'),
  ],
  ['a', say('`a`: every destination is on the link itself.', 'net-tools-routes')],
  ['d', say('`d`: learned as a default route.', 'net-tools-routes')],
  ['o', say('`o`: without a next hop.', 'net-tools-routes')],
  ['f', say('`f`: for a flow.', 'net-tools-routes')],
  ['p', say('`p`: by a policy rule.', 'net-tools-routes')],
]);

/** Letters of `Flags` of the BSDs and macOS. */
export const BSD_ROUTE_FLAGS: ReadonlyMap<string, Statement> = new Map([
  ['U', UP],
  ['G', GATEWAY],
  ['H', HOST],
  ['D', DYNAMIC],
  ['M', MODIFIED],
  ['S', say('`S`: set by hand or by a program.', 'freebsd-netstat.1', 'macos-netstat.1')],
  ['R', say('`R`: packets are refused as unreachable.', 'freebsd-netstat.1', 'macos-netstat.1')],
  [
    'B',
    say('`B`: packets are thrown away without a word.', 'freebsd-netstat.1', 'macos-netstat.1'),
  ],
  ['b', say('`b`: a broadcast address.', 'freebsd-netstat.1', 'macos-netstat.1')],
  ['C', say('`C`: routes to single hosts are made from it when they are used.', 'macos-netstat.1')],
  ['c', say('`c`: the protocol makes routes from it when they are used.', 'macos-netstat.1')],
  ['W', say('`W`: it was made from another route.', 'macos-netstat.1')],
  ['L', say('`L`: it has the hardware address of a neighbor.', 'macos-netstat.1')],
  ['I', say('`I`: it goes for sockets bound to its interface.', 'macos-netstat.1')],
  ['i', say('`i`: the route holds a reference to the interface.', 'macos-netstat.1')],
  ['m', say('`m`: a multicast address.', 'macos-netstat.1')],
  ['r', say('`r`: the host is a default router.', 'macos-netstat.1')],
  ['1', say('`1`: a flag of the routing protocol.', 'freebsd-netstat.1', 'macos-netstat.1')],
  ['2', say('`2`: a flag of the routing protocol.', 'freebsd-netstat.1', 'macos-netstat.1')],
  ['3', say('`3`: a flag of the routing protocol.', 'freebsd-netstat.1', 'macos-netstat.1')],
  [
    'X',
    say(
      '`X`: a program outside the kernel finds the hardware address.',
      'freebsd-netstat.1',
      'macos-netstat.1',
    ),
  ],
  ['Y', say('`Y`: proxying; routes made from it do not keep to one interface.', 'macos-netstat.1')],
  ['g', say('`g`: to the Internet, as far as the system knows.', 'macos-netstat.1')],
]);
