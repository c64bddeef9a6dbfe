import { say } from '../../wording/statement';
import { TimerKind } from '../../vocabulary/timer';
import { retransmittedFor } from '../../knowledge/retransmission';
import { bytes, duration } from '../../wording/units';
import type { Situation } from './situation';

/** States in which our FIN waits to be acknowledged. */
const FIN_UNACKNOWLEDGED = ['FIN-WAIT-1', 'CLOSING', 'LAST-ACK'] as const;
const FIN_WAIT_2 = ['FIN-WAIT-2'] as const;
const TIME_WAIT = ['TIME-WAIT'] as const;

const SAYS = {
  window: say(
    'fin.window',
    "Send-Q {queue} and timer `probe`: the peer's window is closed. **{remote} does not read**, so our data and FIN cannot go out.",
    'measured',
    'linux-tcp',
  ),
  windowNext: say('fin.window.next', 'Its turn: the program at {remote} has to read.', 'measured'),
  windowEnds: say(
    'fin.window.ends',
    'Without a process the kernel gives it up after about 3 to 7 min, even while the peer answers the probes.',
    'linux-tcp-timer',
  ),
  windowEndsOwned: say(
    'fin.window.ends-owned',
    '{program} still holds it (shutdown() without close()), so it is kept for as long as the peer answers the probes.',
    'linux-tcp-timer',
    'rfc9293-3.8.6.1',
  ),
  windowSilent: say(
    'fin.window-silent',
    "Send-Q {queue}: the peer's window is closed, and {n} probes are unanswered: {remote} is gone or cannot be reached.",
    'measured',
    'linux-tcp-timer',
  ),
  silent: say(
    'fin.silent',
    '{n} retransmissions, no answer for at least {time}: **{remote} is gone** or cannot be reached.',
    'linux-tcp-timer',
    'measured',
  ),
  queue: say(
    'fin.queue',
    'Send-Q {queue}: {data} of data and the FIN are not acknowledged.',
    'linux-tcp-diag',
    'measured',
  ),
  finOnly: say('fin.fin-only', 'Send-Q 1: only the FIN is not acknowledged.', 'measured'),
  owned: say(
    'fin.owned',
    '{program} still holds it (shutdown() without close()), so it is given up like an open connection, after about 15 min.',
    'linux-tcp-timer',
    'measured',
  ),
  orphan: say(
    'fin-wait-2.orphan',
    'No process holds it any more: the program called close() or has exited. Harmless.',
    'linux-tcp-minisocks',
    'measured',
  ),
  orphanAge: say(
    'fin-wait-2.orphan-age',
    '{left} left; closed here {age} ago with the default `tcp_fin_timeout` of 60 s.',
    'linux-ip-sysctl',
    'measured',
  ),
  orphanLeft: say('fin-wait-2.orphan-left', '{left} left.', 'linux-tcp-minisocks', 'measured'),
  held: say(
    'fin-wait-2.held',
    '**{program} still holds it**: it called shutdown(), not close(), and may still receive. No time-out ends this.',
    'linux-ip-sysctl',
    'measured',
  ),
  heldKeepalive: say(
    'fin-wait-2.held-keepalive',
    '**{program} still holds it**: it called shutdown(), not close(). Keepalive is on and ends it when the peer is gone.',
    'linux-ip-sysctl',
    'measured',
  ),
  age: say(
    'time-wait.age',
    '{left} left of 60 s: closed about {age} ago, later if the peer has repeated its FIN.',
    'linux-tcp-h',
    'linux-tcp-minisocks',
    'measured',
  ),
  noProcess: say(
    'time-wait.no-process',
    'No process belongs to it, so `-` is right here.',
    'linux-tcp-minisocks',
    'measured',
  ),
  pidZero: say(
    'time-wait.pid-zero',
    'PID 0 is not a program: the process is out of it, the system keeps the connection.',
    'captures-windows',
  ),
  serverSide: say(
    'time-wait.server',
    'This host is the server here ({local} listens): the row uses up no outgoing port.',
    'linux-tcp-ipv4',
  ),
  clientSide: say(
    'time-wait.client',
    'This host is the client: until then its port is not used again for {remote}, unless `tcp_tw_reuse` allows it (by default on loopback only).',
    'linux-tcp-ipv4',
    'linux-ip-sysctl',
  ),
};

/** The cases of closing from this end. */
export const closingSituations: readonly Situation[] = [
  {
    id: 'fin.window',
    states: FIN_UNACKNOWLEDGED,
    applies: row => row.timerKind === TimerKind.Probe,
    tell(row, localizer) {
      const queue = localizer.number(row.sendQ);
      const silent = row.probes >= 2;
      return {
        evidence: [
          silent
            ? localizer.say(SAYS.windowSilent, { ...row.words, queue, n: row.probes })
            : localizer.say(SAYS.window, { ...row.words, queue }),
        ],
        ...(silent
          ? {}
          : {
              next: localizer.say(SAYS.windowNext, row.words),
              turn: 'peer-program' as const,
              ends:
                row.ownership === 'known'
                  ? localizer.say(SAYS.windowEndsOwned, row.words)
                  : localizer.say(SAYS.windowEnds),
            }),
      };
    },
  },
  {
    id: 'fin.silent',
    states: FIN_UNACKNOWLEDGED,
    applies: row => row.timerKind === TimerKind.On && row.retransmits >= 3,
    tell: (row, localizer) => ({
      evidence: [
        localizer.say(SAYS.silent, {
          ...row.words,
          n: row.retransmits,
          time: duration(retransmittedFor(row.retransmits), localizer),
        }),
      ],
    }),
  },
  {
    id: 'fin.queue',
    states: FIN_UNACKNOWLEDGED,
    applies: row => row.linux && row.sendQ > 0,
    tell: (row, localizer) => ({
      evidence: [
        row.sendQ === 1
          ? localizer.say(SAYS.finOnly)
          : localizer.say(SAYS.queue, {
              queue: row.sendQ,
              data: bytes(row.sendQ - 1, localizer),
            }),
      ],
    }),
  },
  {
    id: 'fin.owned',
    states: FIN_UNACKNOWLEDGED,
    also: true,
    applies: row => row.linux && row.ownership === 'known' && row.timerKind !== TimerKind.Probe,
    tell: (row, localizer) => ({
      evidence: [localizer.say(SAYS.owned, row.words)],
      limit: 'retransmission',
    }),
  },
  {
    id: 'fin-wait-2.orphan',
    states: FIN_WAIT_2,
    applies: row => row.ownership === 'none',
    tell(row, localizer) {
      const seconds = row.socket.timer?.seconds ?? null;
      const evidence = [localizer.say(SAYS.orphan)];
      if (seconds === null || row.timerKind !== TimerKind.TimeWait) {
        return { evidence };
      }
      const left = duration(seconds, localizer);
      evidence.push(
        seconds <= 60
          ? localizer.say(SAYS.orphanAge, { left, age: duration(60 - seconds, localizer) })
          : localizer.say(SAYS.orphanLeft, { left }),
      );
      return { evidence, remaining: seconds };
    },
  },
  {
    id: 'fin-wait-2.held',
    states: FIN_WAIT_2,
    applies: row => row.linux && row.ownership === 'known',
    tell: (row, localizer) => {
      const keepalive = row.timerKind === TimerKind.Keepalive;
      return {
        evidence: [localizer.say(keepalive ? SAYS.heldKeepalive : SAYS.held, row.words)],
        limit: keepalive ? 'keepalive' : null,
      };
    },
  },
  {
    id: 'time-wait.linux',
    states: TIME_WAIT,
    applies: row => row.linux,
    tell(row, localizer) {
      const seconds = row.socket.timer?.seconds ?? null;
      const noProcess = row.socket.ownerUnknown ? [localizer.say(SAYS.noProcess)] : [];
      if (seconds === null || row.timerKind !== TimerKind.TimeWait || seconds > 60) {
        return { evidence: noProcess };
      }
      return {
        evidence: [
          localizer.say(SAYS.age, {
            left: duration(seconds, localizer),
            age: duration(60 - seconds, localizer),
          }),
          ...noProcess,
        ],
        remaining: seconds,
      };
    },
  },
  {
    id: 'time-wait.windows',
    states: TIME_WAIT,
    applies: row => row.windows && row.socket.owners[0]?.pid === 0,
    tell: (_row, localizer) => ({ evidence: [localizer.say(SAYS.pidZero)] }),
  },
  {
    id: 'time-wait.side',
    states: TIME_WAIT,
    also: true,
    applies: row => row.linux && row.side !== null,
    tell: (row, localizer) => ({
      evidence: [
        localizer.say(row.side?.side === 'server' ? SAYS.serverSide : SAYS.clientSide, row.words),
      ],
    }),
  },
];
