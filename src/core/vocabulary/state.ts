/** TCP states under their RFC 9293 names (§3.3.2), then those that only some systems list. */
export type TcpState =
  | 'LISTEN'
  | 'SYN-SENT'
  | 'SYN-RECEIVED'
  | 'ESTABLISHED'
  | 'FIN-WAIT-1'
  | 'FIN-WAIT-2'
  | 'CLOSE-WAIT'
  | 'CLOSING'
  | 'LAST-ACK'
  | 'TIME-WAIT'
  | 'CLOSED'
  | 'BOUND'
  | 'IDLE'
  | 'DELETE-TCB';

/** A TCP state as the columns hold it, in life-cycle order. */
export const enum State {
  /** Not a TCP socket, or a format without states. */
  None,
  /** A TCP row whose state word nobody knows. */
  Unknown,
  Listen,
  SynSent,
  SynReceived,
  Established,
  FinWait1,
  FinWait2,
  CloseWait,
  Closing,
  LastAck,
  TimeWait,
  Closed,
  Bound,
  Idle,
  DeleteTcb,
  Count,
}

const NAMES: readonly (TcpState | null)[] = [
  null,
  null,
  'LISTEN',
  'SYN-SENT',
  'SYN-RECEIVED',
  'ESTABLISHED',
  'FIN-WAIT-1',
  'FIN-WAIT-2',
  'CLOSE-WAIT',
  'CLOSING',
  'LAST-ACK',
  'TIME-WAIT',
  'CLOSED',
  'BOUND',
  'IDLE',
  'DELETE-TCB',
];

/** A state by its RFC name as tools and texts spell it: `CLOSE_WAIT`. */
export function spelledState(state: string): string {
  return state.replaceAll('-', '_');
}

/** Every TCP state, in life-cycle order. */
export const TCP_STATES: readonly TcpState[] = NAMES.filter(name => name !== null);

/** States in which the FIN of this end was sent, or waits behind data, and is not acknowledged. */
export const FIN_UNACKNOWLEDGED: readonly TcpState[] = ['FIN-WAIT-1', 'LAST-ACK', 'CLOSING'];

/** States in which sockets without a process are a matter of course. */
export const WITHOUT_PROCESS: ReadonlySet<TcpState | null> = new Set<TcpState>([
  'SYN-RECEIVED',
  'FIN-WAIT-2',
  ...FIN_UNACKNOWLEDGED,
  'TIME-WAIT',
]);

/** The RFC 9293 name of a column value; null for {@link State.None} and {@link State.Unknown}. */
export function stateName(state: State): TcpState | null {
  return NAMES[state] ?? null;
}

/** The column value of a state's name. */
export function stateCode(name: TcpState): State {
  return NAMES.indexOf(name);
}
