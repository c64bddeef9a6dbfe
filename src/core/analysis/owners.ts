import type { Snapshot } from '../model/dump';
import { NONE } from '../model/row';
import type { SocketTable } from '../model/socketTable';
import type { FindingOwner } from './finding';
import type { OpenFiles } from './openFiles';

/**
 * The processes of one snapshot, numbered from 0 in the order of their first row. A process is
 * known by its PID; by its name where only that is printed. A socket that several processes hold
 * counts for the one of them that holds the most rows, so that it is counted once.
 */
export class Owners {
  /** Number of sockets of each owner. */
  public readonly counts: number[] = [];
  private readonly numbers: Int32Array;
  private readonly pids: number[] = [];
  private readonly names: number[] = [];

  public constructor(
    private readonly table: SocketTable,
    private readonly snapshot: Snapshot,
    private readonly files: OpenFiles,
  ) {
    this.numbers = new Int32Array(snapshot.endRow - snapshot.firstRow);
    this.number();
    this.settleShared();
  }

  /** How many owners there are. */
  public get size(): number {
    return this.counts.length;
  }

  /** The owner of a row; NONE where none is printed. */
  public of(row: number): number {
    return this.numbers[row - this.snapshot.firstRow] ?? NONE;
  }

  /** Who an owner is. */
  public get(owner: number): FindingOwner {
    const pid = this.pids[owner] ?? NONE;
    const name = this.table.pool.get(this.names[owner] ?? 0);
    return { pid: pid === NONE ? null : pid, process: name === '' ? null : name };
  }

  private number(): void {
    const { firstRow, endRow } = this.snapshot;
    const { pid, process } = this.table;
    const byPid = new Map<number, number>();
    const byName = new Map<number, number>();
    // Rows of one program often follow each other.
    let lastPid = NONE;
    let lastName = 0;
    let last = NONE;
    for (let row = firstRow; row < endRow; row++) {
      const id = pid[row]!;
      const name = process[row]!;
      if (id !== lastPid || name !== lastName) {
        lastPid = id;
        lastName = name;
        last =
          id === NONE
            ? name === 0
              ? NONE
              : this.enter(byName, name, NONE, name)
            : this.enter(byPid, id, id, name);
      }
      this.numbers[row - firstRow] = last;
      if (last !== NONE) {
        this.counts[last]!++;
      }
    }
    for (const row of this.files.repeated) {
      const owner = this.numbers[row - firstRow]!;
      if (owner !== NONE) {
        this.counts[owner]!--;
      }
    }
  }

  private enter(known: Map<number, number>, key: number, pid: number, name: number): number {
    let owner = known.get(key);
    if (owner === undefined) {
      owner = this.counts.length;
      known.set(key, owner);
      this.counts.push(0);
      this.pids.push(pid);
      this.names.push(name);
    } else if (this.names[owner] === 0) {
      this.names[owner] = name;
    }
    return owner;
  }

  /** Gives each shared row to the one of its processes that holds the most rows. */
  private settleShared(): void {
    const { firstRow, endRow } = this.snapshot;
    const { pool } = this.table;
    const { owners: shared } = this.files;
    if (shared.size === 0) {
      return;
    }
    const byPid = new Map<number, number>();
    this.pids.forEach((pid, owner) => byPid.set(pid, owner));
    const held = [...this.counts];
    const rows: number[] = [];
    for (const [row, list] of shared) {
      if (row < firstRow || row >= endRow || this.files.repeated.has(row)) {
        continue;
      }
      rows.push(row);
      const counted = new Set([list[0]?.pid]);
      for (const { pid, process } of list) {
        if (pid !== null && !counted.has(pid)) {
          counted.add(pid);
          const owner = this.enter(byPid, pid, pid, pool.intern(process ?? ''));
          held[owner] = (held[owner] ?? 0) + 1;
        }
      }
    }
    for (const row of rows) {
      const old = this.numbers[row - firstRow]!;
      let best = old;
      for (const { pid } of shared.get(row) ?? []) {
        const owner = pid === null ? undefined : byPid.get(pid);
        if (owner !== undefined && (held[owner] ?? 0) > (held[best] ?? 0)) {
          best = owner;
        }
      }
      if (best !== old) {
        this.numbers[row - firstRow] = best;
        this.counts[best]!++;
        if (old !== NONE) {
          this.counts[old]!--;
        }
      }
    }
  }
}
