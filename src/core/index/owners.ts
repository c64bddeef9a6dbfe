import type { Snapshot } from '../model/snapshot';
import { NONE } from '../model/row';
import type { SocketTable } from '../model/socketTable';
import { inBlocks, type Task } from '../model/task';
import { kernelName } from '../knowledge/systems';
import type { System } from '../vocabulary/system';
import { keysWithin, type OpenFiles } from './openFiles';
import { Tuples } from '../model/tuples';

/** A process as a dump names it. */
export interface OwnerIdentity {
  /** Null where only the name is printed. */
  readonly pid: number | null;
  readonly process: string | null;
}

/** Whether two names of processes may be one: tools cut them at different lengths, and some show none. */
export function mayBeOne(one: string | null, other: string | null): boolean {
  return one === null || other === null || one.startsWith(other) || other.startsWith(one);
}

const NO_NUMBERS = new Int32Array(0);

/** PIDs that are told apart when guessing, also among few rows. */
const LOOKS = 256;
const FEW_LOOKS = 16;

/**
 * The processes of one snapshot, numbered from 0 in the order of their first row. A process is
 * known by its PID; by its name where only that is printed. A socket that several processes hold
 * counts for the one of them that holds the most rows, so that it is counted once.
 */
export class Owners {
  /** By row of the snapshot, the number of its owner; empty where no row has one. */
  private numbers = NO_NUMBERS;
  /** PID, and name where there is no PID, of each owner. */
  private readonly keys = new Tuples();
  private readonly names: number[] = [];

  private constructor(
    private readonly table: SocketTable,
    private readonly snapshot: Snapshot,
    private readonly files: OpenFiles,
    private readonly system: System | null,
  ) {}

  public static *of(
    table: SocketTable,
    snapshot: Snapshot,
    files: OpenFiles,
    system: System | null,
  ): Task<Owners> {
    const owners = new Owners(table, snapshot, files, system);
    yield* owners.number();
    if (files.owners.size > 0) {
      yield* owners.settleShared();
    }
    return owners;
  }

  /** How many owners there are. */
  public get size(): number {
    return this.keys.size;
  }

  /** How many sockets an owner has. */
  public count(owner: number): number {
    return this.keys.counts[owner]!;
  }

  /** The owner of a row; NONE where none is printed. */
  public of(row: number): number {
    return this.numbers[row - this.snapshot.firstRow] ?? NONE;
  }

  /** The owner with a PID; NONE where it has no row. */
  public find(pid: number): number {
    return this.keys.find(pid, 0, 0);
  }

  /** Who an owner is; the kernel by its name also where none is printed. */
  public get(owner: number): OwnerIdentity {
    const [pid] = this.keys.get(owner);
    const name = this.table.pool.get(this.names[owner]!);
    return {
      pid: pid === NONE ? null : pid,
      process: name === '' ? kernelName(this.system, pid) : name,
    };
  }

  private *number(): Task<void> {
    const { firstRow, endRow } = this.snapshot;
    const { pid, process } = this.table;
    let first = firstRow;
    while (first < endRow && pid[first] === NONE && process[first] === 0) {
      first++;
    }
    if (first === endRow) {
      return;
    }
    const { names, keys } = this;
    const numbers = new Int32Array(endRow - firstRow);
    this.numbers = numbers;
    // Of PIDs that look alike, the one that came last, and its number: most come again and again.
    const looks = endRow - firstRow > LOOKS ? LOOKS : FEW_LOOKS;
    const lastPids = new Int32Array(looks).fill(NONE);
    const lastOwners = new Uint32Array(looks);
    yield* inBlocks(firstRow, endRow, (from, end) => {
      for (let row = from; row < end; row++) {
        const id = pid[row]!;
        const name = process[row]!;
        if (id === NONE && name === 0) {
          numbers[row - firstRow] = NONE;
          continue;
        }
        const look = id & (looks - 1);
        if (id !== NONE && lastPids[look] === id) {
          const known = lastOwners[look]!;
          keys.counts[known]!++;
          numbers[row - firstRow] = known;
          continue;
        }
        const owner = keys.add(id, id === NONE ? name : 0, 0);
        numbers[row - firstRow] = owner;
        if (owner === names.length) {
          names.push(name);
        } else if (names[owner] === 0) {
          names[owner] = name;
        }
        if (names[owner] !== 0) {
          lastPids[look] = id;
          lastOwners[look] = owner;
        }
      }
    });
    for (const row of this.files.repeated) {
      const owner = numbers[row - firstRow]!;
      if (owner !== NONE) {
        keys.counts[owner]!--;
      }
    }
  }

  /** Gives each shared row to the one of its processes that holds the most rows. */
  private *settleShared(): Task<void> {
    const { owners: shared, repeated } = this.files;
    const { firstRow } = this.snapshot;
    const { keys, names, numbers } = this;
    const rows = yield* keysWithin(shared, this.snapshot);
    if (rows.length === 0) {
      return;
    }
    const held = [...keys.counts.subarray(0, keys.size)];
    yield* inBlocks(0, rows.length, (from, end) => {
      for (const row of rows.slice(from, end)) {
        const list = repeated.has(row) ? [] : (shared.get(row) ?? []);
        const counted = new Set([list[0]?.pid]);
        for (const { pid, process } of list) {
          if (pid !== null && !counted.has(pid)) {
            counted.add(pid);
            const owner = keys.add(pid, 0, 0);
            keys.counts[owner]!--;
            names[owner] ||= this.table.pool.intern(process ?? '');
            held[owner] = (held[owner] ?? 0) + 1;
          }
        }
      }
    });
    yield* inBlocks(0, rows.length, (from, end) => {
      for (const row of rows.slice(from, end)) {
        const list = repeated.has(row) ? [] : (shared.get(row) ?? []);
        const old = numbers[row - firstRow]!;
        let best = old;
        for (const { pid } of list) {
          const owner = pid === null ? NONE : this.find(pid);
          if (owner !== NONE && (held[owner] ?? 0) > (held[best] ?? 0)) {
            best = owner;
          }
        }
        if (best !== old) {
          numbers[row - firstRow] = best;
          keys.counts[best]!++;
          if (old !== NONE) {
            keys.counts[old]!--;
          }
        }
      }
    });
  }
}
