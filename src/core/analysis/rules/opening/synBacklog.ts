import { label, say } from '../../../wording/statement';
import { listState } from '../../kit/commands';
import { type Handshakes, handshakes } from '../../kit/handshakes';
import type { Draft } from '../../kit/draft';
import { each, rule } from '../../kit/rule';
import { threshold } from '../../kit/threshold';
import type { RuleContext } from '../../kit/ruleContext';

const TEXTS = {
  flood: say(
    'sr-1.flood',
    'Port {port} is flooded: {count} handshakes from {remotes} remotes are unanswered',
    'linux-tcp-input',
    'general-practice',
  ),
  title: say(
    'sr-1.title',
    'Port {port}: {handshakes} unanswered',
    'rfc9293-3.5',
    'linux-tcp-input',
  ),
  why: say(
    'sr-1.why',
    'A SYN came, SYN,ACK was sent, and the last ACK does not come: the senders are forged, or the way back to them is broken.',
    'rfc9293-3.5',
    'general-practice',
  ),
  cap: say(
    'sr-1.cap',
    'Linux keeps no more of them for a listening socket than its backlog plus one; here that is {limit}. Above it SYN cookies answer, or SYNs are dropped.',
    'linux-connection-sock-h',
    'measured',
  ),
  established: say('sr-1.established', 'ESTABLISHED on the same port: {count}.', 'rfc9293-3.5'),
  counters: say(
    'sr-1.counters',
    'Counts the requests that were dropped or answered by a cookie since boot.',
    'measured',
  ),
  remedy: say(
    'sr-1.remedy',
    'Leave `tcp_syncookies` on (the default), raise the listen() backlog and `net.core.somaxconn`, and filter floods before this host. tcp_max_syn_backlog alone does nothing while syncookies are on.',
    'linux-ip-sysctl',
    'linux-connection-sock-h',
  ),
  defer: say(
    'sr-1.defer',
    'With TCP_DEFER_ACCEPT the handshake is done, and the server waits for the first data of clients that connect without a word.',
    'measured',
    'tcp.7',
  ),
  lossy: say('sr-1.lossy', 'Lossy mobile clients leave some as well.', 'general-practice'),
  noCounts: say(
    'sr-1.no-counts',
    'The dump does not say how often SYN,ACK was sent again, so handshakes that are on their way are counted, too.',
    'linux-proc-net-tcp',
  ),
};

const THRESHOLDS = {
  synReceived: threshold.sockets(
    10,
    'Unanswered SYN_RECV sockets of a port that make a warning where its backlog is not shown.',
  ),
  synReceivedRemotes: threshold.remotes(
    20,
    'Different remotes in SYN_RECV on one port that make an error.',
  ),
};
type Context = RuleContext<keyof typeof THRESHOLDS>;

export const synBacklog = rule({
  code: 'SR-1',
  id: 'syn-backlog',
  title: label('rule.SR-1', 'Many unanswered handshakes on one port'),
  thresholds: THRESHOLDS,
  find(context) {
    return each(handshakes.of(context.index), group => judge(context, group));
  },
});

function judge(context: Context, { port, rows }: Handshakes): Draft | undefined {
  const { index, thresholds } = context;
  const limit = limitOf(context, port);
  const count = rows.length;
  if (count < (limit ?? thresholds.synReceived)) {
    return undefined;
  }
  const remotes = context.remotes(rows).total;
  const established = index.establishedOn(port);
  const counted = index.table.retransmits !== undefined;
  // Without counts of retransmissions a busy port looks the same, unless hardly any succeed.
  if (!counted && limit === null && count * 2 < established) {
    return undefined;
  }
  const flood = remotes >= thresholds.synReceivedRemotes && count >= established;
  const [listener] = index.listeners.on(port);
  const owner = listener === undefined ? null : context.holderOf(listener).owner;
  return {
    cause: 'handshake',
    subject: `port ${port}`,
    severity: flood ? 'error' : 'warning',
    confidence: counted ? (flood ? 'high' : 'medium') : 'low',
    rows,
    owner,
    describe: () => ({
      title: flood
        ? context.say(TEXTS.flood, { port: String(port), count, remotes })
        : context.say(TEXTS.title, {
            port: String(port),
            handshakes: context.handshakes(count),
          }),
      why: [context.say(TEXTS.why), ...(limit === null ? [] : [context.say(TEXTS.cap, { limit })])],
      evidence: [
        context.evidence(context.say(TEXTS.established, { count: established })),
        ...context.examples(rows),
      ],
      confirm: index.linux
        ? [
            {
              text: context.say(TEXTS.counters),
              command: 'nstat -asz TcpExtTCPReqQFullDoCookies TcpExtTCPReqQFullDrop',
            },
          ]
        : [{ text: context.say(TEXTS.counters), command: listState(index.system, 'SYN-RECEIVED') }],
      remedy: [context.say(TEXTS.remedy)],
      alternatives: [context.say(TEXTS.defer), ...(flood ? [] : [context.say(TEXTS.lossy)])],
      caveats: [
        ...(counted ? [] : [context.say(TEXTS.noCounts)]),
        ...context.caveats({ time: true }),
      ],
    }),
  };
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
