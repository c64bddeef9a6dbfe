import { Lazy, type Task } from '../../model/task';
import type { SnapshotIndex } from '../../index/snapshotIndex';

/** What several rules find out about a snapshot: it is found out once. */
export class PerSnapshot<T> {
  public constructor(private readonly find: (index: SnapshotIndex) => Task<T>) {}

  public of(index: SnapshotIndex): T {
    return this.lazy(index).value;
  }

  /** The same, in steps. */
  public in(index: SnapshotIndex): Task<T> {
    return this.lazy(index).prepare();
  }

  private lazy(index: SnapshotIndex): Lazy<T> {
    return index.once<Lazy<T>>(this, () => new Lazy(() => this.find(index)));
  }
}
