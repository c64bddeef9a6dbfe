import { say } from '../../wording/statement';
import { TimerKind } from '../../vocabulary/timer';
import { placeOf, type RowFacts } from '../facts';
import { quote } from '../../wording/text';
import { inheritance } from '../../knowledge/children';
import type { Owner } from '../../model/socket';
import { bytes, duration } from '../../wording/units';
import type { Situation } from './situation';

const STATES = ['CLOSE-WAIT'] as const;

/** Recv-Q of a TLS connection that waits in a pool when the peer closes it: its alert and FIN. */
export const TLS_CLOSE_SIZES: ReadonlySet<number> = new Set([24, 25, 32, 86]);

const SAYS = {
  sendingStuck: say(
    "Send-Q {queue} and timer `{timer}`: the peer's window is closed. {remote} is not reading what {program} is still sending, or not as fast as it is sent.",
    'measured',
    'linux-tcp-timer',
  ),
  sendingStuckLong: say(
    "Send-Q {queue} and timer `{timer}`: the peer's window has been closed for about {time} or longer. Most likely **{remote} is not reading** what {program} is still sending.",
    'measured',
    'linux-tcp-timer',
  ),
  sendingStuckNext: say('Waiting for {remote} to make room.', 'measured'),
  sendingSilent: say(
    'Send-Q {queue} and {n} retransmissions: {remote} is no longer answering.',
    'linux-tcp-timer',
    'measured',
  ),
  sendingSilentNext: say(
    'Waiting for the kernel at {remote} to acknowledge what was sent.',
    'rfc9293-3.6',
  ),
  sending: say(
    'Send-Q {queue}: data of {program} is not acknowledged yet. To send is legal after the peer has half-closed.',
    'rfc9293-3.6',
    'measured',
  ),
  unaccepted: say(
    'No process and no inode: the connection is still in the accept queue of {local}. **The missing call is accept(), not close().**',
    'measured',
    'linux-tcp-ipv4',
  ),
  unacceptedLikely: say(
    'No process is shown, and the accept queue of {local} is not empty: most likely this connection is still waiting there. **Then the missing call is accept(), not close().**',
    'measured',
    'linux-tcp-diag',
  ),
  unacceptedHappened: say(
    '{remote} closed this connection; **the listening program has not accepted it.**',
    'measured',
  ),
  unacceptedNext: say(
    'Waiting for the listening program to call accept(), then close().',
    'measured',
  ),
  acceptQueue: say('Connections in that accept queue: {n} ({listener}).', 'linux-tcp-diag'),
  inherited: say(
    '{program} most likely **inherited** this socket: {other} listens there. If a parent has called close(), its child still keeps the connection open.',
    'measured',
  ),
  inheritedName: say(
    '{program} seldom opens connections of its own. Most likely it **inherited** this one from the process that started it, which may long have closed it.',
    'measured',
  ),
  several: say(
    '{n} processes hold this socket ({owners}). It ends only when **all of them** have closed it.',
    'linux-tcp',
    'measured',
  ),
  inheritedFix: say(
    'Set FD_CLOEXEC (SOCK_CLOEXEC) on sockets, or use `close_fds` when you start child processes.',
    'measured',
  ),
  tls: say(
    'Recv-Q {n} is the size of a TLS close_notify and the FIN. Most likely an idle connection in a pool, closed by the peer, that {program} has not looked at since.',
    'measured-tls',
  ),
  finOnly: say(
    'Recv-Q 1: only the FIN is unread. Most likely **{program} is not looking** at this socket (idle in a pool, or a blocked thread).',
    'measured',
    'linux-tcp-diag',
  ),
  unreadLinux: say(
    'Recv-Q {queue}: {data} and the FIN are unread. Most likely **{program} has stopped reading** (a hung thread, or a response body that is not consumed). If the next dump shows less, it is reading slowly.',
    'measured',
    'linux-tcp-diag',
  ),
  unread: say(
    'Recv-Q {queue}: {data} that {program} has not read.',
    'rfc9293-3.3.2',
    'macos-netstat.1',
  ),
  consumed: say(
    'Recv-Q 0: everything has been read, most likely including the end of the stream. **{program} has not called close()**: forgotten, or it is still working on its answer to a half-close, or its runtime read ahead.',
    'rfc9293-3.6',
    'measured',
    'measured-node',
  ),
  nothingUnread: say(
    'Recv-Q 0: no data is waiting. On this system, that does not show whether {program} has seen the end of the stream.',
    'rfc9293-3.6',
  ),
  keepalive: say(
    'Keepalive is on: when the peer no longer knows the connection, a probe is answered by a reset and the socket disappears from the list, but the descriptor stays open.',
    'measured',
  ),
};

/** That the parent of processes that inherit connections has to keep them from it. */
export const { inheritedFix: INHERITED_FIX } = SAYS;

/** How a row was inherited; null where nothing shows that it was. */
function inheritedBy({ holders, listener }: RowFacts): ReturnType<typeof inheritance<Owner>> {
  return inheritance(holders, listener?.owners ?? []);
}

/** The cases of CLOSE_WAIT, the surest first. */
export const closeWaitSituations: readonly Situation[] = [
  {
    id: 'close-wait.sending',
    states: STATES,
    applies: row => row.sendQ > 0,
    tell(row, localizer) {
      const queue = localizer.number(row.sendQ);
      if (row.timerKind === TimerKind.Probe && row.probes < 2) {
        const words = { ...row.words, queue, timer: row.probeWord };
        const closedFor = row.windowClosedFor;
        return {
          evidence: [
            closedFor === null
              ? localizer.say(SAYS.sendingStuck, words)
              : localizer.say(SAYS.sendingStuckLong, {
                  ...words,
                  time: duration(closedFor, localizer),
                }),
          ],
          next: localizer.say(SAYS.sendingStuckNext, row.words),
          turn: 'peer-program',
        };
      }
      if (row.timerKind === TimerKind.On && row.retransmits >= 3) {
        return {
          evidence: [
            localizer.say(SAYS.sendingSilent, { ...row.words, queue, n: row.retransmits }),
          ],
          next: localizer.say(SAYS.sendingSilentNext, row.words),
          turn: 'peer-kernel',
          limit: 'retransmission',
        };
      }
      return { evidence: [localizer.say(SAYS.sending, { ...row.words, queue })] };
    },
  },
  {
    id: 'close-wait.unaccepted',
    states: STATES,
    applies: row => row.unaccepted !== null,
    tell(row, localizer) {
      const certain = row.unaccepted === 'certain';
      const evidence = [
        localizer.say(certain ? SAYS.unaccepted : SAYS.unacceptedLikely, row.words),
      ];
      const { listener } = row;
      if (listener !== null && (listener.recvQ ?? 0) > 0) {
        evidence.push(
          localizer.say(SAYS.acceptQueue, {
            n: listener.recvQ ?? 0,
            listener: placeOf(listener, localizer),
          }),
        );
      }
      return {
        evidence,
        happened: localizer.say(SAYS.unacceptedHappened, row.words),
        next: localizer.say(SAYS.unacceptedNext),
      };
    },
  },
  {
    id: 'close-wait.inherited',
    states: STATES,
    applies: row => inheritedBy(row) !== null,
    tell(row, localizer) {
      const other = inheritedBy(row)?.parent?.process ?? null;
      const first =
        other === null
          ? localizer.say(SAYS.inheritedName, row.words)
          : localizer.say(SAYS.inherited, { ...row.words, other });
      return { evidence: [first, localizer.say(SAYS.inheritedFix)] };
    },
  },
  {
    id: 'close-wait.tls',
    states: STATES,
    applies: row => row.linux && TLS_CLOSE_SIZES.has(row.recvQ),
    tell: (row, localizer) => ({
      evidence: [localizer.say(SAYS.tls, { ...row.words, n: row.recvQ })],
    }),
  },
  {
    id: 'close-wait.fin-only',
    states: STATES,
    applies: row => row.linux && row.recvQ === 1,
    tell: (row, localizer) => ({ evidence: [localizer.say(SAYS.finOnly, row.words)] }),
  },
  {
    id: 'close-wait.unread',
    states: STATES,
    applies: row => row.recvQ > 0,
    tell(row, localizer) {
      const data = bytes(row.linux ? row.recvQ - 1 : row.recvQ, localizer);
      const statement = row.linux ? SAYS.unreadLinux : SAYS.unread;
      return {
        evidence: [localizer.say(statement, { ...row.words, queue: row.recvQ, data })],
      };
    },
  },
  {
    id: 'close-wait.consumed',
    states: STATES,
    applies: row => row.linux && row.socket.recvQ === 0,
    tell: (row, localizer) => ({ evidence: [localizer.say(SAYS.consumed, row.words)] }),
  },
  {
    id: 'close-wait.nothing-unread',
    states: STATES,
    applies: row => row.socket.recvQ === 0,
    tell: (row, localizer) => ({ evidence: [localizer.say(SAYS.nothingUnread, row.words)] }),
  },
  {
    id: 'close-wait.several',
    states: STATES,
    also: true,
    applies: row => row.holders.length > 1,
    tell(row, localizer) {
      const { holders } = row;
      const list = holders.map(o => `${o.process ?? '?'} ${o.pid ?? '?'}`).join(', ');
      return {
        evidence: [localizer.say(SAYS.several, { n: holders.length, owners: quote(list) })],
      };
    },
  },
  {
    id: 'close-wait.keepalive',
    states: STATES,
    also: true,
    about: 'timer',
    applies: row => row.timerKind === TimerKind.Keepalive,
    tell: (_row, localizer) => ({ evidence: [localizer.say(SAYS.keepalive)] }),
  },
];
