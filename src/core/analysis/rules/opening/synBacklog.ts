import { State } from '../../../vocabulary/state';
import { LINUX, on } from '../../../knowledge/advice';
import { label, say } from '../../../wording/statement';
import { acceptRemedy, hasEmptyQueue } from '../../kit/listening/acceptQueue';
import { listState } from '../../kit/commands';
import {
  failedNetwork,
  HANDSHAKE_PATH,
  type Handshakes,
  handshakes,
  silentNetwork,
} from '../../kit/listening/handshakes';
import { cookiesSince, cookiesSinceBoot, FILTER_FLOODS } from '../../kit/listening/cookies';
import { gaugeOf } from '../../kit/counting/counters';
import { messageEvidence, messagesOf } from '../../kit/counting/messages';
import type { ErrorMessage } from '../../../reading/around/errorMessage';
import { networkTexts } from '../../kit/remoteGroups';
import { reachOf } from '../../../vocabulary/address';
import type { Draft } from '../../kit/draft';
import { withoutLostAnswers } from '../../kit/unanswered/lostAnswers';
import { each, rule } from '../../kit/rule';
import { threshold } from '../../kit/threshold';
import type { RuleContext } from '../../kit/ruleContext';

/** Handshakes on a port, not yet repeated, from which on hardly any other one is finished. */
const YOUNG_FLOOD = 100;

/** So many handshakes for each connection that is ESTABLISHED. */
const OUTNUMBERED = 10;

/** Connections for each repeated SYN,ACK from which on a busy server just has some lossy clients. */
const BUSY = 10;

/** Counts requests that found the SYN queue full. */
const DROPPED = 'nstat -asz TcpExtTCPReqQFullDoCookies TcpExtTCPReqQFullDrop';

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
  full: say(
    'SYN queue of port {port} is full: {handshakes} not finished, backlog {limit}',
    'linux-connection-sock-h',
    'measured',
  ),
  reported: say('The kernel has reported possible SYN flooding on port {port}', 'linux-tcp-input'),
  reportedWhy: say(
    'Linux reports once per listening socket that its SYN queue is full, whenever that was. A burst of genuine clients fills it, too, above all with a low backlog.',
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
    'Linux keeps no more unfinished handshakes for a listening socket than its backlog (newer kernels one more); for this port that is {limit}. Above it SYN cookies answer, or SYNs are dropped.',
    'linux-connection-sock-h',
    'measured',
  ),
  notReached: say('Backlog of this port: {limit}. It is not used up.', 'linux-connection-sock-h'),
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
  noCookies: say(
    'Set `net.ipv4.tcp_syncookies` to 1, the default: it is 0 here, so that handshakes above the backlog are dropped. Raise the listen() backlog and `net.core.somaxconn`.',
    'linux-ip-sysctl',
  ),
  cookies: say('Leave `tcp_syncookies` on (the default).', 'linux-ip-sysctl'),
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
    'Report a warning from this many unfinished handshakes (SYN_RECV) on one port.',
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
  needs: { states: [State.SynReceived, State.Listen] },
  culprit: 'local',
  *find(context) {
    const judged = new Set<number>();
    yield* each(handshakes.of(context.index), group => {
      const draft = judge(context, withoutLostAnswers(context, group));
      if (draft !== undefined) {
        judged.add(group.port);
      }
      return draft;
    });
    yield* each(messagesOf(context, 'synFlood'), message =>
      judged.has(message.port ?? 0) ? undefined : reported(context, message),
    );
  },
});

/** What the kernel says of a port, where no handshakes that wait show it. */
function reported(context: Context, message: ErrorMessage): Draft | undefined {
  const { index } = context;
  const port = message.port ?? 0;
  const rows = index.listeners.on(port);
  if (rows.length === 0) {
    return undefined;
  }
  return {
    cause: 'handshake',
    subject: `port ${port}`,
    severity: 'info',
    confidence: 'high',
    rows,
    owner: context.holderOf(rows[0]!).owner,
    describe: () => ({
      title: context.say(TEXTS.reported, { port: String(port) }),
      why: [context.say(TEXTS.reportedWhy)],
      evidence: [messageEvidence(message, context.localizer), ...context.examples(rows)],
      confirm: [context.check(TEXTS.counters, DROPPED)],
    }),
  };
}

function judge(context: Context, group: Handshakes): Draft | undefined {
  const { index, thresholds } = context;
  const { port, all } = group;
  const limit = limitOf(context, port);
  const established = index.establishedOn(port);
  const counted = index.table.retransmits !== undefined;
  const repeated = group.rows.length;
  // At the limit itself only older kernels take no more.
  const full =
    limit !== null && (repeated > limit || all.length >= Math.max(limit, thresholds.synReceived));
  const young = !full && repeated < thresholds.synReceived;
  if (young ? !isYoungFlood(group, established) : isUsual()) {
    return undefined;
  }
  const rows = young || (full && repeated <= limit) ? all : group.rows;
  const count = rows.length;
  const remotes = context.remotes(rows);
  const many = remotes.least >= thresholds.synReceivedRemotes && count >= established;
  // Who sends from within is not forged as a rule: the way back is broken.
  const flood = many && !remotes.top.every(({ address }) => reachOf(address) === 'private');
  const proved = many && counted && !young;
  const unreturned = (cookiesSince(context) ?? cookiesSinceBoot(context))?.areUnreturned === true;
  const [listener] = index.listeners.on(port);
  const waiting = listener !== undefined && index.linux && index.table.recvQ[listener]! > 0;
  if (!waiting && !full && failedNetwork(context, group) !== null) {
    return undefined;
  }
  const owner = listener === undefined ? null : context.holderOf(listener).owner;
  const cookies = gaugeOf(context, 'SysctlTcpSyncookies')?.value;
  return {
    cause: 'handshake',
    subject: `port ${port}`,
    severity: proved && !waiting ? 'error' : 'warning',
    // That the queue is full needs no counts; so does a flood that leaves cookies unreturned.
    confidence: waiting || young || !(counted || full || (flood && unreturned)) ? 'low' : 'medium',
    rows,
    owner,
    describe: () => {
      const args = { port: String(port), handshakes: context.handshakes(count) };
      const flooded = proved || (unreturned && !young) ? TEXTS.flood : TEXTS.mayFlood;
      return {
        title: many
          ? context.say(flood && (counted || unreturned) && !waiting ? flooded : TEXTS.titleFrom, {
              ...args,
              remotes: remotes.least,
            })
          : limit !== null && count > limit
            ? context.say(TEXTS.full, { ...args, limit })
            : context.say(TEXTS.title, args),
        why: [
          context.say(waiting ? TEXTS.dropped : TEXTS.why),
          ...(full ? [context.say(TEXTS.cap, { limit })] : []),
        ],
        evidence: [
          ...(context.isFiltered
            ? []
            : [context.evidence(context.say(TEXTS.established, { count: established }))]),
          ...networkTexts(context, silentNetwork(context, group)),
          ...(full || limit === null
            ? []
            : [context.evidence(context.say(TEXTS.notReached, { limit }))]),
          ...context.examples(rows),
        ],
        confirm: [
          index.linux
            ? context.check(TEXTS.counters, DROPPED)
            : context.check(TEXTS.again, listState(index.system, 'SYN-RECEIVED')),
        ],
        remedy: waiting
          ? acceptRemedy(context, owner)
          : context.advise(
              flood ? FILTER_FLOODS : HANDSHAKE_PATH,
              on(
                LINUX,
                cookies === 0
                  ? TEXTS.noCookies
                  : full || limit === null
                    ? TEXTS.remedy
                    : TEXTS.cookies,
              ),
            ),
        alternatives: context.advise(
          ...(waiting || hasEmptyQueue(index, port) ? [] : [on(LINUX, TEXTS.queue)]),
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

  /** Whether a port that works has as many. */
  function isUsual(): boolean {
    if (full) {
      return false;
    }
    if (!counted) {
      // Without counts of retransmissions a busy port looks the same, unless hardly any succeed.
      return limit === null ? repeated * 2 < established : !isYoungFlood(group, established);
    }
    if (limit === null) {
      return false;
    }
    // Above half of the backlog Linux forgets handshakes early (reqsk_timer_handler).
    return repeated * BUSY < established && repeated * 2 < limit;
  }
}

/** Whether so many are under way, and so few are done, that their senders do not answer. */
function isYoungFlood({ all }: Handshakes, established: number): boolean {
  return all.length >= YOUNG_FLOOD && all.length >= OUTNUMBERED * (established + 1);
}

/** How many a port's listening sockets can hold at least, by the backlog that ss prints as Send-Q. */
function limitOf({ index }: RuleContext, port: number): number | null {
  const { sendQ } = index.table;
  const listeners = index.listeners.on(port);
  if (!index.linux || listeners.length === 0 || listeners.some(row => sendQ[row]! <= 0)) {
    return null;
  }
  return listeners.reduce((sum, row) => sum + sendQ[row]!, 0);
}
