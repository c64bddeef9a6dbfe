import type { ClosedFirst } from '../knowledge/states';
import type { TcpState } from '../vocabulary/state';
import type { Sequence, SequenceStep } from './explanation';

type End = 'local' | 'remote';

const sent = (from: End, label: string): SequenceStep => ({
  label,
  from,
  kind: 'segment',
  missing: false,
});
const awaited = (from: End, label: string): SequenceStep => ({
  label,
  from,
  kind: 'segment',
  missing: true,
});
const call = (from: End, label: string): SequenceStep => ({
  label,
  from,
  kind: 'call',
  missing: true,
});

/** What happened between the handshake and now, and what has yet to happen, per state. */
const CLOSES: Partial<Readonly<Record<TcpState, readonly SequenceStep[]>>> = {
  ESTABLISHED: [],
  'FIN-WAIT-1': [sent('local', 'FIN'), awaited('remote', 'ACK')],
  'FIN-WAIT-2': [
    sent('local', 'FIN'),
    sent('remote', 'ACK'),
    call('remote', 'close()'),
    awaited('remote', 'FIN'),
  ],
  'CLOSE-WAIT': [
    sent('remote', 'FIN'),
    sent('local', 'ACK'),
    call('local', 'close()'),
    awaited('local', 'FIN'),
  ],
  CLOSING: [
    sent('local', 'FIN'),
    sent('remote', 'FIN'),
    sent('local', 'ACK'),
    awaited('remote', 'ACK'),
  ],
  'LAST-ACK': [
    sent('remote', 'FIN'),
    sent('local', 'ACK'),
    sent('local', 'FIN'),
    awaited('remote', 'ACK'),
  ],
  'TIME-WAIT': [
    sent('local', 'FIN'),
    sent('remote', 'ACK'),
    sent('remote', 'FIN'),
    sent('local', 'ACK'),
    { label: '2MSL', from: 'local', kind: 'timer', missing: true },
  ],
};

/** What a situation changes of its state's steps. */
const SITUATIONS: Readonly<Record<string, readonly SequenceStep[]>> = {
  'established.unaccepted': [call('local', 'accept()')],
  'established.probe': [awaited('remote', 'window update')],
  'close-wait.unaccepted': [
    sent('remote', 'FIN'),
    sent('local', 'ACK'),
    call('local', 'accept()'),
    call('local', 'close()'),
    awaited('local', 'FIN'),
  ],
  'fin.window': [awaited('remote', 'window update'), awaited('local', 'FIN')],
};

/** The segments of a connection so far, with what is missing; null for what is none. */
export function sequenceOf(
  state: TcpState,
  situation: string | null,
  closedFirst: ClosedFirst,
  ends: { readonly local: string; readonly remote: string; readonly opener: End | null },
): Sequence | null {
  const { local, remote, opener } = ends;
  if (state === 'SYN-SENT') {
    const steps = [sent('local', 'SYN'), awaited('remote', 'SYN,ACK')];
    return { local, remote, steps };
  }
  if (state === 'SYN-RECEIVED') {
    const tail =
      situation === 'syn-received.accept-queue'
        ? call('local', 'accept()')
        : awaited('remote', 'ACK');
    return { local, remote, steps: [sent('remote', 'SYN'), sent('local', 'SYN,ACK'), tail] };
  }
  const closing = closedFirst === 'both' && state === 'FIN-WAIT-1' ? 'CLOSING' : state;
  const tail = SITUATIONS[situation ?? ''] ?? CLOSES[closing];
  return tail === undefined ? null : { local, remote, steps: [...handshake(opener), ...tail] };
}

function handshake(opener: End | null): SequenceStep[] {
  if (opener === null) {
    return [{ label: 'SYN … ACK', from: 'local', kind: 'note', missing: false }];
  }
  const other: End = opener === 'local' ? 'remote' : 'local';
  return [sent(opener, 'SYN'), sent(other, 'SYN,ACK'), sent(opener, 'ACK')];
}
