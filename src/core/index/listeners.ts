import { NONE } from '../model/row';
import type { SocketTable } from '../model/socketTable';
import type { Task } from '../model/task';
import type { Addresses } from './ownAddresses';
import { portKey } from './equalEnds';
import { groupByInSteps, type Groups } from './grouping';

/** Listeners on one port that are looked at one by one. */
const FEW = 8;

/** The listening rows of a snapshot, found by port, and by the address that is connected to. */
export class Listeners {
  /** By port, the row of each address; of ports with many listeners. */
  private readonly byAddress = new Map<number, ReadonlyMap<number, number>>();

  private constructor(
    private readonly table: SocketTable,
    private readonly addresses: Addresses,
    private readonly byPort: Groups,
  ) {}

  /** @param rows The listening rows. */
  public static *of(table: SocketTable, rows: Uint32Array, addresses: Addresses): Task<Listeners> {
    const { localPort, localService } = table;
    const byPort = yield* groupByInSteps(rows, row =>
      portKey(localPort[row]!, localService?.[row]),
    );
    return new Listeners(table, addresses, byPort);
  }

  /** Listening rows on a port (see portKey). */
  public on(port: number): Uint32Array {
    return this.byPort.of(port);
  }

  /**
   * The listener on an address and port: the one on that very address, else one on all; of several
   * with SO_REUSEPORT the one with the most to accept.
   */
  public at(plain: number, port: number): number {
    const rows = this.on(port);
    if (rows.length > FEW) {
      const known = this.byAddress.get(port) ?? this.rowsByAddress(port, rows);
      return known.get(plain) ?? known.get(NONE) ?? NONE;
    }
    let very = NONE;
    let any = NONE;
    for (const row of rows) {
      const own = this.addressOf(row);
      if (own === plain) {
        very = this.fuller(very, row);
      } else if (this.addresses.isAny(own)) {
        any = this.fuller(any, row);
      }
    }
    return very === NONE ? any : very;
  }

  private addressOf(row: number): number {
    return this.addresses.canonical[this.table.localAddress[row]!]!;
  }

  /** Of two listeners the first, unless the other one has the same address and more to accept. */
  private fuller(first: number, other: number): number {
    const { recvQ } = this.table;
    return first === NONE ||
      (recvQ[other]! > recvQ[first]! && this.addressOf(first) === this.addressOf(other))
      ? other
      : first;
  }

  /** By address, its row; under NONE that of all addresses. */
  private rowsByAddress(port: number, rows: Uint32Array): ReadonlyMap<number, number> {
    const firsts = new Map<number, number>();
    for (const row of rows) {
      const own = this.addressOf(row);
      firsts.set(own, this.fuller(firsts.get(own) ?? NONE, row));
      if (this.addresses.isAny(own)) {
        firsts.set(NONE, this.fuller(firsts.get(NONE) ?? NONE, row));
      }
    }
    this.byAddress.set(port, firsts);
    return firsts;
  }
}
