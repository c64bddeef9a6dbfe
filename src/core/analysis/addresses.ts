import type { SocketTable } from '../model/socketTable';

const MAPPED = /^::ffff:(\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})$/i;

/** How "any address" is printed. */
const ANY = ['*', '0.0.0.0', '::'] as const;

/** The addresses of a dump made comparable. */
export class Addresses {
  /**
   * By pool number, the number of the same address in its plain form: IPv4-mapped IPv6 addresses
   * are the IPv4 addresses that they stand for (RFC 4291 §2.5.5.2).
   */
  public readonly canonical: Uint32Array;
  /** Pool numbers that stand for "any address"; nothing (0) is one of them. */
  private readonly any: readonly number[];
  /** By pool number, the last epoch in which the address was a local one. */
  private readonly marks: Uint32Array;
  private epoch = 0;

  public constructor(private readonly table: SocketTable) {
    const { pool } = table;
    const changed: number[] = [];
    for (let id = 1, size = pool.size; id < size; id++) {
      const text = pool.get(id);
      if (text.startsWith('::')) {
        const mapped = MAPPED.exec(text)?.[1];
        if (mapped !== undefined) {
          changed.push(id, pool.intern(mapped));
        }
      }
    }
    this.any = [0, ...ANY.map(text => pool.intern(text))];
    this.canonical = new Uint32Array(pool.size);
    this.marks = new Uint32Array(pool.size);
    for (let id = 0; id < this.canonical.length; id++) {
      this.canonical[id] = id;
    }
    for (let i = 0; i < changed.length; i += 2) {
      this.canonical[changed[i]!] = changed[i + 1]!;
    }
  }

  /** Whether an address stands for all addresses, or there is none. */
  public isAny(id: number): boolean {
    return this.any.includes(id);
  }

  /**
   * Finds the host's own addresses: those, in their plain form, that are the local one of some row
   * of `[firstRow, endRow)`. Good until the next call.
   */
  public local(firstRow: number, endRow: number): (id: number) => boolean {
    const { canonical, marks } = this;
    const { localAddress } = this.table;
    const epoch = ++this.epoch;
    for (let row = firstRow; row < endRow; row++) {
      marks[canonical[localAddress[row]!]!] = epoch;
    }
    for (const id of this.any) {
      marks[id] = 0;
    }
    return id => marks[id] === epoch;
  }
}
