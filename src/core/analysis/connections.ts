import type { Snapshot } from '../model/dump';
import { NONE } from '../model/row';
import type { SocketTable } from '../model/socketTable';
import { State } from '../model/state';
import type { Addresses } from './addresses';

const MINIMUM_SLOTS = 16;

/**
 * Both ends of connections within one snapshot, by the four-tuple. IPv4-mapped addresses equal
 * their IPv4 form and the protocol word (tcp, tcp6) does not matter, since the two ends of one
 * connection are often printed differently (FACTS §4.5).
 */
export class Connections {
  /** Partner of each row, relative to the snapshot; NONE where it has none. */
  private readonly partners: Int32Array;
  /** Whether any row goes to an address of this same host. */
  public readonly hasLocal: boolean;

  public constructor(
    table: SocketTable,
    private readonly snapshot: Snapshot,
    addresses: Addresses,
  ) {
    this.partners = new Int32Array(snapshot.endRow - snapshot.firstRow).fill(NONE);
    this.hasLocal = match(table, snapshot, addresses, this.partners);
  }

  /** The row of the same connection's other end; NONE where the snapshot does not have it. */
  public otherEnd(row: number): number {
    const partner = this.partners[row - this.snapshot.firstRow] ?? NONE;
    return partner === NONE ? NONE : partner + this.snapshot.firstRow;
  }
}

/**
 * A port as a number that tells service names apart from port numbers; 0 where there is none.
 */
export function portKey(port: number, service: number | undefined): number {
  return port > 0 ? port : service === undefined || service === 0 ? 0 : -1 - service;
}

function match(
  table: SocketTable,
  { firstRow, endRow }: Snapshot,
  addresses: Addresses,
  partners: Int32Array,
): boolean {
  const { state, localAddress, remoteAddress, localPort, remotePort } = table;
  const { localService, remoteService } = table;
  const { canonical } = addresses;
  const isLocal = addresses.local(firstRow, endRow);
  // Only rows whose remote address is one of this host's own can have a partner here, which on
  // most hosts leaves few rows for the hash table.
  let candidates = 0;
  for (let row = firstRow; row < endRow; row++) {
    if (isLocal(canonical[remoteAddress[row]!]!)) {
      candidates++;
    }
  }
  if (candidates === 0) {
    return false;
  }
  let size = MINIMUM_SLOTS;
  while (size < candidates * 2) {
    size *= 2;
  }
  const mask = size - 1;
  // Row + 1 and hash of each slot: only equal hashes make the columns of another row be read.
  const slots = new Int32Array(size * 2);
  const twins: number[] = [];
  for (let row = firstRow; row < endRow; row++) {
    const remote = canonical[remoteAddress[row]!]!;
    if (!isLocal(remote) || state[row] === State.None || state[row] === State.Listen) {
      continue;
    }
    const local = canonical[localAddress[row]!]!;
    const lport = portKey(localPort[row]!, localService?.[row]);
    const rport = portKey(remotePort[row]!, remoteService?.[row]);
    if (lport === 0 || rport === 0) {
      continue;
    }
    if (local === remote && lport === rport) {
      // Simultaneous open of a socket with itself: it is its own partner.
      partners[row - firstRow] = row - firstRow;
      continue;
    }
    // The same for both directions, so that one search finds the partner.
    const hash = (mix(local, lport) + mix(remote, rport)) | 0;
    let slot = (hash ^ (hash >>> 15)) & mask;
    let found = false;
    for (let other = slots[slot * 2]!; other !== 0; other = slots[slot * 2]!) {
      if (slots[slot * 2 + 1] === hash) {
        const candidate = firstRow + other - 1;
        const otherLocal = canonical[localAddress[candidate]!]!;
        const otherRemote = canonical[remoteAddress[candidate]!]!;
        const otherLport = portKey(localPort[candidate]!, localService?.[candidate]);
        const otherRport = portKey(remotePort[candidate]!, remoteService?.[candidate]);
        if (
          otherLocal === remote &&
          otherRemote === local &&
          otherLport === rport &&
          otherRport === lport
        ) {
          if (partners[candidate - firstRow] === NONE) {
            partners[candidate - firstRow] = row - firstRow;
            partners[row - firstRow] = candidate - firstRow;
          } else {
            partners[row - firstRow] = candidate - firstRow;
          }
          found = true;
          break;
        }
        if (
          otherLocal === local &&
          otherRemote === remote &&
          otherLport === lport &&
          otherRport === rport
        ) {
          // The same row again (both halves of a pasted dump, NAT): it shares its twin's partner.
          twins.push(row, candidate);
          found = true;
          break;
        }
      }
      slot = (slot + 1) & mask;
    }
    if (!found) {
      slots[slot * 2] = row - firstRow + 1;
      slots[slot * 2 + 1] = hash;
    }
  }
  for (let i = 0; i < twins.length; i += 2) {
    partners[twins[i]! - firstRow] = partners[twins[i + 1]! - firstRow]!;
  }
  return true;
}

/** Spreads an address number and a port over 32 bits. */
function mix(address: number, port: number): number {
  let hash = Math.imul(address, 0x9e3779b1) ^ Math.imul(port + 0x7f4a7c15, 0x85ebca6b);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0xc2b2ae35);
  return hash ^ (hash >>> 13);
}
