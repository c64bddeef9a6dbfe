import { isLinux } from '../knowledge/systems';
import type { Dump, Snapshot, System } from '../model/dump';
import { NONE } from '../model/row';
import type { SocketTable } from '../model/socketTable';
import { State } from '../model/state';
import type { Addresses } from './addresses';
import { Connections, portKey } from './connections';
import { OpenFiles } from './openFiles';
import { Owners } from './owners';

/** Which end of a connection a row is. */
export type Role = 'server' | 'client' | 'unknown';

/** Ports that most systems give to outgoing connections (RFC 6335 §6; Linux begins at 32768). */
const FIRST_DYNAMIC_PORT = 32_768;

/** Whether an address stands for the host itself (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3). */
export function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1' || address === 'localhost';
}

const NO_ROWS: readonly number[] = [];

/** The rows of one snapshot, found by state, owner, four-tuple and listening port. */
export class SnapshotIndex {
  public readonly table: SocketTable;
  public readonly snapshot: Snapshot;
  public readonly system: System | null;
  /** Whether Recv-Q and Send-Q count as the Linux kernel counts them. */
  public readonly linux: boolean;
  /** TCP sockets of each {@link State}. */
  public readonly counts = new Uint32Array(State.Count);
  /** First place of each state's rows in {@link order}; one more for the end. */
  private readonly starts = new Uint32Array(State.Count + 1);
  private readonly order: Uint32Array;
  /** Sockets that have several rows; each counts once. */
  public readonly files: OpenFiles;
  private lazyOwners: Owners | undefined;
  private lazyConnections: Connections | undefined;
  private lazyListeners: Map<number, number[]> | undefined;
  private lazyEstablished: Uint32Array | undefined;
  private lazyListening: Uint8Array | undefined;
  private lazyTells: { pids: boolean; queues: boolean } | undefined;
  private lazyOwnAddresses: Set<number> | undefined;

  public constructor(
    public readonly dump: Dump,
    /** Index of the snapshot. */
    public readonly number: number,
    private readonly addresses: Addresses,
    system: System | null,
  ) {
    const snapshot = dump.snapshots[number];
    if (snapshot === undefined) {
      throw new RangeError(`no snapshot ${number}`);
    }
    this.table = dump.table;
    this.snapshot = snapshot;
    this.system = system ?? snapshot.system;
    this.linux =
      isLinux(this.system) ||
      (this.system === null && snapshot.dialects.some(d => isLinux(d.systems[0] ?? null)));
    this.files = new OpenFiles(this.table, snapshot);
    this.order = this.sort();
  }

  /** How many sockets there are, of all protocols. */
  public get size(): number {
    return this.order.length;
  }

  /** TCP sockets in a state, in the order of the dump; for {@link State.None} all others. */
  public rowsIn(state: State): Uint32Array {
    return this.order.subarray(this.starts[state], this.starts[state + 1]);
  }

  /** TCP rows in the states of `[from, before)`, in the order of the states. */
  public rowsBetween(from: State, before: State): Uint32Array {
    return this.order.subarray(this.starts[from], this.starts[before]);
  }

  public get owners(): Owners {
    return (this.lazyOwners ??= new Owners(this.table, this.snapshot, this.files));
  }

  public get connections(): Connections {
    return (this.lazyConnections ??= new Connections(this.table, this.snapshot, this.addresses));
  }

  /** Whether the snapshot shows the owner of any row. */
  public get showsPids(): boolean {
    return this.tells.pids;
  }

  /** Whether the snapshot has queue columns. */
  public get showsQueues(): boolean {
    return this.tells.queues;
  }

  /** The other end of a row's connection; NONE where the snapshot does not have it. */
  public otherEnd(row: number): number {
    return this.connections.otherEnd(row);
  }

  /** Listening rows on a port (see portKey). */
  public listenersOn(port: number): readonly number[] {
    return this.listeners.get(port) ?? NO_ROWS;
  }

  /** Whether some row listens on a port number. */
  public listensOn(port: number): boolean {
    if (this.lazyListening === undefined) {
      this.lazyListening = new Uint8Array(65_536);
      for (const listening of this.listeners.keys()) {
        this.lazyListening[listening] = 1;
      }
    }
    return this.lazyListening[port] === 1;
  }

  /** How many rows are ESTABLISHED on a local port number. */
  public establishedOn(port: number): number {
    if (this.lazyEstablished === undefined) {
      const counts = new Uint32Array(65_536);
      const { localPort } = this.table;
      for (const row of this.rowsIn(State.Established)) {
        counts[localPort[row]!]!++;
      }
      this.lazyEstablished = counts;
    }
    return this.lazyEstablished[port] ?? 0;
  }

  /** The listening row that a row's local end belongs to; NONE where there is none. */
  public listenerOf(row: number): number {
    const { table } = this;
    return this.listenerFor(
      table.localAddress[row] ?? 0,
      portKey(table.localPort[row] ?? 0, table.localService?.[row]),
    );
  }

  /** The listening row, on this same host, that a row connects to; NONE where there is none. */
  public listenerAt(row: number): number {
    const { table } = this;
    const port = portKey(table.remotePort[row] ?? 0, table.remoteService?.[row]);
    if (this.listenersOn(port).length === 0) {
      return NONE;
    }
    const { canonical } = this.addresses;
    const remote = canonical[table.remoteAddress[row] ?? 0] ?? 0;
    return this.isOwn(remote) ? this.listenerFor(remote, port) : NONE;
  }

  /** Which end a row is: a listener on its port decides, then the port ranges. */
  public roleOf(row: number): Role {
    if (this.listenerOf(row) !== NONE) {
      return 'server';
    }
    if (this.listenerAt(row) !== NONE) {
      return 'client';
    }
    const local = this.table.localPort[row] ?? NONE;
    const remote = this.table.remotePort[row] ?? NONE;
    if (local <= 0 || remote <= 0) {
      return 'unknown';
    }
    const localDynamic = local >= FIRST_DYNAMIC_PORT;
    const remoteDynamic = remote >= FIRST_DYNAMIC_PORT;
    if (localDynamic === remoteDynamic) {
      return local < 1024 === remote < 1024 ? 'unknown' : local < 1024 ? 'server' : 'client';
    }
    return localDynamic ? 'client' : 'server';
  }

  /** How many of some rows have each remote address, by the number of its plain form. */
  public countByRemote(rows: Uint32Array): Uint32Array {
    const { canonical } = this.addresses;
    const { remoteAddress } = this.table;
    const counts = new Uint32Array(canonical.length);
    for (const row of rows) {
      counts[canonical[remoteAddress[row]!]!]!++;
    }
    return counts;
  }

  /** The plain form of an address (see Addresses). */
  public plainAddress(id: number): number {
    return this.addresses.canonical[id] ?? id;
  }

  /** Whether an address stands for all addresses. */
  public isAnyAddress(id: number): boolean {
    return this.addresses.isAny(id);
  }

  /** Whether the snapshot says of its rows which timer runs. */
  public get showsTimers(): boolean {
    return this.table.timer !== undefined;
  }

  /** Whether an address, in its plain form, is one of this host's. */
  public isOwn(plain: number): boolean {
    return this.ownAddresses.has(plain) || isLoopback(this.table.pool.get(plain));
  }

  private get tells(): { pids: boolean; queues: boolean } {
    if (this.lazyTells === undefined) {
      const { firstRow, endRow } = this.snapshot;
      const { pid, process, recvQ } = this.table;
      let pids = false;
      let queues = false;
      for (let row = firstRow; row < endRow && !(pids && queues); row++) {
        pids ||= pid[row] !== NONE || process[row] !== 0;
        queues ||= recvQ[row] !== NONE;
      }
      this.lazyTells = { pids, queues };
    }
    return this.lazyTells;
  }

  private get ownAddresses(): Set<number> {
    if (this.lazyOwnAddresses === undefined) {
      const own = new Set<number>();
      const { localAddress } = this.table;
      let last = 0;
      for (let row = this.snapshot.firstRow; row < this.snapshot.endRow; row++) {
        const address = localAddress[row]!;
        if (address !== last) {
          last = address;
          own.add(this.plainAddress(address));
        }
      }
      for (const address of own) {
        if (this.isAnyAddress(address)) {
          own.delete(address);
        }
      }
      this.lazyOwnAddresses = own;
    }
    return this.lazyOwnAddresses;
  }

  private get listeners(): Map<number, number[]> {
    if (this.lazyListeners === undefined) {
      const { table } = this;
      const listeners = new Map<number, number[]>();
      for (const row of this.rowsIn(State.Listen)) {
        const port = portKey(table.localPort[row] ?? 0, table.localService?.[row]);
        const rows = listeners.get(port);
        if (rows === undefined) {
          listeners.set(port, [row]);
        } else {
          rows.push(row);
        }
      }
      this.lazyListeners = listeners;
    }
    return this.lazyListeners;
  }

  /** The listener on an address and port: the one on that very address, else one on all. */
  private listenerFor(address: number, port: number): number {
    const plain = this.plainAddress(address);
    let any = NONE;
    for (const row of this.listenersOn(port)) {
      const own = this.plainAddress(this.table.localAddress[row] ?? 0);
      if (own === plain) {
        return row;
      }
      if (any === NONE && this.isAnyAddress(own)) {
        any = row;
      }
    }
    return any;
  }

  /** Sorts the rows by state, keeping their order (counting sort). */
  private sort(): Uint32Array {
    const { counts, starts, table } = this;
    const { firstRow, endRow } = this.snapshot;
    const { state } = table;
    const { repeated } = this.files;
    for (let row = firstRow; row < endRow; row++) {
      counts[state[row]!]!++;
    }
    for (const row of repeated) {
      counts[state[row]!]!--;
    }
    for (let s: State = State.None; s < State.Count; s++) {
      starts[s + 1] = starts[s]! + counts[s]!;
    }
    const next = starts.slice();
    const order = new Uint32Array(endRow - firstRow - repeated.size);
    for (let row = firstRow; row < endRow; row++) {
      if (repeated.size === 0 || !repeated.has(row)) {
        order[next[state[row]!]!++] = row;
      }
    }
    return order;
  }
}
