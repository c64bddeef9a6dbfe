import { Addresses } from '../index/ownAddresses';
import { SnapshotIndex } from '../index/snapshotIndex';
import type { Dump } from '../reading/dump';
import type { Snapshot } from '../model/snapshot';
import { NONE } from '../model/row';
import type { Socket } from '../model/socket';
import { State } from '../vocabulary/state';
import type { SocketTable } from '../model/socketTable';
import type { Task } from '../model/task';
import { isLinux } from '../knowledge/systems';
import type { ExplainContext, Neighbors } from './context';

/** What is around a row of a dump. */
export function* dumpContext(dump: Dump, row: number): Task<ExplainContext> {
  const number = dump.snapshots.findIndex(s => s.firstRow <= row && row < s.endRow);
  const snapshot = dump.snapshots[number];
  if (snapshot === undefined) {
    throw new RangeError(`no snapshot has row ${row}`);
  }
  const surroundings = yield* surroundingsOf(dump, number, snapshot);
  const dialect = snapshot.dialects[0];
  return {
    system: systemOf(snapshot),
    tool: dialect ?? null,
    unprivileged: snapshot.unprivileged,
    seesOwners: surroundings.seesOwners,
    neighbors: surroundings.neighbors,
  };
}

/** The system of a snapshot; null where its format is that of several, and nothing tells which. */
function systemOf({ system, dialects }: Snapshot): ExplainContext['system'] {
  const systems = dialects[0]?.systems ?? [];
  return system ?? (systems.length === 1 ? (systems[0] ?? null) : null);
}

interface Surroundings {
  readonly neighbors: Neighbors;
  readonly seesOwners: boolean | null;
}

/** Made once for each snapshot: every hover over the same dump uses it. */
const KNOWN = new WeakMap<Snapshot, Surroundings>();

/** The same for each dump. */
const ADDRESSES = new WeakMap<SocketTable, Addresses>();

function* surroundingsOf(dump: Dump, number: number, snapshot: Snapshot): Task<Surroundings> {
  let known = KNOWN.get(snapshot);
  if (known === undefined) {
    const addresses = ADDRESSES.get(dump.table) ?? (yield* Addresses.of(dump));
    ADDRESSES.set(dump.table, addresses);
    const index = new SnapshotIndex(dump, number, addresses, systemOf(snapshot));
    yield* index.prepare();
    known = {
      neighbors: new IndexedNeighbors(index),
      seesOwners: seesOwners(index, snapshot.unprivileged),
    };
    KNOWN.set(snapshot, known);
  }
  return known;
}

/** Whether every listening socket has an owner: then the dump shows what root sees. */
function seesOwners(index: SnapshotIndex, unprivileged: boolean): boolean | null {
  const { table } = index;
  const rows = index.rowsIn(State.Listen);
  let owned = 0;
  for (const row of rows) {
    if (table.pid[row] !== NONE) {
      owned++;
    }
  }
  if (unprivileged || owned * 2 < rows.length) {
    return false;
  }
  return owned > 0 && owned === rows.length && isLinux(index.system) ? true : null;
}

class IndexedNeighbors implements Neighbors {
  public constructor(private readonly index: SnapshotIndex) {}

  public socket(row: number): Socket {
    return this.index.table.socket(row);
  }

  public otherEnd(row: number): number | null {
    return found(this.index.otherEnd(row));
  }

  public listenerOf(row: number): number | null {
    return found(this.index.listenerOf(row));
  }

  public listenerAt(row: number): number | null {
    return found(this.index.listenerAt(row));
  }

  public linesAlike(row: number): readonly number[] {
    const { line, state, pid, process } = this.index.table;
    const lines: number[] = [];
    for (const other of this.index.rowsIn(state[row]!)) {
      if (pid[other] === pid[row] && process[other] === process[row]) {
        lines.push(line[other]!);
      }
    }
    return lines;
  }
}

function found(row: number): number | null {
  return row === NONE ? null : row;
}
