import type { Format } from '../core/model/format';
import { dialects } from '../core/dialects';
import type { Dump as Read } from '../core/reading/dump';
import type { Snapshot } from '../core/model/snapshot';
import type { LineCounts } from '../core/model/lineClass';
import type { Socket } from '../core/model/socket';
import { DumpStream as Reader } from '../core/reading/input/dumpStream';
import { decodeBytes } from '../core/reading/input/encoding';
import { readDump as read } from '../core/reading/reader';
import { Redactor as CoreRedactor } from '../core/redaction/redact';

let wrap: (read: Read) => Dump;

/** What the core knows of a dump: no part of the package's interface. */
export let coreOf: (dump: Dump) => Read;

/** What was read from a dump. Lines count from 0, as editors count them. */
export class Dump {
  readonly #read: Read;

  private constructor(read: Read) {
    this.#read = read;
  }

  static {
    wrap = read => new Dump(read);
    coreOf = dump => dump.#read;
  }

  /** How many sockets there are, of all snapshots together. */
  public get length(): number {
    return this.#read.table.length;
  }

  /** Moments, in the order of the text: rows `[firstRow, endRow)` are of one of them. */
  public get snapshots(): readonly Snapshot[] {
    return this.#read.snapshots;
  }

  /** How many older snapshots were read and not kept, see {@link DumpStream}. */
  public get forgotten(): number {
    return this.#read.forgotten;
  }

  /** How many lines there are of each kind; each line is of one. */
  public get lines(): LineCounts {
    return this.#read.lines;
  }

  /** Lines that look like sockets and could not be read. */
  public get unrecognised(): readonly number[] {
    return this.#read.unrecognized;
  }

  /**
   * One socket.
   * @throws RangeError where there is no such row.
   */
  public socket(row: number): Socket {
    return this.#read.table.socket(row);
  }

  /** All sockets, or those of one snapshot. Each is made when it is asked for. */
  public *sockets(snapshot?: Snapshot): Generator<Socket> {
    const end = snapshot?.endRow ?? this.length;
    for (let row = snapshot?.firstRow ?? 0; row < end; row++) {
      yield this.socket(row);
    }
  }
}

/**
 * Reads a whole dump, of any format (see {@link formats}). Never throws: what is no socket is
 * counted as what it is. Bytes may be in any encoding that such tools print.
 */
export function readDump(dump: string | Uint8Array): Dump {
  return wrap(read(typeof dump === 'string' ? dump : decodeBytes(dump).text));
}

/** Reads a dump that comes in pieces, cut anywhere: text, or bytes, not both. */
export class DumpStream {
  readonly #reader: Reader;

  /**
   * @param mostRows Above so many sockets the oldest snapshots are forgotten, until half as many
   * sockets or two snapshots are left.
   */
  public constructor(mostRows = Infinity) {
    this.#reader = new Reader(mostRows);
  }

  /** Reads the next piece. */
  public push(piece: string | Uint8Array): void {
    if (typeof piece === 'string') {
      this.#reader.push(piece);
    } else {
      this.#reader.pushBytes(piece);
    }
  }

  /** The dump, when all has been given. */
  public finish(): Dump {
    return wrap(this.#reader.finish());
  }
}

/**
 * Gives addresses, hosts, users, paths and titles of processes other names; ports, programs and
 * process ids stay. What one redactor is given fits together: equal names stay equal.
 */
export class Redactor {
  readonly #redactor = new CoreRedactor();

  /** The same dump with other names, also in every report on it. */
  public dump(dump: Dump): Dump {
    return wrap(this.#redactor.dump(coreOf(dump)));
  }

  /** Another name for a file, which mostly has that of its machine: for the reports on the dump. */
  public source(name: string): string {
    return this.#redactor.source(name);
  }

  /** Text with other names, as far as they can be told from other words. */
  public text(text: string): string {
    return this.#redactor.text(text);
  }
}

/** The formats that can be read. */
export const formats: readonly Format[] = dialects;
