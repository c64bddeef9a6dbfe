import { holderOf, ownerOfHolder } from '../../index/holder';
import type { OwnerIdentity } from '../../index/owners';
import type { SnapshotIndex } from '../../index/snapshotIndex';
import { NONE } from '../../model/row';
import { State } from '../../vocabulary/state';
import { endOf, type Kept } from '../time/difference';
import type { Stuck } from './stuck';

/** What the kernel holds after the program let go of it; not a holder's number (see holderOf). */
export const KERNEL = Number.MIN_SAFE_INTEGER;

/** One of two snapshots. */
class Listed {
  /** By row, from its first on, the row of the same socket in the other one; NONE where it has none. */
  public readonly others: Int32Array;
  /** Ports of this host of sockets that it shows a process of. */
  private readonly shown = new Set<number>();

  public constructor(
    public readonly index: SnapshotIndex,
    private readonly served: ReadonlySet<number>,
  ) {
    const { owners, snapshot, table } = index;
    const { firstRow, endRow } = snapshot;
    this.others = new Int32Array(endRow - firstRow).fill(NONE);
    for (let row = firstRow; index.showsPids && row < endRow; row++) {
      if (owners.of(row) !== NONE) {
        this.shown.add(table.localPort[row]!);
      }
    }
  }

  public otherOf(row: number): number {
    return this.others[row - this.index.snapshot.firstRow]!;
  }

  /**
   * Whether a process may have a row that shows none. Where the process that serves a port is shown,
   * a connection to it without one was not accepted yet.
   */
  public hides(row: number): boolean {
    return (
      holderIn(this.index, row) < 0 &&
      holderIn(this.index, row) !== KERNEL &&
      !(this.isServer(row) && this.shown.has(this.index.table.localPort[row]!))
    );
  }

  /** What a connection is for: a port that this host serves, or a server that it is a client of. */
  public serviceOf(row: number): string {
    const { table } = this.index;
    const end = this.isServer(row) ? String(table.localPort[row]) : endOf(table, row, 'remote');
    return `${end} ${isOrphan(table.state[row] as State)}`;
  }

  private isServer(row: number): boolean {
    return this.served.has(this.index.table.localPort[row]!) || this.index.roleOf(row) === 'server';
  }
}

/**
 * Who answers for the rows of two snapshots, as numbers that are the same for both: those of
 * holderOf in the first, or {@link KERNEL}; behind those, processes that only the second has.
 *
 * Where a listing does not show who has a socket, the other one does if it lists it, too. Of what
 * only one of them lists, the service tells who had such sockets: several are counted as one then.
 */
export class Holders {
  private readonly first: Listed;
  private readonly second: Listed;
  /** The second's owners by number: their numbers in the first; NONE where they were not there. */
  private readonly earlier: Int32Array;
  /** Numbers in the first of the processes that the second still shows. */
  private readonly present: ReadonlySet<number>;
  /** For a holder that is counted with another one, that one. */
  private readonly unions = new Map<number, number>();
  /** Who has the services of which one listing shows sockets without processes. */
  private readonly byService = new Map<string, number>();

  public constructor(
    first: SnapshotIndex,
    second: SnapshotIndex,
    kept: readonly Kept[],
    stuck: Stuck,
  ) {
    const served = new Set<number>();
    for (const index of [first, second]) {
      index.rowsIn(State.Listen).forEach(row => served.add(index.table.localPort[row]!));
    }
    this.first = new Listed(first, served);
    this.second = new Listed(second, served);
    for (const { before, after } of kept) {
      this.first.others[before - first.snapshot.firstRow] = after;
      this.second.others[after - second.snapshot.firstRow] = before;
    }
    this.earlier = earlierOwners(first, second, kept);
    this.present = new Set(this.earlier);
    this.learn(stuck);
  }

  /** Who answers for a row of the first. */
  public before(row: number): number {
    const other = this.first.otherOf(row);
    return this.resolved(this.first, row, this.ofFirst(row), () =>
      other === NONE ? NONE : this.ofSecond(other),
    );
  }

  /** Who answers for a row of the second. */
  public after(row: number): number {
    const other = this.second.otherOf(row);
    return this.resolved(this.second, row, this.ofSecond(row), () =>
      other === NONE ? NONE : this.ofFirst(other),
    );
  }

  /** The row of the same socket in the first; NONE where it is new. */
  public earlierRow(row: number): number {
    return this.second.otherOf(row);
  }

  /** Whether only the service tells who answers for a row of the first. */
  public isGuessedBefore(row: number): boolean {
    return this.first.otherOf(row) === NONE && this.first.hides(row);
  }

  /** The same for the second. */
  public isGuessedAfter(row: number): boolean {
    return this.second.otherOf(row) === NONE && this.second.hides(row);
  }

  /** The processes that a number stands for; none where none is shown. */
  public ownersOf(number: number): OwnerIdentity[] {
    const united = [...this.unions.keys()].filter(one => this.united(one) === number);
    return [number, ...united].flatMap(one => {
      const { owners } = this.first.index;
      return one < owners.size
        ? (ownerOfHolder(this.first.index, one) ?? [])
        : this.second.index.owners.get(one - owners.size);
    });
  }

  /** The number in the first snapshot of the process that has a row in the second; NONE for others. */
  public earlierOwner(row: number): number {
    const owner = this.second.index.owners.of(row);
    return owner === NONE ? NONE : this.earlier[owner]!;
  }

  /** Whether a number is of a process that the first shows. */
  public isEarlier(number: number): boolean {
    return number >= 0 && number < this.first.index.owners.size;
  }

  /** Whether a number is of a process of the first that the second still shows. */
  public isPresent(number: number): boolean {
    return number >= 0 && this.present.has(number);
  }

  private ofFirst(row: number): number {
    return holderIn(this.first.index, row);
  }

  private ofSecond(row: number): number {
    const holder = holderIn(this.second.index, row);
    const earlier = holder < 0 ? holder : this.earlier[holder]!;
    // What was not there before is numbered behind all that was.
    return holder >= 0 && earlier === NONE ? this.first.index.owners.size + holder : earlier;
  }

  private resolved(listed: Listed, row: number, own: number, other: () => number): number {
    if (isShown(own) || !listed.hides(row)) {
      return this.united(own);
    }
    const shown = other();
    return isShown(shown)
      ? this.united(shown)
      : this.united(this.byService.get(listed.serviceOf(row)) ?? own);
  }

  private united(number: number): number {
    let found = number;
    for (let next = this.unions.get(found); next !== undefined; next = this.unions.get(found)) {
      found = next;
    }
    return found;
  }

  /** Finds out who has the services of which one listing has sockets of its own without processes. */
  private learn({ before, after }: Stuck): void {
    const { first, second } = this;
    const waiting = waitingIn(second.index);
    const hidden = new Set<string>();
    for (const [listed, rows] of [
      [first, before],
      [second, after],
      [second, waiting],
    ] as const) {
      for (const row of rows) {
        if (listed.otherOf(row) === NONE && listed.hides(row)) {
          hidden.add(listed.serviceOf(row));
        }
      }
    }
    const note = (listed: Listed, row: number, holder: number): void => {
      const service = listed.serviceOf(row);
      if (isShown(holder) && hidden.has(service)) {
        const known = this.united(this.byService.get(service) ?? holder);
        this.byService.set(service, known);
        if (this.united(holder) !== known) {
          this.unions.set(this.united(holder), known);
        }
      }
    };
    if (hidden.size > 0) {
      for (const row of before) {
        note(first, row, this.ofFirst(row));
      }
      for (const rows of [after, waiting]) {
        for (const row of rows) {
          note(second, row, this.ofSecond(row));
        }
      }
      const had = new Set(Array.from(before, row => this.ofFirst(row)));
      for (const row of first.index.rowsIn(State.Listen)) {
        const holder = this.ofFirst(row);
        if (had.has(holder) && !this.byService.has(first.serviceOf(row))) {
          note(first, row, holder);
        }
      }
    }
  }
}

/** Rows in states in which sockets are that a program has not closed. */
export function waitingIn(index: SnapshotIndex): number[] {
  return [State.CloseWait, State.FinWait2].flatMap(state => [...index.rowsIn(state)]);
}

/** Whether a number says who it is. */
function isShown(holder: number): boolean {
  return holder >= 0 || holder === KERNEL;
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

/** For each owner in the second, its number in the first; NONE where it was not there. */
function earlierOwners(
  first: SnapshotIndex,
  second: SnapshotIndex,
  kept: readonly Kept[],
): Int32Array {
  const names = new Map<string, number>();
  for (let number = 0; number < first.owners.size; number++) {
    const { pid, process } = first.owners.get(number);
    if (pid === null && process !== null) {
      names.set(process, number);
    }
  }
  /** Processes that have a socket of both. */
  const lasting = new Set<number>();
  for (const { before, after } of kept) {
    const pid = first.table.pid[before]!;
    if (pid === second.table.pid[after]) {
      lasting.add(pid);
    }
  }
  return Int32Array.from({ length: second.owners.size }, (_, number) => {
    const { pid, process } = second.owners.get(number);
    const found = pid === null ? (names.get(process ?? '') ?? NONE) : first.owners.find(pid);
    // Under another name it is another program, with the number of one that ended.
    return found === NONE ||
      (pid !== null && lasting.has(pid)) ||
      mayBeOne(first.owners.get(found).process, process)
      ? found
      : NONE;
  });
}

/** Whether two names may be one: tools cut them at different lengths, and some show none. */
function mayBeOne(one: string | null, other: string | null): boolean {
  return one === null || other === null || one.startsWith(other) || other.startsWith(one);
}
