import type { TcpState } from '../vocabulary/state';
import { label, say, type Statement } from '../wording/statement';

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
 * unreadable: a RST can be sent from any state, with a transition to TIME-WAIT, and one that is
 * received in any state leads to LISTEN or CLOSED.
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

/** What each event of the figure is, in the words of those who write programs. */
export const EVENT_TEXTS: Readonly<Record<string, Statement>> = {
  'passive OPEN': say('A program calls listen().', 'rfc9293-3.3.2', 'listen.2'),
  'active OPEN': say('A program calls connect().', 'rfc9293-3.3.2', 'connect.2'),
  CLOSE: say(
    'The program here calls close(), or, once connected, shutdown() of the sending side.',
    'rfc9293-3.6',
  ),
  SEND: say(
    'A listening socket is used to connect; hardly any system supports this.',
    'rfc9293-3.3.2',
    'general-practice',
  ),
  'rcv SYN': say('A connection request comes from the peer.', 'rfc9293-3.5'),
  'rcv SYN,ACK': say('The peer accepts the request.', 'rfc9293-3.5'),
  'rcv RST': say(
    'The peer cancels its request. Only after a passive OPEN (note 1).',
    'rfc9293-3.3.2',
  ),
  'rcv ACK of SYN': say('The peer confirms: the handshake is complete.', 'rfc9293-3.5'),
  'rcv FIN': say('The peer has closed: it will send no more.', 'rfc9293-3.6'),
  'rcv ACK of FIN': say('The peer acknowledges our FIN.', 'rfc9293-3.6'),
  'rcv FIN,ACK of FIN': say(
    'The peer closes and acknowledges our FIN at once. The figure leaves this out (note 2).',
    'rfc9293-3.3.2',
  ),
  'Timeout=2MSL': say(
    'Twice the longest life of a segment has passed.',
    'rfc9293-3.4.2',
    'rfc9293-3.6.1',
  ),
};

/** How a transition is headed, and what TCP does about the event. */
export const TRANSITION_LABELS = {
  title: label('**{from} → {to}**: {event}'),
  sends: label('TCP sends {segments}.'),
};
