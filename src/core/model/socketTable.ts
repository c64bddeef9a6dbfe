import { isAnyAddress } from '../vocabulary/address';
import { CARRIAGE_RETURN, LINE_FEED } from '../vocabulary/characters';
import { LargeLost } from '../vocabulary/largeLost';
import { isTcpWord } from '../vocabulary/protocol';
import { State } from '../vocabulary/state';
import {
  cutState,
  stateOfWord,
  stateWordLoosely,
  STATE_WORDS_END,
} from '../vocabulary/stateSpellings';
import { Shut, TimerKind } from '../vocabulary/timer';
import { Field } from './field';
import type { PlainRow } from './plainRow';
import { FlowFlag, NONE, type Row, type RowOwner } from './row';
import type { RowDetails } from './rowDetails';
import { FamilyCode, RowFlag } from './socketColumns';
import { SocketRows } from './socketRows';

/** The sockets of a dump. Columns are public for analysis; {@link socket} gives a row as a plain object. */
export class SocketTable extends SocketRows {
  /** Copies a row that was read from `text` at a 0-based line; returns its index. */
  public append(row: Row, text: string, line: number): number {
    const i = this.addRow(line, row);
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
    this.setState(i, row, text);
    this.pid[i] = NONE;
    this.process[i] = 0;
    if (row.ownerCount > 0) {
      this.addOwners(i, row, text);
    }
    this.appendRare(i, row, text);
    return i;
  }

  /** Copies a plain row; returns its index. */
  public appendPlain(row: PlainRow, line: number): number {
    const i = this.addRow(line, row);
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

  /** Says that the rows `[first, end)` are of another protocol than was assumed. */
  public setProtocol(first: number, end: number, protocol: number): void {
    this.protocol.fill(protocol, first, end);
    if (!isTcpWord(protocol)) {
      this.state.fill(State.None, first, end);
    }
  }

  /** This table as it is, to which no rows are added when they are to this one. */
  public frozen(): SocketTable {
    return Object.assign(new SocketTable(this.pool), this);
  }

  private addRow(line: number, row: Row | PlainRow): number {
    const i = this.length;
    if (i === this.line.length) {
      this.grow(i * 2);
    }
    this.length = i + 1;
    this.line[i] = line;
    this.protocol[i] = row.protocol;
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

  /** Takes for row `i` the state that a row has, read from `text`. */
  public setState(i: number, row: Row, text: string): void {
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

  private appendRarePlain(i: number, row: PlainRow): void {
    const capacity = this.line.length;
    this.setRare(i, row, capacity);
    if (row.fd !== NONE) {
      this.fd ??= new Int32Array(capacity).fill(NONE);
      this.fd[i] = row.fd;
    }
    this.handle = withId(this.handle, i, row.handle, capacity);
    if (row.user !== 0) {
      this.user ??= new Uint32Array(capacity);
      this.user[i] ||= row.user;
    }
    this.localService = withId(this.localService, i, row.localService, capacity);
    this.remoteService = withId(this.remoteService, i, row.remoteService, capacity);
  }

  private appendRare(i: number, row: Row, text: string): void {
    const capacity = this.line.length;
    this.setRare(i, row, capacity);
    this.handle = withId(this.handle, i, this.internSpan(row, text, Field.Handle), capacity);
    if (row.has(Field.User)) {
      this.user ??= new Uint32Array(capacity);
      // The first owner's user stays, whoever else holds the socket.
      this.user[i] ||=
        row.user === null ? this.internSpan(row, text, Field.User) : this.pool.intern(row.user);
    }
    this.localScope = withId(
      this.localScope,
      i,
      this.internSpan(row, text, Field.LocalScope),
      capacity,
    );
    this.remoteScope = withId(
      this.remoteScope,
      i,
      this.internSpan(row, text, Field.RemoteScope),
      capacity,
    );
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
    this.created = withNumber(this.created, i, row.created, capacity);
    this.receiveBuffer = withNumber(this.receiveBuffer, i, row.receiveBuffer, capacity);
    this.drops = withNumber(this.drops, i, row.drops, capacity);
    this.limitedByWindow = withNumber(this.limitedByWindow, i, row.limitedByWindow, capacity);
    this.limitedByBuffer = withNumber(this.limitedByBuffer, i, row.limitedByBuffer, capacity);
    if (row.largeLost !== LargeLost.NotKnown) {
      this.largeLost ??= new Uint8Array(capacity);
      this.largeLost[i] = row.largeLost;
      this.pathMtu ??= new Int32Array(capacity);
      this.pathMtu[i] = row.pathMtu;
    }
  }

  /** Fills the columns that few formats have, from what both kinds of rows hold alike. */
  private setRare(i: number, row: RowDetails, capacity: number): void {
    this.inode = withNumber(this.inode, i, row.inode, capacity);
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
    this.lastAck = withNumber(this.lastAck, i, row.lastAck, capacity);
    this.lastSent = withNumber(this.lastSent, i, row.lastSent, capacity);
    this.lastReceived = withNumber(this.lastReceived, i, row.lastReceived, capacity);
    this.bytesRetransmitted = withNumber(
      this.bytesRetransmitted,
      i,
      row.bytesRetransmitted,
      capacity,
    );
    this.bytesAcked = withNumber(this.bytesAcked, i, row.bytesAcked, capacity);
    this.bytesReceived = withNumber(this.bytesReceived, i, row.bytesReceived, capacity);
  }

  private setTimer(i: number, row: RowDetails, capacity: number): void {
    this.timer ??= new Uint8Array(capacity);
    this.timerSeconds ??= new Float64Array(capacity).fill(NONE);
    this.retransmits ??= new Int32Array(capacity).fill(NONE);
    this.probes ??= new Int32Array(capacity).fill(NONE);
    this.timer[i] = row.timer;
    this.timerSeconds[i] = row.timerSeconds;
    this.retransmits[i] = row.retransmits;
    this.probes[i] = row.probes;
  }

  private setFlow(i: number, row: Row, text: string, capacity: number): void {
    const { reply } = row;
    this.flow ??= new Uint8Array(capacity);
    this.flow[i] = row.flow;
    this.flowSeconds = withNumber(this.flowSeconds, i, row.flowSeconds, capacity);
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
}

/** A column of numbers, made on first use, with that of row `i` unless it is {@link NONE}. */
function withNumber(
  column: Float64Array | undefined,
  i: number,
  value: number,
  capacity: number,
): Float64Array | undefined {
  if (value === NONE) {
    return column;
  }
  const own = column ?? new Float64Array(capacity).fill(NONE);
  own[i] = value;
  return own;
}

/** A column of pool numbers, made on first use, with that of row `i` unless it is 0. */
function withId(
  column: Uint32Array | undefined,
  i: number,
  id: number,
  capacity: number,
): Uint32Array | undefined {
  if (id === 0) {
    return column;
  }
  const own = column ?? new Uint32Array(capacity);
  own[i] = id;
  return own;
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
