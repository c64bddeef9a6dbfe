import { NONE } from '../../model/row';
import { State } from '../../vocabulary/state';
import { groupByInSteps, whereInSteps } from '../../index/grouping';
import { PerSnapshot } from './perSnapshot';
import type { SnapshotIndex } from '../../index/snapshotIndex';

/** Connections to one listening port whose handshake is not finished. */
export interface Handshakes {
  readonly port: number;
  /** Those whose SYN,ACK was sent again; all where the dump has no such count. */
  readonly rows: Uint32Array;
  /** Those that are on their way as well. */
  readonly all: Uint32Array;
}

/**
 * Unanswered handshakes by port. One that was not yet sent again is on its way as on any busy
 * port. One whose client is ESTABLISHED in this same dump has an answer: the server waits for
 * data (TCP_DEFER_ACCEPT in tcp(7)).
 */
export const handshakes = new PerSnapshot<readonly Handshakes[]>(function* (index) {
  const { localPort, retransmits } = index.table;
  const waiting = yield* whereInSteps(
    index.rowsIn(State.SynReceived),
    row => !isDeferred(index, row),
  );
  const rows = yield* whereInSteps(waiting, row => (retransmits?.[row] ?? NONE) !== 0);
  const repeated = yield* groupByInSteps(rows, row => localPort[row]!);
  const groups = yield* groupByInSteps(waiting, row => localPort[row]!);
  return Array.from(groups, ([port, all]) => ({ port, rows: repeated.of(port), all }));
});

function isDeferred(index: SnapshotIndex, row: number): boolean {
  const peer = index.otherEnd(row);
  return peer !== NONE && index.table.state[peer] === State.Established;
}
