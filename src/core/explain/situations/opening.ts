import { doublingAt, synSentFor } from '../../knowledge/retransmission';
import { say } from '../../wording/statement';
import { TimerKind } from '../../vocabulary/timer';
import { placeOf } from '../facts';
import { duration } from '../../wording/units';
import type { Situation } from './situation';

const SYN_SENT = ['SYN-SENT'] as const;
const SYN_RECEIVED = ['SYN-RECEIVED'] as const;

const SAYS = {
  acceptQueue: say(
    'syn-sent.accept-queue',
    'The server is in this dump: **its accept queue is full** ({queue} of {limit}; {listener}), so it drops the SYN until the program calls accept().',
    'linux-tcp-diag',
    'linux-sock-h',
    'measured',
  ),
  acceptQueueNext: say(
    'syn-sent.accept-queue.next',
    'Its turn: the program listening at {remote} has to call accept().',
    'measured',
  ),
  acceptQueueSome: say(
    'syn-sent.accept-queue-some',
    'The server is in this dump and has {queue} connections waiting to be accepted ({listener}): most likely its queue is full. `ss -tln` shows the limit.',
    'linux-tcp-diag',
    'measured',
  ),
  retransmitted: say(
    'syn-sent.retransmitted',
    'SYN repeated, {n} times so far: no answer for {time}.',
    'linux-ip-sysctl',
    'measured',
  ),
  retransmittedEither: say(
    'syn-sent.retransmitted-either',
    'SYN repeated, {n} times so far: no answer for {linear} on kernel 6.5 and later, for {doubling} before.',
    'linux-ip-sysctl',
    'measured',
  ),
  firstTry: say(
    'syn-sent.first-try',
    'Not repeated yet: sent about a second ago at most.',
    'linux-ip-sysctl',
    'linux-tcp-h',
  ),
  synQueued: say(
    'syn-sent.send-queue',
    'Send-Q 1 is the SYN itself.',
    'measured',
    'linux-tcp-diag',
  ),
  repeated: say(
    'syn-received.repeated',
    'SYN,ACK was repeated {n} times, for about {time}: the ACK of {remote} does not arrive, or the listener uses TCP_DEFER_ACCEPT and waits for data.',
    'linux-ip-sysctl',
    'measured',
  ),
  fresh: say(
    'syn-received.fresh',
    'SYN,ACK was not repeated yet: normal for a moment.',
    'linux-ip-sysctl',
    'measured',
  ),
  noOwner: say(
    'syn-received.no-owner',
    'No process has it yet, so `-` is right here.',
    'linux-tcp-ipv4',
    'measured',
  ),
};

/** The cases of opening a connection. */
export const openingSituations: readonly Situation[] = [
  {
    id: 'syn-sent.accept-queue',
    states: SYN_SENT,
    applies: row => row.linux && (row.listenerAtRemote?.recvQ ?? 0) > 0,
    tell(row, localizer) {
      const server = row.listenerAtRemote;
      const queue = server?.recvQ ?? 0;
      const limit = server?.sendQ ?? 0;
      const listener = server === null ? '' : placeOf(server, localizer);
      // Only ss prints the limit, and full is one more than it says.
      return {
        evidence: [
          limit > 0 && queue > limit
            ? localizer.say(SAYS.acceptQueue, { queue, limit: limit + 1, listener })
            : localizer.say(SAYS.acceptQueueSome, { queue, listener }),
        ],
        ...(limit > 0 && queue <= limit
          ? {}
          : {
              next: localizer.say(SAYS.acceptQueueNext, row.words),
              turn: 'peer-program' as const,
            }),
      };
    },
  },
  {
    id: 'syn-sent.retransmitted',
    states: SYN_SENT,
    also: true,
    applies: row => row.linux && row.timerKind === TimerKind.On,
    tell(row, localizer) {
      const { retransmits } = row;
      if (retransmits === 0) {
        return { evidence: [localizer.say(SAYS.firstTry)] };
      }
      const { linear, doubling } = synSentFor(retransmits, row.socket.timer?.seconds ?? null);
      const words = { n: retransmits };
      if (linear !== null && doubling !== null && linear !== doubling) {
        return {
          evidence: [
            localizer.say(SAYS.retransmittedEither, {
              ...words,
              linear: duration(Math.round(linear), localizer),
              doubling: duration(Math.round(doubling), localizer),
            }),
          ],
        };
      }
      const time = duration(Math.round(linear ?? doubling ?? 0), localizer);
      return { evidence: [localizer.say(SAYS.retransmitted, { ...words, time })] };
    },
  },
  {
    id: 'syn-sent.send-queue',
    states: SYN_SENT,
    also: true,
    applies: row => row.linux && row.sendQ === 1,
    tell: (_row, localizer) => ({ evidence: [localizer.say(SAYS.synQueued)] }),
  },
  {
    id: 'syn-received.repeated',
    states: SYN_RECEIVED,
    applies: row => row.linux && row.timerKind === TimerKind.On && row.retransmits > 0,
    tell: (row, localizer) => ({
      evidence: [
        localizer.say(SAYS.repeated, {
          ...row.words,
          n: row.retransmits,
          time: duration(doublingAt(row.retransmits), localizer),
        }),
      ],
    }),
  },
  {
    id: 'syn-received.fresh',
    states: SYN_RECEIVED,
    applies: row => row.linux && row.timerKind === TimerKind.On,
    tell: (_row, localizer) => ({ evidence: [localizer.say(SAYS.fresh)] }),
  },
  {
    id: 'syn-received.no-owner',
    states: SYN_RECEIVED,
    also: true,
    applies: row => row.linux && row.socket.ownerUnknown,
    tell: (_row, localizer) => ({ evidence: [localizer.say(SAYS.noOwner)] }),
  },
];
