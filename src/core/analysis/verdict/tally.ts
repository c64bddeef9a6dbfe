import { holderOf, ownerOfHolder } from '../../index/holder';
import type { OwnerIdentity } from '../../index/owners';
import type { SnapshotIndex } from '../../index/snapshotIndex';
import { NONE } from '../../model/row';
import type { SocketTable } from '../../model/socketTable';
import { State } from '../../vocabulary/state';
import type { Kept } from '../time/difference';
import { fateOf, type Rows, type Stuck } from './stuck';

/** What the kernel holds after the program let go of it; not a holder's number (see holderOf). */
export const KERNEL = Number.MIN_SAFE_INTEGER;

/** What became of the sockets of one holder. */
export class Group {
  public before = 0;
  public gone = 0;
  public freed = 0;
  public moved = 0;
  public remaining = 0;
  public added = 0;
  /** Listening sockets in the first snapshot, and those of them that are in the second. */
  public listening = 0;
  public keptListening = 0;
  /** Sockets that are the same in both for certain. */
  public kept = 0;
  /** For the ports that it listened on, its new process. */
  public heir: number = NONE;

  public constructor(public readonly owner: OwnerIdentity | null) {}

  public get cleared(): number {
    return this.gone + this.freed;
  }
}

/** Counts what became of stuck sockets, by who holds them. */
export class Tally {
  /** By holder in the first snapshot (see holderOf), or {@link KERNEL}; behind those, new ones. */
  public readonly groups = new Map<number, Group>();
  /** New sockets in CLOSE_WAIT that show no process. */
  public newUnowned = 0;
  private readonly stuckBefore: Rows;
  private readonly stuckAfter: Rows;
  /** The second's owners by number: their numbers in the first; NONE where they were not there. */
  private readonly earlier: Int32Array;
  /** Numbers in the first of the processes that the second still shows. */
  private readonly present: ReadonlySet<number>;

  public constructor(
    private readonly first: SnapshotIndex,
    private readonly second: SnapshotIndex,
    kept: readonly Kept[],
    { before, after }: Stuck,
  ) {
    this.stuckBefore = before;
    this.stuckAfter = after;
    this.earlier = this.earlierOwners();
    this.present = new Set(this.earlier);
    this.countEarlier();
    this.followKept(kept);
    this.countNew(kept);
    this.findHeirs();
  }

  /** Whether the second snapshot still shows a process of the first. */
  public isPresent(pid: number): boolean {
    return this.present.has(this.first.owners.find(pid));
  }

  private countEarlier(): void {
    for (const row of this.stuckBefore) {
      this.groupAt(holderIn(this.first, row), this.first).before++;
    }
    for (const row of this.first.rowsIn(State.Listen)) {
      const group = this.groups.get(this.first.owners.of(row));
      if (group !== undefined) {
        group.listening++;
      }
    }
  }

  private followKept(kept: readonly Kept[]): void {
    const { table } = this.first;
    const later = this.second.table;
    for (const pair of kept) {
      const { before, after } = pair;
      if (this.stuckBefore.has(before)) {
        const fate = fateOf(table, later, pair, this.stuckAfter.has(after));
        this.groupAt(holderIn(this.first, before), this.first)[fate]++;
      }
      const owner = this.first.owners.of(before);
      const group = owner === NONE ? undefined : this.groups.get(owner);
      if (group !== undefined && this.earlierOwner(after) === owner) {
        const listens = table.state[before] === State.Listen;
        group.keptListening += Number(listens);
        group.kept += Number(isCertain(table, later, pair));
      }
    }
    for (const group of this.groups.values()) {
      group.gone = group.before - group.freed - group.moved - group.remaining;
    }
  }

  /** Counts what is stuck in the second only, and what a program has newly in such states. */
  private countNew(kept: readonly Kept[]): void {
    const { state } = this.second.table;
    const from = new Int32Array(this.second.snapshot.endRow - this.second.snapshot.firstRow);
    from.fill(NONE);
    for (const { before, after } of kept) {
      from[after - this.second.snapshot.firstRow] = before;
    }
    const isNew = (row: number): boolean => {
      const before = from[row - this.second.snapshot.firstRow]!;
      return before === NONE || this.first.table.state[before] !== state[row];
    };
    const wasStuck = (row: number): boolean => {
      const before = from[row - this.second.snapshot.firstRow]!;
      return before !== NONE && this.stuckBefore.has(before);
    };
    const known = new Set(this.groups.keys());
    for (const row of this.stuckAfter) {
      if (!wasStuck(row)) {
        this.groupAfter(row).added++;
      }
    }
    for (const waiting of [State.CloseWait, State.FinWait2]) {
      for (const row of this.second.rowsIn(waiting)) {
        if (!isNew(row) || wasStuck(row) || this.stuckAfter.has(row)) {
          continue;
        }
        if (this.second.owners.of(row) === NONE) {
          this.newUnowned += Number(waiting === State.CloseWait);
        } else {
          const owner = this.earlierOwner(row);
          if (known.has(owner)) {
            this.groups.get(owner)!.added++;
          }
        }
      }
    }
  }

  /** Which new process listens where a program did that is no longer there, or has its name. */
  private findHeirs(): void {
    const byName = new Map<string, number>();
    const isNew = (pid: number): boolean => this.first.owners.find(pid) === NONE;
    for (let number = 0; number < this.second.owners.size; number++) {
      const { pid, process } = this.second.owners.get(number);
      if (pid !== null && process !== null && isNew(pid) && !byName.has(process)) {
        byName.set(process, pid);
      }
    }
    const byPort = new Map<number, number>();
    for (const row of this.second.rowsIn(State.Listen)) {
      const pid = this.second.table.pid[row]!;
      if (pid > 0 && isNew(pid)) {
        byPort.set(this.second.table.localPort[row]!, pid);
      }
    }
    const isGone = (owner: OwnerIdentity | null): boolean => {
      const pid = owner?.pid ?? null;
      return pid !== null && this.second.owners.find(pid) === NONE;
    };
    for (const group of this.groups.values()) {
      if (isGone(group.owner)) {
        group.heir = byName.get(group.owner?.process ?? '') ?? NONE;
      }
    }
    for (const row of this.first.rowsIn(State.Listen)) {
      const group = this.groups.get(this.first.owners.of(row));
      if (group?.heir === NONE && isGone(group.owner)) {
        group.heir = byPort.get(this.first.table.localPort[row]!) ?? NONE;
      }
    }
  }

  private groupAt(holder: number, index: SnapshotIndex): Group {
    let group = this.groups.get(holder);
    if (group === undefined) {
      group = new Group(holder === KERNEL ? null : ownerOfHolder(index, holder));
      this.groups.set(holder, group);
    }
    return group;
  }

  /** The group that a row of the second counts for. */
  private groupAfter(row: number): Group {
    const holder = holderIn(this.second, row);
    if (holder < 0) {
      return this.groupAt(holder, this.second);
    }
    const owner = this.earlier[holder]!;
    // What was not there before is numbered behind all that was.
    return owner === NONE ? this.groupOfNew(holder) : this.groupAt(owner, this.first);
  }

  private groupOfNew(holder: number): Group {
    const number = this.first.owners.size + holder;
    let group = this.groups.get(number);
    if (group === undefined) {
      group = new Group(this.second.owners.get(holder));
      this.groups.set(number, group);
    }
    return group;
  }

  /** The number in the first snapshot of the process that has a row in the second. */
  private earlierOwner(row: number): number {
    const owner = this.second.owners.of(row);
    return owner === NONE ? NONE : this.earlier[owner]!;
  }

  private earlierOwners(): Int32Array {
    const names = new Map<string, number>();
    for (let number = 0; number < this.first.owners.size; number++) {
      const { pid, process } = this.first.owners.get(number);
      if (pid === null && process !== null) {
        names.set(process, number);
      }
    }
    return Int32Array.from({ length: this.second.owners.size }, (_, number) => {
      const { pid, process } = this.second.owners.get(number);
      const found = pid === null ? (names.get(process ?? '') ?? NONE) : this.first.owners.find(pid);
      if (found === NONE) {
        return NONE;
      }
      const name = this.first.owners.get(found).process;
      // The number of another program that ended.
      return name !== null && process !== null && name !== process ? NONE : found;
    });
  }
}

/** Who answers for a row (see holderOf), or {@link KERNEL}. */
function holderIn(index: SnapshotIndex, row: number): number {
  return index.owners.of(row) === NONE &&
    index.showsPids &&
    !index.snapshot.unprivileged &&
    isOrphan(index.table.state[row] as State)
    ? KERNEL
    : holderOf(index, row);
}

/** Whether sockets in a state are the kernel's alone where no process has them. */
function isOrphan(state: State): boolean {
  return (
    state === State.SynReceived ||
    state === State.FinWait1 ||
    state === State.FinWait2 ||
    state === State.Closing ||
    state === State.LastAck
  );
}

/** Whether a socket is the same for certain: by what the kernel names it by, or as a connection. */
function isCertain(first: SocketTable, second: SocketTable, { before, after }: Kept): boolean {
  return (
    first.remotePort[before]! > 0 ||
    ((first.inode?.[before] ?? NONE) > 0 && (second.inode?.[after] ?? NONE) > 0) ||
    ((first.handle?.[before] ?? 0) > 0 && (second.handle?.[after] ?? 0) > 0)
  );
}
