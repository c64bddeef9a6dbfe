import { quote } from '../../../wording/text';
import { on, UNIX } from '../../../knowledge/advice';
import { label, say } from '../../../wording/statement';
import { State } from '../../../vocabulary/state';
import { listenerCommand } from '../../kit/commands';
import { pick, where } from '../../../index/grouping';
import { each, rule } from '../../kit/rule';
import { threshold } from '../../kit/threshold';
import { remoteName } from '../../kit/ruleContext';
import { Tuples } from '../../../model/tuples';

const TEXTS = {
  title: say(
    'Programs here most likely open a new connection to {port} each time: {count} in TIME_WAIT',
    'bernat-time-wait',
    'rfc9293-3.6',
  ),
  why: say(
    'Both ends are on this host. A new connection each time costs a handshake, and a port for the time of TIME_WAIT.',
    'bernat-time-wait',
  ),
  look: say('See which program listens there.', 'general-practice'),
  reuse: say(
    'Let the programs that connect there reuse their connections: keep-alive, or a pool.',
    'bernat-time-wait',
  ),
  unix: say('A UNIX socket instead of TCP uses no ports at all.', 'unix.7'),
};

export const localReconnects = rule({
  code: 'TW-3',
  id: 'local-reconnects',
  title: label('Local programs do not reuse connections to each other'),
  thresholds: {
    localReconnects: threshold.sockets(
      500,
      'Report a warning from this many TIME_WAIT sockets between local programs on one port.',
    ),
  },
  needs: { states: [State.TimeWait] },
  culprit: 'local',
  find(context) {
    const { index, thresholds } = context;
    if (index.counts[State.TimeWait]! < thresholds.localReconnects) {
      return [];
    }
    const { table } = index;
    const services = new Tuples();
    const rows = where(index.rowsIn(State.TimeWait), row => index.isHere(row));
    const numbers = new Int32Array(rows.length);
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      const serves = index.roleOf(row) === 'server';
      const address = serves ? table.localAddress[row]! : table.remoteAddress[row]!;
      const port = serves ? table.localPort[row]! : table.remotePort[row]!;
      numbers[i] = services.add(index.plainAddress(address), port, 0);
    }
    const heavy = services.atLeast(thresholds.localReconnects);
    const rowsOf = pick(rows, numbers, services, heavy);
    return each(heavy.entries(), ([i, service]) => {
      const [address, port] = services.get(service);
      const own = rowsOf[i]!;
      const name = remoteName({ address: table.pool.get(address), port, count: 0 });
      const [listener] = index.listeners.on(port);
      const owner = listener === undefined ? null : context.holderOf(listener).owner;
      return {
        cause: 'time-wait',
        subject: `port ${port}`,
        severity: 'warning',
        confidence: 'medium',
        rows: own,
        owner,
        // It says that nothing has to be done.
        explains: { rows: [own], symptoms: ['TW-2'] },
        describe: () => ({
          title: context.say(TEXTS.title, { port: quote(name), count: own.length }),
          why: [context.say(TEXTS.why)],
          evidence: context.examples(own),
          confirm: [context.check(TEXTS.look, listenerCommand(context.system, port))],
          remedy: context.advise(TEXTS.reuse, on(UNIX, TEXTS.unix)),
          caveats: context.caveats({ time: true }),
        }),
      };
    });
  },
});
