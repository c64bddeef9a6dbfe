import { LINUX, on } from '../../../knowledge/advice';
import { State } from '../../../vocabulary/state';
import { groupBy, union } from '../../../index/grouping';
import { addTo } from '../../../model/maps';
import { NONE } from '../../../model/row';
import type { Route } from '../../../model/route';
import type { SnapshotIndex } from '../../../index/snapshotIndex';
import { isIpv6, isLoopback } from '../../../vocabulary/address';
import { label, say } from '../../../wording/statement';
import { heardWithin } from '../../kit/lastHeard';
import { each, rule } from '../../kit/rule';
import { onlyOwner } from '../../kit/remoteGroups';
import { type From, type RouteTable, routeTable } from '../../kit/unanswered/routes';
import { onlyRemote } from '../../kit/ruleContext';

const TEXTS = {
  title: say(
    '{program} most likely has lost its route to {remote}: {count} in SYN_SENT',
    'measured',
  ),
  defaultTitle: say(
    'This host most likely has lost its default route: {count} in SYN_SENT to {remote}',
    'measured',
  ),
  why: say(
    'A connect() without a route fails at once and leaves no socket. There was one when these began; of the routes listed here, none leads to {remote}.',
    'measured',
    'connect.2',
  ),
  closed: say(
    'A route to {network} refuses {remote}, or throws away what is sent there. It was most likely set after these connections began.',
    'measured',
    'ip-route.8',
  ),
  closedTitle: say(
    'A route of type {type} most likely stops {program}: {count} in SYN_SENT to {remote}',
    'measured',
    'ip-route.8',
  ),
  closedRemedy: say(
    'Look for what set this route: a person, a routing daemon, a VPN, a defense against attacks.',
    'general-practice',
  ),
  downTitle: say(
    '{program} most likely cannot reach {remote} because {interface} has no link: {count} in SYN_SENT',
    'netdevice.7',
    'ip-route.8',
  ),
  down: say(
    'The route to {network} leads over {interface}, to which nothing is connected: its carrier is gone.',
    'netdevice.7',
    'ip-route.8',
  ),
  downRemedy: say(
    'Look for what is at the other end of {interface}: a cable, a port of the switch, a tunnel, a virtual machine.',
    'general-practice',
  ),
  route: label('The route to {network}.'),
  get: say('This says by which route it would go now, policy rules included.', 'ip-route.8'),
  remedy: say(
    'Look for what went away: a VPN, an interface, a DHCP lease, a routing daemon.',
    'general-practice',
  ),
  rules: say(
    'Other tables are not listed here: `ip rule` may lead to them, and a VRF has its own.',
    'ip-route.8',
  ),
  cut: say(
    'What was cut out of the list of routes, or belongs to another network namespace, cannot be seen here.',
    'general-practice',
  ),
};

/** What is said of each way that leads nowhere. */
const WAYS = {
  none: { title: TEXTS.title, why: TEXTS.why, remedy: TEXTS.remedy },
  closed: { title: TEXTS.closedTitle, why: TEXTS.closed, remedy: TEXTS.closedRemedy },
  down: { title: TEXTS.downTitle, why: TEXTS.down, remedy: TEXTS.downRemedy },
};

export const connectWithoutRoute = rule({
  code: 'RO-1',
  id: 'connect-without-route',
  title: label('Connection attempts without a listed route'),
  needs: { states: [State.SynSent], routes: true },
  culprit: 'remote',
  find(context) {
    const { index } = context;
    const table = routeTable(index);
    const { routes, rules } = index.snapshot;
    const listsTables = rules.length > 0 || routes.some(route => route.table !== null);
    return each(blockedWays(index, table), ({ way, route, rows, scope }) => {
      const remotes = context.remotes(rows);
      const network = route === undefined ? '' : `${route.destination}/${route.prefixLength ?? ''}`;
      const isDefault =
        way === 'none' &&
        scope === null &&
        remotes.total > 1 &&
        !isIpv6(remotes.whole) &&
        table.hasDefault === false;
      return {
        subject: `${way} ${network}${scope === null ? '' : ` ${scope}`}`,
        severity: 'warning',
        confidence: 'medium',
        rows,
        owner: onlyOwner(context, rows),
        remote: onlyRemote(remotes),
        explains: { rows: [rows], symptoms: ['SS-1', 'SS-2'] },
        describe: () => {
          const args = {
            program: context.programOf(rows),
            remote: remotes.total === 1 ? remotes.whole : context.remoteText(remotes),
            count: rows.length,
            network,
            interface: route?.interface ?? '',
            type: route?.type ?? '',
          };
          const { title, why, remedy } = WAYS[way];
          return {
            title: context.say(isDefault ? TEXTS.defaultTitle : title, args),
            why: [context.say(why, args)],
            evidence: [
              ...(route === undefined
                ? []
                : [
                    {
                      text: context.localizer.format(TEXTS.route, { network }),
                      row: null,
                      line: route.line,
                    },
                  ]),
              ...context.examples(rows),
            ],
            confirm:
              context.system === 'linux'
                ? [
                    context.check(
                      TEXTS.get,
                      `ip route get ${remotes.whole}${scope === null ? '' : ` oif ${scope}`}`,
                    ),
                  ]
                : [],
            remedy: [context.say(remedy, args)],
            caveats: [
              ...(listsTables ? [] : context.advise(on(LINUX, TEXTS.rules))),
              context.say(TEXTS.cut),
            ],
          };
        },
      };
    });
  },
});

/** A way that leads nowhere, and what is in SYN_SENT on it: one cause, however many remotes. */
interface BlockedWay {
  readonly way: keyof typeof WAYS;
  readonly route: Route | undefined;
  readonly rows: Uint32Array;
  /** What they are bound to; null for nothing. */
  readonly scope: string | null;
}

function blockedWays(index: SnapshotIndex, table: RouteTable): BlockedWay[] {
  const { pool, remoteAddress, localScope } = index.table;
  const found = new Map<string, BlockedWay[]>();
  for (const [, scoped] of groupBy(index.rowsIn(State.SynSent), row => localScope?.[row] ?? NONE)) {
    for (const [remote, rows] of groupBy(scoped, row => index.plainAddress(remoteAddress[row]!))) {
      const address = pool.get(remote);
      if (isLoopback(address) || isOwn(index, rows[0]!)) {
        continue;
      }
      const from = fromOf(index, rows);
      const { way, route } = table.to(address, from);
      if (way === 'none' || way === 'closed' || way === 'down') {
        const { scope } = from;
        addTo(found, `${way} ${route?.line ?? isIpv6(address)} ${scope ?? ''}`, {
          way,
          route,
          rows,
          scope,
        });
      }
    }
  }
  return [...found.values()]
    .map(ways => ({ ...ways[0]!, rows: union(ways.map(({ rows }) => rows)) }))
    .filter(({ way }) => way !== 'none' || !isReachedOtherwise(index, table));
}

/** Seconds within which a connection that was heard has a way: an idle one does not notice. */
const LATELY = 30;

/** Remote addresses that are looked at for other ways than those that are listed. */
const LOOKED_AT = 100;

/** Whether what no listed route leads to was heard lately: others must, by rules or a VRF. */
function isReachedOtherwise(index: SnapshotIndex, table: RouteTable): boolean {
  const { canonical } = index;
  const { pool, remoteAddress } = index.table;
  const addresses = new Set<number>();
  for (const row of index.rowsIn(State.Established)) {
    if (addresses.size === LOOKED_AT) {
      return false;
    }
    const remote = canonical[remoteAddress[row]!]!;
    if (!addresses.has(remote) && !index.isHere(row) && heardWithin(index.table, row) < LATELY) {
      addresses.add(remote);
      if (table.to(pool.get(remote), fromOf(index, Uint32Array.of(row))).way === 'none') {
        return true;
      }
    }
  }
  return false;
}

/** From where some rows go that are bound to the same; their address is empty where it is several. */
function fromOf({ table, canonical }: SnapshotIndex, rows: Uint32Array): From {
  const local = canonical[table.localAddress[rows[0]!]!]!;
  return {
    address: rows.every(row => canonical[table.localAddress[row]!] === local)
      ? table.pool.get(local)
      : '',
    scope: table.socket(rows[0]!).local.scope,
  };
}

/** Whether a row leads to this host itself: the table that holds its addresses is not listed. */
function isOwn({ table, canonical }: SnapshotIndex, row: number): boolean {
  return canonical[table.localAddress[row]!] === canonical[table.remoteAddress[row]!];
}
