import { label, say, type Statement } from '../../wording/statement';
import type { System } from '../../vocabulary/system';
import { FIN_UNACKNOWLEDGED, type TcpState } from '../../vocabulary/state';
import type { Explanation } from '../explanation';
import { RowFacts } from '../facts';
import type { FieldTarget } from '../target';
import { stateEvidence } from '../state';
import type { Localizer, Text } from '../../wording/text';
import { bytes } from '../../wording/units';
import { simple } from './simple';

const LABELS = {
  recvQ: label('**Recv-Q {n}**'),
  sendQ: label('**Send-Q {n}**'),
};

const SAYS = {
  listenRecv: say(
    'On a listening socket: connections waiting for {program} to call accept().',
    'linux-tcp-diag',
    'measured',
  ),
  listenRecvElsewhere: say(
    'Always 0 here for a listening socket; `netstat -L` shows its queues.',
    'macos-netstat.1',
  ),
  listenUnknown: say(
    'On a listening socket. We do not know whether it is the accept queue on this system.',
    'netstat.8',
  ),
  listenLimit: say(
    'For a listening socket: the limit of its accept queue, as its program asked for it.',
    'macos-netstat.1',
    'listen.2',
  ),
  listenSendSs: say(
    'On a listening socket: the backlog, the smaller of the listen() argument and `net.core.somaxconn`. The queue holds one more.',
    'linux-tcp-diag',
    'linux-sock-h',
    'listen.2',
  ),
  listenSendNetstat: say(
    'Linux netstat always shows 0 here for a listening socket, whatever its manual says; `ss -ltn` shows the backlog.',
    'linux-tcp-ipv4',
    'measured',
  ),
  recvFin: say(
    '{data} that {program} has not read, plus the FIN, which counts as 1.',
    'linux-tcp-ipv4',
    'measured',
  ),
  recvFinOnly: say(
    "The peer's FIN, which counts as 1: {program} has not read the end of the stream.",
    'linux-tcp-ipv4',
    'measured',
  ),
  recv: say('{data} received but not read by {program}.', 'linux-tcp-diag', 'macos-netstat.1'),
  recvEmpty: say('No data is waiting to be read.', 'linux-tcp-diag', 'macos-netstat.1'),
  send: say(
    '{data} that {remote} has not acknowledged: sent, or still waiting to be sent.',
    'linux-tcp-diag',
    'macos-netstat.1',
  ),
  sendLinux: say(
    '{data} that {remote} has not acknowledged: sent, or still waiting to be sent. `ss -i` shows each (`unacked`, `notsent`).',
    'linux-tcp-diag',
    'iproute2-ss',
  ),
  sendSyn: say('The SYN, which counts as 1.', 'linux-tcp-ipv4', 'measured'),
  sendFin: say(
    '{data} that {remote} has not acknowledged, plus the FIN, which counts as 1.',
    'linux-tcp-ipv4',
    'measured',
  ),
  sendFinOnly: say(
    'Our FIN, which counts as 1: {remote} has not acknowledged it.',
    'linux-tcp-ipv4',
    'measured',
  ),
  sendEmpty: say(
    'No data is waiting to be sent or acknowledged.',
    'linux-tcp-diag',
    'macos-netstat.1',
  ),
  mini: say(
    'Always 0 in this state: the kernel keeps no buffers for it.',
    'linux-tcp-ipv4',
    'measured',
  ),
  udpRecv: say(
    'Datagrams that {program} has not read. Linux counts the memory they take up, which is far more than their bytes: five datagrams of 100 bytes counted as 4,160. When the buffer is full, new ones are lost.',
    'linux-udp',
    'measured',
  ),
  udpSend: say(
    'Datagrams that the interface has not taken yet, counted by the memory they take up.',
    'linux-udp',
  ),
  unixListen: say('Clients waiting to be accepted.', 'iproute2-ss', 'measured'),
  unixBacklog: say('How many clients may wait (the backlog).', 'iproute2-ss', 'measured'),
  other: say('Bytes in the queue.', 'netstat.8', 'ss.8'),
};

/** States that Linux keeps without buffers. */
const MINI: ReadonlySet<TcpState> = new Set(['SYN-RECEIVED', 'TIME-WAIT']);
const FIN_RECEIVED: ReadonlySet<TcpState> = new Set(['CLOSE-WAIT', 'CLOSING', 'LAST-ACK']);

/** Explains Recv-Q or Send-Q, which mean something else in nearly every state. */
export function explainQueue(
  target: FieldTarget,
  send: boolean,
  localizer: Localizer,
): Explanation {
  const { socket, context } = target;
  const row = new RowFacts(socket, context, localizer);
  const n = (send ? socket.sendQ : socket.recvQ) ?? 0;
  const title = localizer.format(send ? LABELS.sendQ : LABELS.recvQ, { n });
  const lead = send ? sendText(row, n, localizer) : recvText(row, n, localizer);
  const evidence = n > 0 ? stateEvidence(row, localizer) : [];
  return simple(title, [lead], { evidence });
}

function recvText(row: RowFacts, n: number, localizer: Localizer): Text {
  const { socket, linux } = row;
  const { state, protocol } = socket;
  if (protocol === 'udp' || protocol === 'udplite') {
    return n === 0
      ? localizer.say(SAYS.recvEmpty)
      : linux
        ? localizer.say(SAYS.udpRecv, row.words)
        : data(row, n, localizer);
  }
  if (protocol === 'unix' && socket.rawState?.startsWith('LISTEN') === true) {
    return localizer.say(SAYS.unixListen);
  }
  if (protocol !== 'tcp' || state === null) {
    return localizer.say(SAYS.other);
  }
  if (state === 'LISTEN') {
    return localizer.say(
      linux || printsListenQueues(row) ? SAYS.listenRecv : elsewhere(row),
      row.words,
    );
  }
  if (n === 0) {
    return localizer.say(linux && MINI.has(state) ? SAYS.mini : SAYS.recvEmpty);
  }
  if (linux && n === 1 && FIN_RECEIVED.has(state)) {
    return localizer.say(SAYS.recvFinOnly, row.words);
  }
  return linux && FIN_RECEIVED.has(state)
    ? localizer.say(SAYS.recvFin, { ...row.words, data: bytes(n - 1, localizer) })
    : data(row, n, localizer);
}

/** Whether the row is one of `netstat -L`, the only one with the limit of a queue there. */
function printsListenQueues({ context, sendQ }: RowFacts): boolean {
  return sendQ > 0 && hasListenOption(context.system);
}

function hasListenOption(system: System | null): boolean {
  return system === 'macos' || system === 'freebsd';
}

/** What the queues of a listener are where they are not those of Linux. */
function elsewhere({ context }: RowFacts): Statement {
  return hasListenOption(context.system) ? SAYS.listenRecvElsewhere : SAYS.listenUnknown;
}

function data(row: RowFacts, n: number, localizer: Localizer): Text {
  return localizer.say(SAYS.recv, { ...row.words, data: bytes(n, localizer) });
}

function sendText(row: RowFacts, n: number, localizer: Localizer): Text {
  const { socket, linux, context } = row;
  const { state, protocol } = socket;
  if (protocol === 'udp' || protocol === 'udplite') {
    return localizer.say(linux ? SAYS.udpSend : SAYS.other);
  }
  if (protocol === 'unix' && socket.rawState?.startsWith('LISTEN') === true) {
    return localizer.say(SAYS.unixBacklog);
  }
  if (protocol !== 'tcp' || state === null) {
    return localizer.say(SAYS.other);
  }
  if (state === 'LISTEN') {
    return linux
      ? localizer.say(context.tool?.id === 'ss' ? SAYS.listenSendSs : SAYS.listenSendNetstat)
      : localizer.say(printsListenQueues(row) ? SAYS.listenLimit : elsewhere(row));
  }
  if (n === 0) {
    return localizer.say(linux && MINI.has(state) ? SAYS.mini : SAYS.sendEmpty);
  }
  if (linux && n === 1 && state === 'SYN-SENT') {
    return localizer.say(SAYS.sendSyn);
  }
  if (linux && n === 1 && FIN_UNACKNOWLEDGED.includes(state)) {
    return localizer.say(SAYS.sendFinOnly, row.words);
  }
  return linux && FIN_UNACKNOWLEDGED.includes(state)
    ? localizer.say(SAYS.sendFin, { ...row.words, data: bytes(n - 1, localizer) })
    : localizer.say(linux ? SAYS.sendLinux : SAYS.send, {
        ...row.words,
        data: bytes(n, localizer),
      });
}
