import { doublingAt, retransmittedFor, synSentFor } from '../../knowledge/retransmission';
import { label, say } from '../../wording/statement';
import { TimerKind } from '../../vocabulary/timer';
import type { Timer } from '../../model/socket';
import type { Explanation } from '../explanation';
import { RowFacts } from '../facts';
import type { FieldTarget } from '../target';
import type { Localizer, Text } from '../../wording/text';
import { duration, ordinal } from '../../wording/units';
import { simple } from './simple';

const LABELS = { title: label('**{timer}**') };

const SAYS = {
  off: say(
    'No timer is running: nothing is unacknowledged, and keepalive is off.',
    'linux-tcp-ipv4',
    'measured',
  ),
  offNone: say('No timer runs for such a socket.', 'linux-tcp-ipv4', 'measured'),
  offQueue: say(
    'No timer runs, though Send-Q is not empty: normal for a moment.',
    'linux-tcp-ipv4',
    'measured',
  ),
  sent: say(
    'What was sent is not acknowledged yet. If no acknowledgment comes, it is sent again in {time}.',
    'linux-tcp-timer',
    'measured',
  ),
  again: say(
    'The {nth} retransmission was sent; without an answer the next follows in {time}.',
    'linux-tcp-timer',
    'measured',
  ),
  silent: say(
    'The peer has been silent for at least {time} with default timers; given up after about {limit} of silence (`tcp_retries2`).',
    'linux-ip-sysctl',
    'measured',
  ),
  silentOrphan: say(
    'The peer has been silent for at least {time} with default timers; given up after about 102 s (no process holds the socket).',
    'linux-tcp-timer',
    'measured',
  ),
  silentEither: say(
    'The peer has been silent for at least {time} with default timers. Given up after about 102 s of silence if no process holds the socket, else after about 15 min (`tcp_retries2`).',
    'linux-tcp-timer',
    'linux-ip-sysctl',
    'measured',
  ),
  silentSyn: say(
    'No answer to the SYN for {time}. The kernel gives up after about 131 s (127 s before kernel 6.5).',
    'linux-ip-sysctl',
    'measured',
  ),
  silentSynAck: say(
    'No ACK was accepted for about {time}. The kernel gives up after 63 s at most by default, and sometimes after 7 s while the queue is more than half full.',
    'linux-ip-sysctl',
    'linux-connection-sock-h',
    'measured',
  ),
  keepalive: say(
    'Keepalive: if the connection stays idle, the peer is probed in {time}.',
    'tcp.7',
    'linux-tcp-timer',
  ),
  keepaliveSilent: say(
    'Keepalive, unanswered probes so far: {n}. The next one follows in {time}. With the defaults (9 probes, 75 s apart), the connection ends in about {left}.',
    'tcp.7',
    'linux-tcp-timer',
  ),
  keepaliveOne: say(
    'Keepalive: one probe has no answer yet, which is normal until the answer is back. The next follows in {time}.',
    'tcp.7',
    'measured',
  ),
  finWait2Keepalive: say(
    'Called keepalive, but no probe is sent: no process holds the socket, and this is the first part of a `tcp_fin_timeout` above 60 s. It expires in {time}, and a second part follows.',
    'linux-tcp',
    'linux-tcp-timer',
    'measured',
  ),
  timeWait: say('The kernel forgets the connection in {time}.', 'linux-tcp-ipv4', 'measured'),
  timeWaitAge: say(
    'TIME_WAIT lasts 60 s, so it was closed about {age} ago, or longer: the timer starts anew when the peer sends again.',
    'linux-tcp-h',
    'linux-tcp-minisocks',
    'measured',
  ),
  finWait2Age: say(
    'FIN_WAIT_2 without a process lasts 60 s by default (`tcp_fin_timeout`), so it was closed about {age} ago.',
    'linux-ip-sysctl',
    'measured',
  ),
  probe: say(
    "The peer's window is closed, or too small for more. The next probe follows in {time}. The peer is not reading, or not as fast as this end sends.",
    'linux-tcp-timer',
    'linux-tcp-h',
    'measured',
  ),
  probeLong: say(
    "The next probe follows in {time}, so the peer's window has been closed for about as long or longer. Most likely **the peer is not reading.**",
    'linux-tcp-timer',
    'measured',
  ),
  probeSilent: say(
    "The peer's window is closed, and the peer is also silent. Unanswered probes: {n}. The next probe follows in {time}.",
    'linux-tcp-timer',
    'measured',
  ),
  probeAnswered: say('A single unanswered probe is normal.', 'measured'),
  cork: say('If it is due within 0.2 s, it can also be TCP_CORK holding back data.', 'measured'),
  unknown: say('A timer that the tool has no name for.', 'net-tools', 'iproute2-ss'),
  milliseconds: say(
    '`{printed}` means seconds: ss before iproute2 6.11 printed the wrong unit.',
    'iproute2-ss',
    'measured',
  ),
  notPrinted: say('The tool does not print when it expires.', 'ss.8'),
};

/** Explains a timer in words. */
export function explainTimer(target: FieldTarget, localizer: Localizer): Explanation | null {
  const { socket, context, token } = target;
  const { timer } = socket;
  if (timer === null) {
    return null;
  }
  const lead = timerText(new RowFacts(socket, context, localizer), timer, localizer);
  const printed = /\b\d{1,5}\.\d{3}ms\b/.exec(token)?.[0];
  return simple(
    localizer.format(LABELS.title, { timer: token }),
    lead,
    printed === undefined ? {} : { evidence: [localizer.say(SAYS.milliseconds, { printed })] },
  );
}

function timerText(row: RowFacts, timer: Timer, localizer: Localizer): Text[] {
  const { socket, linux } = row;
  const { seconds } = timer;
  const sendQ = socket.sendQ ?? 0;
  if (timer.kind === TimerKind.Off) {
    const connected = socket.protocol === 'tcp' && socket.state !== 'LISTEN';
    return [localizer.say(!connected ? SAYS.offNone : sendQ > 0 ? SAYS.offQueue : SAYS.off)];
  }
  if (seconds === null) {
    return [localizer.say(SAYS.notPrinted)];
  }
  const time = duration(seconds, localizer);
  const probes = timer.probes ?? 0;
  switch (timer.kind) {
    case TimerKind.On:
      return onText(row, timer, seconds, localizer);
    case TimerKind.Keepalive:
      if (linux && socket.state === 'FIN-WAIT-2' && row.ownership === 'none') {
        return [localizer.say(SAYS.finWait2Keepalive, { time })];
      }
      if (probes === 1) {
        return [localizer.say(SAYS.keepaliveOne, { time })];
      }
      return [
        probes > 1
          ? localizer.say(SAYS.keepaliveSilent, {
              n: probes,
              time,
              left: duration(Math.max(9 - probes, 0) * 75 + seconds, localizer),
            })
          : localizer.say(SAYS.keepalive, { time }),
      ];
    case TimerKind.TimeWait: {
      const age = duration(Math.max(60 - seconds, 0), localizer);
      const about = socket.state === 'FIN-WAIT-2' ? SAYS.finWait2Age : SAYS.timeWaitAge;
      return [
        localizer.say(SAYS.timeWait, { time }),
        ...(linux && seconds <= 60 ? [localizer.say(about, { age })] : []),
      ];
    }
    case TimerKind.Probe:
      if (probes >= 2) {
        return [localizer.say(SAYS.probeSilent, { n: probes, time })];
      }
      return [
        localizer.say(row.windowClosedFor === null ? SAYS.probe : SAYS.probeLong, { time }),
        ...(probes === 1 ? [localizer.say(SAYS.probeAnswered)] : []),
        ...(linux && probes === 0 && seconds <= 0.2 ? [localizer.say(SAYS.cork)] : []),
      ];
    default:
      return [localizer.say(SAYS.unknown)];
  }
}

function onText(row: RowFacts, timer: Timer, seconds: number, localizer: Localizer): Text[] {
  const n = timer.retransmits ?? 0;
  const time = duration(seconds, localizer);
  if (n === 0) {
    return [localizer.say(SAYS.sent, { time })];
  }
  const again = localizer.say(SAYS.again, { nth: ordinal(n, localizer), time });
  switch (row.socket.state) {
    case 'SYN-SENT': {
      const { linear, doubling } = synSentFor(n, seconds);
      const silent = linear ?? doubling;
      return silent === null
        ? [again]
        : [again, localizer.say(SAYS.silentSyn, { time: duration(Math.round(silent), localizer) })];
    }
    case 'SYN-RECEIVED':
      return [
        again,
        localizer.say(SAYS.silentSynAck, { time: duration(doublingAt(n), localizer) }),
      ];
    case 'FIN-WAIT-1':
    case 'CLOSING':
    case 'LAST-ACK': {
      const silent = duration(retransmittedFor(n), localizer);
      return [
        again,
        row.ownership === 'known'
          ? localizer.say(SAYS.silent, { time: silent, limit: duration(924, localizer) })
          : localizer.say(row.ownership === 'none' ? SAYS.silentOrphan : SAYS.silentEither, {
              time: silent,
            }),
      ];
    }
    default:
      return [
        again,
        localizer.say(SAYS.silent, {
          time: duration(retransmittedFor(n), localizer),
          limit: duration(924, localizer),
        }),
      ];
  }
}
