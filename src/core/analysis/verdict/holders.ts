import { holderOf, ownerOfHolder } from '../../index/holder';
import { mayBeOne, type OwnerIdentity } from '../../index/owners';
import type { SnapshotIndex } from '../../index/snapshotIndex';
import { NONE } from '../../model/row';
import { State } from '../../vocabulary/state';
import { endOf, type Kept } from '../time/difference';
import type { Stuck } from './stuck';

/** What the kernel holds after the program let go of it; not a holder's number (see holderOf). */
export const KERNEL = Number.MIN_SAFE_INTEGER;

/** The first of two snapshots, or the second. */
export const FIRST = 0;
export const SECOND = 1;
type Which = typeof FIRST | typeof SECOND;

/**
 * Who answers for the rows of two snapshots, as numbers that are the same for both: those of
 * holderOf in the first, or {@link KERNEL}; behind those, processes that only the second has.
 *
 * Where a listing does not show who has a socket, the other one does if it lists it, too. Of what
 * only one of them lists, the service tells who had such sockets: several are counted as one then.
 */
export class Holders {
  /** By row, from its snapshot's first on, the row of the same socket in the other one, or NONE. */
  private readonly others: readonly Int32Array[];
  /** Ports of this host of sockets that a snapshot shows a process of. */
  private readonly shown: readonly ReadonlySet<number>[];
  /** Ports that either snapshot listens on. */
  private readonly served: ReadonlySet<number>;
  /** The second's owners by number: their numbers in the first; NONE where they were not there. */
  private readonly earlier: Int32Array;
  /** Numbers in the first of the processes that the second still shows. */
  private readonly present: ReadonlySet<number>;
  /** For a holder that is counted with another one, that one. */
  private readonly unions = new Map<number, number>();
  /** Who has the services of which one listing shows sockets without processes. */
  private readonly byService = new Map<string, number>();

  public constructor(
    private readonly indexes: readonly [SnapshotIndex, SnapshotIndex],
    kept: readonly Kept[],
    stuck: Stuck,
  ) {
    const rows = indexes.map(({ snapshot }) => snapshot);
    this.others = rows.map(({ firstRow, endRow }) => new Int32Array(endRow - firstRow).fill(NONE));
    for (const { before, after } of kept) {
      this.others[FIRST]![before - rows[FIRST]!.firstRow] = after;
      this.others[SECOND]![after - rows[SECOND]!.firstRow] = before;
    }
    this.served = new Set(
      indexes.flatMap(index =>
        Array.from(index.rowsIn(State.Listen), row => index.table.localPort[row]!),
      ),
    );
    this.shown = indexes.map(shownPorts);
    this.earlier = earlierOwners(...indexes, kept);
    this.present = new Set(this.earlier);
    this.learn(stuck);
  }

  /** Who answers for a row. */
  public of(which: Which, row: number): number {
    const own = this.ownHolder(which, row);
    if (isShown(own) || !this.hides(which, row)) {
      return this.united(own);
    }
    const row2 = this.otherRow(which, row);
    const other = row2 === NONE ? NONE : this.ownHolder(which === FIRST ? SECOND : FIRST, row2);
    return this.united(
      isShown(other) ? other : (this.byService.get(this.serviceOf(which, row)) ?? own),
    );
  }

  /** The row of the same socket in the other snapshot; NONE if it has none. */
  public otherRow(which: Which, row: number): number {
    return this.others[which]![row - this.indexes[which].snapshot.firstRow]!;
  }

  /** Whether only the service tells who answers for a row. */
  public isGuessed(which: Which, row: number): boolean {
    return this.otherRow(which, row) === NONE && this.hides(which, row);
  }

  /** The processes that a number stands for; none where none is shown. */
  public ownersOf(number: number): OwnerIdentity[] {
    const [first, second] = this.indexes;
    const { size } = first.owners;
    const united = [...this.unions.keys()].filter(one => this.united(one) === number);
    return [number, ...united].flatMap(one =>
      one < size ? (ownerOfHolder(first, one) ?? []) : second.owners.get(one - size),
    );
  }

  /** Whether a number is of a process that the first shows. */
  public isEarlier(number: number): boolean {
    return number >= 0 && number < this.indexes[FIRST].owners.size;
  }

  /** Whether a number is of a process of the first that the second still shows. */
  public isPresent(number: number): boolean {
    return number >= 0 && this.present.has(number);
  }

  /** Who answers for a row by what its own snapshot shows. */
  private ownHolder(which: Which, row: number): number {
    const holder = holderIn(this.indexes[which], row);
    if (which === FIRST || holder < 0) {
      return holder;
    }
    const earlier = this.earlier[holder]!;
    // What was not there before is numbered behind all that was.
    return earlier === NONE ? this.indexes[FIRST].owners.size + holder : earlier;
  }

  /**
   * Whether a process may have a row that shows none. Where the process that serves a port is shown,
   * a connection to it without one was not accepted yet.
   */
  private hides(which: Which, row: number): boolean {
    const { localPort } = this.indexes[which].table;
    return (
      !isShown(holderIn(this.indexes[which], row)) &&
      !(this.isServer(which, row) && this.shown[which]!.has(localPort[row]!))
    );
  }

  /** What a connection is for: a port that this host serves, or a server that it is a client of. */
  private serviceOf(which: Which, row: number): string {
    const { table } = this.indexes[which];
    const end = endOf(table, row, 'remote');
    return `${this.isServer(which, row) ? table.localPort[row] : end} ${isOrphan(table.state[row]!)}`;
  }

  private isServer(which: Which, row: number): boolean {
    const index = this.indexes[which];
    return this.served.has(index.table.localPort[row]!) || index.roleOf(row) === 'server';
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
    const first = this.indexes[FIRST];
    const rows = [
      [FIRST, before],
      [SECOND, after],
      [SECOND, waitingIn(this.indexes[SECOND])],
    ] as const;
    const hidden = new Set<string>();
    const had = new Set<number>();
    for (const [which, some] of rows) {
      for (const row of some) {
        if (this.isGuessed(which, row)) {
          hidden.add(this.serviceOf(which, row));
        }
      }
    }
    const note = (which: Which, row: number): void => {
      const holder = this.united(this.ownHolder(which, row));
      const service = this.serviceOf(which, row);
      if (isShown(holder) && hidden.has(service)) {
        const known = this.united(this.byService.get(service) ?? holder);
        this.byService.set(service, known);
        if (holder !== known) {
          this.unions.set(holder, known);
        }
      }
    };
    for (const [which, some] of hidden.size > 0 ? rows : []) {
      for (const row of some) {
        note(which, row);
        had.add(this.ownHolder(which, row));
      }
    }
    // A program that had something stuck serves further ports.
    for (const row of hidden.size > 0 ? first.rowsIn(State.Listen) : []) {
      if (had.has(this.ownHolder(FIRST, row)) && !this.byService.has(this.serviceOf(FIRST, row))) {
        note(FIRST, row);
      }
    }
  }
}

/** Rows in states in which sockets are that a program has not closed. */
export function waitingIn(index: SnapshotIndex): number[] {
  return [State.CloseWait, State.FinWait2].flatMap(state => [...index.rowsIn(state)]);
}

function shownPorts({ owners, snapshot, table, showsPids }: SnapshotIndex): Set<number> {
  const ports = new Set<number>();
  for (let row = snapshot.firstRow; showsPids && row < snapshot.endRow; row++) {
    if (owners.of(row) !== NONE) {
      ports.add(table.localPort[row]!);
    }
  }
  return ports;
}

/** Whether a number says who it is. */
function isShown(holder: number): boolean {
  return holder >= 0 || holder === KERNEL;
}

/** Who answers for a row (see holderOf), or {@link KERNEL}. */
function holderIn(index: SnapshotIndex, row: number): number {
  const state = index.table.state[row] as State;
  // No process has what is not accepted yet, whether processes are shown or not.
  return index.owners.of(row) === NONE &&
    (state === State.SynReceived ||
      (index.showsPids && !index.snapshot.unprivileged && isOrphan(state)))
    ? KERNEL
    : holderOf(index, row);
}

/** Whether sockets in a state are the kernel's alone where no process has them. */
export function isOrphan(state: number): boolean {
  return ORPHANS.has(state);
}

const ORPHANS: ReadonlySet<number> = new Set([
  State.SynReceived,
  State.FinWait1,
  State.FinWait2,
  State.Closing,
  State.LastAck,
]);

/** For each owner in the second, its number in the first; NONE if it was not there. */
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
  /** Processes that have a connection of both. */
  const lasting = new Set<number | null>();
  for (const { before, after } of kept) {
    const pid = first.table.pid[before]!;
    if (pid === second.table.pid[after] && first.table.remotePort[before]! > 0) {
      lasting.add(pid);
    }
  }
  return Int32Array.from({ length: second.owners.size }, (_, number) => {
    const { pid, process } = second.owners.get(number);
    const found = pid === null ? (names.get(process ?? '') ?? NONE) : first.owners.find(pid);
    // Under another name it is another program, with the number of one that ended.
    return found === NONE || lasting.has(pid) || mayBeOne(first.owners.get(found).process, process)
      ? found
      : NONE;
  });
}
