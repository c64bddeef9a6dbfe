import type { TcpState } from '../model/state';

/** A segment or call that moves a connection from one state to the next. */
export interface Transition {
  readonly from: TcpState;
  readonly to: TcpState;
  /** What happens, in the words of the RFC's figure. */
  readonly event: string;
  /** What TCP does about it; empty for nothing. */
  readonly action: string;
  /** Whether the figure shows it, or only its notes do. */
  readonly note?: 1 | 2;
}

/**
 * RFC 9293 §3.3.2, Figure 5, with its notes 1 and 2. Note 3 says what would make the figure
 * unreadable: a RST that is received ends any connection, and one may be sent from any state.
 */
export const transitions: readonly Transition[] = [
  { from: 'CLOSED', to: 'LISTEN', event: 'passive OPEN', action: 'create TCB' },
  { from: 'CLOSED', to: 'SYN-SENT', event: 'active OPEN', action: 'create TCB, snd SYN' },
  { from: 'LISTEN', to: 'CLOSED', event: 'CLOSE', action: 'delete TCB' },
  { from: 'LISTEN', to: 'SYN-RECEIVED', event: 'rcv SYN', action: 'snd SYN,ACK' },
  { from: 'LISTEN', to: 'SYN-SENT', event: 'SEND', action: 'snd SYN' },
  { from: 'SYN-SENT', to: 'CLOSED', event: 'CLOSE', action: 'delete TCB' },
  { from: 'SYN-SENT', to: 'SYN-RECEIVED', event: 'rcv SYN', action: 'snd SYN,ACK' },
  { from: 'SYN-SENT', to: 'ESTABLISHED', event: 'rcv SYN,ACK', action: 'snd ACK' },
  { from: 'SYN-RECEIVED', to: 'LISTEN', event: 'rcv RST', action: '', note: 1 },
  { from: 'SYN-RECEIVED', to: 'ESTABLISHED', event: 'rcv ACK of SYN', action: '' },
  { from: 'SYN-RECEIVED', to: 'FIN-WAIT-1', event: 'CLOSE', action: 'snd FIN' },
  { from: 'ESTABLISHED', to: 'FIN-WAIT-1', event: 'CLOSE', action: 'snd FIN' },
  { from: 'ESTABLISHED', to: 'CLOSE-WAIT', event: 'rcv FIN', action: 'snd ACK' },
  { from: 'FIN-WAIT-1', to: 'FIN-WAIT-2', event: 'rcv ACK of FIN', action: '' },
  { from: 'FIN-WAIT-1', to: 'CLOSING', event: 'rcv FIN', action: 'snd ACK' },
  { from: 'FIN-WAIT-1', to: 'TIME-WAIT', event: 'rcv FIN,ACK of FIN', action: 'snd ACK', note: 2 },
  { from: 'FIN-WAIT-2', to: 'TIME-WAIT', event: 'rcv FIN', action: 'snd ACK' },
  { from: 'CLOSE-WAIT', to: 'LAST-ACK', event: 'CLOSE', action: 'snd FIN' },
  { from: 'CLOSING', to: 'TIME-WAIT', event: 'rcv ACK of FIN', action: '' },
  { from: 'LAST-ACK', to: 'CLOSED', event: 'rcv ACK of FIN', action: '' },
  { from: 'TIME-WAIT', to: 'CLOSED', event: 'Timeout=2MSL', action: 'delete TCB' },
];
