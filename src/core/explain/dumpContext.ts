import type { Dump, Snapshot } from '../model/dump';
import { NONE } from '../model/row';
import type { Socket } from '../model/socket';
import type { SocketTable } from '../model/socketTable';
import { State } from '../model/state';
import { isLinux } from '../knowledge/systems';
import { isAny, unmapped } from './address';
import type { ExplainContext, Neighbours } from './context';

/** The snapshot that row `row` is of. */
export function snapshotOf(dump: Dump, row: number): Snapshot | undefined {
  return dump.snapshots.find(snapshot => snapshot.firstRow <= row && row < snapshot.endRow);
}

/** What is around a row of a dump. */
export function dumpContext(dump: Dump, row: number): ExplainContext {
  const snapshot = snapshotOf(dump, row);
  const dialect = snapshot?.dialects[0];
  return {
    system: snapshot?.system ?? dialect?.systems[0] ?? null,
    tool: dialect ?? null,
    unprivileged: snapshot?.unprivileged ?? false,
    seesOwners: snapshot === undefined ? null : seesOwners(dump.table, snapshot),
    neighbours: snapshot === undefined ? null : new SnapshotNeighbours(dump.table, snapshot),
  };
}

const OWNERS = new WeakMap<Snapshot, boolean | null>();

/** Every listening socket has an owner, but for a few of the kernel: they show what root sees. */
function seesOwners(table: SocketTable, snapshot: Snapshot): boolean | null {
  const known = OWNERS.get(snapshot);
  if (known !== undefined) {
    return known;
  }
  let owned = 0;
  let unowned = 0;
  for (let i = snapshot.firstRow; i < snapshot.endRow; i++) {
    if (table.state[i] === State.Listen) {
      if (table.pid[i] === NONE) {
        unowned++;
      } else {
        owned++;
      }
    }
  }
  const result =
    snapshot.unprivileged || unowned > owned
      ? false
      : owned > 0 && unowned === 0 && isLinux(snapshot.system)
        ? true
        : null;
  OWNERS.set(snapshot, result);
  return result;
}

/** Looks rows up by going over the snapshot, which for one hover is cheaper than any index. */
class SnapshotNeighbours implements Neighbours {
  public constructor(
    private readonly table: SocketTable,
    private readonly snapshot: Snapshot,
  ) {}

  public socket(row: number): Socket {
    return this.table.socket(row);
  }

  public otherEnd(row: number): number | null {
    const { table } = this;
    const localPort = table.localPort[row] ?? NONE;
    const remotePort = table.remotePort[row] ?? NONE;
    if (localPort <= 0 || remotePort <= 0 || !table.isTcp(row)) {
      return null;
    }
    const local = this.local(row);
    const remote = this.remote(row);
    for (let i = this.snapshot.firstRow; i < this.snapshot.endRow; i++) {
      if (
        table.localPort[i] === remotePort &&
        table.remotePort[i] === localPort &&
        table.isTcp(i) &&
        this.local(i) === remote &&
        this.remote(i) === local
      ) {
        return i;
      }
    }
    return null;
  }

  public listenerOf(row: number): number | null {
    return this.listener(row, this.table.localPort[row] ?? NONE, this.local(row));
  }

  public listenerAt(row: number): number | null {
    return this.listener(row, this.table.remotePort[row] ?? NONE, this.remote(row));
  }

  public alike(row: number): readonly number[] {
    const { table } = this;
    const rows: number[] = [];
    for (let i = this.snapshot.firstRow; i < this.snapshot.endRow; i++) {
      if (
        table.state[i] === table.state[row] &&
        table.pid[i] === table.pid[row] &&
        table.process[i] === table.process[row] &&
        table.isTcp(i) === table.isTcp(row)
      ) {
        rows.push(i);
      }
    }
    return rows;
  }

  private listener(row: number, port: number, address: string): number | null {
    const { table } = this;
    let wildcard: number | null = null;
    for (let i = this.snapshot.firstRow; port > 0 && i < this.snapshot.endRow; i++) {
      if (table.localPort[i] === port && table.state[i] === State.Listen && i !== row) {
        const bound = this.local(i);
        if (bound === address) {
          return i;
        }
        if (isAny(bound)) {
          wildcard ??= i;
        }
      }
    }
    return wildcard;
  }

  private local(row: number): string {
    return unmapped(this.table.pool.get(this.table.localAddress[row] ?? 0));
  }

  private remote(row: number): string {
    return unmapped(this.table.pool.get(this.table.remoteAddress[row] ?? 0));
  }
}
