import { NONE } from './row';
import { LargeLost } from '../vocabulary/largeLost';
import { Shut, TimerKind } from '../vocabulary/timer';

/** Bytes in a queue by row. Numbers that need more than 32 bits are seen in broken dumps only. */
export type QueueColumn = Int32Array | Float64Array;

export type Column = Uint8Array | Uint32Array | Int32Array | Float64Array;

/** Every column, and what it holds where a row has nothing. */
export const COLUMNS = [
  { name: 'line', unset: 0 },
  { name: 'protocol', unset: 0 },
  { name: 'state', unset: 0 },
  { name: 'localAddress', unset: 0 },
  { name: 'remoteAddress', unset: 0 },
  { name: 'localPort', unset: 0 },
  { name: 'remotePort', unset: 0 },
  { name: 'recvQ', unset: 0 },
  { name: 'sendQ', unset: 0 },
  { name: 'pid', unset: 0 },
  { name: 'process', unset: 0 },
  { name: 'flags', unset: 0 },
  { name: 'rawState', unset: 0 },
  { name: 'inode', unset: NONE },
  { name: 'handle', unset: 0 },
  { name: 'user', unset: 0 },
  { name: 'timer', unset: 0 },
  { name: 'timerSeconds', unset: NONE },
  { name: 'retransmits', unset: NONE },
  { name: 'probes', unset: NONE },
  { name: 'created', unset: NONE },
  { name: 'lastAck', unset: NONE },
  { name: 'lastSent', unset: NONE },
  { name: 'lastReceived', unset: NONE },
  { name: 'bytesRetransmitted', unset: NONE },
  { name: 'bytesAcked', unset: NONE },
  { name: 'bytesReceived', unset: NONE },
  { name: 'receiveBuffer', unset: NONE },
  { name: 'drops', unset: NONE },
  { name: 'limitedByWindow', unset: NONE },
  { name: 'limitedByBuffer', unset: NONE },
  { name: 'largeLost', unset: LargeLost.NotKnown },
  { name: 'pathMtu', unset: 0 },
  { name: 'family', unset: 0 },
  { name: 'flow', unset: 0 },
  { name: 'replyLocalAddress', unset: 0 },
  { name: 'replyRemoteAddress', unset: 0 },
  { name: 'replyLocalPort', unset: NONE },
  { name: 'replyRemotePort', unset: NONE },
  { name: 'flowSeconds', unset: NONE },
  { name: 'shut', unset: 0 },
  { name: 'fd', unset: NONE },
  { name: 'localService', unset: 0 },
  { name: 'remoteService', unset: 0 },
  { name: 'localScope', unset: 0 },
  { name: 'remoteScope', unset: 0 },
] as const;

export type ColumnName = (typeof COLUMNS)[number]['name'];

/** What one tool may tell and another not, with what stands for nothing; timers are told whole. */
export const TOLD: readonly (readonly [names: readonly ColumnName[], nothing: number])[] = [
  [['recvQ'], NONE],
  [['sendQ'], NONE],
  [['inode'], NONE],
  [['user'], 0],
  [['timer', 'timerSeconds', 'retransmits', 'probes'], TimerKind.None],
  [['created'], NONE],
  [['lastAck'], NONE],
  [['lastSent'], NONE],
  [['lastReceived'], NONE],
  [['bytesRetransmitted'], NONE],
  [['bytesAcked'], NONE],
  [['bytesReceived'], NONE],
  [['receiveBuffer'], NONE],
  [['drops'], NONE],
  [['limitedByWindow'], NONE],
  [['limitedByBuffer'], NONE],
  [['largeLost', 'pathMtu'], LargeLost.NotKnown],
  [['shut'], Shut.NotPrinted],
];

/** What a row says of its owner. */
export const OWNER = ['pid', 'process', 'fd', 'flags'] as const;

export function grown<T extends Column>(column: T, capacity: number, fill = 0): T {
  const bigger = emptied(column, capacity, fill);
  bigger.set(column);
  return bigger;
}

/** A column of the same type in which no row has anything. */
export function emptied<T extends Column>(column: T, capacity: number, unset: number): T {
  const empty = new (column.constructor as new (length: number) => T)(capacity);
  if (unset !== 0) {
    empty.fill(unset);
  }
  return empty;
}
