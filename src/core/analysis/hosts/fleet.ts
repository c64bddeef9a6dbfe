import { NONE } from '../../model/row';
import { State } from '../../vocabulary/state';
import { runToEnd, inBlocks, type Task } from '../../model/task';
import type { OwnerIdentity } from '../../index/owners';
import type { Host, Hosts } from './hosts';
import type { SnapshotIndex } from '../../index/snapshotIndex';
import { Tuples } from '../../model/tuples';

/** Connections from one host of the dump to a port of another one. */
export interface HostLink {
  readonly from: Host;
  readonly to: Host;
  readonly port: number;
  /** As the client's host shows them, in any state. */
  readonly connections: number;
  readonly closeWait: number;
  /** Of which both ends are in the dump. */
  readonly matched: number;
  /** Of which the server shows the same client, but another address of its own. */
  readonly translated: number;
  /** ESTABLISHED at the client, and not to be found at the server. */
  readonly missing: number;
}

/** A program at some snapshot, and so on some host. */
export interface Holder {
  readonly snapshot: number;
  readonly owner: OwnerIdentity;
}

/**
 * Connections between the hosts of a dump, by the newest snapshot of each: the other end of a
 * connection is the row with the same four-tuple the other way round. IPv4-mapped addresses equal
 * their IPv4 form.
 */
export class Fleet {
  private readonly partners = new Map<number, number>();
  private readonly sameClient = new Map<number, number>();
  private lazyLinks: readonly HostLink[] | undefined;
  /** The one host that has an address; null where several have it. */
  private readonly homes = new Map<number, Host | null>();

  private constructor(
    private readonly hosts: Hosts,
    private readonly at: (snapshot: number) => SnapshotIndex,
  ) {}

  public static *of(hosts: Hosts, at: (snapshot: number) => SnapshotIndex): Task<Fleet> {
    const fleet = new Fleet(hosts, at);
    if (hosts.several) {
      for (const host of hosts.list) {
        for (const address of host.addresses) {
          fleet.homes.set(address, fleet.homes.has(address) ? null : host);
        }
      }
      yield* fleet.match();
    }
    return fleet;
  }

  /** The row of the same connection on another host; NONE where none shows it. */
  public otherEnd(row: number): number {
    return this.partners.get(row) ?? NONE;
  }

  /**
   * The row on another host that has the same client end but another server end, as behind a load
   * balancer or a NAT that changes the destination; NONE if there is none or several.
   */
  public translated(row: number): number {
    return this.sameClient.get(row) ?? NONE;
  }

  /** The other host that alone has the remote address of a row; null if none has. */
  public remoteHost(row: number, snapshot: number): Host | null {
    const index = this.at(snapshot);
    const remote = index.plainAddress(index.table.remoteAddress[row]!);
    const home = this.homes.get(remote) ?? null;
    return home === null || home === this.hosts.of(snapshot) ? null : home;
  }

  /** What is connected between the hosts, the most connections first. */
  public links(): readonly HostLink[] {
    return (this.lazyLinks ??= this.hosts.several ? runToEnd(this.countLinks()) : []);
  }

  /** The newest snapshot of a host. */
  public newest(host: Host): SnapshotIndex {
    return this.at(host.snapshots.at(-1)!);
  }

  /**
   * The program at the other end of a connection: who holds that end; where the kernel alone has
   * it or it is gone, who listens there. Null where no other host of the dump is that end.
   */
  public peer(row: number, snapshot: number): Holder | null {
    if (!this.hosts.several) {
      return null;
    }
    const other = this.otherEnd(row) === NONE ? this.translated(row) : this.otherEnd(row);
    const host = other === NONE ? this.remoteHost(row, snapshot) : this.hostOfRow(other);
    if (host === null) {
      return null;
    }
    const index = this.newest(host);
    const { table } = index;
    const holder = other === NONE ? NONE : index.owners.of(other);
    if (holder !== NONE) {
      return { snapshot: index.number, owner: index.owners.get(holder) };
    }
    const port = other === NONE ? table.remotePort[row]! : table.localPort[other]!;
    const [listener] = index.listeners.on(port);
    const owner = listener === undefined ? NONE : index.owners.of(listener);
    return owner === NONE ? null : { snapshot: index.number, owner: index.owners.get(owner) };
  }

  /** The newest snapshot of the host that a row is of; null if it is of an older one. */
  public indexOf(row: number): SnapshotIndex | null {
    const host = this.hostOfRow(row);
    return host === null ? null : this.newest(host);
  }

  private hostOfRow(row: number): Host | null {
    return this.hosts.list.find(host => isIn(this.newest(host), row)) ?? null;
  }

  private *countLinks(): Task<HostLink[]> {
    const links = new Map<string, Mutable<HostLink>>();
    yield* this.eachOpenRow(({ host: from, index, row, remote }) => {
      const { localPort, remotePort, state } = index.table;
      const other = this.otherEnd(row);
      const translated = this.translated(row);
      const end = other === NONE ? translated : other;
      const to = end === NONE ? (this.homes.get(remote) ?? null) : this.hostOfRow(end);
      // The rows of the server's end are the same connections again.
      if (to === null || this.isServers(index, row, other === NONE ? null : this.newest(to))) {
        return;
      }
      const port = end === NONE ? remotePort[row]! : localPort[end]!;
      const key = `${from.number} ${to.number} ${port}`;
      let link = links.get(key);
      if (link === undefined) {
        link = {
          from,
          to,
          port,
          connections: 0,
          closeWait: 0,
          matched: 0,
          translated: 0,
          missing: 0,
        };
        links.set(key, link);
      }
      link.connections++;
      link.closeWait += Number(state[row] === State.CloseWait);
      link.matched += Number(other !== NONE);
      link.translated += Number(translated !== NONE);
      link.missing += Number(end === NONE && state[row] === State.Established);
    });
    return [...links.values()].sort((a, b) => b.connections - a.connections);
  }

  /**
   * Whether a row is the server's end: by what listens, else by the ports; where neither tells, the
   * later one of two. `there` is the host of its other end, null where that is not known.
   */
  private isServers(index: SnapshotIndex, row: number, there: SnapshotIndex | null): boolean {
    const isServed = index.isServed(row);
    if (there === null) {
      return isServed || index.roleOf(row) === 'server';
    }
    const other = this.otherEnd(row);
    if (isServed !== there.isServed(other)) {
      return isServed;
    }
    const [role, otherRole] = [index.roleOf(row), there.roleOf(other)];
    return role === otherRole ? row > other : role === 'server' || otherRole === 'client';
  }

  /** Finds the other ends. Only rows that lead to an address of some host can have one. */
  private *match(): Task<void> {
    const ends = new Tuples();
    const clients = new Tuples();
    /** By the number of their ends or client: the first row, and the host that it is of. */
    const endRows: number[] = [];
    const clientRows: number[] = [];
    yield* this.eachOpenRow(({ index, row, local, remote }) => {
      if (!this.homes.has(remote)) {
        return;
      }
      const lport = index.table.localPort[row]!;
      const rport = index.table.remotePort[row]!;
      const other = ends.find(remote, local, (rport << 16) | lport);
      const known = other === NONE ? NONE : endRows[other]!;
      if (known !== NONE && !isIn(index, known)) {
        this.partners.set(row, known);
        this.partners.set(known, row);
      }
      const number = ends.add(local, remote, (lport << 16) | rport);
      endRows[number] ??= row;
      const client = clients.add(remote, rport, 0);
      const seen = clientRows[client];
      // Seen by several servers it is nobody's alone.
      clientRows[client] = seen === undefined || isIn(index, seen) ? row : NONE;
    });
    if (clients.size > 0) {
      yield* this.matchClients(clients, clientRows);
    }
  }

  /** Finds, for what has no other end, a server that sees the same address and port as client. */
  private *matchClients(clients: Tuples, clientRows: readonly number[]): Task<void> {
    yield* this.eachOpenRow(({ host, index, row, local }) => {
      if (
        this.homes.get(local) !== host ||
        this.partners.has(row) ||
        index.roleOf(row) === 'server'
      ) {
        return;
      }
      const found = clients.find(local, index.table.localPort[row]!, 0);
      const server = found === NONE ? NONE : (clientRows[found] ?? NONE);
      if (server !== NONE && !isIn(index, server) && !this.partners.has(server)) {
        this.sameClient.set(row, server);
        this.sameClient.set(server, row);
      }
    });
  }

  /** Looks at the newest connections of all hosts that lead to another one. */
  private *eachOpenRow(look: (row: OpenRow) => void): Task<void> {
    for (const host of this.hosts.list) {
      const index = this.newest(host);
      const { localAddress, localPort, remoteAddress, remotePort } = index.table;
      const open: Mutable<OpenRow> = { host, index, row: NONE, local: 0, remote: 0 };
      const rows = index.rowsBetween(State.SynSent, State.Closed);
      yield* inBlocks(0, rows.length, (from, end) => {
        for (let i = from; i < end; i++) {
          const row = rows[i]!;
          open.row = row;
          open.local = index.plainAddress(localAddress[row]!);
          open.remote = index.plainAddress(remoteAddress[row]!);
          if (
            localPort[row]! > 0 &&
            remotePort[row]! > 0 &&
            !index.isHere(row) &&
            !index.isHidden(open.local) &&
            !index.isHidden(open.remote) &&
            !index.isLoopback(open.local)
          ) {
            look(open);
          }
        }
      });
    }
  }
}

/** A row with its plain addresses that may have its other end elsewhere; one object for a host. */
interface OpenRow {
  readonly host: Host;
  readonly index: SnapshotIndex;
  readonly row: number;
  readonly local: number;
  readonly remote: number;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Whether a row is of a snapshot. */
function isIn({ snapshot }: SnapshotIndex, row: number): boolean {
  return snapshot.firstRow <= row && row < snapshot.endRow;
}
