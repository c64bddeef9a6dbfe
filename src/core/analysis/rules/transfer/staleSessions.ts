import { quote } from '../../../wording/text';
import { label, say } from '../../../wording/statement';
import { LINUX, on } from '../../../knowledge/advice';
import { State } from '../../../vocabulary/state';
import { TimerKind } from '../../../vocabulary/timer';
import { detailsCommand } from '../../kit/commands';
import { numberRemotes } from '../../../index/remotes';
import { smallest } from '../../kit/columns';
import { silentFor } from '../../kit/lastHeard';
import { onlyOwner } from '../../kit/remoteGroups';
import { type Drafts, each, rule } from '../../kit/rule';
import { onlyRemote, type RuleContext } from '../../kit/ruleContext';
import { threshold } from '../../kit/threshold';
import { groupBy, pick, where } from '../../../index/grouping';
import { NONE } from '../../../model/row';
import type { SocketTable } from '../../../model/socketTable';
import type { SnapshotIndex } from '../../../index/snapshotIndex';
import { Tuples } from '../../../model/tuples';

/** How many clients get a finding of their own. */
const MOST = 10;

/** Other clients that show how many sessions a client has as a rule. */
const OTHERS = 3;

/** How many times as many it has that are too many. */
const TIMES = 5;

const TEXTS = {
  title: say(
    '{remote} has {count} idle sessions with {program} on port {port}: most may be dead',
    'rfc9293-3.5.1',
    'cloudflare-die',
  ),
  titlePort: say(
    '{remote} has {count} idle sessions with port {port}: most may be dead',
    'rfc9293-3.5.1',
    'cloudflare-die',
  ),
  why: say(
    'Without keepalive, a session whose client lost its network or power stays ESTABLISHED until something is sent on it. A client that comes back opens a new one beside it.',
    'rfc9293-3.5.1',
    'rfc9293-3.8.4',
    'cloudflare-die',
  ),
  others: say(
    'The {clients} other clients of this port have {average} each on average.',
    'general-practice',
  ),
  silent: say(
    '{program} has sessions on port {port} that may be dead: {count} silent for at least {time}',
    'rfc9293-3.5.1',
    'cloudflare-die',
  ),
  silentPort: say(
    'Port {port} has sessions that may be dead: {count} silent for at least {time}',
    'rfc9293-3.5.1',
    'cloudflare-die',
  ),
  silentWhy: say(
    'Neither data nor an ACK has come for that long (lastrcv, lastack), so no keepalive was answered either. A client that has gone without a FIN leaves this.',
    'ss.8',
    'rfc9293-3.8.4',
  ),
  alive: say(
    'A client that is still there and has nothing to say looks the same, such as an idle pool.',
    'rfc9293-3.8.4',
  ),
  idle: say(
    'Look at `lastrcv`: sessions from which nothing has come for hours are most likely dead, the newest is alive.',
    'ss.8',
  ),
  remedy: say(
    'Turn keepalive on in the server, or let it end sessions that have been idle for too long.',
    'rfc9293-3.8.4',
  ),
  sooner: say(
    'SO_KEEPALIVE alone waits 2 h for its first probe: set TCP_KEEPIDLE, or `net.ipv4.tcp_keepalive_time`.',
    'tcp.7',
  ),
  nat: say(
    'Several clients behind one NAT, VPN, or proxy share an address: then all of them may be alive.',
    'general-practice',
  ),
};

/** Seconds without a word after which a night's idle pool no longer explains it. */
const SILENT = 43_200;

/** Whether a row is a server's end; by its ports where the listener is not in the dump. */
function isServer(index: SnapshotIndex, row: number): boolean {
  return (
    index.isServed(row) || (index.counts[State.Listen] === 0 && index.roleOf(row) === 'server')
  );
}

const THRESHOLDS = {
  staleSessions: threshold.sockets(
    10,
    'Report from this many idle sessions without keepalive of one remote address, or silent ones of one port.',
  ),
};
type Context = RuleContext<keyof typeof THRESHOLDS>;

export const staleSessions = rule({
  code: 'KA-3',
  id: 'stale-sessions',
  title: label('Idle sessions whose clients may be gone'),
  thresholds: THRESHOLDS,
  needs: { states: [State.Established] },
  culprit: 'remote',
  *find(context) {
    const { index } = context;
    const { localPort, lastReceived, timer } = index.table;
    const least = context.thresholds.staleSessions;
    if (lastReceived === undefined && (timer === undefined || index.heaviestRemote < least)) {
      return;
    }
    const sessions = where(
      index.rowsIn(State.Established),
      row => localPort[row]! > 0 && !index.isHere(row) && isServer(index, row),
    );
    const told = where(sessions, row => isSilent(index, row));
    yield* silentSessions(context, told);
    if (timer !== undefined) {
      const silent = new Set(told);
      yield* sessionsOfOne(
        context,
        where(sessions, row => !silent.has(row)),
      );
    }
  },
});

/** Whether nothing has come on a row for very long, and nothing on this end waits or asks for it. */
function isSilent({ table }: SnapshotIndex, row: number): boolean {
  return (
    table.timer?.[row] !== TimerKind.Keepalive &&
    isIdle(table, row) &&
    silentFor(table, row) >= SILENT
  );
}

function isIdle({ recvQ, sendQ }: SocketTable, row: number): boolean {
  return recvQ[row]! <= 0 && sendQ[row]! <= 0;
}

/** Sessions of each port on which nothing has come for very long, whoever the clients are. */
function silentSessions(context: Context, sessions: Uint32Array): Drafts {
  const { index, thresholds } = context;
  const ports = groupBy(sessions, row => index.table.localPort[row]!);
  return each(ports.withAtLeast(thresholds.staleSessions), ([port, rows]) => {
    const owner = onlyOwner(context, rows);
    const shown = owner !== null || index.owners.of(rows[0]!) !== NONE;
    const remotes = context.remotes(rows);
    const details = detailsCommand(context.system, remotes.whole);
    return {
      subject: `silent ${port}`,
      severity: 'info',
      confidence: 'low',
      rows,
      owner,
      remote: onlyRemote(remotes),
      describe: () => ({
        title: context.say(shown ? TEXTS.silent : TEXTS.silentPort, {
          program: context.programOf(rows),
          port: String(port),
          count: rows.length,
          time: context.measured(smallest(rows, row => silentFor(index.table, row))),
        }),
        why: [context.say(TEXTS.silentWhy)],
        evidence: context.examples(rows),
        confirm: details === null ? [] : [context.check(TEXTS.idle, details)],
        remedy: context.advise(TEXTS.remedy, on(LINUX, TEXTS.sooner)),
        alternatives: [context.say(TEXTS.alive)],
        caveats: context.caveats({ owner }),
      }),
    };
  });
}

/** Idle sessions of one client that has many more than others have. */
function sessionsOfOne(context: Context, sessions: Uint32Array): Drafts {
  const { index, thresholds } = context;
  const least = thresholds.staleSessions;
  const { table } = index;
  const { timer, localPort } = table;
  // Of each port, how many sessions and clients it has.
  const { numbers: remotes, groups } = numberRemotes(index, sessions);
  const clients = new Tuples();
  const ports = new Tuples();
  const portsClients = new Tuples();
  const numbers = new Int32Array(sessions.length);
  for (let i = 0; i < sessions.length; i++) {
    const port = localPort[sessions[i]!]!;
    const size = clients.size;
    numbers[i] = clients.add(port, remotes[i]!, 0);
    ports.add(port, 0, 0);
    if (clients.size > size) {
      portsClients.add(port, 0, 0);
    }
  }
  const heavy = clients.commonest(MOST).filter(client => clients.counts[client]! >= least);
  const rowsOf = pick(sessions, numbers, clients, heavy);
  return each(heavy.entries(), ([i, client]) => {
    const [port, remote] = clients.get(client);
    const all = ports.counts[ports.find(port, 0, 0)]!;
    const others = portsClients.counts[portsClients.find(port, 0, 0)]! - 1;
    const average = (all - rowsOf[i]!.length) / Math.max(1, others);
    const rows = where(
      rowsOf[i]!,
      row =>
        (timer![row] === TimerKind.Off || timer![row] === TimerKind.None) && isIdle(table, row),
    );
    if (others < OTHERS || rows.length < least || rows.length < average * TIMES) {
      return undefined;
    }
    const address = table.pool.get(groups.get(remote));
    const { owner, program } = context.holderOf(rows[0]!);
    const details = detailsCommand(context.system, address);
    return {
      subject: `${address} ${port}`,
      severity: 'info',
      confidence: 'low',
      rows,
      owner,
      remote: address,
      describe: () => ({
        title: context.say(owner === null ? TEXTS.titlePort : TEXTS.title, {
          remote: quote(address),
          count: rows.length,
          program,
          port: String(port),
        }),
        why: [context.say(TEXTS.why)],
        evidence: [
          context.evidence(
            context.say(TEXTS.others, {
              clients: others,
              average: Math.round(average * 10) / 10,
            }),
          ),
          ...context.examples(rows),
        ],
        confirm: details === null ? [] : [context.check(TEXTS.idle, details)],
        remedy: context.advise(TEXTS.remedy, on(LINUX, TEXTS.sooner)),
        alternatives: [context.say(TEXTS.nat)],
        caveats: context.caveats({ owner, time: true }),
      }),
    };
  });
}
