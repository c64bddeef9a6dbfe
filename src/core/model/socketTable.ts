import { isAnyAddress } from '../vocabulary/address';
import { CARRIAGE_RETURN, LINE_FEED } from '../vocabulary/characters';
import {
  cutState,
  stateOfWord,
  stateWordLoosely,
  stateWordText,
  STATE_WORDS_END,
} from '../vocabulary/stateSpellings';
import { Field } from './field';
import { type Family, INTERNET_PROTOCOLS, isTcpWord, protocolWord } from '../vocabulary/protocol';
import type { PlainRow } from './plainRow';
import { FlowFlag, NONE, type Row, type RowOwner } from './row';
import { firstIndex } from './search';
import { LargeLost } from '../vocabulary/largeLost';
import { Shut, TimerKind } from '../vocabulary/timer';
import type { Endpoint, Flow, Owner, Socket, Timer } from './socket';
import { State, stateName } from '../vocabulary/state';
import { StringPool } from './stringPool';
import type { Task } from './task';
import {
  mapped,
  type Rename,
  renamedColumn,
  renamedOnce,
  type RenameInRow,
  type Renaming,
} from './renaming';
import {
  type Column,
  type ColumnName,
  COLUMNS,
  emptied,
  grown,
  OWNER,
  type QueueColumn,
  TOLD,
} from './socketColumns';

/** Small enough for columns that cost no more than other objects. */
const INITIAL_CAPACITY = 16;

const enum FamilyCode {
  ByWord,
  Ipv4,
  Ipv6,
}

/**
 * The sockets of a dump, one typed array per field, so that a million rows take some tens of
 * megabytes. Columns are public for analysis; {@link socket} gives one row as a plain object.
 *
 * Columns that many formats never fill are made on first use and are undefined until then.
 */
export class SocketTable {
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
  /** All rows in the order of their lines, where they do not stand in it ({@link arranged}). */
  private inLineOrder: Uint32Array | undefined;

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
  /** Numbers of {@link LargeLost}, and the path MTU of such sockets; undefined where there are none. */
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
  private rawState = new Uint32Array(INITIAL_CAPACITY);
  private family: Uint8Array | undefined;
  private remoteScope: Uint32Array | undefined;
  /** Windows components, kernel modules and the like, by row; rare. */
  private readonly components = new Map<number, string[]>();
  /** All owners of the rows that have several. */
  public readonly sharedOwners = new Map<number, Owner[]>();
  /** What words nobody knows stand for, by pool number. */
  private readonly looseWords = new Map<number, State>();

  public constructor(public readonly pool: StringPool = new StringPool()) {}

  /** Copies a row that was read from `text` at a 0-based line; gives its index. */
  public append(row: Row, text: string, line: number): number {
    const i = this.length;
    if (i === this.line.length) {
      this.grow(i * 2);
    }
    this.length = i + 1;
    this.line[i] = line;
    this.protocol[i] = row.protocol;
    this.localAddress[i] =
      row.localAddress === null
        ? this.internSpan(row, text, Field.LocalAddress)
        : this.pool.intern(row.localAddress);
    this.localPort[i] = row.localPort;
    let flags = 0;
    if (row.hasRemote) {
      flags |= RowFlag.Remote;
      this.remoteAddress[i] =
        row.remoteAddress === null
          ? this.internSpan(row, text, Field.RemoteAddress)
          : this.pool.intern(row.remoteAddress);
      this.remotePort[i] = row.remotePort;
    } else {
      this.remoteAddress[i] = 0;
      this.remotePort[i] = NONE;
    }
    this.setQueues(i, row);
    if (row.ownerUnknown) {
      flags |= RowFlag.OwnerUnknown;
    }
    this.flags[i] = flags;
    this.appendState(i, row, text);
    this.pid[i] = NONE;
    this.process[i] = 0;
    if (row.ownerCount > 0) {
      this.addOwners(i, row, text);
    }
    this.appendRare(i, row, text);
    return i;
  }

  /** Copies a plain row; gives its index. */
  public appendPlain(row: PlainRow, line: number): number {
    const i = this.length;
    if (i === this.line.length) {
      this.grow(i * 2);
    }
    this.length = i + 1;
    this.line[i] = line;
    this.protocol[i] = row.protocol;
    this.localAddress[i] = row.localAddress;
    this.localPort[i] = row.localPort;
    this.remoteAddress[i] = row.remoteAddress;
    this.remotePort[i] = row.remotePort;
    this.setQueues(i, row);
    this.pid[i] = row.pid;
    this.process[i] = row.process;
    this.flags[i] =
      (row.hasRemote ? RowFlag.Remote : 0) | (row.ownerUnknown ? RowFlag.OwnerUnknown : 0);
    if (row.rare) {
      this.appendRarePlain(i, row);
    }
    this.rawState[i] = row.statePoolId === 0 ? row.stateWord : STATE_WORDS_END + row.statePoolId;
    const state = row.stateWord === 0 ? row.state : stateOfWord(row.stateWord);
    this.state[i] = this.knownState(i, state, row.hasRemote);
    return i;
  }

  private setQueues(i: number, { recvQ, sendQ }: Row | PlainRow): void {
    if ((recvQ | 0) !== recvQ || (sendQ | 0) !== sendQ) {
      this.widenQueues();
    }
    this.recvQ[i] = recvQ;
    this.sendQ[i] = sendQ;
  }

  /** Makes room in the queues for numbers that need more than 32 bits. */
  private widenQueues(): void {
    this.recvQ = Float64Array.from(this.recvQ);
    this.sendQ = Float64Array.from(this.sendQ);
  }

  /** Adds what a plain continuation line says to the last row; owners are none of it. */
  public extendPlain(row: PlainRow): void {
    if (row.rare) {
      this.appendRarePlain(this.length - 1, row);
    }
  }

  /** Adds what a continuation line says (owners, timer, inode, user) to row `i`. */
  public extend(i: number, row: Row, text: string): void {
    const component = row.start(Field.Component);
    if (component !== NONE) {
      const list = this.components.get(i);
      const name = text.slice(component, row.end(Field.Component));
      if (list === undefined) {
        this.components.set(i, [name]);
      } else {
        list.push(name);
      }
    }
    if (row.ownerCount > 0) {
      this.addOwners(i, row, text);
      this.flags[i] = this.flags[i]! & ~RowFlag.OwnerUnknown;
    } else if (row.ownerUnknown && this.pid[i] === NONE) {
      this.flags[i] = this.flags[i]! | RowFlag.OwnerUnknown;
    }
    this.appendRare(i, row, text);
  }

  /**
   * Whether a row that its format prints once for each owner is the last one again, with another
   * owner. Only a bound port shows that; two sockets of one process have equal rows as well.
   */
  public repeatsLast(row: Row, text: string): boolean {
    const i = this.length - 1;
    if (
      i < 0 ||
      row.localPort === NONE ||
      row.localPort !== this.localPort[i] ||
      row.protocol !== this.protocol[i] ||
      row.remotePort !== this.remotePort[i] ||
      this.internSpan(row, text, Field.LocalAddress) !== this.localAddress[i] ||
      this.internSpan(row, text, Field.RemoteAddress) !== this.remoteAddress[i]
    ) {
      return false;
    }
    const owners = this.ownersOf(i);
    return owners.length > 0 && owners.every(owner => owner.pid !== row.owners[0]?.pid);
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

  /** Row `i` as a plain object. */
  public socket(i: number): Socket {
    if (i < 0 || i >= this.length) {
      throw new RangeError(`no socket ${i} of ${this.length}`);
    }
    const word = protocolWord(this.protocol[i]!);
    const hasRemote = (this.flags[i]! & RowFlag.Remote) !== 0;
    return {
      index: i,
      line: this.line[i]!,
      protocol: word.protocol,
      protocolWord: word.word,
      family: this.familyOf(i),
      state: stateName(this.state[i]!),
      rawState: this.rawStateOf(i),
      local: this.endpoint(
        i,
        this.localAddress,
        this.localPort,
        this.localService,
        this.localScope,
      ),
      remote: hasRemote
        ? this.endpoint(
            i,
            this.remoteAddress,
            this.remotePort,
            this.remoteService,
            this.remoteScope,
          )
        : null,
      recvQ: numberOrNull(this.recvQ[i]),
      sendQ: numberOrNull(this.sendQ[i]),
      owners: this.ownersOf(i),
      components: this.components.get(i) ?? [],
      ownerUnknown: (this.flags[i]! & RowFlag.OwnerUnknown) !== 0,
      timer: this.timerOf(i),
      inode: numberOrNull(this.inode?.[i]),
      handle: this.stringOrNull(this.handle?.[i]),
      user: this.stringOrNull(this.user?.[i]),
      shut: this.shut?.[i] ?? Shut.NotPrinted,
      created: numberOrNull(this.created?.[i]),
      flow: this.flowOf(i),
    };
  }

  private flowOf(i: number): Flow | null {
    const bits = this.flow?.[i] ?? 0;
    if (bits === 0) {
      return null;
    }
    const local = this.replyEnd(this.replyLocalAddress?.[i], this.replyLocalPort?.[i]);
    const remote = this.replyEnd(this.replyRemoteAddress?.[i], this.replyRemotePort?.[i]);
    return {
      reply: local === null || remote === null ? null : { local, remote },
      unreplied: (bits & FlowFlag.Unreplied) !== 0,
      assured: (bits & FlowFlag.Assured) !== 0,
      nat: (bits & FlowFlag.Nat) !== 0,
      inbound: (bits & FlowFlag.Inbound) !== 0,
    };
  }

  private replyEnd(address: number | undefined, port: number | undefined): Endpoint | null {
    return address === undefined || address === 0
      ? null
      : { address: this.pool.get(address), port: numberOrNull(port), service: null, scope: null };
  }

  /** Whether row `i` is a TCP socket. */
  public isTcp(i: number): boolean {
    return isTcpWord(this.protocol[i]!);
  }

  /** All processes that hold row `i`. */
  public ownersOf(i: number): readonly Owner[] {
    const shared = this.sharedOwners.get(i);
    if (shared !== undefined) {
      return shared;
    }
    const pid = this.pid[i]!;
    const process = this.process[i]!;
    if (pid === NONE && process === 0) {
      return [];
    }
    return [
      {
        pid: pid === NONE ? null : pid,
        process: this.stringOrNull(process),
        fd: numberOrNull(this.fd?.[i]),
      },
    ];
  }

  /** The state word of row `i` as printed. */
  public rawStateOf(i: number): string | null {
    const id = this.rawState[i]!;
    if (id === 0) {
      return null;
    }
    return id < STATE_WORDS_END ? stateWordText(id) : this.pool.get(id - STATE_WORDS_END);
  }

  /** The state word of row `i` that is no known spelling, of a TCP socket; null where it has none. */
  public strangeStateOf(i: number): string | null {
    const id = this.rawState[i]!;
    return id < STATE_WORDS_END || !isTcpWord(this.protocol[i]!)
      ? null
      : this.pool.get(id - STATE_WORDS_END);
  }

  /** Takes for row `i` the state that another row has, read from `text`. */
  public takeState(i: number, row: Row, text: string): void {
    this.appendState(i, row, text);
  }

  /** The address family of row `i`, by its protocol word, else by its addresses. */
  public familyOf(i: number): Family | null {
    const forced = (this.family?.[i] ?? FamilyCode.ByWord) as FamilyCode;
    if (forced !== FamilyCode.ByWord) {
      return forced === FamilyCode.Ipv4 ? 'ipv4' : 'ipv6';
    }
    const word = protocolWord(this.protocol[i]!);
    if (word.family !== null) {
      return word.family;
    }
    if (!INTERNET_PROTOCOLS.has(word.protocol)) {
      return null;
    }
    return (
      familyOfAddress(this.pool, this.localAddress[i]!) ??
      familyOfAddress(this.pool, this.remoteAddress[i]!)
    );
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

  /** Makes room for so many rows in all. */
  public reserve(rows: number): void {
    if (rows > this.line.length) {
      this.grow(rows);
    }
  }

  /** This table as it is, to which no rows are added when they are to this one. */
  public frozen(): SocketTable {
    return Object.assign(new SocketTable(this.pool), this);
  }

  /**
   * The same rows, where each that lacks something has what another row tells of its socket;
   * `repeats` has the other rows, with the row that each completes.
   */
  public completed(repeats: ReadonlyMap<number, number>): SocketTable {
    const result = this.frozen();
    const shared = new Map(this.sharedOwners);
    for (const name of OWNER) {
      result.columns[name] = result.columns[name]?.slice();
    }
    const { fd, flags, pid, process } = result;
    for (const [from, to] of repeats) {
      if (pid[to] === NONE && process[to] === 0 && pid[from] !== NONE) {
        pid[to] = pid[from]!;
        process[to] = process[from]!;
        flags[to] = flags[to]! & ~RowFlag.OwnerUnknown;
      }
      if (pid[to] === pid[from]) {
        const owners = this.sharedOwners.get(from);
        if (owners !== undefined && !shared.has(to)) {
          shared.set(to, owners);
        } else if (fd?.[to] === NONE) {
          fd[to] = fd[from]!;
        }
      }
    }
    for (const [names, nothing] of TOLD) {
      const lead = this.columns[names[0]!];
      if (lead === undefined) {
        continue;
      }
      for (const name of names) {
        const column = this.columns[name]!;
        const filled = column.slice();
        repeats.forEach((to, from) => {
          if (lead[to] === nothing) {
            filled[to] = column[from]!;
          }
        });
        result.columns[name] = filled;
      }
    }
    repeats.forEach((to, from) => this.addBacklog(result, from, to));
    return Object.assign(result, { sharedOwners: shared });
  }

  /**
   * Of a listener, some tools print 0 for its backlog; the queue goes with the limit. Workers with
   * SO_REUSEPORT have a queue each.
   */
  private addBacklog(completed: SocketTable, from: number, to: number): void {
    const { pid, recvQ, sendQ, state } = this;
    const isOne = pid[from] === pid[to] || pid[from] === NONE || pid[to] === NONE;
    if (isOne && state[to] === State.Listen && sendQ[to]! <= 0 && sendQ[from]! > 0) {
      completed.recvQ[to] = recvQ[from]!;
      completed.sendQ[to] = sendQ[from]!;
    }
  }

  /**
   * The same rows, where those without a process have the one that holds their inode, and those
   * without a name the one that `names` has for their PID.
   */
  public named(
    names: ReadonlyMap<number, string>,
    holders: ReadonlyMap<number, { readonly pid: number; readonly fd: number }>,
  ): SocketTable {
    const result = this.frozen();
    const { inode, length, line } = this;
    const pid = this.pid.slice();
    const process = this.process.slice();
    const flags = this.flags.slice();
    const fd = holders.size === 0 ? this.fd : (this.fd?.slice() ?? emptyFds(line.length));
    for (let i = 0; i < length; i++) {
      const holder = pid[i] === NONE ? holders.get(inode?.[i] ?? NONE) : undefined;
      if (holder !== undefined) {
        pid[i] = holder.pid;
        fd![i] = holder.fd;
        flags[i] = flags[i]! & ~RowFlag.OwnerUnknown;
      }
      if (process[i] === 0 && pid[i] !== NONE) {
        process[i] = this.pool.intern(names.get(pid[i]!) ?? '');
      }
    }
    return Object.assign(result, { fd, flags, pid, process });
  }

  /** The same rows in another order: at each place the row that is at `order[place]` in this one. */
  public arranged(order: Uint32Array): SocketTable {
    const { length } = this;
    const inLineOrder = new Uint32Array(length);
    order.forEach((row, place) => (inLineOrder[row] = place));
    const result = new SocketTable(this.pool);
    result.length = length;
    result.inLineOrder = inLineOrder;
    this.components.forEach((names, row) => result.components.set(inLineOrder[row]!, names));
    this.sharedOwners.forEach((all, row) => result.sharedOwners.set(inLineOrder[row]!, all));
    this.looseWords.forEach((state, word) => result.looseWords.set(word, state));
    for (const { name, unset } of COLUMNS) {
      const column = this.columns[name];
      if (column !== undefined) {
        const moved = emptied(column, column.length, unset);
        for (let place = 0; place < length; place++) {
          moved[place] = column[order[place]!]!;
        }
        result.columns[name] = moved;
      }
    }
    return result;
  }

  /** The row that is number `place` in the order of their lines. */
  public rowInLineOrder(place: number): number {
    return this.inLineOrder?.[place] ?? place;
  }

  /** How many rows stand above a 0-based line. */
  public rowsAbove(line: number): number {
    return firstIndex(this.length, place => this.line[this.rowInLineOrder(place)]! >= line);
  }

  /** Gives components and the names of shared owners to `take`, in steps. */
  public *forEachRareTitle(take: (title: string) => void): Task<void> {
    for (const names of this.components.values()) {
      names.forEach(take);
      yield;
    }
    for (const owners of this.sharedOwners.values()) {
      owners.forEach(({ process }) => take(process ?? ''));
      yield;
    }
  }

  /** The same rows with other words; `of` is asked once for each word of a kind. */
  public *renamed(of: Renaming): Task<SocketTable> {
    const once = (rename: (word: string) => string): Rename => renamedOnce(this.pool, rename);
    const user = once(of.user);
    const scope = once(of.scope);
    const handle = once(of.handle);
    const state = once(of.state);
    const process = once(of.process);
    const ends = [false, true].map(between => ({
      address: once(word => of.address(word, between)),
      service: once(word => of.service(word, between)),
    }));
    const endOf = (row: number) => ends[of.isBetweenHosts(this.protocol[row]!) ? 1 : 0]!;
    const address: RenameInRow = (id, row) => endOf(row).address(id);
    const service: RenameInRow = (id, row) => endOf(row).service(id);
    const owner = ({ pid, process: name, fd }: Owner): Owner => ({
      pid,
      process: name === null ? null : of.process(name),
      fd,
    });
    const { length } = this;
    const changed = {
      localAddress: yield* renamedColumn(this.localAddress, length, address),
      remoteAddress: yield* renamedColumn(this.remoteAddress, length, address),
      replyLocalAddress:
        this.replyLocalAddress && (yield* renamedColumn(this.replyLocalAddress, length, address)),
      replyRemoteAddress:
        this.replyRemoteAddress && (yield* renamedColumn(this.replyRemoteAddress, length, address)),
      process: yield* renamedColumn(this.process, length, process),
      rawState: yield* renamedColumn(this.rawState, length, id =>
        id < STATE_WORDS_END ? id : STATE_WORDS_END + state(id - STATE_WORDS_END),
      ),
      user: this.user && (yield* renamedColumn(this.user, length, user)),
      handle: this.handle && (yield* renamedColumn(this.handle, length, handle)),
      localScope: this.localScope && (yield* renamedColumn(this.localScope, length, scope)),
      remoteScope: this.remoteScope && (yield* renamedColumn(this.remoteScope, length, scope)),
      localService: this.localService && (yield* renamedColumn(this.localService, length, service)),
      remoteService:
        this.remoteService && (yield* renamedColumn(this.remoteService, length, service)),
      components: yield* mapped(this.components, names => names.map(of.component)),
      sharedOwners: yield* mapped(this.sharedOwners, owners => owners.map(owner)),
    };
    return Object.assign(Object.create(SocketTable.prototype) as SocketTable, this, changed);
  }

  /** Says that the rows `[first, end)` are of another protocol than was assumed. */
  public setProtocol(first: number, end: number, protocol: number): void {
    this.protocol.fill(protocol, first, end);
    if (!isTcpWord(protocol)) {
      this.state.fill(State.None, first, end);
    }
  }

  private appendState(i: number, row: Row, text: string): void {
    let wordId = row.stateWord;
    let state = row.state;
    if (wordId !== 0) {
      if (state === State.None) {
        state = stateOfWord(wordId);
      }
    } else {
      const start = row.start(Field.State);
      if (start !== NONE) {
        const poolId = this.pool.intern(text, start, row.end(Field.State));
        wordId = STATE_WORDS_END + poolId;
        if (state === State.None) {
          state = this.looseState(poolId);
          if (state === State.Unknown) {
            state = cutState(this.pool.get(poolId), isAtLineEnd(text, row.end(Field.State)));
          }
        }
      }
    }
    this.rawState[i] = wordId;
    this.state[i] = this.knownState(i, state, row.hasRemote);
  }

  /** The state of row `i`, the rest of which is there, when `state` is what its word says. */
  private knownState(i: number, state: State, hasRemote: boolean): State {
    if (!isTcpWord(this.protocol[i]!)) {
      return State.None;
    }
    if (state !== State.None && state !== State.Unknown) {
      return state;
    }
    // Whatever the language: a TCP socket without a remote port is a listener.
    return hasRemote && this.remotePort[i]! <= 0 && this.isAnyRemote(i)
      ? State.Listen
      : State.Unknown;
  }

  private appendRarePlain(i: number, row: PlainRow): void {
    const capacity = this.line.length;
    this.setRare(i, row, capacity);
    if (row.fd !== NONE) {
      this.fd ??= new Int32Array(capacity).fill(NONE);
      this.fd[i] = row.fd;
    }
    if (row.handle !== 0) {
      this.handle ??= new Uint32Array(capacity);
      this.handle[i] = row.handle;
    }
    if (row.user !== 0) {
      this.user ??= new Uint32Array(capacity);
      this.user[i] ||= row.user;
    }
    if (row.localService !== 0) {
      this.localService ??= new Uint32Array(capacity);
      this.localService[i] = row.localService;
    }
    if (row.remoteService !== 0) {
      this.remoteService ??= new Uint32Array(capacity);
      this.remoteService[i] = row.remoteService;
    }
  }

  private isAnyRemote(i: number): boolean {
    if (this.remoteService !== undefined && this.remoteService[i] !== 0) {
      return false;
    }
    return isAnyAddress(this.pool.get(this.remoteAddress[i]!));
  }

  private looseState(poolId: number): State {
    let state = this.looseWords.get(poolId);
    if (state === undefined) {
      const id = stateWordLoosely(this.pool.get(poolId));
      state = id === 0 ? State.Unknown : stateOfWord(id);
      this.looseWords.set(poolId, state);
    }
    return state;
  }

  private addOwners(i: number, row: Row, text: string): void {
    const first = row.owners[0];
    if (first === undefined) {
      return;
    }
    if (row.ownerCount === 1 && first.pid === NONE && this.process[i] === 0) {
      // The row gave the number, a line of its own the name (Windows `-b`).
      this.process[i] = this.internOwner(first, text);
      return;
    }
    if (row.ownerCount === 1 && this.pid[i] === NONE && this.process[i] === 0) {
      this.pid[i] = first.pid;
      this.process[i] = this.internOwner(first, text);
      if (first.fd !== NONE) {
        this.fd ??= new Int32Array(this.line.length).fill(NONE);
      }
      if (this.fd !== undefined) {
        this.fd[i] = first.fd;
      }
      return;
    }
    const list = [...this.ownersOf(i)];
    for (let n = 0; n < row.ownerCount; n++) {
      const owner = row.owners[n];
      if (owner !== undefined) {
        list.push({
          pid: owner.pid === NONE ? null : owner.pid,
          process: this.stringOrNull(this.internOwner(owner, text)),
          fd: owner.fd === NONE ? null : owner.fd,
        });
      }
    }
    this.sharedOwners.set(i, list);
    const head = list[0];
    this.pid[i] = head?.pid ?? NONE;
    this.process[i] = this.pool.intern(head?.process ?? '');
  }

  private internOwner(owner: RowOwner, text: string): number {
    if (owner.name !== null) {
      return this.pool.intern(owner.name);
    }
    return owner.nameStart === NONE ? 0 : this.pool.intern(text, owner.nameStart, owner.nameEnd);
  }

  private appendRare(i: number, row: Row, text: string): void {
    const capacity = this.line.length;
    this.setRare(i, row, capacity);
    if (row.has(Field.Handle)) {
      this.handle ??= new Uint32Array(capacity);
      this.handle[i] = this.internSpan(row, text, Field.Handle);
    }
    if (row.has(Field.User)) {
      this.user ??= new Uint32Array(capacity);
      // The first owner's user stays, whoever else holds the socket.
      this.user[i] ||=
        row.user === null ? this.internSpan(row, text, Field.User) : this.pool.intern(row.user);
    }
    if (row.has(Field.LocalScope)) {
      this.localScope ??= new Uint32Array(capacity);
      this.localScope[i] = this.internSpan(row, text, Field.LocalScope);
    }
    if (row.has(Field.RemoteScope)) {
      this.remoteScope ??= new Uint32Array(capacity);
      this.remoteScope[i] = this.internSpan(row, text, Field.RemoteScope);
    }
    if (row.localPort === NONE && row.has(Field.LocalPort)) {
      this.localService ??= new Uint32Array(capacity);
      this.localService[i] = this.internService(row, text, Field.LocalPort);
    }
    if (row.remotePort === NONE && row.has(Field.RemotePort)) {
      this.remoteService ??= new Uint32Array(capacity);
      this.remoteService[i] = this.internService(row, text, Field.RemotePort);
    }
    if (row.flow !== 0) {
      this.setFlow(i, row, text, capacity);
    }
    if (row.created !== NONE) {
      this.created ??= new Float64Array(capacity).fill(NONE);
      this.created[i] = row.created;
    }
    if (row.receiveBuffer !== NONE) {
      this.receiveBuffer ??= new Float64Array(capacity).fill(NONE);
      this.receiveBuffer[i] = row.receiveBuffer;
    }
    if (row.drops !== NONE) {
      this.drops ??= new Float64Array(capacity).fill(NONE);
      this.drops[i] = row.drops;
    }
    if (row.limitedByWindow !== NONE) {
      this.limitedByWindow ??= new Float64Array(capacity).fill(NONE);
      this.limitedByWindow[i] = row.limitedByWindow;
    }
    if (row.limitedByBuffer !== NONE) {
      this.limitedByBuffer ??= new Float64Array(capacity).fill(NONE);
      this.limitedByBuffer[i] = row.limitedByBuffer;
    }
    if (row.largeLost !== LargeLost.NotKnown) {
      this.largeLost ??= new Uint8Array(capacity);
      this.largeLost[i] = row.largeLost;
      this.pathMtu ??= new Int32Array(capacity);
      this.pathMtu[i] = row.pathMtu;
    }
  }

  /** Fills the columns that few formats have, from what both kinds of rows hold alike. */
  private setRare(i: number, row: Row | PlainRow, capacity: number): void {
    if (row.inode !== NONE) {
      this.inode ??= new Float64Array(capacity).fill(NONE);
      this.inode[i] = row.inode;
    }
    if (row.timer !== TimerKind.None) {
      this.setTimer(i, row, capacity);
    }
    if (row.shut !== Shut.NotPrinted) {
      this.shut ??= new Uint8Array(capacity);
      this.shut[i] = row.shut;
    }
    if (row.family !== null) {
      this.family ??= new Uint8Array(capacity);
      this.family[i] = row.family === 'ipv4' ? FamilyCode.Ipv4 : FamilyCode.Ipv6;
    }
    if (row.lastAck !== NONE) {
      this.lastAck ??= new Float64Array(capacity).fill(NONE);
      this.lastAck[i] = row.lastAck;
    }
    if (row.lastSent !== NONE) {
      this.lastSent ??= new Float64Array(capacity).fill(NONE);
      this.lastSent[i] = row.lastSent;
    }
    if (row.lastReceived !== NONE) {
      this.lastReceived ??= new Float64Array(capacity).fill(NONE);
      this.lastReceived[i] = row.lastReceived;
    }
    if (row.bytesRetransmitted !== NONE) {
      this.bytesRetransmitted ??= new Float64Array(capacity).fill(NONE);
      this.bytesRetransmitted[i] = row.bytesRetransmitted;
    }
    if (row.bytesAcked !== NONE) {
      this.bytesAcked ??= new Float64Array(capacity).fill(NONE);
      this.bytesAcked[i] = row.bytesAcked;
    }
    if (row.bytesReceived !== NONE) {
      this.bytesReceived ??= new Float64Array(capacity).fill(NONE);
      this.bytesReceived[i] = row.bytesReceived;
    }
  }

  private setFlow(i: number, row: Row, text: string, capacity: number): void {
    const { reply } = row;
    this.flow ??= new Uint8Array(capacity);
    this.flow[i] = row.flow;
    if (row.flowSeconds !== NONE) {
      this.flowSeconds ??= new Float64Array(capacity).fill(NONE);
      this.flowSeconds[i] = row.flowSeconds;
    }
    if (reply.localStart === NONE || reply.remoteStart === NONE) {
      return;
    }
    this.replyLocalAddress ??= new Uint32Array(capacity);
    this.replyRemoteAddress ??= new Uint32Array(capacity);
    this.replyLocalPort ??= new Int32Array(capacity).fill(NONE);
    this.replyRemotePort ??= new Int32Array(capacity).fill(NONE);
    this.replyLocalAddress[i] = this.pool.intern(text, reply.localStart, reply.localEnd);
    this.replyRemoteAddress[i] = this.pool.intern(text, reply.remoteStart, reply.remoteEnd);
    this.replyLocalPort[i] = reply.localPort;
    this.replyRemotePort[i] = reply.remotePort;
    if (
      this.replyLocalAddress[i] !== this.localAddress[i] ||
      this.replyRemoteAddress[i] !== this.remoteAddress[i] ||
      reply.localPort !== row.localPort ||
      reply.remotePort !== row.remotePort
    ) {
      this.flow[i] = row.flow | FlowFlag.Nat;
    }
  }

  private setTimer(i: number, row: Row | PlainRow, capacity: number): void {
    this.timer ??= new Uint8Array(capacity);
    this.timerSeconds ??= new Float64Array(capacity).fill(NONE);
    this.retransmits ??= new Int32Array(capacity).fill(NONE);
    this.probes ??= new Int32Array(capacity).fill(NONE);
    this.timer[i] = row.timer;
    this.timerSeconds[i] = row.timerSeconds;
    this.retransmits[i] = row.retransmits;
    this.probes[i] = row.probes;
  }

  private timerOf(i: number): Timer | null {
    const kind = (this.timer?.[i] ?? TimerKind.None) as TimerKind;
    if (kind === TimerKind.None) {
      return null;
    }
    return {
      kind,
      seconds: numberOrNull(this.timerSeconds?.[i]),
      retransmits: numberOrNull(this.retransmits?.[i]),
      probes: numberOrNull(this.probes?.[i]),
    };
  }

  private endpoint(
    i: number,
    addresses: Uint32Array,
    ports: Int32Array,
    services: Uint32Array | undefined,
    scopes: Uint32Array | undefined,
  ): Endpoint {
    return {
      address: this.pool.get(addresses[i]!),
      port: numberOrNull(ports[i]),
      service: this.stringOrNull(services?.[i]),
      scope: this.stringOrNull(scopes?.[i]),
    };
  }

  private internSpan(row: Row, text: string, field: Field): number {
    const start = row.start(field);
    return start === NONE ? 0 : this.pool.intern(text, start, row.end(field));
  }

  /** The service name of a port field; `*` is no service. */
  private internService(row: Row, text: string, field: Field): number {
    const start = row.start(field);
    const end = row.end(field);
    return end - start === 1 && text.charCodeAt(start) === 42
      ? 0
      : this.pool.intern(text, start, end);
  }

  private stringOrNull(id: number | undefined): string | null {
    return id === undefined || id === 0 ? null : this.pool.get(id);
  }

  private grow(capacity: number): void {
    for (const { name, unset } of COLUMNS) {
      const column = this.columns[name];
      this.columns[name] = column && grown(column, capacity, unset);
    }
  }

  /** The columns by name. */
  private get columns(): Record<ColumnName, Column | undefined> {
    return this as unknown as Record<ColumnName, Column | undefined>;
  }
}

function emptyFds(capacity: number): Int32Array {
  return new Int32Array(capacity).fill(NONE);
}

/** What a row printed at all. */
export const enum RowFlag {
  Remote = 1,
  OwnerUnknown = 2,
}

/** The family of a numeric address; null for a host name and `*`. */
function familyOfAddress(pool: StringPool, id: number): Family | null {
  if (pool.ipv4Network(id) !== undefined) {
    return 'ipv4';
  }
  const address = pool.get(id);
  if (address.includes(':')) {
    return 'ipv6';
  }
  return /^[\d.]+$/.test(address) && address.includes('.') ? 'ipv4' : null;
}

function numberOrNull(value: number | undefined): number | null {
  return value === undefined || value === NONE ? null : value;
}

/** Whether nothing but blanks stands in a line from `text[at]` on. */
function isAtLineEnd(text: string, at: number): boolean {
  let i = at;
  while (text.charCodeAt(i) === 32 || text.charCodeAt(i) === 9) {
    i++;
  }
  const code = text.charCodeAt(i);
  return i >= text.length || code === LINE_FEED || code === CARRIAGE_RETURN;
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
