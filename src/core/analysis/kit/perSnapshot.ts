import { Derived } from '../../index/derived';
import type { SnapshotIndex } from '../../index/snapshotIndex';

/** What several rules find out about a snapshot: it is found out once. */
export class PerSnapshot<T extends object> extends Derived<SnapshotIndex, T> {}
