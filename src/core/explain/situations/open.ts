import { retransmittedFor } from '../../knowledge/retransmission';
import { isLinux } from '../../knowledge/systems';
import type { Socket } from '../../model/socket';
import { say, type Statement } from '../../wording/statement';
import { TimerKind } from '../../vocabulary/timer';
import { isAnyAddress, isLoopback, unmapped } from '../../vocabulary/address';
import type { ExplainContext } from '../context';
import { placeOf, type RowFacts } from '../facts';
import { bytes, duration } from '../../wording/units';
import type { Situation } from './situation';

const ESTABLISHED = ['ESTABLISHED'] as const;
const LISTEN = ['LISTEN'] as const;

const SAYS = {
  unaccepted: say(
    'No process and no inode: **the listening program has not accepted this connection yet.** It waits in the accept queue of {local}.',
    'measured',
    'linux-tcp-ipv4',
  ),
  unacceptedLikely: say(
    'No process shown, and the accept queue of {local} is not empty: most likely **the listening program has not accepted this connection yet.**',
    'measured',
    'linux-tcp-diag',
  ),
  unacceptedHappened: say(
    '**{remote} is connected to {local}** as far as the kernels know.',
    'rfc9293-3.5',
    'measured',
  ),
  unacceptedNext: say('Waiting for the listening program to call accept().', 'measured'),
  listener: say('Listening there: {listener}.', 'linux-tcp-diag'),
  probe: say(
    "Send-Q {queue} and timer `{timer}`: the peer's window is closed, or too small for more. {remote} is not reading, or not as fast as this end sends.",
    'linux-tcp-timer',
    'linux-tcp-h',
    'measured',
  ),
  probeLong: say(
    "Send-Q {queue} and timer `{timer}`: the peer's window has been closed for about {time} or longer. Most likely **{remote} is not reading.**",
    'linux-tcp-timer',
    'measured',
  ),
  probeNext: say('Waiting for {remote} to make room.', 'measured'),
  probeEnds: say(
    'The kernel keeps the connection for as long as the peer answers the probes.',
    'rfc9293-3.8.6.1',
    'linux-tcp-timer',
  ),
  probeSilent: say(
    "Send-Q {queue}: the peer's window is closed, and {n} probes in a row are unanswered. **{remote} has gone silent.**",
    'linux-tcp-timer',
    'measured',
  ),
  cork: say('If it is due within 0.2 s, it can also be TCP_CORK holding back data.', 'measured'),
  silent: say(
    'Send-Q {queue} and {n} retransmissions: **{remote} has not answered** for at least {time} with default timers. The peer is gone, or the path to it is interrupted.',
    'linux-tcp-timer',
    'measured',
  ),
  silentNext: say(
    'Waiting for the kernel at {remote} to acknowledge. Without an answer the connection is given up after about 15 min (`tcp_retries2`), or as `TCP_USER_TIMEOUT` of the program says.',
    'linux-ip-sysctl',
    'tcp.7',
  ),
  sending: say(
    'Send-Q {queue}: {data} sent or queued, not acknowledged. Normal for a moment and during a transfer; a problem if the next dump shows the same number.',
    'linux-tcp-diag',
    'rfc9293-3.8.6',
  ),
  unread: say(
    'Recv-Q {queue}: {data} that **{program} has not read** yet. Normal for a moment; a problem if it stays the same or grows.',
    'linux-tcp-diag',
    'macos-netstat.1',
  ),
  peerWaits: say(
    'The other end is waiting for that: its timer is `{timer}` ({other}).',
    'measured',
  ),
  keepalive: say(
    'Keepalive is on: the peer is probed in {time} if nothing else is heard.',
    'tcp.7',
    'linux-tcp-timer',
  ),
  keepaliveSilent: say(
    '{n} keepalive probes are unanswered: **{remote} is not answering.** With defaults (9 probes, 75 s apart) the connection ends in about {time}.',
    'tcp.7',
    'linux-tcp-timer',
  ),
  keepaliveOne: say(
    'One keepalive probe has no answer yet: normal until the answer is back.',
    'measured',
  ),
  off: say(
    'No timer: nothing unacknowledged, and no keepalive. If the peer is gone, this end notices only when it sends something.',
    'linux-tcp-timer',
    'rfc9293-3.8.4',
    'cloudflare-die',
  ),
  self: say(
    'It is connected to itself, so it is its own other end. This happens when a program connects to a port of this host on which no program listens, from the range for outgoing connections.',
    'measured',
    'rfc9293-3.5',
  ),
  full: say(
    'Recv-Q {queue}, Send-Q {limit}: **the accept queue is full** ({most} at most). New clients stay in SYN_SENT, and handshakes in SYN_RECV here, until {program} calls accept().',
    'linux-tcp-diag',
    'linux-sock-h',
    'measured',
  ),
  waiting: say(
    'Recv-Q {queue}: this many connections are waiting for {program} to call accept(). The queue holds {most}.',
    'linux-tcp-diag',
    'linux-sock-h',
  ),
  waitingUnknown: say(
    'Recv-Q {queue}: this many connections are waiting for {program} to call accept(). netstat does not show the limit; `ss -tln` does.',
    'linux-tcp-diag',
    'measured',
  ),
  idle: say('The accept queue is empty. Capacity: {most}.', 'linux-tcp-diag', 'linux-sock-h'),
  bsdQueues: say(
    'This table does not show the queues of a listening socket; `netstat -L` does.',
    'macos-netstat.1',
  ),
  bsdWaiting: say(
    'Connections that are ready, and for which {program} has not yet called accept(): {queue}.',
    'macos-netstat.1',
  ),
  everywhere: say(
    'It accepts connections on **all addresses** of this host of its family.',
    'rfc1122',
    'rfc4291',
  ),
  everyIpv4: say('It accepts connections on **all IPv4 addresses** of this host.', 'rfc1122'),
  everyIpv6: say('It accepts connections on **all IPv6 addresses** of this host.', 'rfc4291'),
  everyBoth: say(
    'It accepts connections on **all addresses** of this host, IPv4 and IPv6.',
    'rfc1122',
    'rfc4291',
  ),
  dualStack: say(
    'It accepts connections on **all addresses** of this host, including IPv4 unless IPV6_V6ONLY is set (`ss -e` shows `v6only`).',
    'measured',
    'ss.8',
  ),
  dualElsewhere: say(
    'It accepts connections on **all IPv6 addresses** of this host, and on all IPv4 addresses unless IPV6_V6ONLY is set.',
    'rfc4291',
    'lsof',
  ),
  loopback: say('Only programs on this host can connect.', 'rfc1122', 'rfc4291'),
};

/** The cases of an open connection. */
export const openSituations: readonly Situation[] = [
  {
    id: 'established.unaccepted',
    states: ESTABLISHED,
    applies: row => row.unaccepted !== null,
    tell(row, localizer) {
      const evidence = [
        localizer.say(
          row.unaccepted === 'certain' ? SAYS.unaccepted : SAYS.unacceptedLikely,
          row.words,
        ),
      ];
      const { listener } = row;
      if (listener !== null) {
        evidence.push(localizer.say(SAYS.listener, { listener: placeOf(listener, localizer) }));
      }
      return {
        evidence,
        happened: localizer.say(SAYS.unacceptedHappened, row.words),
        next: localizer.say(SAYS.unacceptedNext),
        turn: 'program',
      };
    },
  },
  {
    id: 'established.probe',
    states: ESTABLISHED,
    applies: row => row.sendQ > 0 && row.timerKind === TimerKind.Probe,
    tell(row, localizer) {
      const words = { ...row.words, queue: localizer.number(row.sendQ), timer: row.probeWord };
      if (row.probes >= 2) {
        return {
          evidence: [localizer.say(SAYS.probeSilent, { ...words, n: row.probes })],
          turn: 'peer-kernel',
          limit: 'retransmission',
        };
      }
      const closedFor = row.windowClosedFor;
      const evidence = [
        closedFor === null
          ? localizer.say(SAYS.probe, words)
          : localizer.say(SAYS.probeLong, { ...words, time: duration(closedFor, localizer) }),
      ];
      if (row.linux && row.probes === 0 && (row.socket.timer?.seconds ?? 1) <= 0.2) {
        evidence.push(localizer.say(SAYS.cork));
      }
      return {
        evidence,
        next: localizer.say(SAYS.probeNext, row.words),
        ends: localizer.say(SAYS.probeEnds),
        turn: 'peer-program',
      };
    },
  },
  {
    id: 'established.silent',
    states: ESTABLISHED,
    applies: row => row.timerKind === TimerKind.On && row.retransmits >= 3,
    tell: (row, localizer) => ({
      evidence: [
        localizer.say(SAYS.silent, {
          ...row.words,
          queue: row.sendQ,
          n: row.retransmits,
          time: duration(retransmittedFor(row.retransmits), localizer),
        }),
      ],
      next: localizer.say(SAYS.silentNext, row.words),
      turn: 'peer-kernel',
      limit: 'retransmission',
    }),
  },
  {
    id: 'established.keepalive-silent',
    states: ESTABLISHED,
    about: 'timer',
    applies: row => row.timerKind === TimerKind.Keepalive && row.probes > 1,
    tell: (row, localizer) => ({
      evidence: [
        localizer.say(SAYS.keepaliveSilent, {
          ...row.words,
          n: row.probes,
          time: duration(
            Math.max(9 - row.probes, 0) * 75 + (row.socket.timer?.seconds ?? 0),
            localizer,
          ),
        }),
      ],
      turn: 'peer-kernel',
      limit: 'keepalive',
    }),
  },
  {
    id: 'established.sending',
    states: ESTABLISHED,
    applies: row => row.sendQ > 0,
    tell: (row, localizer) => ({
      evidence: [
        localizer.say(SAYS.sending, { queue: row.sendQ, data: bytes(row.sendQ, localizer) }),
      ],
    }),
  },
  {
    id: 'established.unread',
    states: ESTABLISHED,
    also: true,
    about: 'queue',
    applies: row => row.recvQ > 0 && row.unaccepted === null,
    tell(row, localizer) {
      const evidence = [
        localizer.say(SAYS.unread, {
          ...row.words,
          queue: row.recvQ,
          data: bytes(row.recvQ, localizer),
        }),
      ];
      const other = row.otherEnd;
      if (other?.timer?.kind === TimerKind.Probe) {
        evidence.push(
          localizer.say(SAYS.peerWaits, { other: placeOf(other, localizer), timer: row.probeWord }),
        );
      }
      return { evidence };
    },
  },
  {
    id: 'established.keepalive',
    states: ESTABLISHED,
    also: true,
    about: 'timer',
    applies: row => row.timerKind === TimerKind.Keepalive && row.probes <= 1,
    tell(row, localizer) {
      const seconds = row.socket.timer?.seconds ?? null;
      if (row.probes === 1) {
        return { evidence: [localizer.say(SAYS.keepaliveOne)], limit: 'keepalive' };
      }
      return seconds === null
        ? { evidence: [] }
        : {
            evidence: [localizer.say(SAYS.keepalive, { time: duration(seconds, localizer) })],
            limit: 'keepalive',
          };
    },
  },
  {
    id: 'established.off',
    states: ESTABLISHED,
    also: true,
    about: 'timer',
    applies: row => row.timerKind === TimerKind.Off && row.sendQ === 0 && row.unaccepted === null,
    tell: (_row, localizer) => ({ evidence: [localizer.say(SAYS.off)] }),
  },
  {
    id: 'established.self',
    states: ESTABLISHED,
    also: true,
    applies: isSelfConnected,
    tell: (_row, localizer) => ({ evidence: [localizer.say(SAYS.self)] }),
  },
  {
    id: 'listen.queue',
    states: LISTEN,
    applies: row => row.linux && row.socket.recvQ !== null,
    tell(row, localizer) {
      const queue = row.recvQ;
      const limit = row.sendQ;
      if (limit === 0 && row.context.tool?.id !== 'ss') {
        return {
          evidence:
            queue === 0 ? [] : [localizer.say(SAYS.waitingUnknown, { ...row.words, queue })],
          ...(queue === 0 ? {} : { turn: 'program' as const }),
        };
      }
      const most = limit + 1;
      if (queue === 0) {
        return { evidence: [localizer.say(SAYS.idle, { most })] };
      }
      return {
        evidence: [
          queue > limit
            ? localizer.say(SAYS.full, { ...row.words, queue, limit, most })
            : localizer.say(SAYS.waiting, { ...row.words, queue, most }),
        ],
        turn: 'program',
      };
    },
  },
  {
    id: 'listen.bsd-queues',
    states: LISTEN,
    applies: row => row.context.system === 'macos' || row.context.system === 'freebsd',
    tell(row, localizer) {
      if (row.sendQ === 0) {
        return { evidence: [localizer.say(SAYS.bsdQueues)] };
      }
      // Only `-L` prints a limit, and the queue with it.
      return row.recvQ === 0
        ? { evidence: [] }
        : {
            evidence: [localizer.say(SAYS.bsdWaiting, { ...row.words, queue: row.recvQ })],
            turn: 'program',
          };
    },
  },
  {
    id: 'listen.addresses',
    states: LISTEN,
    also: true,
    applies: row => addressesOf(row.socket, row.context) !== null,
    tell(row, localizer) {
      const which = addressesOf(row.socket, row.context);
      return { evidence: which === null ? [] : [localizer.say(ADDRESSES[which])] };
    },
  },
];

function isSelfConnected({ socket }: RowFacts): boolean {
  return (
    socket.remote !== null &&
    socket.local.port !== null &&
    socket.local.port === socket.remote.port &&
    unmapped(socket.local.address) === unmapped(socket.remote.address)
  );
}

/** The addresses that a socket may have. */
export type Addresses = 'all' | 'ipv4' | 'ipv6' | 'both' | 'dual' | 'dual elsewhere' | 'loopback';

/** What is said of the addresses that a listening socket has. */
const ADDRESSES: Readonly<Record<Addresses, Statement>> = {
  all: SAYS.everywhere,
  ipv4: SAYS.everyIpv4,
  ipv6: SAYS.everyIpv6,
  both: SAYS.everyBoth,
  dual: SAYS.dualStack,
  'dual elsewhere': SAYS.dualElsewhere,
  loopback: SAYS.loopback,
};

/** Which addresses a socket is reachable through; null if it is one that is not loopback. */
export function addressesOf(
  { local, family, protocolWord }: Socket,
  { system, tool }: ExplainContext,
): Addresses | null {
  const { address } = local;
  if (!isAnyAddress(address)) {
    return isLoopback(address) ? 'loopback' : null;
  }
  if (address === '0.0.0.0') {
    return 'ipv4';
  }
  // ss writes `*` for a socket of both families and `[::]` for one of IPv6 alone.
  if (isLinux(system) && (tool?.id === 'ss' ? address === '*' : address === '::')) {
    return 'dual';
  }
  if (address === '::') {
    return 'ipv6';
  }
  if (/46$|64$/.test(protocolWord)) {
    return 'both';
  }
  // lsof writes `*` and IPv6 for a socket of both families too.
  return family === 'ipv6' && tool?.id.startsWith('lsof') === true
    ? 'dual elsewhere'
    : (family ?? 'all');
}
