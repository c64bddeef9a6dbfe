import { LINUX, on } from '../../../knowledge/advice';
import { State } from '../../../vocabulary/state';
import type { SnapshotIndex } from '../../../index/snapshotIndex';
import { isLoopback } from '../../../vocabulary/address';
import { label, say } from '../../../wording/statement';
import { each, rule } from '../../kit/rule';
import { onlyOwner, remoteGroups } from '../../kit/remoteGroups';
import { routeTable } from '../../kit/routes';

const TEXTS = {
  title: say(
    '{program} most likely has lost its route to {remote}: {count} in SYN_SENT',
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

/** How many in SYN_SENT are told apart by remote address, among many remotes. */
const HEAVY = 5;

export const connectWithoutRoute = rule({
  code: 'RO-1',
  id: 'connect-without-route',
  title: label('Connection attempts without a listed route'),
  needs: { states: [State.SynSent], routes: true },
  culprit: 'remote',
  find(context) {
    const { index } = context;
    const table = routeTable(index);
    const listsTables = index.snapshot.routes.some(route => route.table !== null);
    return each(remoteGroups(context, index.rowsIn(State.SynSent), HEAVY), group => {
      const { rows, subject } = group;
      const address = group.remotes.total === 1 ? subject : '';
      if (address === '' || isLoopback(address) || isOwn(index, rows[0]!)) {
        return undefined;
      }
      const { way, route } = table.to(address, onlyLocal(index, rows));
      if (way !== 'none' && way !== 'closed' && way !== 'down') {
        return undefined;
      }
      const network = route === undefined ? '' : `${route.destination}/${route.prefixLength ?? ''}`;
      return {
        subject,
        severity: 'warning',
        confidence: 'medium',
        rows,
        owner: onlyOwner(context, rows),
        remote: group.remote,
        explains: { rows: [rows], symptoms: ['SS-1', 'SS-2'] },
        describe: () => {
          const args = {
            program: context.programOf(rows),
            remote: address,
            count: rows.length,
            network,
            interface: route?.interface ?? '',
            type: route?.type ?? '',
          };
          const { title, why, remedy } = WAYS[way];
          return {
            title: context.say(title, args),
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
                ? [context.check(TEXTS.get, `ip route get ${address}`)]
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

/** The local address of some rows; empty where they have several. */
function onlyLocal({ table, canonical }: SnapshotIndex, rows: Uint32Array): string {
  const local = canonical[table.localAddress[rows[0]!]!]!;
  return rows.every(row => canonical[table.localAddress[row]!] === local)
    ? table.pool.get(local)
    : '';
}

/** Whether a row leads to this host itself: the table that holds its addresses is not listed. */
function isOwn({ table, canonical }: SnapshotIndex, row: number): boolean {
  return canonical[table.localAddress[row]!] === canonical[table.remoteAddress[row]!];
}
