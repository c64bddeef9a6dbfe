import { NONE } from '../../model/row';
import type { StringPool } from '../../model/stringPool';
import {
  BLANK,
  CLOSE_BRACKET,
  DOT,
  GREATER,
  MINUS,
  OPEN_BRACKET,
  STAR,
} from '../../vocabulary/characters';
import { protocolVocabulary } from '../../vocabulary/protocol';
import { stateVocabulary } from '../../vocabulary/stateSpellings';
import { ByteCursor, isBlank, isLetter, ZERO } from './byteCursor';

/*
 * Each method reads the next thing of a line and returns whether it was there; the reader of a format
 * combines them. Anything out of the ordinary makes it give up.
 */

/** By byte, whether an address or a host's name may have it. */
const ADDRESS_BYTES = Uint8Array.from({ length: 256 }, (_, code) =>
  /[0-9A-Za-z.:_*-]/.test(String.fromCharCode(code)) ? 1 : 0,
);

/** By byte, whether a service's name may have it. */
const SERVICE_BYTES = Uint8Array.from({ length: 256 }, (_, code) =>
  /[0-9A-Za-z_-]/.test(String.fromCharCode(code)) ? 1 : 0,
);

/** By byte, whether tags, entities and Markdown end with it (reading/around/damage.ts). */
const DAMAGE_ENDS = Uint8Array.from({ length: 256 }, (_, code) =>
  '>;*`\\'.includes(String.fromCharCode(code)) ? 1 : 0,
);

/** The largest process id or descriptor that is believed. */
export const MOST_PID = 0x7fffffff;

/** The kind of endpoint that was read. */
const enum Found {
  Nothing,
  Ipv4,
  Other,
}

/** What the rows of several formats have. */
export class PlainLine extends ByteCursor {
  /** The port of the endpoint that was read last. */
  private port = NONE;
  /** The pool number of its service name; 0 where the port is a number. */
  private service = 0;
  /** The address of the endpoint that was read last: its 32 bits, or its pool number. */
  private address = 0;

  /** The last names of programs by the low bits of their process ids, as pool numbers. */
  public readonly programs = new Uint32Array(256);

  public constructor(public readonly pool: StringPool) {
    super();
  }

  /** Reads a protocol word. */
  public readProtocol(): boolean {
    this.protocol = this.readWordOf(protocolVocabulary);
    return this.protocol !== 0;
  }

  /** Reads both queues. */
  public readQueues(): boolean {
    this.recvQ = this.number();
    this.sendQ = this.recvQ === NONE ? NONE : this.number();
    return this.sendQ !== NONE;
  }

  /** Reads a state that is known. */
  public readState(): boolean {
    this.stateWord = this.readWordOf(stateVocabulary);
    return this.stateWord !== 0 && this.isBeforeBlank();
  }

  /** Reads a process id that is a word of its own. */
  public readPid(): boolean {
    const pid = this.number();
    this.pid = pid;
    return pid !== NONE && pid <= MOST_PID;
  }

  /** Reads a user's name or number. */
  public readUser(): boolean {
    const { bytes } = this;
    const start = this.skip();
    let end = start;
    while (ADDRESS_BYTES[bytes[end]!] === 1) {
      end++;
    }
    if (bytes[start] === MINUS || !isBlank(bytes[end]!)) {
      return false;
    }
    this.rare = true;
    this.user = this.pool.internBytes(bytes, start, end);
    this.at = end;
    return this.user !== 0;
  }

  /** Reads an inode. */
  public readInode(): boolean {
    this.rare = true;
    this.inode = this.number();
    return this.inode !== NONE;
  }

  /** Reads the local endpoint, whose port stands behind the last `separator` of its word. */
  public readLocal(separator: number): boolean {
    return this.takeLocal(this.readEndpoint(separator)) && this.isBeforeBlank();
  }

  /** Reads the remote endpoint as {@link readLocal} does the local one. */
  public readRemote(separator: number): boolean {
    return this.takeRemote(this.readEndpoint(separator)) && this.isBeforeBlank();
  }

  /** Reads `local->remote`, or the local endpoint alone. */
  public readEnds(separator: number): boolean {
    return (
      this.takeLocal(this.readEndpoint(separator)) &&
      (this.passText('->') ? this.readRemote(separator) : this.isBeforeBlank())
    );
  }

  /** Whether what ends before `end` may end like what web pages and people put behind it. */
  public mayBeDamaged(end: number): boolean {
    return DAMAGE_ENDS[this.bytes[end - 1]!] === 1;
  }

  private takeLocal(found: Found): boolean {
    this.localAddress = this.addressId(found);
    this.localPort = this.port;
    if (this.service !== 0) {
      this.rare = true;
      this.localService = this.service;
    }
    return found !== Found.Nothing;
  }

  private takeRemote(found: Found): boolean {
    this.remoteAddress = this.addressId(found);
    this.remotePort = this.port;
    if (this.service !== 0) {
      this.rare = true;
      this.remoteService = this.service;
    }
    this.hasRemote = true;
    return found !== Found.Nothing;
  }

  private addressId(found: Found): number {
    return found === Found.Ipv4 ? this.pool.ipv4(this.address) : this.address;
  }

  /** Reads an endpoint into {@link address} and {@link port}. */
  private readEndpoint(separator: number): Found {
    const { bytes } = this;
    let i = this.at;
    while (bytes[i] === BLANK) {
      i++;
    }
    const start = i;
    let value = 0;
    for (let dots = 0; ; dots++) {
      let part = bytes[i]! - ZERO;
      if (part < 0 || part > 9) {
        return this.readOtherEndpoint(separator, start);
      }
      let digit = bytes[++i]! - ZERO;
      // One way to write it only, without leading zeros: the value must stand for the text.
      if (digit >= 0 && digit <= 9 && part !== 0) {
        part = part * 10 + digit;
        digit = bytes[++i]! - ZERO;
        if (digit >= 0 && digit <= 9) {
          part = part * 10 + digit;
          i++;
        }
      }
      value = (value << 8) | part;
      const code = bytes[i]!;
      if (part > 255 || code !== (dots === 3 ? separator : DOT)) {
        return this.readOtherEndpoint(separator, start);
      }
      i++;
      if (dots === 3) {
        break;
      }
    }
    if (!this.readPort(i)) {
      return Found.Nothing;
    }
    this.address = value;
    return Found.Ipv4;
  }

  /** Reads the number, `*` or service name of a port from a place on. */
  private readPort(start: number): boolean {
    const { bytes } = this;
    let i = start;
    let port = bytes[i]! - ZERO;
    this.service = 0;
    if (port >= 0 && port <= 9) {
      let digit = bytes[++i]! - ZERO;
      while (digit >= 0 && digit <= 9) {
        port = port * 10 + digit;
        digit = bytes[++i]! - ZERO;
      }
    } else if (bytes[i] === STAR) {
      port = NONE;
      i++;
    } else if (isLetter(bytes[i]!)) {
      port = NONE;
      while (SERVICE_BYTES[bytes[i]!] === 1 && !(bytes[i] === MINUS && bytes[i + 1] === GREATER)) {
        i++;
      }
      this.service = this.pool.internBytes(bytes, start, i);
    }
    this.at = i;
    this.port = port;
    return i > start && port <= 65535;
  }

  /** Reads an endpoint with an IPv6 address, a host's name, `*`. */
  private readOtherEndpoint(separator: number, start: number): Found {
    const { bytes } = this;
    const bracketed = bytes[start] === OPEN_BRACKET;
    const from = bracketed ? start + 1 : start;
    let to = from;
    let i = from;
    for (; ADDRESS_BYTES[bytes[i]!] === 1; i++) {
      if (bytes[i] === separator) {
        to = i;
      }
    }
    if (bracketed) {
      to = i;
      if (bytes[i] !== CLOSE_BRACKET || bytes[i + 1] !== separator) {
        return Found.Nothing;
      }
      i++;
    } else {
      i = to;
    }
    if (to === from) {
      return Found.Nothing;
    }
    if (!this.readPort(i + 1)) {
      return Found.Nothing;
    }
    this.address = this.pool.internBytes(bytes, from, to);
    return Found.Other;
  }
}
