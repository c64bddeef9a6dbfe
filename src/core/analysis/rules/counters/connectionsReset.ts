import { NONE } from '../../../model/row';
import { State } from '../../../vocabulary/state';
import { LINUX, on } from '../../../knowledge/advice';
import { label, say } from '../../../wording/statement';
import { type Moved, movedIn } from '../../kit/counting/counters';
import type { Draft } from '../../kit/draft';
import { grown, onCounters } from '../../kit/counting/grown';
import { rule } from '../../kit/rule';
import type { RuleContext } from '../../kit/ruleContext';

const UNREAD = 'TcpExtTCPAbortOnClose';
const LINGER = 'TcpExtTCPAbortOnData';
const TIMEOUT = 'TcpExtTCPAbortOnTimeout';
const RESETS = 'TcpOutRsts';
const FAILED = 'TcpAttemptFails';
const ABORTED = 'TcpEstabResets';
const OPENED = ['TcpActiveOpens', 'TcpPassiveOpens'];

/** Percent of the connections from which on it is no normal life: judgement, no standard has them. */
const UNREAD_PERCENT = 5;
const ABORTED_PERCENT = 10;
/** Where no counter says why they ended: browsers reset many. */
const ABORTED_PERCENT_ALONE = 30;

/** So many resets for each attempt that failed are still its answers. */
const MOST_ANSWERS = 1.1;

/** Resets that answer nothing known; scanners and late segments cause some at any time. */
const MANY = 20;

const TEXTS = {
  unread: say(
    'Programs of this host close connections with unread data, so peers get a reset: {count}',
    'linux-tcp',
    'measured',
  ),
  unreadWhy: say(
    'If data waits in the receive queue when a program closes or ends, Linux sends a reset instead of a FIN. The peer may lose what it has not read yet.',
    'linux-tcp',
    'rfc2525',
    'measured',
  ),
  unreadRemedy: say(
    'Let the program call shutdown() and read to the end of the stream before close().',
    'rfc2525',
    'general-practice',
  ),
  unreadInnocent: say(
    'Proxies, health checks, early answers of web servers, and programs that are stopped do the same.',
    'general-practice',
  ),
  linger: say('Connections were reset after close(): {count}', 'linux-tcp', 'measured'),
  lingerWhy: say(
    'A program closes with SO_LINGER 0, or peers send data after it has closed. The sentence of netstat, "unexpected data", names only the second.',
    'linux-tcp',
    'linux-tcp-input',
    'measured',
  ),
  lingerInnocent: say(
    'Load balancers and test tools use SO_LINGER 0 on purpose.',
    'general-practice',
  ),
  unknown: say(
    'This host sent resets that no other counter explains: {count}',
    'measured',
    'linux-tcp-ipv4',
  ),
  closed: say(
    'Closing the listener on port {port} most likely reset connections; resets sent: {count}',
    'measured',
  ),
  unknownWhy: say(
    'The resets answer segments for closed ports or for connections that are gone. Closing a listener also resets the connections in its queue, and no other counter says so.',
    'measured',
  ),
  unknownRemedy: say(
    'If a service was restarted, let it accept what waits before it closes its listener.',
    'general-practice',
  ),
  unknownInnocent: say(
    'Scanners, and peers whose connections a NAT has forgotten, cause resets at any time.',
    'general-practice',
  ),
  aborted: say('Many connections end by a reset or a timeout: {count}', 'rfc4022', 'measured'),
  abortedWhy: say(
    'It counts connections that went from ESTABLISHED or CLOSE_WAIT straight to CLOSED, whichever end sent the reset. If both ends are on this host, both count.',
    'rfc4022',
    'measured',
  ),
  peers: say(
    'None of the counters for aborts by this host grew as much, so most likely the peers sent the resets.',
    'linux-snmp-counter',
    'measured',
  ),
  abortedInnocent: say(
    'Browsers, and programs that avoid TIME_WAIT, end connections by a reset on purpose.',
    'general-practice',
  ),
};

export const connectionsReset = rule({
  code: 'CT-13',
  id: 'counter-resets',
  title: label('Counters show connections that end by a reset'),
  needs: { counters: true, time: true },
  *find(context) {
    const moved = movedIn(context);
    if (moved === null) {
      return;
    }
    if (moved.by(UNREAD) > 0) {
      yield grown(context, moved, {
        subject: 'closed with unread data',
        severity: 'warning',
        confidence: 'high',
        counters: [UNREAD],
        of: { counters: OPENED, percent: UNREAD_PERCENT },
        says: TEXTS.unread,
        why: on(LINUX, TEXTS.unreadWhy),
        remedy: TEXTS.unreadRemedy,
        innocent: TEXTS.unreadInnocent,
      });
    }
    if (moved.by(LINGER) > 0) {
      yield grown(context, moved, {
        subject: 'linger',
        severity: 'info',
        confidence: 'high',
        counters: [LINGER],
        says: TEXTS.linger,
        why: TEXTS.lingerWhy,
        innocent: TEXTS.lingerInnocent,
      });
    }
    const sent = unexplained(context, moved);
    if (sent !== undefined) {
      yield sent;
    }
    const share = moved.share(moved.by(ABORTED), ...OPENED);
    const explained = moved.by(UNREAD, LINGER, TIMEOUT);
    const isExplained = explained * 2 >= moved.by(ABORTED) || sent !== undefined;
    const knows = moved.knows(UNREAD);
    if (
      share !== null &&
      share > (knows ? ABORTED_PERCENT : ABORTED_PERCENT_ALONE) &&
      !isExplained
    ) {
      const draft = grown(context, moved, {
        subject: 'resets',
        severity: 'warning',
        confidence: knows ? 'medium' : 'high',
        counters: [ABORTED],
        // Resets that answer attempts that fail are of those (CT-9).
        beside: [
          UNREAD,
          LINGER,
          TIMEOUT,
          ...(moved.by(RESETS) > moved.by(FAILED) * MOST_ANSWERS ? [RESETS] : []),
        ],
        of: { counters: OPENED, percent: ABORTED_PERCENT },
        says: TEXTS.aborted,
        why: TEXTS.abortedWhy,
        innocent: TEXTS.abortedInnocent,
      });
      yield {
        ...draft,
        describe: () => {
          const { evidence = [], ...rest } = draft.describe();
          return {
            ...rest,
            evidence: [...evidence, ...(knows ? [context.evidence(context.say(TEXTS.peers))] : [])],
          };
        },
      };
    }
  },
});

/** Resets that this host sent and that neither a failed handshake nor a close of its own explains. */
function unexplained(context: RuleContext, moved: Moved): Draft | undefined {
  const count = moved.by(RESETS) - moved.by(FAILED, UNREAD, LINGER, TIMEOUT);
  const aborted = moved.by(ABORTED) - moved.by(UNREAD, LINGER, TIMEOUT) * 2;
  const port = closedPort(context);
  if (!moved.knows(UNREAD) || count <= 0 || (count < MANY && aborted <= 0 && port === null)) {
    return undefined;
  }
  const isClosed = port !== null && aborted > 0;
  return onCounters(context, moved, [RESETS, ABORTED, FAILED, UNREAD, LINGER], {
    subject: 'resets sent',
    severity: 'info',
    confidence: isClosed ? 'medium' : 'high',
    rows: [],
    describe: () => ({
      title: isClosed
        ? context.say(TEXTS.closed, { port: String(port), count })
        : context.say(TEXTS.unknown, { count }),
      why: [context.say(TEXTS.unknownWhy)],
      remedy: isClosed ? [context.say(TEXTS.unknownRemedy)] : [],
      alternatives: [context.say(TEXTS.unknownInnocent)],
    }),
  });
}

/** The one port on which the snapshot before listened, and this one does not; null for none. */
function closedPort({ index, history, at, isFiltered }: RuleContext): number | null {
  const before = history.hosts.previous(index.number);
  if (before === NONE || index.size === 0 || isFiltered) {
    return null;
  }
  const { localPort } = index.table;
  const ports = new Set<number>();
  for (const row of at(before).rowsIn(State.Listen)) {
    ports.add(localPort[row]!);
  }
  for (const row of index.rowsIn(State.Listen)) {
    ports.delete(localPort[row]!);
  }
  const [port] = ports;
  return port === undefined || ports.size > 1 || port <= 0 ? null : port;
}
