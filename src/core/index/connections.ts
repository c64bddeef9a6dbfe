import type { Snapshot } from '../model/snapshot';
import { NONE } from '../model/row';
import type { SocketTable } from '../model/socketTable';
import { State } from '../vocabulary/state';
import { inBlocks, type Task } from '../model/task';
import type { Addresses } from './ownAddresses';
import { matchEqual } from './buckets';
import { End, type Ends, portKey } from './equalEnds';

/** Partners from here downwards stand for "whatever row TWIN - partner has". */
const TWIN = -2;

/**
 * Both ends of connections within one snapshot, by the four-tuple. IPv4-mapped addresses equal
 * their IPv4 form and the protocol word (tcp, tcp6) does not matter, since the two ends of one
 * connection are often printed differently.
 */
export class Connections {
  private constructor(
    private readonly firstRow: number,
    /** Partner of each row, relative to the snapshot; NONE where it has none. */
    private readonly partners: Int32Array | null,
  ) {}

  /** @param ends See endsOf. */
  public static *of(
    table: SocketTable,
    { firstRow, endRow }: Snapshot,
    addresses: Addresses,
    { bits, known }: Ends,
  ): Task<Connections> {
    if (known === 0) {
      return new Connections(firstRow, null);
    }
    const partners = new Int32Array(endRow - firstRow).fill(NONE);
    yield* match(table, firstRow, addresses, bits, known, partners);
    return new Connections(firstRow, partners);
  }

  /** Whether any row goes to an address of this same host. */
  public get hasLocal(): boolean {
    return this.partners !== null;
  }

  /** The row of the same connection's other end; NONE where the snapshot does not have it. */
  public otherEnd(row: number): number {
    const partner = this.partners?.[row - this.firstRow] ?? NONE;
    return partner === NONE ? NONE : partner + this.firstRow;
  }
}

/**
 * Finds the partners. Only rows whose remote address is one of this host's own can have one,
 * which on most hosts leaves few.
 */
function* match(
  table: SocketTable,
  firstRow: number,
  addresses: Addresses,
  ends: Uint8Array,
  candidates: number,
  partners: Int32Array,
): Task<void> {
  const { state, localAddress, remoteAddress, localPort, remotePort } = table;
  const { localService, remoteService } = table;
  const { canonical } = addresses;
  /** Rows relative to the snapshot. */
  const rows = new Uint32Array(candidates);
  /** Local address and port, remote address and port of each. */
  const keys = new Int32Array(candidates * 4);
  const hashes = new Uint32Array(candidates);
  let count = 0;
  yield* inBlocks(0, ends.length, (from, end) => {
    for (let i = from; i < end; i++) {
      const row = firstRow + i;
      if (
        (ends[i]! & End.Known) === 0 ||
        state[row] === State.None ||
        state[row] === State.Listen
      ) {
        continue;
      }
      const local = canonical[localAddress[row]!]!;
      const remote = canonical[remoteAddress[row]!]!;
      const lport = portKey(localPort[row]!, localService?.[row]);
      const rport = portKey(remotePort[row]!, remoteService?.[row]);
      if (lport === 0 || rport === 0) {
        continue;
      }
      if (local === remote && lport === rport) {
        // Simultaneous open of a socket with itself: it is its own partner.
        partners[i] = i;
        continue;
      }
      rows[count] = i;
      // Side by side: two places in memory are all that a comparison of two rows waits for.
      keys[count * 4] = local;
      keys[count * 4 + 1] = lport;
      keys[count * 4 + 2] = remote;
      keys[count * 4 + 3] = rport;
      // The same for both directions, so that one search finds the partner.
      hashes[count++] = mix(mix(local, lport) + mix(remote, rport), 0);
    }
  });
  yield* matchEqual(hashes.subarray(0, count), (number, earlier) => {
    const a = number * 4;
    const b = earlier * 4;
    if (
      keys[a] === keys[b + 2] &&
      keys[a + 1] === keys[b + 3] &&
      keys[a + 2] === keys[b] &&
      keys[a + 3] === keys[b + 1]
    ) {
      const own = rows[number]!;
      const other = rows[earlier]!;
      if (partners[other] === NONE) {
        partners[other] = own;
      }
      partners[own] = other;
      return true;
    }
    if (
      keys[a] === keys[b] &&
      keys[a + 1] === keys[b + 1] &&
      keys[a + 2] === keys[b + 2] &&
      keys[a + 3] === keys[b + 3]
    ) {
      // The same row again (both halves of a pasted dump, NAT): it shares its twin's partner.
      partners[rows[number]!] = TWIN - rows[earlier]!;
      return true;
    }
    return false;
  });
  yield* inBlocks(0, partners.length, (from, end) => {
    for (let i = from; i < end; i++) {
      const partner = partners[i]!;
      if (partner <= TWIN) {
        partners[i] = partners[TWIN - partner]!;
      }
    }
  });
}

/** Spreads an address number and a port over 32 bits. */
function mix(address: number, port: number): number {
  let hash = Math.imul(address, 0x9e3779b1) ^ Math.imul(port + 0x7f4a7c15, 0x85ebca6b);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0xc2b2ae35);
  return hash ^ (hash >>> 13);
}
