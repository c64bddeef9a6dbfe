import { label, say } from '../../../wording/statement';
import { NONE } from '../../../model/row';
import { State } from '../../../vocabulary/state';
import { pick } from '../../../index/grouping';
import { reachOf } from '../../../vocabulary/address';
import { detailsCommand, remoteCommand } from '../../kit/commands';
import type { OwnerIdentity } from '../../../index/owners';
import { numberRemotes } from '../../../index/remotes';
import { FINDING_TEXTS } from '../../kit/findingTexts';
import { each, rule } from '../../kit/rule';
import { threshold } from '../../kit/threshold';
import { remoteName, type RuleContext } from '../../kit/ruleContext';
import { type AcceptQueue, acceptQueues } from '../../kit/listening/acceptQueue';
import { isUnaccepted } from '../../kit/listening/unaccepted';
import type { Text } from '../../../wording/text';
import { Tuples } from '../../../model/tuples';

/** How many clients get a finding of their own. */
const MOST = 20;

/** Percent of a port's connections with which one address takes all of it. */
const ALL_BUT_FEW = 90;

/** Connections in an accept queue that are many where its backlog is not shown. */
const MANY_WAITING = 50;

/** How many times the threshold is too much for a NAT as well. */
const VERY_MANY = 10;

const TEXTS = {
  title: say('{remote} holds {connections} to {program} on port {port}', 'general-practice'),
  titlePort: say('{remote} holds {connections} to port {port}', 'general-practice'),
  why: say(
    'So many connections of one address can take the slots of others. Many clients behind the address, a pool without a limit, a client that leaks, or an attack (slow loris) look like this.',
    'general-practice',
  ),
  share: say(
    'Connections from {remote}: {percent}% of all in ESTABLISHED on this port.',
    'general-practice',
  ),
  waiting: say(
    'Waiting to be accepted on this port at the same time: {waiting}.',
    'linux-tcp-diag',
    'general-practice',
  ),
  idle: say('Look at `lastrcv`: how long each connection has been idle.', 'ss.8'),
  remedy: say(
    'Limit connections per address and time out slow requests at the server or its proxy.',
    'general-practice',
  ),
};

export const manyFromOneRemote = rule({
  code: 'HO-1',
  id: 'many-from-one-remote',
  title: label('Very many connections from one address to one port'),
  thresholds: {
    fromOneRemote: threshold.sockets(
      100,
      'Report more than this many connections from one remote address to one port. From a public address, ten times as many are a warning, or half as many while others wait to be accepted.',
    ),
  },
  needs: { states: [State.Established] },
  culprit: 'remote',
  find(context) {
    const { index, thresholds } = context;
    const rows = index.rowsIn(State.Established);
    const queues = fillingQueues(context);
    const least = queues.size > 0 ? thresholds.fromOneRemote / 2 : thresholds.fromOneRemote + 1;
    if (index.counts[State.Listen] === 0 || rows.length < least || index.heaviestRemote < least) {
      return [];
    }
    const { table } = index;
    const { localPort } = table;
    const clients = new Tuples();
    // Few remotes of many have so many connections that their ports must be told apart.
    const { numbers: remotes, groups } = numberRemotes(index, rows);
    const numbers = new Int32Array(rows.length).fill(NONE);
    for (let i = 0; i < rows.length; i++) {
      const remote = remotes[i]!;
      if (groups.counts[remote]! >= least && index.isServed(rows[i]!)) {
        numbers[i] = clients.add(remote, localPort[rows[i]!]!, 0);
      }
    }
    const heavy = clients.commonest(MOST).filter(client => clients.counts[client]! >= least);
    const rowsOf = pick(rows, numbers, clients, heavy);
    return each(heavy.entries(), ([i, client]) => {
      const [remote, port] = clients.get(client);
      const address = table.pool.get(groups.get(remote));
      const own = rowsOf[i]!;
      if (index.isHere(own[0]!)) {
        return undefined;
      }
      const all = index.establishedOn(port);
      const isPublic = reachOf(address) === 'public';
      const queue = queues.get(port);
      const blocked =
        isPublic && queue !== undefined && takesAll(context, queue, own) ? queue : null;
      if (blocked === null && own.length <= thresholds.fromOneRemote) {
        return undefined;
      }
      const [listener] = index.listeners.on(port);
      const { owner, program } = context.holderOf(listener ?? own[0]!);
      const details = detailsCommand(context.system, address);
      const name = remoteName({ address, port: null, count: own.length });
      return {
        cause: 'one-client',
        subject: `${address} ${port}`,
        // A private address is most likely a proxy's or a pool's, a public one often a carrier's NAT.
        severity:
          blocked !== null || (isPublic && own.length > thresholds.fromOneRemote * VERY_MANY)
            ? 'warning'
            : 'info',
        confidence: 'low',
        rows: own,
        owner,
        remote: name,
        describe: () => ({
          title: titleOf(context, own, owner, { remote: name, port: String(port), program }),
          why: [context.say(TEXTS.why)],
          evidence: [
            context.evidence(
              context.say(TEXTS.share, {
                remote: name,
                percent: Math.round((own.length * 100) / all),
              }),
            ),
            ...(blocked === null
              ? []
              : [context.evidence(context.say(TEXTS.waiting, { waiting: blocked.waiting! }))]),
            ...context.examples(own),
          ],
          confirm: [
            details === null
              ? context.check(FINDING_TEXTS.kept, remoteCommand(context.system, address))
              : context.check(TEXTS.idle, details),
          ],
          remedy: [context.say(TEXTS.remedy)],
          alternatives: [context.say(FINDING_TEXTS.oneAddress)],
          caveats: context.caveats({ owner, time: true }),
        }),
      };
    });
  },
});

/** By port, accept queues that are full, or of which half is taken as far as that is known. */
function fillingQueues({ index }: RuleContext): ReadonlyMap<number, AcceptQueue> {
  return new Map(
    acceptQueues
      .of(index)
      .filter(
        ({ fullness, waiting, backlog }) =>
          waiting !== null &&
          (fullness === 'full' ||
            fullness === 'likely' ||
            waiting >= (backlog === null ? MANY_WAITING : backlog / 2)),
      )
      .map(queue => [queue.port, queue]),
  );
}

/** Whether connections of one address, accepted ones, are nearly all that a port has. */
function takesAll(
  { index, thresholds }: RuleContext<'fromOneRemote'>,
  { port, waiting, established }: AcceptQueue,
  rows: Uint32Array,
): boolean {
  const accepted = rows.filter(row => !isUnaccepted(index, row)).length;
  // Where no process is shown, those that wait are among them.
  const least = established.length === 0 ? accepted - waiting! : accepted;
  return (
    least * 2 >= thresholds.fromOneRemote &&
    rows.length * 100 >= index.establishedOn(port) * ALL_BUT_FEW
  );
}

/** Who holds connections to what: no program is shown, or it has not accepted them yet. */
function titleOf(
  context: RuleContext,
  rows: Uint32Array,
  owner: OwnerIdentity | null,
  args: { readonly remote: string; readonly port: string; readonly program: () => Text },
): Text {
  const all = { ...args, connections: context.connections(rows.length) };
  return owner === null || rows.some(row => isUnaccepted(context.index, row))
    ? context.say(TEXTS.titlePort, all)
    : context.say(TEXTS.title, all);
}
