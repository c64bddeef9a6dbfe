import { Field } from './field';
import { State } from '../vocabulary/state';
import { LargeLost } from '../vocabulary/largeLost';
import { NONE, RowDetails } from './rowDetails';

export { NONE };

/** One process that holds a socket, as spans of the line. */
export interface RowOwner {
  pid: number;
  fd: number;
  pidStart: number;
  pidEnd: number;
  nameStart: number;
  nameEnd: number;
  fdStart: number;
  fdEnd: number;
  /** The name where it is not simply the span (escapes undone, parts joined). */
  name: string | null;
}

/** What a row says of a connection that was seen passing; bits. */
export const enum FlowFlag {
  /** The row is such a connection, and no socket. */
  Flow = 1,
  /** Nothing came back. */
  Unreplied = 2,
  /** Traffic went both ways for long enough that the entry is kept under pressure (conntrack). */
  Assured = 4,
  /** The answers have other ends: addresses or ports are translated. */
  Nat = 8,
  /** The remote end began it; otherwise the local one did. */
  Inbound = 16,
}

/** The ends of a flow as its answers carry them; the local end is still the one printed as local. */
export interface FlowReply {
  localStart: number;
  localEnd: number;
  localPort: number;
  remoteStart: number;
  remoteEnd: number;
  remotePort: number;
}

const NO_REPLY: Readonly<FlowReply> = {
  localStart: NONE,
  localEnd: NONE,
  localPort: NONE,
  remoteStart: NONE,
  remoteEnd: NONE,
  remotePort: NONE,
};

/**
 * The one row being read. A format fills it, the table copies it; it is used again for the next
 * line, so that reading a million rows makes no objects. Spans are offsets in the text given to
 * the reader, and make hovers possible without a second parser.
 */
export class Row extends RowDetails {
  /** Bit `field` says that the row has the {@link Field}; there are fewer than 32. */
  private fields = 0;
  /** Start and end of each field that the row has. */
  private readonly spans = new Int32Array(Field.Count * 2);
  /** Number of the protocol word (see protocolWordAt). */
  public protocol = 0;
  /** Number of the state word; 0 with a State span is a word nobody knows. */
  public stateWord = 0;
  /** State where the format says it otherwise than by word (hexadecimal, numbers). */
  public state: State = State.None;
  public recvQ = NONE;
  public sendQ = NONE;
  public localPort = NONE;
  public remotePort = NONE;
  /** Addresses that the format does not print as such (hexadecimal of /proc). */
  public localAddress: string | null = null;
  public remoteAddress: string | null = null;
  /** Whether a remote endpoint is printed at all. */
  public hasRemote = false;
  /**
   * Whether this row shows that all rows since the header are of its protocol (`ss` without
   * Netid: a row of UNCONN makes them UDP).
   */
  public impliesProtocol = false;
  /** The user where it is printed with escapes; else null, and the text of its field says it. */
  public user: string | null = null;
  /** Whether this line's owner column says that no owner is known (`-`, "can not obtain …"). */
  public ownerUnknown = false;
  /** Seconds since the epoch at which the socket was made, where the format says so. */
  public created = NONE;
  /** Bytes that the receive buffer has room for, and datagrams that it had none for (`ss -m`). */
  public receiveBuffer = NONE;
  public drops = NONE;
  /** Percent of the time with data to send that a window or buffer was the limit (`ss -i`). */
  public limitedByWindow = NONE;
  public limitedByBuffer = NONE;
  /** Whether segments of the full size are lost while smaller ones get through (`ss -i`). */
  public largeLost = LargeLost.NotKnown;
  /** Bytes of the largest packets, of such a socket. */
  public pathMtu = 0;
  /** Whether the format prints a socket once for each process that holds it. */
  public perOwner = false;
  /** Bits of {@link FlowFlag}; 0 for a socket. */
  public flow = 0;
  /** The ends of a flow as answers carry them, as spans of addresses and as ports. */
  public readonly reply: FlowReply = { ...NO_REPLY };
  /** Seconds until a flow is forgotten if no packet comes. */
  public flowSeconds = NONE;
  public ownerCount = 0;
  public readonly owners: RowOwner[] = [];
  /** Further fields, three numbers each: field, start, end. */
  public readonly more: number[] = [];
  /** Whether {@link more} is wanted (it is not while a whole dump is read). */
  public detailed = false;

  /** Makes the row empty again. */
  public reset(): void {
    this.clearDetails();
    this.fields = 0;
    this.protocol = 0;
    this.stateWord = 0;
    this.state = State.None;
    this.recvQ = NONE;
    this.sendQ = NONE;
    this.localPort = NONE;
    this.remotePort = NONE;
    this.localAddress = null;
    this.remoteAddress = null;
    this.hasRemote = false;
    this.impliesProtocol = false;
    this.ownerUnknown = false;
    this.created = NONE;
    this.receiveBuffer = NONE;
    this.drops = NONE;
    this.limitedByWindow = NONE;
    this.limitedByBuffer = NONE;
    this.largeLost = LargeLost.NotKnown;
    this.pathMtu = 0;
    this.perOwner = false;
    this.flowSeconds = NONE;
    if (this.flow !== 0) {
      this.flow = 0;
      Object.assign(this.reply, NO_REPLY);
    }
    this.user = null;
    this.ownerCount = 0;
    this.more.length = 0;
  }

  /** Notes where a field stands. */
  public span(field: Field, start: number, end: number): void {
    this.fields |= 1 << field;
    this.spans[field * 2] = start;
    this.spans[field * 2 + 1] = end;
  }

  /** Where a field begins; {@link NONE} where the row does not have it. */
  public start(field: Field): number {
    return this.has(field) ? this.spans[field * 2]! : NONE;
  }

  /** Where a field ends; {@link NONE} where the row does not have it. */
  public end(field: Field): number {
    return this.has(field) ? this.spans[field * 2 + 1]! : NONE;
  }

  public has(field: Field): boolean {
    return ((this.fields >>> field) & 1) !== 0;
  }

  /** Notes a further field, of which there may be many, when spans are wanted. */
  public detail(field: Field, start: number, end: number): void {
    if (this.detailed) {
      this.more.push(field, start, end);
    }
  }

  /** Notes an endpoint and its port, which is {@link NONE} where any is meant. */
  public endpoint(
    remote: boolean,
    start: number,
    end: number,
    portStart: number,
    portEnd: number,
    port: number,
  ): void {
    this.span(remote ? Field.Remote : Field.Local, start, end);
    this.span(remote ? Field.RemotePort : Field.LocalPort, portStart, portEnd);
    if (remote) {
      this.remotePort = port;
      this.hasRemote = true;
    } else {
      this.localPort = port;
    }
  }

  /** Adds an owner with a process id, which is printed from `start` to `end`. */
  public addPid(pid: number, start: number, end: number): RowOwner {
    const owner = this.addOwner();
    owner.pid = pid;
    owner.pidStart = start;
    owner.pidEnd = end;
    this.span(Field.Pid, start, end);
    return owner;
  }

  /** Notes where the name of an owner stands. */
  public nameOwner(owner: RowOwner, start: number, end: number): void {
    owner.nameStart = start;
    owner.nameEnd = end;
    this.span(Field.Process, start, end);
  }

  /** Adds an owner, empty, for the format to fill. */
  public addOwner(): RowOwner {
    let owner = this.owners[this.ownerCount];
    if (owner === undefined) {
      owner = emptyOwner();
      this.owners.push(owner);
    } else {
      clearOwner(owner);
    }
    this.ownerCount++;
    return owner;
  }
}

function emptyOwner(): RowOwner {
  const owner = {} as RowOwner;
  clearOwner(owner);
  return owner;
}

function clearOwner(owner: RowOwner): void {
  owner.pid = NONE;
  owner.fd = NONE;
  owner.pidStart = NONE;
  owner.pidEnd = NONE;
  owner.nameStart = NONE;
  owner.nameEnd = NONE;
  owner.fdStart = NONE;
  owner.fdEnd = NONE;
  owner.name = null;
}
