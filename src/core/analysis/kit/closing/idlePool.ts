import type { SnapshotIndex } from '../../../index/snapshotIndex';
import { State } from '../../../vocabulary/state';
import { endOf } from '../whichEnd';
import { isTlsFarewell, receiveQueues } from './closeWait';

/** Whether a client has read no FIN of these, and nothing else is unread: it is not using them. */
export function areUnnoticed(index: SnapshotIndex, rows: Uint32Array): boolean {
  return (
    index.linux &&
    rows.length > 0 &&
    endOf(index, rows) === 'client' &&
    receiveQueues(index, rows).every(queue => queue === 1 || isTlsFarewell(index, queue))
  );
}

/**
 * Whether these are all that a client had with the one remote end that closed them, and it has not
 * noticed: a pool looks so when its server was started again.
 */
export function isLeftPool(
  index: SnapshotIndex,
  rows: Uint32Array,
  remote: string | null,
): boolean {
  return remote !== null && areUnnoticed(index, rows) && !hasOpen(index, rows[0]!);
}

/** Whether a program has an ESTABLISHED connection to the remote end of a row. */
function hasOpen(index: SnapshotIndex, row: number): boolean {
  const { remoteAddress, remotePort } = index.table;
  const addressOf = (other: number): number => index.plainAddress(remoteAddress[other]!);
  return index
    .rowsIn(State.Established)
    .some(
      other =>
        remotePort[other] === remotePort[row] &&
        addressOf(other) === addressOf(row) &&
        index.owners.of(other) === index.owners.of(row),
    );
}
