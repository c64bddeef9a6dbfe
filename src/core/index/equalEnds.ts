import type { Snapshot } from '../model/snapshot';
import type { SocketTable } from '../model/socketTable';
import { inBlocks, type Task } from '../model/task';
import type { Addresses } from './ownAddresses';

/** What a row's ends are on its host; bits. */
export const enum End {
  /** The remote address is one of this host's own, or stands for the host itself. */
  Here = 1,
  /** The remote address is the local one of some row, too, so the other end may be in the dump. */
  Known = 2,
  /** Some row listens on the number of the local port. */
  Served = 4,
}

/** What is known of the ends of a snapshot's rows. */
export interface Ends {
  /** Bits of {@link End} by row of the snapshot. */
  readonly bits: Uint8Array;
  /** How many rows have {@link End.Known}. */
  readonly known: number;
  /** The most rows that have the same remote address. */
  readonly heaviest: number;
}

/** @param listening Listening rows of the snapshot. */
export function* endsOf(
  { localAddress, remoteAddress, localPort, localService, flow }: SocketTable,
  { firstRow, endRow }: Snapshot,
  addresses: Addresses,
  listening: Uint32Array,
): Task<Ends> {
  const { canonical } = addresses;
  const own = addresses.set();
  yield* inBlocks(firstRow, endRow, (from, end) => {
    for (let row = from; row < end; row++) {
      const local = canonical[localAddress[row]!]!;
      if ((flow === undefined || flow[row] === 0) && !addresses.isHidden(local)) {
        own.add(local);
      }
    }
  });
  const served = listening.length > 0 ? addresses.portSet() : null;
  yield* inBlocks(0, listening.length, (from, end) => {
    for (let i = from; i < end; i++) {
      const row = listening[i]!;
      const port = portKey(localPort[row]!, localService?.[row]);
      if (port >= 0) {
        served?.add(port);
      }
    }
  });
  const remotes = addresses.tally();
  const ends = new Uint8Array(endRow - firstRow);
  let known = 0;
  yield* inBlocks(firstRow, endRow, (from, end) => {
    for (let row = from; row < end; row++) {
      if (flow !== undefined && flow[row] !== 0) {
        continue;
      }
      const remote = canonical[remoteAddress[row]!]!;
      let bits = 0;
      if (!addresses.isAny(remote) && !addresses.isHidden(remote)) {
        remotes.add(remote);
        if (own.has(remote)) {
          bits = End.Here | End.Known;
          known++;
        } else if (addresses.isLoopback(remote)) {
          bits = End.Here;
        }
      }
      const port = localPort[row]!;
      if (served !== null && port >= 0 && served.has(port)) {
        bits |= End.Served;
      }
      ends[row - firstRow] = bits;
    }
  });
  return { bits: ends, known, heaviest: remotes.most };
}

/**
 * A port as a number that tells service names apart from port numbers; 0 where there is none.
 */
export function portKey(port: number, service: number | undefined): number {
  return port > 0 ? port : service === undefined || service === 0 ? 0 : -1 - service;
}
