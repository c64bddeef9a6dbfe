import type { Family, Protocol } from '../vocabulary/protocol';
import type { Shut, TimerKind } from '../vocabulary/timer';
import type { TcpState } from '../vocabulary/state';

/** One end of a socket. */
export interface Endpoint {
  /** As printed, without brackets, port and scope; `*` for any; a path for UNIX sockets. */
  readonly address: string;
  /** Null for `*`, for a service name and for what has no port. */
  readonly port: number | null;
  /** The service name printed in place of a port number. */
  readonly service: string | null;
  /** The interface or zone printed after `%`. */
  readonly scope: string | null;
}

/** A process that holds a socket. */
export interface Owner {
  /** Null where the tool prints a program without its number. */
  readonly pid: number | null;
  readonly process: string | null;
  readonly fd: number | null;
}

/** A socket's timer. */
export interface Timer {
  readonly kind: TimerKind;
  /** Seconds until it expires; null where not printed. */
  readonly seconds: number | null;
  readonly retransmits: number | null;
  /** Unanswered keepalive or zero-window probes. */
  readonly probes: number | null;
}

/** What is known of a connection that a firewall or NAT saw passing. */
export interface Flow {
  /**
   * The ends that its answers are sent between, the local one first; null where not printed. Where
   * they differ from the socket's own, addresses or ports are translated.
   */
  readonly reply: { readonly local: Endpoint; readonly remote: Endpoint } | null;
  /** Nothing came back. */
  readonly unreplied: boolean;
  /** Traffic went both ways (conntrack). */
  readonly assured: boolean;
  /** Addresses or ports are translated. */
  readonly nat: boolean;
  /** The remote end began it; otherwise the local one did. */
  readonly inbound: boolean;
}

/** One row of a dump, as a plain object. */
export interface Socket {
  /** Index in its table. */
  readonly index: number;
  /** 0-based line. */
  readonly line: number;
  readonly protocol: Protocol;
  /** The protocol word as printed (`tcp6`, `u_str`); empty where the format prints none. */
  readonly protocolWord: string;
  readonly family: Family | null;
  /** Null for a connectionless socket and for an unknown word. */
  readonly state: TcpState | null;
  /** The state word as printed. */
  readonly rawState: string | null;
  readonly local: Endpoint;
  readonly remote: Endpoint | null;
  /** Bytes, or connections for a listener on Linux; null where not printed. */
  readonly recvQ: number | null;
  readonly sendQ: number | null;
  readonly owners: readonly Owner[];
  /** Parts of the owner that the tool names as well (Windows components and services). */
  readonly components: readonly string[];
  /** Whether the tool said that it could not tell the owner (`-`). */
  readonly ownerUnknown: boolean;
  readonly timer: Timer | null;
  readonly inode: number | null;
  /** The kernel's own name of the socket, as printed; rows that share it are one socket. */
  readonly handle: string | null;
  readonly user: string | null;
  readonly shut: Shut;
  /** Seconds since the epoch at which the socket was made, where printed. */
  readonly created: number | null;
  /** Null for a socket; else the row is a connection that was seen passing. */
  readonly flow: Flow | null;
}
