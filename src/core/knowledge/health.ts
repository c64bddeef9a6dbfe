import type { TcpState } from '../vocabulary/state';

/**
 * What a state says of a connection's health.
 *
 * - `normal`: may last for ever without anything being wrong.
 * - `transient`: lives for moments when all is well; many or old ones mean that the other end
 *   or the network doesn't answer.
 * - `waiting`: a timer ends it and nothing needs to be done.
 * - `suspicious`: waits for this system's own program, and no timer ever ends it.
 */
export type Health = 'normal' | 'transient' | 'waiting' | 'suspicious';

/** The classes from the one that needs no look to the one that needs it most. */
export const HEALTH_CLASSES: readonly Health[] = ['normal', 'waiting', 'transient', 'suspicious'];

// Normal lives and who ends each state: RFC 9293 §3.3.2.
const HEALTH: Readonly<Record<TcpState, Health>> = {
  LISTEN: 'normal',
  'SYN-SENT': 'transient',
  'SYN-RECEIVED': 'transient',
  ESTABLISHED: 'normal',
  'FIN-WAIT-1': 'transient',
  'FIN-WAIT-2': 'transient',
  'CLOSE-WAIT': 'suspicious',
  CLOSING: 'transient',
  'LAST-ACK': 'transient',
  'TIME-WAIT': 'waiting',
  CLOSED: 'normal',
  BOUND: 'normal',
  IDLE: 'normal',
  'DELETE-TCB': 'transient',
};

/** What a TCP state says of the connection's health. */
export function healthOf(state: TcpState): Health {
  return HEALTH[state];
}
