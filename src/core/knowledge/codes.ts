import type { TcpState } from '../vocabulary/state';
import { PROC_STATES, stateSpellings } from '../vocabulary/stateSpellings';
import { label, say } from '../wording/statement';

/** The numbers by which programs call a state, where they do. */
export interface StateCodes {
  /** /proc/net/tcp, hexadecimal as printed. */
  readonly proc: string | null;
  /** Windows MIB_TCP_STATE, .NET TcpState and PowerShell's JSON. */
  readonly mib: number | null;
  /** SNMP tcpConnectionState (RFC 4022). */
  readonly snmp: number | null;
  /** BSD tcp_fsm.h. */
  readonly bsd: number | null;
}

/** Windows, SNMP and BSD numbers. Windows numbers CLOSING 9 and LAST_ACK 10, SNMP the reverse. */
const NUMBERS: Partial<Readonly<Record<TcpState, readonly [number, number, number | null]>>> = {
  CLOSED: [1, 1, 0],
  LISTEN: [2, 2, 1],
  'SYN-SENT': [3, 3, 2],
  'SYN-RECEIVED': [4, 4, 3],
  ESTABLISHED: [5, 5, 4],
  'FIN-WAIT-1': [6, 6, 6],
  'FIN-WAIT-2': [7, 7, 9],
  'CLOSE-WAIT': [8, 8, 5],
  CLOSING: [9, 10, 7],
  'LAST-ACK': [10, 9, 8],
  'TIME-WAIT': [11, 11, 10],
  'DELETE-TCB': [12, 12, null],
};

/** The numbers of a state. */
export function stateCodes(state: TcpState): StateCodes {
  const [mib, snmp, bsd] = NUMBERS[state] ?? [null, null, null];
  // The number of BOUND is one of inet_diag: /proc/net/tcp never lists such a socket.
  const proc =
    state === 'BOUND'
      ? null
      : (Object.entries(PROC_STATES).find(([, name]) => name === state)?.[0] ?? null);
  return { proc, mib, snmp, bsd };
}

/** The words that a state is printed as, English first, each with its language. */
export function stateWords(
  state: TcpState,
): { readonly word: string; readonly language: string }[] {
  return stateSpellings
    .filter(spelling => spelling.tcp === state && spelling.standing === 'seen')
    .map(({ word, language }) => ({ word, language }));
}

/** What is said of spellings and numbers. */
export const CODE_TEXTS = {
  words: say(
    'Printed as {words}.',
    'net-tools',
    'iproute2-ss',
    'ms-tcpstate',
    'captures-windows',
    'ibm-zos-tcp-status',
  ),
  proc: say('{code} in /proc/net/tcp', 'linux-tcp-states-h'),
  mib: say("{code} in Windows' MIB, .NET and PowerShell", 'ms-rrasm', 'ms-tcpstate'),
  snmp: say('{code} in SNMP', 'rfc4022'),
  bsd: say('{code} in BSD kernels', 'bsd-tcp-fsm'),
  swapped: say(
    'In SNMP the numbers of CLOSING and LAST_ACK are swapped, compared with Windows.',
    'rfc4022',
    'ms-rrasm',
  ),
  language: label('{word} ({language})'),
};
