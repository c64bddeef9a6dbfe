import { NONE } from '../model/row';
import type { SocketTable } from '../model/socketTable';
import { inBlocks, type Steps } from '../model/steps';
import type { Addresses } from './addresses';
import { portKey } from './ends';
import { groupBy } from './grouping';
import { Tuples } from './tuples';

const NO_ROWS = new Uint32Array(0);

/** Marks entries of listeners on all addresses. */
const ANY_ADDRESS = 1;

/** The listening rows of a snapshot, found by port, and by the address that is connected to. */
export class Listeners {
  private constructor(
    private readonly byPort: ReadonlyMap<number, Uint32Array>,
    private readonly byAddress: Tuples,
    /** The first row of each combination in {@link byAddress}. */
    private readonly firsts: readonly number[],
  ) {}

  /** @param rows The listening rows. */
  public static *of(
    { localAddress, localPort, localService }: SocketTable,
    rows: Uint32Array,
    addresses: Addresses,
  ): Steps<Listeners> {
    const portOf = (row: number): number => portKey(localPort[row]!, localService?.[row]);
    const byPort = new Map(yield* groupBy(rows, portOf));
    const byAddress = new Tuples(rows.length);
    const firsts: number[] = [];
    yield* inBlocks(0, rows.length, (from, end) => {
      for (let i = from; i < end; i++) {
        const row = rows[i]!;
        const plain = addresses.canonical[localAddress[row]!]!;
        firsts[byAddress.add(plain, portOf(row), 0)] ??= row;
        if (addresses.isAny(plain)) {
          firsts[byAddress.add(0, portOf(row), ANY_ADDRESS)] ??= row;
        }
      }
    });
    return new Listeners(byPort, byAddress, firsts);
  }

  /** Listening rows on a port (see portKey). */
  public on(port: number): Uint32Array {
    return this.byPort.get(port) ?? NO_ROWS;
  }

  /** The listener on an address and port: the one on that very address, else one on all. */
  public at(plain: number, port: number): number {
    const exact = this.byAddress.find(plain, port, 0);
    const number = exact === NONE ? this.byAddress.find(0, port, ANY_ADDRESS) : exact;
    return number === NONE ? NONE : (this.firsts[number] ?? NONE);
  }
}
