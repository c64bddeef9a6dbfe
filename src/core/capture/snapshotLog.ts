import { dateLine } from './dateLine';

/** How much is kept when there is too much: cutting a little each time would cost every time. */
const KEPT_SHARE = 0.75;

/** A snapshot as it stands in a document: a date, then what was printed, sockets and counters. */
export function datedSnapshot(time: Date, ...printed: readonly string[]): string {
  return [`${dateLine(time)}\n`, ...printed.filter(text => text !== '').map(ended)].join('');
}

function ended(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}

/** Snapshots one below the other. When there is more than a limit, the oldest are dropped. */
export class SnapshotLog {
  private readonly snapshots: string[] = [];
  private size = 0;
  private droppedCount = 0;

  /** `limit` is in characters. The newest snapshot is kept whatever its size. */
  public constructor(private readonly limit: number) {}

  /** How many snapshots are kept. */
  public get count(): number {
    return this.snapshots.length;
  }

  /** How many snapshots were dropped. */
  public get dropped(): number {
    return this.droppedCount;
  }

  public get text(): string {
    return this.snapshots.join('\n');
  }

  public add(time: Date, ...printed: readonly string[]): void {
    const snapshot = datedSnapshot(time, ...printed);
    this.snapshots.push(snapshot);
    this.size += snapshot.length + 1;
    if (this.size > this.limit) {
      this.dropOldest();
    }
  }

  private dropOldest(): void {
    let drop = 0;
    while (drop < this.snapshots.length - 1 && this.size > this.limit * KEPT_SHARE) {
      this.size -= (this.snapshots[drop]?.length ?? 0) + 1;
      drop++;
    }
    this.snapshots.splice(0, drop);
    this.droppedCount += drop;
  }
}
