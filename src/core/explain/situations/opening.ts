import { doublingAt, synSentFor } from '../../knowledge/retransmission';
import { say } from '../../wording/statement';
import { TimerKind } from '../../vocabulary/timer';
import type { Socket } from '../../model/socket';
import { placeOf } from '../facts';
import { duration } from '../../wording/units';
import type { Situation } from './situation';

const SYN_SENT = ['SYN-SENT'] as const;
const SYN_RECEIVED = ['SYN-RECEIVED'] as const;

const SAYS = {
  acceptQueue: say(
    'The server is in this dump: **its accept queue is full** ({queue} of {limit}; {listener}), so it drops SYNs until the program calls accept().',
    'linux-tcp-diag',
    'linux-sock-h',
    'measured',
  ),
  acceptQueueNext: say(
    'Waiting for the program listening at {remote} to call accept().',
    'measured',
  ),
  acceptQueueSome: say(
    'The server is in this dump. Connections waiting there to be accepted ({listener}): {queue}. Most likely its queue is full. `ss -tln` shows the limit.',
    'linux-tcp-diag',
    'measured',
  ),
  retransmitted: say(
    'SYN retransmissions so far: {n}. No answer for {time}.',
    'linux-ip-sysctl',
    'measured',
  ),
  retransmittedEither: say(
    'SYN retransmissions so far: {n}. No answer for {linear} on kernel 6.5 or later, {doubling} on earlier kernels.',
    'linux-ip-sysctl',
    'measured',
  ),
  firstTry: say(
    'No retransmission yet: the SYN was sent about a second ago at most.',
    'linux-ip-sysctl',
    'linux-tcp-h',
  ),
  synQueued: say('Send-Q 1 is the SYN itself.', 'measured', 'linux-tcp-diag'),
  repeated: say(
    'SYN,ACK retransmissions so far: {n}, for about {time}. The accept queue may be full, SYN,ACK or the ACK may be lost, or TCP_DEFER_ACCEPT may be waiting for the first data.',
    'linux-ip-sysctl',
    'linux-tcp-ipv4',
    'measured',
  ),
  queueFull: say(
    'SYN,ACK retransmissions so far: {n}. **The accept queue is full** ({queue} of {limit}; {listener}). Most likely the ACK came and was dropped, and {remote} is already ESTABLISHED.',
    'linux-tcp-ipv4',
    'linux-sock-h',
    'measured',
  ),
  queueSome: say(
    'SYN,ACK retransmissions so far: {n}. Connections waiting to be accepted ({listener}): {queue}. Most likely **the accept queue is full**, and the ACK came and was dropped. `ss -tln` shows the limit.',
    'linux-tcp-ipv4',
    'linux-tcp-diag',
    'measured',
  ),
  queueNext: say('Waiting for the listening program to call accept().', 'measured'),
  fresh: say('No SYN,ACK retransmission yet. Normal for a moment.', 'linux-ip-sysctl', 'measured'),
  noOwner: say('No process has it yet, so `-` is expected.', 'linux-tcp-ipv4', 'measured'),
};

/** Whether a listener's accept queue is full, or holds connections and its limit is not printed. */
function isFull(listener: Socket | null): boolean {
  const queue = listener?.recvQ ?? 0;
  const limit = listener?.sendQ ?? 0;
  return queue > 0 && (limit === 0 || queue > limit);
}

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
    about: 'timer',
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
    id: 'syn-received.accept-queue',
    states: SYN_RECEIVED,
    applies: row =>
      row.linux && row.timerKind === TimerKind.On && row.retransmits > 0 && isFull(row.listener),
    tell(row, localizer) {
      const { listener, retransmits: n } = row;
      const queue = listener?.recvQ ?? 0;
      const limit = listener?.sendQ ?? 0;
      const words = {
        ...row.words,
        n,
        queue,
        listener: listener === null ? '' : placeOf(listener, localizer),
      };
      return {
        evidence: [
          limit > 0
            ? localizer.say(SAYS.queueFull, { ...words, limit: limit + 1 })
            : localizer.say(SAYS.queueSome, words),
        ],
        next: localizer.say(SAYS.queueNext),
        turn: 'program',
      };
    },
  },
  {
    id: 'syn-received.repeated',
    states: SYN_RECEIVED,
    about: 'timer',
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
    about: 'timer',
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
