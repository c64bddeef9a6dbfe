import { say } from '../../knowledge/statement';
import { State } from '../../model/state';
import { isPublic } from '../exposure';
import { remoteCommand } from '../commands';
import { remoteName, rule } from '../ruleContext';
import { Tuples } from '../tuples';

const TEXTS = {
  title: say(
    'ho-1.title',
    '{remote} holds {count} connections to {program} on port {port}',
    'general-practice',
  ),
  why: say(
    'ho-1.why',
    'One client that keeps so many connections takes the places of others: a slow-loris attack, a pool without a limit, or a client that leaks.',
    'general-practice',
  ),
  share: say(
    'ho-1.share',
    'They are {percent} % of all ESTABLISHED on this port.',
    'general-practice',
  ),
  look: say('ho-1.look', 'Shows with lastrcv how long each of them has been idle.', 'ss.8'),
  remedy: say(
    'ho-1.remedy',
    'Limit connections per address and time out slow requests at the server or its proxy.',
    'general-practice',
  ),
  proxy: say(
    'ho-1.proxy',
    'A proxy, a load balancer, a NAT or a connection pool is one address for many clients.',
    'general-practice',
  ),
};

/** HO-1: very many connections from one address. */
export const manyFromOneRemote = rule(
  'HO-1',
  'Very many connections from one address to one port',
  {},
  function* (context) {
    const { index, thresholds } = context;
    const rows = index.rowsIn(State.Established);
    if (rows.length < thresholds.fromOneRemote) {
      return;
    }
    const { table } = index;
    const { localPort, remoteAddress } = table;
    const clients = new Tuples();
    const onPort = new Map<number, number>();
    for (const row of rows) {
      const port = localPort[row]!;
      if (index.listensOn(port)) {
        clients.add(index.plainAddress(remoteAddress[row]!), port, 0);
      }
    }
    for (const client of clients.atLeast(thresholds.fromOneRemote)) {
      const [remote, port] = clients.get(client);
      if (index.isOwn(remote)) {
        continue;
      }
      const address = table.pool.get(remote);
      const own = rows.filter(
        row => localPort[row] === port && index.plainAddress(remoteAddress[row]!) === remote,
      );
      let all = onPort.get(port);
      if (all === undefined) {
        all = rows.filter(row => localPort[row] === port).length;
        onPort.set(port, all);
      }
      const [listener] = index.listenersOn(port);
      const { owner, program } = context.partyOf(listener ?? own[0]!);
      const name = remoteName({ address, port: null, count: own.length });
      yield {
        code: 'HO-1',
        cause: 'clients',
        subject: `${address} ${port}`,
        // A private address is most likely a proxy's or a pool's.
        severity: isPublic(address) ? 'warning' : 'info',
        confidence: 'low',
        title: context.say(TEXTS.title, {
          remote: name,
          count: own.length,
          program,
          port: String(port),
        }),
        rows: own,
        owner,
        remote: name,
        why: [context.say(TEXTS.why)],
        evidence: [
          context.evidence(
            context.say(TEXTS.share, { percent: Math.round((own.length * 100) / all) }),
          ),
          ...context.examples(own),
        ],
        confirm: [{ text: context.say(TEXTS.look), command: remoteCommand(index.system, address) }],
        remedy: [context.say(TEXTS.remedy)],
        alternatives: [context.say(TEXTS.proxy)],
        caveats: context.caveats({ owner, time: true }),
      };
    }
  },
);
