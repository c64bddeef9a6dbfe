import { NONE } from '../model/row';
import { State } from '../model/state';
import type { FindingOwner } from './finding';
import type { Host, Hosts } from './hosts';
import { isLoopback, type SnapshotIndex } from './snapshotIndex';
import { Tuples } from './tuples';

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
export interface Party {
  readonly snapshot: number;
  readonly owner: FindingOwner;
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

  public constructor(
    private readonly hosts: Hosts,
    private readonly at: (snapshot: number) => SnapshotIndex,
  ) {
    if (hosts.several) {
      for (const host of hosts.list) {
        for (const address of host.addresses) {
          this.homes.set(address, this.homes.has(address) ? null : host);
        }
      }
      this.match();
    }
  }

  /** The row of the same connection on another host; NONE where none shows it. */
  public otherEnd(row: number): number {
    return this.partners.get(row) ?? NONE;
  }

  /**
   * The row on another host that has the same client end but another server end, as behind a load
   * balancer or a NAT that changes the destination; NONE where there is none or several.
   */
  public translated(row: number): number {
    return this.sameClient.get(row) ?? NONE;
  }

  /** The other host that alone has the remote address of a row; null where none has. */
  public remoteHost(row: number, snapshot: number): Host | null {
    const index = this.at(snapshot);
    const remote = index.plainAddress(index.table.remoteAddress[row] ?? 0);
    const home = this.homes.get(remote) ?? null;
    return home === null || home === this.hosts.of(snapshot) ? null : home;
  }

  /** What is connected between the hosts, the most connections first. */
  public links(): readonly HostLink[] {
    return (this.lazyLinks ??= this.countLinks());
  }

  /** The newest snapshot of a host. */
  public newest(host: Host): SnapshotIndex {
    return this.at(host.snapshots.at(-1) ?? 0);
  }

  /**
   * The program at the other end of a connection: who holds that end; where the kernel alone has
   * it or it is gone, who listens there. Null where no other host of the dump is that end.
   */
  public peer(row: number, snapshot: number): Party | null {
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
    const [listener] = index.listenersOn(port);
    const owner = listener === undefined ? NONE : index.owners.of(listener);
    return owner === NONE ? null : { snapshot: index.number, owner: index.owners.get(owner) };
  }

  /** The newest snapshot of the host that a row is of; null where it is of an older one. */
  public indexOf(row: number): SnapshotIndex | null {
    const host = this.hostOfRow(row);
    return host === null ? null : this.newest(host);
  }

  private hostOfRow(row: number): Host | null {
    return (
      this.hosts.list.find(host => {
        const { snapshot } = this.newest(host);
        return snapshot.firstRow <= row && row < snapshot.endRow;
      }) ?? null
    );
  }

  private countLinks(): HostLink[] {
    const links = new Map<string, { -readonly [K in keyof HostLink]: HostLink[K] }>();
    for (const from of this.hosts.several ? this.hosts.list : []) {
      const index = this.newest(from);
      const { localPort, remotePort, state } = index.table;
      for (const row of index.rowsBetween(State.SynSent, State.Closed)) {
        const other = this.otherEnd(row);
        const translated = this.translated(row);
        const end = other === NONE ? translated : other;
        const to = end === NONE ? this.remoteHost(row, index.number) : this.hostOfRow(end);
        // The end that listens is the server's; its rows are the same connections again.
        if (to === null || index.listensOn(localPort[row]!)) {
          continue;
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
      }
    }
    return [...links.values()].sort((a, b) => b.connections - a.connections);
  }

  private match(): void {
    const ends = new Tuples();
    const firsts: { readonly row: number; readonly host: number }[] = [];
    const clients = new Tuples();
    const byClient: { row: number; readonly host: number }[] = [];
    const open: { readonly row: number; readonly host: number }[] = [];
    for (const host of this.hosts.list) {
      const index = this.newest(host);
      const { localAddress, localPort, remoteAddress, remotePort, pool } = index.table;
      for (const row of index.rowsBetween(State.SynSent, State.Closed)) {
        const local = index.plainAddress(localAddress[row]!);
        const remote = index.plainAddress(remoteAddress[row]!);
        const lport = localPort[row]!;
        const rport = remotePort[row]!;
        if (lport <= 0 || rport <= 0 || index.isOwn(remote) || isLoopback(pool.get(local))) {
          continue;
        }
        const other = ends.find(remote, local, (rport << 16) | lport);
        const known = other === NONE ? undefined : firsts[other];
        if (known !== undefined && known.host !== host.number) {
          this.partners.set(row, known.row);
          this.partners.set(known.row, row);
        }
        const number = ends.add(local, remote, (lport << 16) | rport);
        firsts[number] ??= { row, host: host.number };
        const client = clients.add(remote, rport, 0);
        const seen = byClient[client];
        if (seen === undefined) {
          byClient[client] = { row, host: host.number };
        } else if (seen.host !== host.number) {
          seen.row = NONE;
        }
        open.push({ row, host: host.number });
      }
    }
    this.matchClients(open, clients, byClient);
  }

  /** Finds, for what has no other end, a server that sees the same address and port as client. */
  private matchClients(
    open: readonly { readonly row: number; readonly host: number }[],
    clients: Tuples,
    byClient: readonly { readonly row: number; readonly host: number }[],
  ): void {
    for (const { row, host } of open) {
      const own = this.hosts.list[host];
      if (own === undefined || this.partners.has(row)) {
        continue;
      }
      const index = this.newest(own);
      const { localAddress, localPort } = index.table;
      const local = index.plainAddress(localAddress[row]!);
      const found = this.homes.get(local) === own ? clients.find(local, localPort[row]!, 0) : NONE;
      const server = found === NONE ? undefined : byClient[found];
      if (
        server !== undefined &&
        server.row !== NONE &&
        server.host !== host &&
        !this.partners.has(server.row)
      ) {
        this.sameClient.set(row, server.row);
        this.sameClient.set(server.row, row);
      }
    }
  }
}
