import { isLinux, systemKnowledge } from '../knowledge/systems';
import { getOrAdd } from '../model/maps';
import type { Dump } from '../reading/dump';
import type { Snapshot } from '../model/snapshot';
import type { System } from '../vocabulary/system';
import { NONE } from '../model/row';
import type { SocketTable } from '../model/socketTable';
import { State } from '../vocabulary/state';
import type { Task } from '../model/task';
import type { Addresses } from './ownAddresses';
import { ByState } from './byState';
import { Connections } from './connections';
import { Derived } from './derived';
import { End, endsOf, portKey } from './equalEnds';
import { NO_ROWS, whereInSteps } from './grouping';
import { FIRST_DYNAMIC_PORT } from './identity';
import { Listeners } from './listeners';
import { OpenFiles } from './openFiles';
import { Owners } from './owners';
import { PortUse, type Role, roleByName, roleByRange } from './roles';
import type { Tally } from '../model/tally';
import { Tuples } from '../model/tuples';

/** Rows of which little can be found out. */
const FEW = 3;

/** Rows of a snapshot for which all rules together take less than a moment. */
const SMALL = 256;

/** The rows of one snapshot, found by state, owner, four-tuple and listening port. */
export class SnapshotIndex {
  private static readonly files = new Derived((of: SnapshotIndex) =>
    OpenFiles.of(of.table, of.snapshot),
  );
  private static readonly states = new Derived((of: SnapshotIndex) =>
    ByState.of(of.table, of.snapshot, of.files.repeated),
  );
  private static readonly owners = new Derived((of: SnapshotIndex) =>
    Owners.of(of.table, of.snapshot, of.files, of.system),
  );
  private static readonly ends = new Derived((of: SnapshotIndex) =>
    endsOf(of.table, of.snapshot, of.addresses, of.rowsIn(State.Listen)),
  );
  private static readonly connections = new Derived((of: SnapshotIndex) =>
    Connections.of(of.table, of.snapshot, of.addresses, SnapshotIndex.ends.of(of)),
  );
  private static readonly listeners = new Derived((of: SnapshotIndex) =>
    Listeners.of(of.table, of.rowsIn(State.Listen), of.addresses),
  );
  private static readonly portUse = new Derived((of: SnapshotIndex) =>
    PortUse.of(of.table, of.snapshot, of.ephemeralFrom),
  );
  private static readonly received = new Derived((of: SnapshotIndex) => of.above0(of.table.recvQ));
  private static readonly sending = new Derived((of: SnapshotIndex) => of.above0(of.table.sendQ));
  private static readonly retransmitted = new Derived((of: SnapshotIndex) =>
    of.above0(of.table.retransmits),
  );
  private static readonly probed = new Derived((of: SnapshotIndex) => of.above0(of.table.probes));
  private static readonly flows = new Derived((of: SnapshotIndex) =>
    flowsOf(of.table, of.snapshot),
  );
  /** What rules ask for, in an order in which each needs none that comes later. */
  private static readonly prepared = [
    SnapshotIndex.files,
    SnapshotIndex.states,
    SnapshotIndex.owners,
    SnapshotIndex.ends,
    SnapshotIndex.connections,
    SnapshotIndex.listeners,
    SnapshotIndex.portUse,
    SnapshotIndex.received,
    SnapshotIndex.sending,
    SnapshotIndex.retransmitted,
    SnapshotIndex.probed,
    SnapshotIndex.flows,
  ];

  public readonly table: SocketTable;
  public readonly snapshot: Snapshot;
  public readonly system: System | null;
  /** Whether Recv-Q and Send-Q count as the Linux kernel counts them. */
  public readonly linux: boolean;
  /** The first port that this system gives to outgoing connections. */
  private readonly ephemeralFrom: number;
  /** What was found out about the snapshot (see Derived), and by who found it. */
  public readonly derived: unknown[] = [];
  private notes: Map<object, unknown> | undefined;
  private notesOfRows: Map<object, Map<Uint32Array, unknown>> | undefined;
  private told: { pids: boolean; queues: boolean } | undefined;

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
    this.ephemeralFrom = systemKnowledge(this.system)?.ephemeral?.[0] ?? FIRST_DYNAMIC_PORT;
    this.linux =
      isLinux(this.system) ||
      (this.system === null && snapshot.dialects.some(d => isLinux(d.systems[0] ?? null)));
  }

  /**
   * What somebody finds out about the snapshot: it is found out once.
   * @param by Who asks: the function that gives it, or an object.
   */
  public once<T>(by: object, find: () => T): T {
    const { notes = (this.notes = new Map<object, unknown>()) } = this;
    if (!notes.has(by)) {
      notes.set(by, find());
    }
    return notes.get(by) as T;
  }

  /**
   * The same about a list of rows, which is known by itself and not by what is in it. About a few
   * rows it is found out again each time: to remember takes longer, and a dump can have as many
   * lists as rows.
   */
  public onceFor<T>(rows: Uint32Array, by: (...args: never[]) => T, find: () => T): T {
    if (rows.length < FEW) {
      return find();
    }
    const { notesOfRows = (this.notesOfRows = new Map<object, Map<Uint32Array, unknown>>()) } =
      this;
    const known = getOrAdd(notesOfRows, by, () => new Map<Uint32Array, unknown>());
    if (!known.has(rows)) {
      known.set(rows, find());
    }
    return known.get(rows) as T;
  }

  /** Makes whatever rules ask for, which is otherwise made when it is asked for. */
  public *prepare(): Task<void> {
    for (const one of SnapshotIndex.prepared) {
      yield* one.in(this);
    }
  }

  /** Forgets what can be made again: a finding may keep the index of a snapshot of long ago. */
  public forget(): void {
    this.derived.length = 0;
    this.notes = undefined;
    this.notesOfRows = undefined;
  }

  /** Sockets that have several rows; each counts once. */
  public get files(): OpenFiles {
    return SnapshotIndex.files.of(this);
  }

  /** Whether all that is asked of it takes but a moment, so that nothing need be done in steps. */
  public get isSmall(): boolean {
    return this.snapshot.endRow - this.snapshot.firstRow < SMALL;
  }

  /** How many sockets there are, of all protocols. */
  public get size(): number {
    return SnapshotIndex.states.of(this).size;
  }

  /** TCP sockets of each {@link State}; under {@link State.None} all others. */
  public get counts(): Uint32Array {
    return SnapshotIndex.states.of(this).counts;
  }

  /** TCP sockets in a state, in the order of the dump; for {@link State.None} all others. */
  public rowsIn(state: State): Uint32Array {
    return SnapshotIndex.states.of(this).rowsIn(state);
  }

  /** TCP rows in the states of `[from, before)`, in the order of the states. */
  public rowsBetween(from: State, before: State): Uint32Array {
    return SnapshotIndex.states.of(this).rowsBetween(from, before);
  }

  /** Rows that have something in Recv-Q. */
  public get received(): ByState {
    return SnapshotIndex.received.of(this);
  }

  /** Rows that have something in Send-Q. */
  public get sending(): ByState {
    return SnapshotIndex.sending.of(this);
  }

  /** Rows that have sent something again. */
  public get retransmitted(): ByState {
    return SnapshotIndex.retransmitted.of(this);
  }

  /** Rows with unanswered probes. */
  public get probed(): ByState {
    return SnapshotIndex.probed.of(this);
  }

  /** Connections that were seen passing, in the order of the dump; no other list has them. */
  public get flows(): Uint32Array {
    return SnapshotIndex.flows.of(this);
  }

  public get owners(): Owners {
    return SnapshotIndex.owners.of(this);
  }

  public get connections(): Connections {
    return SnapshotIndex.connections.of(this);
  }

  public get listeners(): Listeners {
    return SnapshotIndex.listeners.of(this);
  }

  /** Whether all rows are connections that were seen passing, which no program of this host holds. */
  public get hasFlows(): boolean {
    const { dialects } = this.snapshot;
    return dialects.length > 0 && dialects.every(format => format.flows === true);
  }

  /** Whether the snapshot shows the owner of any row. */
  public get showsPids(): boolean {
    return this.tells.pids;
  }

  /** Whether connections would be listed: what listens alone may be all that was asked for. */
  public get listsConnections(): boolean {
    const { counts, size } = this;
    return (
      size > counts[State.None]! + counts[State.Unknown]! + counts[State.Listen]! ||
      this.snapshot.listsBoth ||
      // Its tools leave out what listens, or nothing.
      this.system === 'windows'
    );
  }

  /** Whether the snapshot has queue columns. */
  public get showsQueues(): boolean {
    return this.tells.queues;
  }

  /** The most rows, of whatever state and protocol, that one remote address has. */
  public get heaviestRemote(): number {
    return SnapshotIndex.ends.of(this).heaviest;
  }

  /** The other end of a row's connection; NONE where the snapshot does not have it. */
  public otherEnd(row: number): number {
    return this.connections.otherEnd(row);
  }

  /** Whether some row listens on the number of a row's local port. */
  public isServed(row: number): boolean {
    return (SnapshotIndex.ends.of(this).bits[row - this.snapshot.firstRow]! & End.Served) !== 0;
  }

  /** Whether a row's remote address is one of this host's own. */
  public isHere(row: number): boolean {
    return (SnapshotIndex.ends.of(this).bits[row - this.snapshot.firstRow]! & End.Here) !== 0;
  }

  /** How many rows are ESTABLISHED on a local port number. */
  public establishedOn(port: number): number {
    const byPort = this.once(establishedPorts, () => establishedPorts(this));
    const number = byPort.find(port, 0, 0);
    return number === NONE ? 0 : byPort.counts[number]!;
  }

  /** The listening row that a row's local end belongs to; NONE where there is none. */
  public listenerOf(row: number): number {
    const { table } = this;
    const port = portKey(table.localPort[row]!, table.localService?.[row]);
    return this.listeners.at(this.plainAddress(table.localAddress[row]!), port);
  }

  /** The listening row, on this same host, that a row connects to; NONE where there is none. */
  public listenerAt(row: number): number {
    const { table } = this;
    if (!this.isHere(row)) {
      return NONE;
    }
    const port = portKey(table.remotePort[row]!, table.remoteService?.[row]);
    return this.listeners.at(this.plainAddress(table.remoteAddress[row]!), port);
  }

  /** Which end a row is: a listener on its port decides, then its ports. */
  public roleOf(row: number): Role {
    if (this.listenerOf(row) !== NONE) {
      return 'server';
    }
    if (this.listenerAt(row) !== NONE) {
      return 'client';
    }
    const { table } = this;
    const local = table.localPort[row]!;
    const remote = table.remotePort[row]!;
    if (local <= 0 || remote <= 0) {
      return roleByName(
        local > 0 ? local : this.serviceName(table.localService?.[row]),
        remote > 0 ? remote : this.serviceName(table.remoteService?.[row]),
      );
    }
    const role = roleByRange(local, remote, this.ephemeralFrom);
    return role === 'unknown' ? SnapshotIndex.portUse.of(this).roleOf(local, remote) : role;
  }

  private serviceName(service = 0): string {
    return service === 0 ? '' : this.table.pool.get(service);
  }

  /** An empty tally of addresses. Good until the next one. */
  public tally(): Tally {
    return this.addresses.tally();
  }

  /** An empty tally of port numbers. Good until the next one. */
  public portTally(): Tally {
    return this.addresses.portTally();
  }

  /** The plain form of every address (see Addresses). */
  public get canonical(): Uint32Array {
    return this.addresses.canonical;
  }

  /** The plain form of an address. */
  public plainAddress(id: number): number {
    return this.addresses.canonical[id] ?? id;
  }

  /** Whether an address was made unreadable, so that equal ones need not be of one host. */
  public isHidden(id: number): boolean {
    return this.addresses.isHidden(id);
  }

  /** Whether an address stands for all addresses, or there is none. */
  public isAnyAddress(id: number): boolean {
    return this.addresses.isAny(id);
  }

  /** Whether an address, in its plain form, stands for the host itself. */
  public isLoopback(plain: number): boolean {
    return this.addresses.isLoopback(plain);
  }

  /** Whether the snapshot says of its rows which timer runs. */
  public get showsTimers(): boolean {
    return this.table.timer !== undefined;
  }

  private get tells(): { pids: boolean; queues: boolean } {
    if (this.told === undefined) {
      const { firstRow, endRow } = this.snapshot;
      const { pid, process, recvQ } = this.table;
      let pids = false;
      let queues = false;
      for (let row = firstRow; row < endRow && !(pids && queues); row++) {
        pids ||= pid[row] !== NONE || process[row] !== 0;
        queues ||= recvQ[row] !== NONE;
      }
      this.told = { pids, queues };
    }
    return this.told;
  }

  private above0(column: Float64Array | Int32Array | undefined): Task<ByState> {
    return ByState.above0(this.table, this.snapshot, this.files.repeated, column);
  }
}

/** How many rows are ESTABLISHED on each local port number. */
function establishedPorts(index: SnapshotIndex): Tuples {
  const ports = new Tuples();
  for (const row of index.rowsIn(State.Established)) {
    ports.add(index.table.localPort[row]!, 0, 0);
  }
  return ports;
}

function* flowsOf(
  { flow }: SocketTable,
  { firstRow, endRow }: Pick<Snapshot, 'firstRow' | 'endRow'>,
): Task<Uint32Array> {
  if (flow === undefined) {
    return NO_ROWS;
  }
  const rows = Uint32Array.from({ length: endRow - firstRow }, (_, i) => firstRow + i);
  return yield* whereInSteps(rows, row => flow[row] !== 0);
}
