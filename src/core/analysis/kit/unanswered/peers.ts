import { groupBy, NO_ROWS, union } from '../../../index/grouping';
import type { SnapshotIndex } from '../../../index/snapshotIndex';
import { serviceOf } from '../../../knowledge/ports';
import { isPublicRemote } from '../reachable';
import { HUNTED } from './hunted';
import type { RuleContext } from '../ruleContext';

/** Attempts of one program from which on they may be those to its peers. */
const PEERS = 5;

/** Attempts to each address, on average, from which on they are no single tries. */
const TRIES = 2;

/** Rows that are looked at closely. */
const LOOKED_AT = 100;

/** Of some attempts to connect, those of programs that try peer after peer, as BitTorrent does: most are gone. */
export function peerAttempts(context: RuleContext, rows: Uint32Array): Uint32Array {
  const { index } = context;
  if (rows.length < PEERS) {
    return NO_ROWS;
  }
  const groups = groupBy(rows, row => index.owners.of(row)).withAtLeast(PEERS);
  return union(
    Array.from(groups, ([, own]) => own).filter(own =>
      areToPeers(index, own, context.remotes(own).least),
    ),
  );
}

/**
 * Whether attempts of one program go to many public addresses, once or twice to each, on ports that are
 * as many and those of no known service: no service has as many ports.
 */
export function areToPeers(index: SnapshotIndex, rows: Uint32Array, remotes: number): boolean {
  const { remotePort } = index.table;
  const ports = new Set<number>();
  if (remotes < PEERS || rows.length >= remotes * TRIES) {
    return false;
  }
  for (const row of rows) {
    ports.add(remotePort[row]!);
  }
  const sample = rows.subarray(0, LOOKED_AT);
  const alike = sample.filter(
    row =>
      serviceOf(remotePort[row]!, 'tcp') === null &&
      !HUNTED.has(remotePort[row]!) &&
      isPublicRemote(index, row),
  );
  return ports.size * 3 >= remotes * 2 && alike.length * 5 >= sample.length * 4;
}
