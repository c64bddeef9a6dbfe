import { NONE } from '../model/row';
import { State } from '../model/state';
import { groupBy } from './grouping';
import type { SnapshotIndex } from './snapshotIndex';

/** Connections to one listening port whose handshake is not finished. */
export interface Handshakes {
  readonly port: number;
  /** Those whose SYN,ACK was sent again; all where the dump has no such count. */
  readonly rows: Uint32Array;
}

const KNOWN = new WeakMap<SnapshotIndex, readonly Handshakes[]>();

/**
 * Unanswered handshakes by port. One that was not yet sent again is on its way as on any busy
 * port. One whose client is ESTABLISHED in this same dump has an answer: the server waits for
 * data (TCP_DEFER_ACCEPT, FACTS R8).
 */
export function handshakes(index: SnapshotIndex): readonly Handshakes[] {
  let result = KNOWN.get(index);
  if (result === undefined) {
    const { localPort, retransmits } = index.table;
    const rows = index
      .rowsIn(State.SynReceived)
      .filter(row => (retransmits?.[row] ?? NONE) !== 0 && !isDeferred(index, row));
    result = groupBy(rows, row => localPort[row]!).map(([port, own]) => ({ port, rows: own }));
    KNOWN.set(index, result);
  }
  return result;
}

function isDeferred(index: SnapshotIndex, row: number): boolean {
  const peer = index.otherEnd(row);
  return peer !== NONE && index.table.state[peer] === State.Established;
}
