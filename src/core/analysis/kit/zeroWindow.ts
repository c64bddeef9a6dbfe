import { ascending } from '../../index/grouping';
import type { SnapshotIndex } from '../../index/snapshotIndex';
import { NONE } from '../../model/row';
import { inBlocks } from '../../model/task';
import { State } from '../../vocabulary/state';
import { TimerKind } from '../../vocabulary/timer';
import { PerSnapshot } from './perSnapshot';

/** States in which unsent data can wait for the peer's window. */
const SENDING_STATES = [
  State.Established,
  State.CloseWait,
  State.FinWait1,
  State.Closing,
  State.LastAck,
] as const;

/** Rows whose peer has closed its window: zero-window probes are sent. */
export const probingRows = new PerSnapshot<Uint32Array>(function* (index) {
  const { timer } = index.table;
  const rows: number[] = [];
  if (timer !== undefined) {
    for (const state of SENDING_STATES) {
      const sending = index.sending.rowsIn(state);
      yield* inBlocks(0, sending.length, (from, end) => {
        for (let i = from; i < end; i++) {
          const row = sending[i]!;
          if (timer[row] === TimerKind.Probe) {
            rows.push(row);
          }
        }
      });
    }
  }
  return ascending(rows);
});

/** The end of a row's connection that has data to read; NONE where it is not in the dump. */
export function readerOf(index: SnapshotIndex, row: number): number {
  const peer = index.otherEnd(row);
  return peer !== NONE && peer !== row && index.table.recvQ[peer]! > 0 ? peer : NONE;
}
