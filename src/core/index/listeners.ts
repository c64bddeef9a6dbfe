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
  /** By port, the first row of each address; of ports with many listeners. */
  private readonly byAddress = new Map<number, ReadonlyMap<number, number>>();

  private constructor(
    private readonly localAddress: Uint32Array,
    private readonly addresses: Addresses,
    private readonly byPort: Groups,
  ) {}

  /** @param rows The listening rows. */
  public static *of(
    { localAddress, localPort, localService }: SocketTable,
    rows: Uint32Array,
    addresses: Addresses,
  ): Task<Listeners> {
    const byPort = yield* groupByInSteps(rows, row =>
      portKey(localPort[row]!, localService?.[row]),
    );
    return new Listeners(localAddress, addresses, byPort);
  }

  /** Listening rows on a port (see portKey). */
  public on(port: number): Uint32Array {
    return this.byPort.of(port);
  }

  /** The listener on an address and port: the one on that very address, else one on all. */
  public at(plain: number, port: number): number {
    const rows = this.on(port);
    if (rows.length > FEW) {
      const known = this.byAddress.get(port) ?? this.firstRows(port, rows);
      return known.get(plain) ?? known.get(NONE) ?? NONE;
    }
    let any = NONE;
    for (const row of rows) {
      const own = this.addresses.canonical[this.localAddress[row]!]!;
      if (own === plain) {
        return row;
      }
      if (any === NONE && this.addresses.isAny(own)) {
        any = row;
      }
    }
    return any;
  }

  /** By address, its first row; under NONE the first one on all addresses. */
  private firstRows(port: number, rows: Uint32Array): ReadonlyMap<number, number> {
    const firsts = new Map<number, number>();
    for (const row of rows) {
      const own = this.addresses.canonical[this.localAddress[row]!]!;
      if (!firsts.has(own)) {
        firsts.set(own, row);
      }
      if (!firsts.has(NONE) && this.addresses.isAny(own)) {
        firsts.set(NONE, row);
      }
    }
    this.byAddress.set(port, firsts);
    return firsts;
  }
}
