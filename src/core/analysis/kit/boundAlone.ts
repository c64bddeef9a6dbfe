import { where } from '../../index/grouping';
import type { SnapshotIndex } from '../../index/snapshotIndex';
import { State } from '../../vocabulary/state';

/** BOUND rows whose port no connection has: Windows lists a connection's port once more as BOUND. */
export function boundAlone(index: SnapshotIndex): Uint32Array {
  const { localPort } = index.table;
  const bound = index.rowsIn(State.Bound);
  if (bound.length === 0) {
    return bound;
  }
  const connected = index.portTally();
  for (const row of index.rowsBetween(State.SynSent, State.Closed)) {
    if (localPort[row]! >= 0) {
      connected.add(localPort[row]!);
    }
  }
  return where(bound, row => localPort[row]! < 0 || !connected.has(localPort[row]!));
}

/** Whether connections are listed at all, without which nothing tells a twin from a leak. */
export function showsConnections(index: SnapshotIndex): boolean {
  return index.rowsBetween(State.SynSent, State.Closed).length > 0;
}
