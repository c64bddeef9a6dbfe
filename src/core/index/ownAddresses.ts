import { ANY_ADDRESSES, LOOPBACK_NAMES } from '../vocabulary/address';
import type { Format } from '../model/format';
import { protocolWords } from '../vocabulary/protocol';
import type { Dump } from '../reading/dump';
import type { SocketTable } from '../model/socketTable';
import { inBlocks, type Task } from '../model/task';
import { Bits, Marks, Tally } from '../model/tally';

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
  /** Nobody knows which: it was made unreadable, or cut by the tool. */
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
  private portBits: Bits | undefined;

  private constructor(canonical: Uint32Array, meanings: Uint8Array) {
    this.canonical = canonical;
    this.meanings = meanings;
    this.places = new Uint32Array(canonical.length);
    this.marks = new Marks(canonical.length);
  }

  public static *of(dump: Pick<Dump, 'table' | 'snapshots'>): Task<Addresses> {
    const { pool } = dump.table;
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
    const lengths = yield* lengthsOf(dump);
    for (let id = 0; id < lengths.length; id++) {
      // Whatever was seen with room to spare is whole.
      if (lengths[id] === Fits.Exactly) {
        meanings[id] = Meaning.Hidden;
      }
    }
    loopback.forEach(id => (meanings[id] = Meaning.Loopback));
    [0, ...any].forEach(id => (meanings[id] = Meaning.Any));
    for (let i = 0; i < mapped.length; i += 2) {
      // What is left of an IPv4 address is that of another one.
      if (meanings[mapped[i]!] !== Meaning.Hidden) {
        canonical[mapped[i]!] = mapped[i + 1]!;
      }
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

  /** Whether an address was made unreadable, or may have been cut. */
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
  public portSet(): Bits {
    return (this.portBits ??= new Bits(PORTS)).clear();
  }
}

/** How addresses were seen in columns that cut them; bits. */
const enum Fits {
  /** With room to spare. */
  Easily = 1,
  /** To the last character, as what was cut does. */
  Exactly = 2,
}

/**
 * {@link Fits} bits by pool number. Where some address is longer than its column, the tool was asked
 * for whole ones.
 */
function* lengthsOf({ table, snapshots }: Pick<Dump, 'table' | 'snapshots'>): Task<Uint8Array> {
  const fits = new Uint8Array(table.pool.size);
  for (const { dialects, firstRow, endRow } of snapshots) {
    const [format, other] = dialects;
    const cutsAt = other === undefined ? format?.cutsAt : undefined;
    if (cutsAt === undefined) {
      continue;
    }
    let most = 0;
    yield* inBlocks(firstRow, endRow, (from, end) => {
      for (let row = from; row < end && most <= cutsAt.characters; row++) {
        most = Math.max(
          most,
          lengthIn(table, row, false, cutsAt),
          lengthIn(table, row, true, cutsAt),
        );
      }
    });
    if (most !== cutsAt.characters) {
      continue;
    }
    const { localAddress, remoteAddress } = table;
    const bitOf = (length: number): Fits => (length === most ? Fits.Exactly : Fits.Easily);
    yield* inBlocks(firstRow, endRow, (from, end) => {
      for (let row = from; row < end; row++) {
        fits[localAddress[row]!]! |= bitOf(lengthIn(table, row, false, cutsAt));
        fits[remoteAddress[row]!]! |= bitOf(lengthIn(table, row, true, cutsAt));
      }
    });
  }
  return fits;
}

/** How many characters one end of a row took in its column; 0 where the column cuts nothing. */
function lengthIn(
  table: SocketTable,
  row: number,
  remote: boolean,
  { of }: NonNullable<Format['cutsAt']>,
): number {
  const address = (remote ? table.remoteAddress : table.localAddress)[row]!;
  const port = (remote ? table.remotePort : table.localPort)[row]!;
  const service = (remote ? table.remoteService : table.localService)?.[row] ?? 0;
  const isNumber = table.pool.ipv4Network(address) !== undefined;
  // No IPv4 address with a number is so long, and what has no port is a path.
  if (isInternet[table.protocol[row]!] !== 1 || (isNumber && (port >= 0 || of === 'address'))) {
    return 0;
  }
  const length = table.pool.lengthOf(address);
  if (of === 'address') {
    return length;
  }
  return length + (port > 0 ? digits(port) : Math.max(1, table.pool.lengthOf(service)));
}

function digits(port: number): number {
  return port > 9999 ? 5 : port > 999 ? 4 : port > 99 ? 3 : port > 9 ? 2 : 1;
}

/** By the number of a protocol word, whether its ends are an address and a port. */
const isInternet = Uint8Array.from([undefined, ...protocolWords], word =>
  Number(word?.protocol === 'tcp' || word?.protocol === 'udp'),
);
