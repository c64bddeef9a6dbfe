import { type Family, INTERNET_PROTOCOLS, isTcpWord, protocolWord } from '../vocabulary/protocol';
import { stateName } from '../vocabulary/state';
import { STATE_WORDS_END, stateWordText } from '../vocabulary/stateSpellings';
import { Shut, TimerKind } from '../vocabulary/timer';
import { FlowFlag, NONE } from './row';
import type { Endpoint, Flow, Owner, Socket, Timer } from './socket';
import { FamilyCode, RowFlag, SocketColumns } from './socketColumns';
import type { StringPool } from './stringPool';

/** Reads rows back out of their columns. */
export class SocketRows extends SocketColumns {
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

  /** The state word of row `i` that is no known spelling, of a TCP socket; null if it has none. */
  public strangeStateOf(i: number): string | null {
    const id = this.rawState[i]!;
    return id < STATE_WORDS_END || !isTcpWord(this.protocol[i]!)
      ? null
      : this.pool.get(id - STATE_WORDS_END);
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

  protected stringOrNull(id: number | undefined): string | null {
    return id === undefined || id === 0 ? null : this.pool.get(id);
  }
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
