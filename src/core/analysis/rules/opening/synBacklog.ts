import { State } from '../../../vocabulary/state';
import { LINUX, on } from '../../../knowledge/advice';
import { label, say } from '../../../wording/statement';
import { acceptRemedy } from '../../kit/acceptQueue';
import { listState } from '../../kit/commands';
import { type Handshakes, handshakes } from '../../kit/handshakes';
import type { Draft } from '../../kit/draft';
import { each, rule } from '../../kit/rule';
import { threshold } from '../../kit/threshold';
import type { RuleContext } from '../../kit/ruleContext';

/** Handshakes on a port, not yet repeated, from which on hardly any other one is finished. */
const YOUNG_FLOOD = 100;

/** So many handshakes for each connection that is ESTABLISHED. */
const OUTNUMBERED = 10;

const TEXTS = {
  flood: say(
    'Port {port} is most likely flooded: {handshakes} from {remotes} addresses not finished',
    'linux-tcp-input',
    'general-practice',
  ),
  mayFlood: say(
    'Port {port} can be flooded: {handshakes} from {remotes} addresses not finished',
    'linux-tcp-input',
    'general-practice',
  ),
  title: say('Port {port}: {handshakes} not finished', 'rfc9293-3.5', 'linux-tcp-input'),
  titleFrom: say(
    'Port {port}: {handshakes} from {remotes} addresses not finished',
    'rfc9293-3.5',
    'linux-tcp-input',
  ),
  why: say(
    'A SYN came, SYN,ACK was sent, and the last ACK is missing: the source addresses are forged, or SYN,ACK or the ACK is lost on the path.',
    'rfc9293-3.5',
    'general-practice',
  ),
  dropped: say(
    'A SYN came and SYN,ACK was sent. Connections wait in the accept queue of this port: Linux drops the last ACK while that queue is full.',
    'linux-tcp-input',
    'measured',
  ),
  cap: say(
    'Linux keeps no more unfinished handshakes for a listening socket than its backlog plus one; for this port that is {limit}. Above it SYN cookies answer, or SYNs are dropped.',
    'linux-connection-sock-h',
    'measured',
  ),
  established: say('ESTABLISHED on the same port: {count}.', 'rfc9293-3.5'),
  counters: say(
    'Run this twice. The numbers count requests that were answered with a cookie, or dropped.',
    'measured',
  ),
  again: say(
    'Run this again after a few seconds: the same remote addresses and ports are stuck.',
    'rfc9293-3.5',
  ),
  remedy: say(
    'Leave `tcp_syncookies` on (the default), and raise the listen() backlog and `net.core.somaxconn`. `tcp_max_syn_backlog` alone does nothing while SYN cookies are on.',
    'linux-ip-sysctl',
    'linux-connection-sock-h',
  ),
  filter: say(
    'Filter floods before they reach this host, at the firewall, load balancer, or provider.',
    'general-practice',
  ),
  queue: say(
    'A full accept queue looks like this, too: Linux then drops the last ACK. `ss -tln` shows Recv-Q above Send-Q.',
    'linux-tcp-input',
    'measured',
  ),
  defer: say(
    'With TCP_DEFER_ACCEPT, the handshake is done and the server waits for the first data.',
    'measured',
    'tcp.7',
  ),
  lossy: say(
    'Mobile clients on lossy networks also leave unfinished handshakes.',
    'general-practice',
  ),
  noCounts: say(
    'This dump does not show how often SYN,ACK was repeated, so handshakes that are on their way are counted, too.',
    'linux-proc-net-tcp',
  ),
};

const THRESHOLDS = {
  synReceived: threshold.sockets(
    10,
    'Report a warning from this many unfinished handshakes (SYN_RECV) on one port, if its backlog is not shown.',
  ),
  synReceivedRemotes: threshold.remotes(
    20,
    'Report an error from this many different remote addresses in SYN_RECV on one port.',
  ),
};
type Context = RuleContext<keyof typeof THRESHOLDS>;

export const synBacklog = rule({
  code: 'SR-1',
  id: 'syn-backlog',
  title: label('Many unfinished handshakes on one port'),
  thresholds: THRESHOLDS,
  needs: { states: [State.SynReceived] },
  culprit: 'local',
  find(context) {
    return each(handshakes.of(context.index), group => judge(context, group));
  },
});

function judge(context: Context, group: Handshakes): Draft | undefined {
  const { index, thresholds } = context;
  const { port } = group;
  const limit = limitOf(context, port);
  const established = index.establishedOn(port);
  const counted = index.table.retransmits !== undefined;
  const young = group.rows.length < (limit ?? thresholds.synReceived);
  const rows = young && isYoungFlood(group, established) ? group.all : group.rows;
  const count = rows.length;
  if (young && rows === group.rows) {
    return undefined;
  }
  // Without counts of retransmissions a busy port looks the same, unless hardly any succeed.
  if (!counted && limit === null && count * 2 < established) {
    return undefined;
  }
  const remotes = context.remotes(rows).least;
  const flood = remotes >= thresholds.synReceivedRemotes && count >= established;
  const proved = flood && counted && !young;
  const [listener] = index.listeners.on(port);
  const waiting = listener !== undefined && index.linux && index.table.recvQ[listener]! > 0;
  const owner = listener === undefined ? null : context.holderOf(listener).owner;
  return {
    cause: 'handshake',
    subject: `port ${port}`,
    severity: proved && !waiting ? 'error' : 'warning',
    confidence: waiting || !counted || young ? 'low' : 'medium',
    rows,
    owner,
    describe: () => {
      const args = { port: String(port), handshakes: context.handshakes(count) };
      const flooded = proved ? TEXTS.flood : TEXTS.mayFlood;
      return {
        title: flood
          ? context.say(counted && !waiting ? flooded : TEXTS.titleFrom, { ...args, remotes })
          : context.say(TEXTS.title, args),
        why: [
          context.say(waiting ? TEXTS.dropped : TEXTS.why),
          ...(limit === null || young ? [] : [context.say(TEXTS.cap, { limit })]),
        ],
        evidence: [
          ...(context.isFiltered
            ? []
            : [context.evidence(context.say(TEXTS.established, { count: established }))]),
          ...context.examples(rows),
        ],
        confirm: [
          index.linux
            ? context.check(
                TEXTS.counters,
                'nstat -asz TcpExtTCPReqQFullDoCookies TcpExtTCPReqQFullDrop',
              )
            : context.check(TEXTS.again, listState(index.system, 'SYN-RECEIVED')),
        ],
        remedy: waiting
          ? acceptRemedy(context)
          : context.advise(TEXTS.filter, on(LINUX, TEXTS.remedy)),
        alternatives: context.advise(
          ...(waiting ? [] : [on(LINUX, TEXTS.queue)]),
          on(LINUX, TEXTS.defer),
          ...(proved ? [] : [TEXTS.lossy]),
        ),
        caveats: [
          ...(counted ? [] : [context.say(TEXTS.noCounts)]),
          ...context.caveats({ time: true }),
        ],
      };
    },
  };
}

/** Whether so many are under way, and so few are done, that their senders do not answer. */
function isYoungFlood({ all }: Handshakes, established: number): boolean {
  return all.length >= YOUNG_FLOOD && all.length >= OUTNUMBERED * (established + 1);
}

/** How many a port's listening sockets can hold, by the backlog that ss prints as Send-Q. */
function limitOf({ index }: RuleContext, port: number): number | null {
  const { sendQ } = index.table;
  const listeners = index.listeners.on(port);
  if (!index.linux || listeners.length === 0 || listeners.some(row => sendQ[row]! <= 0)) {
    return null;
  }
  return listeners.reduce((sum, row) => sum + sendQ[row]! + 1, 0);
}
