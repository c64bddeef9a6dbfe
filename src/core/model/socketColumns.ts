import { LargeLost } from '../vocabulary/largeLost';
import type { State } from '../vocabulary/state';
import { Shut, TimerKind } from '../vocabulary/timer';
import { NONE } from './rowDetails';
import { firstIndex } from './search';
import type { Owner } from './socket';
import { StringPool } from './stringPool';

/** Bytes in a queue by row. Numbers that need more than 32 bits are seen in broken dumps only. */
export type QueueColumn = Int32Array | Float64Array;

export type Column = Uint8Array | Uint32Array | Int32Array | Float64Array;

/** Small enough for columns that cost no more than other objects. */
const INITIAL_CAPACITY = 16;

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

/** What a row printed at all. */
export const enum RowFlag {
  Remote = 1,
  OwnerUnknown = 2,
}

/** Values of the column `family`. */
export const enum FamilyCode {
  ByWord,
  Ipv4,
  Ipv6,
}

/**
 * One typed array per field, so that a million rows take some tens of megabytes. Columns that many
 * formats never fill are made on first use and are undefined until then.
 */
export class SocketColumns {
  public length = 0;
  /** 0-based line of each row. */
  public line = new Uint32Array(INITIAL_CAPACITY);
  /** See protocolWord. */
  public protocol = new Uint8Array(INITIAL_CAPACITY);
  /** {@link State} values. */
  public state = new Uint8Array(INITIAL_CAPACITY);
  /** Pool numbers of addresses, as printed. */
  public localAddress = new Uint32Array(INITIAL_CAPACITY);
  public remoteAddress = new Uint32Array(INITIAL_CAPACITY);
  /** {@link NONE} where there is no number, as in all columns below. */
  public localPort = new Int32Array(INITIAL_CAPACITY);
  public remotePort = new Int32Array(INITIAL_CAPACITY);
  public recvQ: QueueColumn = new Int32Array(INITIAL_CAPACITY);
  public sendQ: QueueColumn = new Int32Array(INITIAL_CAPACITY);
  /** First owner's process id; {@link NONE} where unknown. */
  public pid = new Int32Array(INITIAL_CAPACITY);
  /** Pool number of the first owner's name. */
  public process = new Uint32Array(INITIAL_CAPACITY);
  /** Bits of {@link RowFlag}. */
  public flags = new Uint8Array(INITIAL_CAPACITY);

  public inode: Float64Array | undefined;
  /** Pool numbers of the kernel's own names of the sockets. */
  public handle: Uint32Array | undefined;
  public user: Uint32Array | undefined;
  public timer: Uint8Array | undefined;
  public timerSeconds: Float64Array | undefined;
  public retransmits: Int32Array | undefined;
  public probes: Int32Array | undefined;
  public created: Float64Array | undefined;
  /** Milliseconds since the last ACK came. */
  public lastAck: Float64Array | undefined;
  /** Milliseconds since data was last sent. */
  public lastSent: Float64Array | undefined;
  /** Milliseconds since data last came. */
  public lastReceived: Float64Array | undefined;
  /** Bytes since the connection was opened; of a FIN that was acknowledged or came, one more. */
  public bytesRetransmitted: Float64Array | undefined;
  public bytesAcked: Float64Array | undefined;
  public bytesReceived: Float64Array | undefined;
  /** All rows in the order of their lines, if rows were put together by host, and do not stand in it. */
  public inLineOrder: Uint32Array | undefined;

  /** Descriptors; the first owner's. */
  public fd: Int32Array | undefined;
  /** Bytes that the receive buffer has room for. */
  public receiveBuffer: Float64Array | undefined;
  /** Datagrams that were dropped since the socket was made. */
  public drops: Float64Array | undefined;
  /** Percent of the time with data to send in which the window of the peer was the limit. */
  public limitedByWindow: Float64Array | undefined;
  /** Percent of the time with data to send in which the send buffer was the limit. */
  public limitedByBuffer: Float64Array | undefined;
  /** Numbers of {@link LargeLost}, and the path MTU of such sockets; undefined if there are none. */
  public largeLost: Uint8Array | undefined;
  public pathMtu: Int32Array | undefined;

  /** Bits of {@link FlowFlag}; undefined where all rows are sockets. */
  public flow: Uint8Array | undefined;
  /** Pool numbers and ports of the ends that the answers of a flow have. */
  public replyLocalAddress: Uint32Array | undefined;
  public replyRemoteAddress: Uint32Array | undefined;
  public replyLocalPort: Int32Array | undefined;
  public replyRemotePort: Int32Array | undefined;
  /** Seconds until flows are forgotten if no packet comes. */
  public flowSeconds: Float64Array | undefined;

  /** {@link Shut} values. */
  public shut: Uint8Array | undefined;
  /** Pool numbers of the service names printed in place of port numbers. */
  public localService: Uint32Array | undefined;
  public remoteService: Uint32Array | undefined;
  /** Pool numbers of what stands behind `%` of local addresses. */
  public localScope: Uint32Array | undefined;

  /** Numbers of state words, and from STATE_WORDS_END on of the pool's words that are none. */
  public rawState = new Uint32Array(INITIAL_CAPACITY);
  public family: Uint8Array | undefined;
  public remoteScope: Uint32Array | undefined;
  /** Windows components, kernel modules and the like, by row; rare. */
  public readonly components = new Map<number, string[]>();
  /** All owners of the rows that have several. */
  public readonly sharedOwners = new Map<number, Owner[]>();
  /** What words nobody knows stand for, by pool number. */
  public readonly looseWords = new Map<number, State>();

  public constructor(public readonly pool: StringPool = new StringPool()) {}

  /** Makes room for so many rows in all. */
  public reserve(rows: number): void {
    if (rows > this.line.length) {
      this.grow(rows);
    }
  }

  protected grow(capacity: number): void {
    for (const { name, unset } of COLUMNS) {
      const column = this.columns[name];
      this.columns[name] = column && grown(column, capacity, unset);
    }
  }

  /** Forgets the first rows; all others move up. */
  public dropFirst(count: number): void {
    const { length } = this;
    this.length = length - count;
    for (const { name, unset } of COLUMNS) {
      // Rows to come count on finding columns unset that they have nothing for.
      this.columns[name]?.copyWithin(0, count, length).fill(unset, this.length, length);
    }
    moveUp(this.components, count);
    moveUp(this.sharedOwners, count);
  }

  /** Whether `count` rows from `a` on say the same as those from `b` on, wherever they stand. */
  public areEqual(a: number, b: number, count: number): boolean {
    for (const { name } of COLUMNS) {
      const column = name === 'line' ? undefined : this.columns[name];
      for (let i = 0; column !== undefined && i < count; i++) {
        if (column[a + i] !== column[b + i]) {
          return false;
        }
      }
    }
    return (
      areAlike(this.components, a, b, count, (one, other) => one === other) &&
      areAlike(this.sharedOwners, a, b, count, isSameOwner)
    );
  }

  /** Whether the addresses of two rows are of the same links. */
  public haveSameScopes(a: number, b: number): boolean {
    const { localScope, remoteScope } = this;
    return localScope?.[a] === localScope?.[b] && remoteScope?.[a] === remoteScope?.[b];
  }

  /** The row that is number `place` in the order of their lines. */
  public rowInLineOrder(place: number): number {
    return this.inLineOrder?.[place] ?? place;
  }

  /** How many rows stand above a 0-based line. */
  public rowsAbove(line: number): number {
    return firstIndex(this.length, place => this.line[this.rowInLineOrder(place)]! >= line);
  }

  /** The columns by name. */
  public get columns(): Record<ColumnName, Column | undefined> {
    return this;
  }
}

function grown<T extends Column>(column: T, capacity: number, fill = 0): T {
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

/** Takes `count` off the row numbers that are the keys of a map; smaller ones go. */
function moveUp<T>(map: Map<number, T>, count: number): void {
  const entries = [...map];
  map.clear();
  for (const [row, value] of entries) {
    if (row >= count) {
      map.set(row - count, value);
    }
  }
}

/** Whether what a map has for `count` rows from `a` on is what it has for those from `b` on. */
function areAlike<T>(
  lists: ReadonlyMap<number, readonly T[]>,
  a: number,
  b: number,
  count: number,
  isSame: (one: T, other: T | undefined) => boolean,
): boolean {
  for (let i = 0; lists.size > 0 && i < count; i++) {
    const list = lists.get(a + i) ?? [];
    const other = lists.get(b + i) ?? [];
    if (list.length !== other.length || !list.every((one, n) => isSame(one, other[n]))) {
      return false;
    }
  }
  return true;
}

function isSameOwner(one: Owner, other: Owner | undefined): boolean {
  return one.pid === other?.pid && one.process === other.process && one.fd === other.fd;
}
