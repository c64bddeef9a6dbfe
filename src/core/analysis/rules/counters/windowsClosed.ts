import { groupBy, where } from '../../../index/grouping';
import { holderOf } from '../../../index/holder';
import { NONE } from '../../../model/row';
import { State } from '../../../vocabulary/state';
import { label, say, whileItLasts } from '../../../wording/statement';
import { stateQueuesCommand } from '../../kit/commands';
import { type Moved, movedIn } from '../../kit/counting/counters';
import type { Draft } from '../../kit/draft';
import { grown, onCounters } from '../../kit/counting/grown';
import { remoteGroups } from '../../kit/remoteGroups';
import { rule } from '../../kit/rule';
import type { RuleContext } from '../../kit/ruleContext';
import { isUnaccepted } from '../../kit/listening/unaccepted';
import { isStalled, probingRows, readerOf } from '../../kit/transfer/zeroWindow';

const CLOSED = 'TcpExtTCPToZeroWindowAdv';
const OPENED = 'TcpExtTCPFromZeroWindowAdv';
/** What peers of BSD ask while a window here is closed. */
const ASKED = 'TcpWindowProbes';
const PROBES = ['TcpExtTCPWinProbe', 'TcpWindowProbePackets'];

/** Unread bytes below which no window closes, however small the receive buffer. */
const LEAST = 1024;

/** Probes of one connection after which its window has been closed for more than a moment. */
const SEVERAL = 3;

const TEXTS = {
  here: say(
    '{program} is not reading fast enough: its receive window is closed, with {bytes} unread',
    'linux-tcp-output',
    'measured',
  ),
  some: say(
    'Receive windows were closed and not opened again: {count}',
    'linux-tcp-output',
    'measured',
  ),
  asked: say(
    'Peers asked whether a receive window of this host is open again; probes: {count}',
    'network-cmds-inet',
    'freebsd-tcp-var-h',
  ),
  why: say(
    'A program here reads more slowly than its peer sends, or not at all. The peer may not send until the window opens.',
    'rfc9293-3.8.6.1',
    'measured',
  ),
  unread: say('See which program has much in Recv-Q of a connection.', 'ss.8', 'netstat.8'),
  threads: whileItLasts(
    say(
      'See what the threads of {program} are doing: blocked, deadlocked, or busy with something else?',
      'general-practice',
    ),
  ),
  paused: say(
    'A stream that is paused on purpose, such as a download or a backup, looks the same.',
    'general-practice',
  ),
  there: say(
    'Data sent to {remote} is not being read; probes of closed windows: {count}',
    'linux-tcp-timer',
    'measured',
  ),
  peers: say(
    'A peer is not reading; probes of closed windows: {count}',
    'linux-tcp-timer',
    'measured',
  ),
  thereWhy: say(
    'The peer has closed its receive window because its program does not read what came. This host may not send until it opens.',
    'rfc9293-3.8.6.1',
    'measured',
  ),
  reader: say(
    'Look at the program at the other end: it has to read. Here, a write timeout keeps the sender from waiting forever.',
    'general-practice',
  ),
};

export const windowsClosed = rule({
  code: 'CT-15',
  id: 'counter-windows-closed',
  title: label('Counters show closed receive windows'),
  needs: { counters: true, time: true },
  *find(context) {
    const moved = movedIn(context);
    if (moved === null) {
      return;
    }
    if (moved.by(CLOSED) > moved.by(OPENED)) {
      yield notReadHere(context, moved, moved.by(CLOSED) - moved.by(OPENED));
    }
    if (moved.by(ASKED) > 0) {
      yield grown(context, moved, {
        subject: 'receive windows',
        severity: 'info',
        confidence: 'high',
        counters: [ASKED],
        says: TEXTS.asked,
        why: TEXTS.why,
        innocent: TEXTS.paused,
      });
    }
    const count = moved.by(...PROBES);
    if (count > 0) {
      yield* notReadThere(context, moved, count);
    }
  },
});

/** Names the one program that has much to read. */
function notReadHere(context: RuleContext, moved: Moved, count: number): Draft {
  const { index } = context;
  const { recvQ } = index.table;
  const rows = where(
    index.received.rowsIn(State.Established),
    row => recvQ[row]! >= LEAST && !isUnaccepted(index, row),
  );
  const [group, ...others] = groupBy(rows, row => holderOf(index, row));
  const one = group !== undefined && others.length === 0 ? context.holder(group[0]) : null;
  return onCounters(context, moved, [CLOSED, OPENED], {
    ...(one === null ? {} : { cause: 'not-reading', owner: one.owner }),
    subject: one?.subject ?? 'receive windows',
    severity: one === null ? 'info' : 'warning',
    confidence: 'high',
    rows,
    describe: () => ({
      title:
        one === null
          ? context.say(TEXTS.some, { count })
          : context.say(TEXTS.here, {
              program: one.program,
              bytes: context.bytes(rows.reduce((sum, row) => sum + recvQ[row]!, 0)),
            }),
      why: [context.say(TEXTS.why)],
      evidence: context.examples(rows),
      confirm: [
        context.check(
          TEXTS.unread,
          stateQueuesCommand(index.system, 'ESTABLISHED', one?.owner ?? null),
        ),
      ],
      remedy: one === null ? [] : [context.say(TEXTS.threads, { program: one.program })],
      alternatives: [context.say(TEXTS.paused)],
    }),
  });
}

/** Names the peers whose windows are probed now; those that read here are in the dump themselves. */
function* notReadThere(context: RuleContext, moved: Moved, count: number): Generator<Draft> {
  const { index } = context;
  const all = probingRows.of(index);
  if (all.length === 0) {
    yield grown(context, moved, {
      subject: 'windows of peers',
      severity: 'info',
      confidence: 'high',
      counters: PROBES,
      says: TEXTS.peers,
      why: TEXTS.thereWhy,
      innocent: TEXTS.paused,
    });
    return;
  }
  const rows = where(all, row => readerOf(index, row) === NONE);
  for (const group of remoteGroups(context, rows, 1)) {
    const isStuck =
      group.rows.some(row => isStalled(context, row)) || (all.length === 1 && count >= SEVERAL);
    yield onCounters(context, moved, PROBES, {
      cause: 'not-reading',
      subject: group.subject,
      severity: isStuck ? 'warning' : 'info',
      confidence: 'high',
      rows: group.rows,
      remote: group.remote,
      describe: () => ({
        title: context.say(TEXTS.there, { remote: context.remoteText(group.remotes), count }),
        why: [context.say(TEXTS.thereWhy)],
        evidence: context.examples(group.rows),
        remedy: isStuck ? [context.say(TEXTS.reader)] : [],
        alternatives: [context.say(TEXTS.paused)],
      }),
    });
  }
}
