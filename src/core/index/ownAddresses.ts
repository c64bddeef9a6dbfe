import { ANY_ADDRESSES, LOOPBACK_NAMES } from '../vocabulary/address';
import type { SocketTable } from '../model/socketTable';
import { inBlocks, type Task } from '../model/task';
import { Marks, Tally } from '../model/tally';

const LOOPBACK_START = '127.';
const LOOPBACK_NETWORK = 127;

const PORTS = 65_536;

/** What an address stands for wherever it is printed. */
const enum Meaning {
  Other,
  /** All addresses, or none. */
  Any,
  /** The host itself. */
  Loopback,
  /** Nobody knows which: it was made unreadable. */
  Hidden,
}

/** The addresses of a dump made comparable. */
export class Addresses {
  /**
   * By pool number, the number of the same address in its plain form: IPv4-mapped IPv6 addresses
   * are the IPv4 addresses that they stand for (RFC 4291 §2.5.5.2).
   */
  public readonly canonical: Uint32Array;
  /** {@link Meaning} values by pool number. */
  private readonly meanings: Uint8Array;
  /** What all tallies work with. */
  private readonly places: Uint32Array;
  private portPlaces: Uint32Array | undefined;
  private readonly marks: Marks;
  private portMarks: Marks | undefined;

  private constructor(canonical: Uint32Array, meanings: Uint8Array) {
    this.canonical = canonical;
    this.meanings = meanings;
    this.places = new Uint32Array(canonical.length);
    this.marks = new Marks(canonical.length);
  }

  public static *of({ pool }: SocketTable): Task<Addresses> {
    const mapped: number[] = [];
    yield* inBlocks(1, pool.size, (from, end) => {
      for (let id = from; id < end; id++) {
        const plain = pool.mappedIpv4(id);
        if (plain !== 0) {
          mapped.push(id, plain);
        }
      }
    });
    const any = ANY_ADDRESSES.map(text => pool.intern(text));
    const loopback = LOOPBACK_NAMES.map(text => pool.intern(text));
    const canonical = new Uint32Array(pool.size);
    const meanings = new Uint8Array(pool.size);
    yield* inBlocks(0, pool.size, (from, end) => {
      for (let id = from; id < end; id++) {
        canonical[id] = id;
        const network = pool.ipv4Network(id);
        if (
          network === undefined ? pool.startsWith(id, LOOPBACK_START) : network === LOOPBACK_NETWORK
        ) {
          meanings[id] = Meaning.Loopback;
        } else if (network === undefined && pool.isHidden(id)) {
          meanings[id] = Meaning.Hidden;
        }
      }
    });
    loopback.forEach(id => (meanings[id] = Meaning.Loopback));
    [0, ...any].forEach(id => (meanings[id] = Meaning.Any));
    for (let i = 0; i < mapped.length; i += 2) {
      canonical[mapped[i]!] = mapped[i + 1]!;
    }
    return new Addresses(canonical, meanings);
  }

  /** Whether an address stands for all addresses, or there is none. */
  public isAny(id: number): boolean {
    return this.meanings[id] === Meaning.Any;
  }

  /** Whether an address, in its plain form, stands for the host itself. */
  public isLoopback(plain: number): boolean {
    return this.meanings[plain] === Meaning.Loopback;
  }

  /** Whether an address was made unreadable. */
  public isHidden(id: number): boolean {
    return this.meanings[id] === Meaning.Hidden;
  }

  /** Counts pool numbers. Good until the next tally is begun: all share one place for each number. */
  public tally(): Tally {
    return new Tally(this.places);
  }

  /** Counts port numbers, in the same way. */
  public portTally(): Tally {
    return new Tally((this.portPlaces ??= new Uint32Array(PORTS)));
  }

  /** An empty set of pool numbers. Good until the next one. */
  public set(): Marks {
    return this.marks.clear();
  }

  /** An empty set of port numbers, in the same way. */
  public portSet(): Marks {
    return (this.portMarks ??= new Marks(PORTS)).clear();
  }
}
