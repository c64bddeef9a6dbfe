import { say } from '../../wording/statement';
import { FIN_UNACKNOWLEDGED } from '../../vocabulary/state';
import { Shut, TimerKind } from '../../vocabulary/timer';
import { retransmittedFor } from '../../knowledge/retransmission';
import { bytes, duration } from '../../wording/units';
import type { Situation } from './situation';

const FIN_WAIT_2 = ['FIN-WAIT-2'] as const;
const TIME_WAIT = ['TIME-WAIT'] as const;

const SAYS = {
  window: say(
    "Send-Q {queue} and timer `{timer}`: the peer's window is closed, or too small for more, so our data and FIN cannot go out. {remote} is not reading, or not as fast as this end has sent.",
    'measured',
    'linux-tcp',
  ),
  windowLong: say(
    "Send-Q {queue} and timer `{timer}`: the peer's window has been closed for about {time} or longer, so our data and FIN cannot go out. Most likely **{remote} is not reading.**",
    'measured',
    'linux-tcp',
    'linux-tcp-timer',
  ),
  windowNext: say('Waiting for {remote} to make room.', 'measured'),
  windowEnds: say(
    'No process holds it, so the kernel gives up after about 3 to 7 min, even while the peer answers the probes.',
    'linux-tcp-timer',
  ),
  windowEndsOwned: say(
    '{program} still holds it (shutdown() without close()), so the kernel keeps it for as long as the peer answers the probes.',
    'linux-tcp-timer',
    'rfc9293-3.8.6.1',
  ),
  windowSilent: say(
    "Send-Q {queue}: the peer's window is closed, and {n} probes are unanswered. {remote} is gone or cannot be reached.",
    'measured',
    'linux-tcp-timer',
  ),
  silent: say(
    'Our FIN was repeated, {n} times so far: no answer for at least {time} with default timers. **{remote} is gone** or cannot be reached.',
    'linux-tcp-timer',
    'measured',
  ),
  silentData: say(
    'The data before our FIN was repeated, {n} times so far: no answer for at least {time} with default timers. **{remote} is gone** or cannot be reached.',
    'linux-tcp-timer',
    'measured',
  ),
  repeated: say(
    'Retransmissions so far: {n}. No ACK for at least {time} with default timers.',
    'linux-tcp-timer',
    'measured',
  ),
  firstTry: say('No retransmission yet: sent a moment ago.', 'linux-tcp-timer', 'measured'),
  queue: say(
    'Send-Q {queue}: {data} of data and the FIN are unacknowledged.',
    'linux-tcp-diag',
    'measured',
  ),
  finOnly: say('Send-Q 1: only the FIN is unacknowledged.', 'measured'),
  owned: say(
    '{program} still holds it (shutdown() without close()), so the kernel gives up only after about 15 min, as for an open connection.',
    'linux-tcp-timer',
    'measured',
  ),
  orphan: say(
    'No process holds it any longer: the program called close() or has exited. Harmless.',
    'linux-tcp-minisocks',
    'measured',
  ),
  orphanAge: say(
    '{left} left: closed here about {age} ago with the default `tcp_fin_timeout` of 60 s.',
    'linux-ip-sysctl',
    'measured',
  ),
  orphanLeft: say('{left} left.', 'linux-tcp-minisocks', 'measured'),
  orphanKeepalive: say(
    'The timer is called keepalive, but sends no probe: it is the first part of a `tcp_fin_timeout` (or `TCP_LINGER2`) above 60 s.',
    'linux-tcp',
    'linux-tcp-timer',
    'measured',
  ),
  orphanKeepaliveEnds: say(
    'Its first timer expires in {left}, then a second one begins: 60 s if `tcp_fin_timeout` is 120 s.',
    'linux-tcp-timer',
    'measured',
  ),
  held: say(
    '**{program} still holds it**: it called shutdown(), not close(), and may still receive unless it also shut that side. It never times out.',
    'linux-ip-sysctl',
    'measured',
  ),
  heldBoth: say(
    '**{program} still holds it**, with both sides shut: it called shutdown(), not close(). New data of the peer is answered by a reset, which ends it.',
    'measured',
    'linux-tcp-input',
  ),
  heldKeepalive: say(
    '**{program} still holds it**: it called shutdown() but not close(). Keepalive is on and ends it if the peer is gone.',
    'linux-ip-sysctl',
    'measured',
  ),
  age: say(
    '{left} left of 60 s: closed about {age} ago, or longer, because the timer starts anew when the peer sends again.',
    'linux-tcp-h',
    'linux-tcp-minisocks',
    'measured',
  ),
  noProcess: say(
    'No process belongs to it, so `-` is expected.',
    'linux-tcp-minisocks',
    'measured',
  ),
  pidZero: say(
    'PID 0 is not a program: no process is involved any longer, the system keeps the connection.',
    'captures-windows',
  ),
  serverSide: say(
    'This host is the server ({local} is listening), so this connection uses up no outgoing port.',
    'linux-tcp-ipv4',
  ),
  serverLikely: say(
    'This host is most likely the server: then the row uses up no outgoing port.',
    'rfc6335',
    'linux-tcp-ipv4',
  ),
  clientSide: say(
    'This host is most likely the client: until TIME_WAIT ends, its port is not used again for {remote}. `tcp_tw_reuse` can allow it (by default on loopback only, since kernel 4.19), if both ends use TCP timestamps.',
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
      const words = { ...row.words, queue: localizer.number(row.sendQ), timer: row.probeWord };
      const silent = row.probes >= 2;
      const closedFor = row.windowClosedFor;
      return {
        evidence: [
          silent
            ? localizer.say(SAYS.windowSilent, { ...words, n: row.probes })
            : closedFor === null
              ? localizer.say(SAYS.window, words)
              : localizer.say(SAYS.windowLong, { ...words, time: duration(closedFor, localizer) }),
        ],
        ...(silent
          ? {}
          : {
              next: localizer.say(SAYS.windowNext, row.words),
              turn: 'peer-program' as const,
              ...(row.linux
                ? {
                    ends:
                      row.ownership === 'known'
                        ? localizer.say(SAYS.windowEndsOwned, row.words)
                        : localizer.say(SAYS.windowEnds),
                  }
                : {}),
            }),
      };
    },
  },
  {
    id: 'fin.silent',
    states: FIN_UNACKNOWLEDGED,
    about: 'timer',
    applies: row => row.timerKind === TimerKind.On && row.retransmits >= 3,
    tell: (row, localizer) => ({
      evidence: [
        localizer.say(row.sendQ > 1 ? SAYS.silentData : SAYS.silent, {
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
    id: 'fin.repeated',
    states: FIN_UNACKNOWLEDGED,
    also: true,
    about: 'timer',
    applies: row => row.linux && row.timerKind === TimerKind.On && row.retransmits < 3,
    tell: (row, localizer) => ({
      evidence: [
        row.retransmits === 0
          ? localizer.say(SAYS.firstTry)
          : localizer.say(SAYS.repeated, {
              n: row.retransmits,
              time: duration(retransmittedFor(row.retransmits), localizer),
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
      if (seconds !== null && row.linux && row.timerKind === TimerKind.Keepalive) {
        return {
          evidence: [...evidence, localizer.say(SAYS.orphanKeepalive)],
          ends: localizer.say(SAYS.orphanKeepaliveEnds, { left: duration(seconds, localizer) }),
        };
      }
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
        evidence: [
          localizer.say(
            row.socket.shut === Shut.Both
              ? SAYS.heldBoth
              : keepalive
                ? SAYS.heldKeepalive
                : SAYS.held,
            row.words,
          ),
        ],
        limit: keepalive ? 'keepalive' : null,
      };
    },
  },
  {
    id: 'time-wait.linux',
    states: TIME_WAIT,
    about: 'timer',
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
        localizer.say(
          row.side?.by === 'listener'
            ? SAYS.serverSide
            : row.side?.side === 'server'
              ? SAYS.serverLikely
              : SAYS.clientSide,
          row.words,
        ),
      ],
    }),
  },
];
