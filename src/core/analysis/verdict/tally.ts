import { holderOf } from '../../index/holder';
import { mayBeOne, type OwnerIdentity } from '../../index/owners';
import type { SnapshotIndex } from '../../index/snapshotIndex';
import { NONE } from '../../model/row';
import type { SocketTable } from '../../model/socketTable';
import { State } from '../../vocabulary/state';
import type { Kept } from '../time/difference';
import { FIRST, type Holders, isOrphan, SECOND, waitingIn } from './holders';
import { fateOf, type Rows, type Stuck } from './stuck';

/** What became of the sockets of one holder. */
export class Group {
  public before = 0;
  public gone = 0;
  public freed = 0;
  public moved = 0;
  public remaining = 0;
  public added = 0;
  /** How many only one snapshot has, and only their service tells whose they are. */
  public guessed = 0;
  /** Listening sockets in the first snapshot, and those of them that are in the second. */
  public listening = 0;
  public keptListening = 0;
  /** Sockets that its process has in both for certain. */
  public kept = 0;
  /** For the ports that it listened on, its new process. */
  public heir: number = NONE;
  /** What that has stuck in the second snapshot. */
  public again = 0;
  /** What else that has in CLOSE_WAIT, or new processes that serve its port beside it. */
  public waiting = 0;
  /** What it had in CLOSE_WAIT in the first that was not stuck, and is gone; 0 where some is left. */
  public closed = 0;
  /** Whether all that is new is in CLOSE_WAIT. */
  public isUnclosed = true;
  /** Its number by what the first snapshot alone shows (see holderOf). */
  public base: number = NONE;

  public constructor(
    /** Its number, see {@link Holders}. */
    public holder: number,
    /** The processes that it is; none where none is shown. */
    public owners: readonly OwnerIdentity[],
  ) {}

  public get cleared(): number {
    return this.gone + this.freed;
  }

  /** Its process; null if none is shown, or where it is several. */
  public get pid(): number | null {
    return this.owners.length === 1 ? this.owners[0]!.pid : null;
  }
}

/** Counts what became of stuck sockets, by who holds them. */
export class Tally {
  /** By number, see {@link Holders}. */
  public readonly groups = new Map<number, Group>();
  /** New sockets of programs, stuck or in CLOSE_WAIT, of which nothing tells whose they are. */
  public newUnowned = 0;
  /** By the PID of a process that has nothing stuck in either, what it newly has in CLOSE_WAIT. */
  private readonly waiting = new Map<number, number>();
  private readonly stuckBefore: Rows;
  private readonly stuckAfter: Rows;

  public constructor(
    private readonly first: SnapshotIndex,
    private readonly second: SnapshotIndex,
    public readonly holders: Holders,
    kept: readonly Kept[],
    { before, after }: Stuck,
    showsAll: boolean,
  ) {
    this.stuckBefore = before;
    this.stuckAfter = after;
    this.countEarlier();
    this.followKept(kept);
    this.countNew();
    this.countClosed();
    this.findHeirs(showsAll);
  }

  private countEarlier(): void {
    const { holders } = this;
    for (const row of this.stuckBefore) {
      const group = this.groupOf(holders.of(FIRST, row));
      group.before++;
      group.base = holderOf(this.first, row);
      group.guessed += Number(holders.isGuessed(FIRST, row));
    }
    for (const row of this.first.rowsIn(State.Listen)) {
      const group = this.groups.get(holders.of(FIRST, row));
      if (group !== undefined) {
        group.listening++;
      }
    }
  }

  private followKept(kept: readonly Kept[]): void {
    const { first, second, holders } = this;
    for (const pair of kept) {
      const { before, after } = pair;
      const holder = holders.of(FIRST, before);
      const group = this.groups.get(holder);
      if (group === undefined) {
        continue;
      }
      if (this.stuckBefore.has(before)) {
        group[fateOf(first.table, second.table, pair, this.stuckAfter.has(after))]++;
      }
      if (
        first.owners.of(before) !== NONE &&
        second.owners.of(after) !== NONE &&
        holders.of(SECOND, after) === holder
      ) {
        group.keptListening += Number(first.table.state[before] === State.Listen);
        group.kept += Number(isCertain(first.table, second.table, pair));
      }
    }
    for (const group of this.groups.values()) {
      group.gone = group.before - group.freed - group.moved - group.remaining;
      if (group.gone === group.before && group.holder >= 0 && !holders.isEarlier(group.holder)) {
        // Who has that service now need not have had it then.
        group.holder = group.base;
        group.owners = [];
      }
    }
  }

  /** Counts what is stuck in the second only, and what a program has newly in such states. */
  private countNew(): void {
    const { holders, first, second } = this;
    const known = new Set(this.groups.keys());
    const add = (holder: number, row: number): void => {
      const group = this.groupOf(holder);
      group.added++;
      group.isUnclosed &&= second.table.state[row] === State.CloseWait;
      group.guessed += Number(holders.isGuessed(SECOND, row));
    };
    const count = (holder: number, row: number): void => {
      const isOpen = holder < 0 && !isOrphan(second.table.state[row]!);
      this.newUnowned += Number(isOpen);
    };
    const wasStuck = (earlier: number): boolean =>
      earlier !== NONE && this.stuckBefore.has(earlier);
    for (const row of this.stuckAfter) {
      if (!wasStuck(holders.otherRow(SECOND, row))) {
        const holder = holders.of(SECOND, row);
        add(holder, row);
        count(holder, row);
      }
    }
    for (const row of waitingIn(second)) {
      const earlier = holders.otherRow(SECOND, row);
      const state = second.table.state[row];
      const isNew =
        earlier === NONE || (first.table.state[earlier] !== state && !wasStuck(earlier));
      const isPrograms = second.owners.of(row) !== NONE || state === State.CloseWait;
      if (isNew && isPrograms && !this.stuckAfter.has(row)) {
        const holder = holders.of(SECOND, row);
        count(holder, row);
        if (known.has(holder)) {
          add(holder, row);
        } else if (state === State.CloseWait) {
          const pid = second.table.pid[row]!;
          this.waiting.set(pid, (this.waiting.get(pid) ?? 0) + 1);
        }
      }
    }
  }

  /** Counts what is gone of what was in CLOSE_WAIT at programs that had nothing stuck before. */
  private countClosed(): void {
    const { holders, first, second } = this;
    const lasting = new Set<Group>();
    for (const row of first.rowsIn(State.CloseWait)) {
      const group = this.groups.get(holders.of(FIRST, row));
      if (group?.before === 0) {
        const later = holders.otherRow(FIRST, row);
        group.closed++;
        if (later !== NONE && second.table.state[later] === State.CloseWait) {
          lasting.add(group);
        }
      }
    }
    for (const group of lasting) {
      group.closed = 0;
    }
  }

  /**
   * Which new process serves the port of a program that is no longer there, or has its name, and what
   * it has stuck. A name tells nothing where the first need not show every process.
   */
  private findHeirs(showsAll: boolean): void {
    const { first, second, holders } = this;
    const there = new Set<number>();
    for (let row = second.snapshot.firstRow; row < second.snapshot.endRow; row++) {
      const earlier = holders.otherRow(SECOND, row);
      if (earlier !== NONE && first.owners.of(earlier) === NONE) {
        there.add(second.table.pid[row]!);
      }
    }
    const keys = new Map(Array.from(this.groups, ([key, { pid }]) => [pid, key]));
    /** By port and by name, those with something stuck first. */
    const heirs = new Map<number | string, Set<number>>();
    const add = (key: number | string, pid: number): void => {
      heirs.set(key, (heirs.get(key) ?? new Set()).add(pid));
    };
    for (const isStuck of [true, false]) {
      for (let row = second.snapshot.firstRow; row < second.snapshot.endRow; row++) {
        const pid = second.table.pid[row]!;
        const isNew = pid > 0 && first.owners.find(pid) === NONE && !there.has(pid);
        if (isNew && keys.has(pid) === isStuck) {
          if (second.isServed(row)) {
            add(second.table.localPort[row]!, pid);
          }
          add(showsAll ? second.table.pool.get(second.table.process[row]!) : '', pid);
        }
      }
    }
    // Of workers each has another one.
    const find = (group: Group | undefined, key: number | string): void => {
      const pid = group?.pid ?? null;
      const pids = key === '' ? undefined : heirs.get(key);
      if (group?.heir === NONE && pid !== null && second.owners.find(pid) === NONE && pids) {
        [group.heir = NONE] = pids;
        if (pids.size > 1) {
          pids.delete(group.heir);
        }
      }
    };
    for (const rows of [first.rowsIn(State.Listen), this.stuckBefore]) {
      for (const row of rows) {
        find(this.groups.get(holders.of(FIRST, row)), first.table.localPort[row]!);
      }
    }
    for (const group of this.groups.values()) {
      find(group, group.owners[0]?.process ?? '');
    }
    for (const group of this.groups.values()) {
      group.again = this.takeNew(group.heir, keys, () => true);
      group.waiting = this.takeWaiting(group.heir);
    }
    // Old workers may still serve what they have, beside new ones.
    for (const row of this.stuckBefore) {
      const group = this.groups.get(holders.of(FIRST, row));
      const port = first.table.localPort[row]!;
      if (group?.remaining === 0 && group.heir === NONE && holders.isPresent(group.holder)) {
        const isLess = ({ added, isUnclosed }: Group): boolean =>
          isUnclosed && added <= group.before;
        const name = group.owners[0]?.process ?? null;
        const pids = [...(heirs.get(port) ?? [])].filter(pid =>
          mayBeOne(second.owners.get(second.owners.find(pid)).process, name),
        );
        for (const pid of pids) {
          group.waiting += this.takeNew(pid, keys, isLess) + this.takeWaiting(pid);
        }
        heirs.delete(port);
      }
    }
  }

  /** What a new process has stuck, to be counted with the program that it is of. */
  private takeNew(
    pid: number,
    keys: ReadonlyMap<number | null, number>,
    isWanted: (group: Group) => boolean,
  ): number {
    const key = pid === NONE ? undefined : keys.get(pid);
    const group = key === undefined ? undefined : this.groups.get(key);
    if (group?.before !== 0 || !isWanted(group)) {
      return 0;
    }
    this.groups.delete(key!);
    return group.added;
  }

  private takeWaiting(pid: number): number {
    const count = this.waiting.get(pid) ?? 0;
    this.waiting.delete(pid);
    return count;
  }

  private groupOf(holder: number): Group {
    let group = this.groups.get(holder);
    if (group === undefined) {
      group = new Group(holder, this.holders.ownersOf(holder));
      this.groups.set(holder, group);
    }
    return group;
  }
}

/** Whether a socket is the same for certain: by what the kernel names it by, or as a connection. */
function isCertain(first: SocketTable, second: SocketTable, { before, after }: Kept): boolean {
  return (
    first.remotePort[before]! > 0 ||
    ((first.inode?.[before] ?? NONE) > 0 && (second.inode?.[after] ?? NONE) > 0) ||
    ((first.handle?.[before] ?? 0) > 0 && (second.handle?.[after] ?? 0) > 0)
  );
}
