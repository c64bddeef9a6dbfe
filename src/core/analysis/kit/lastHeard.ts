import { NONE } from '../../model/row';
import type { SocketTable } from '../../model/socketTable';

/*
 * Linux notes an ACK and the arrival of data apart: data that acknowledges nothing new leaves the
 * time of the last ACK as it was (tcp_rcv_established), so either alone may be old on a busy
 * connection. ss leaves out a time that is 0.
 */

/** Seconds since something came from the peer of a row, at most; Infinity where it does not tell. */
export function heardWithin({ lastAck, lastReceived }: SocketTable, row: number): number {
  const known = [lastAck?.[row] ?? NONE, lastReceived?.[row] ?? NONE].filter(ms => ms !== NONE);
  return Math.min(...known) / 1000;
}

/** Seconds for which nothing has come from the peer of a row; 0 where it does not tell. */
export function silentFor({ lastAck, lastReceived }: SocketTable, row: number): number {
  return Math.max(0, Math.min(lastAck?.[row] ?? NONE, lastReceived?.[row] ?? NONE) / 1000);
}

/** Whether what a row sent again, or its probe, has had no answer so far. */
export function isUnanswered({ retransmits, probes }: SocketTable, row: number): boolean {
  return (retransmits?.[row] ?? 0) > 0 || (probes?.[row] ?? 0) > 0;
}
