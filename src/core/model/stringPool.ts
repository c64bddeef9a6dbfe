import { hashOf, hashOfBytes } from './vocabulary';

/** Characters that a call may take as arguments. */
const PART = 4096;

/**
 * Keeps one copy of every address, program and odd word of a dump and gives it a number, so that
 * columns hold numbers and a million rows hold a few thousand strings. Number 0 is "nothing".
 *
 * Characters are kept in one array: to compare with them is faster than with strings, and nothing
 * holds on to the chunk of a file that a word came from, as a slice would.
 */
export class StringPool {
  private count = 1;
  private units = new Uint16Array(8192);
  /** Where the characters of each number end; they begin where those of the one before end. */
  private ends = new Uint32Array(1024);
  private hashes = new Int32Array(1024);
  private slots = new Uint32Array(2048);
  /** Strings that were asked for. */
  private readonly strings = new Map<number, string>([[0, '']]);

  /** How many numbers have been given, 0 included. */
  public get size(): number {
    return this.count;
  }

  /** The number of `text[start, end)`, a new one where it was not seen before. */
  public intern(text: string, start = 0, end = text.length): number {
    if (start >= end) {
      return 0;
    }
    const hash = hashOf(text, start, end);
    const { slots, hashes } = this;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (let id = slots[slot]!; id !== 0; id = slots[slot]!) {
      if (hashes[id] === hash && this.equals(id, text, start, end)) {
        return id;
      }
      slot = (slot + 1) & mask;
    }
    this.makeRoom(end - start);
    const { units } = this;
    let at = this.ends[this.count - 1]!;
    for (let i = start; i < end; i++) {
      units[at++] = text.charCodeAt(i);
    }
    return this.add(end - start, hash, slot);
  }

  /** The number of the text that the ASCII `bytes[start, end)` are, as {@link intern} gives it. */
  public internBytes(bytes: Uint8Array, start: number, end: number): number {
    if (start >= end) {
      return 0;
    }
    const hash = hashOfBytes(bytes, start, end);
    const { slots, hashes } = this;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (let id = slots[slot]!; id !== 0; id = slots[slot]!) {
      if (hashes[id] === hash && this.equalsBytes(id, bytes, start, end)) {
        return id;
      }
      slot = (slot + 1) & mask;
    }
    this.makeRoom(end - start);
    const { units } = this;
    let at = this.ends[this.count - 1]!;
    for (let i = start; i < end; i++) {
      units[at++] = bytes[i]!;
    }
    return this.add(end - start, hash, slot);
  }

  /** The string behind a number; the empty string for 0. */
  public get(id: number): string {
    const known = this.strings.get(id);
    if (known !== undefined || id >= this.count) {
      return known ?? '';
    }
    const value = textOf(this.units, this.ends[id - 1]!, this.ends[id]!);
    this.strings.set(id, value);
    return value;
  }

  /** Whether the string behind a number begins with `prefix`; the string itself is not made. */
  public startsWith(id: number, prefix: string): boolean {
    const start = this.ends[id - 1] ?? 0;
    if (this.ends[id]! - start < prefix.length) {
      return false;
    }
    for (let i = 0; i < prefix.length; i++) {
      if (this.units[start + i] !== prefix.charCodeAt(i)) {
        return false;
      }
    }
    return true;
  }

  private equals(id: number, text: string, start: number, end: number): boolean {
    const { units } = this;
    let at = this.ends[id - 1]!;
    if (this.ends[id]! - at !== end - start) {
      return false;
    }
    for (let i = start; i < end; i++) {
      if (units[at++] !== text.charCodeAt(i)) {
        return false;
      }
    }
    return true;
  }

  private equalsBytes(id: number, bytes: Uint8Array, start: number, end: number): boolean {
    const { units } = this;
    let at = this.ends[id - 1]!;
    if (this.ends[id]! - at !== end - start) {
      return false;
    }
    for (let i = start; i < end; i++) {
      if (units[at++] !== bytes[i]) {
        return false;
      }
    }
    return true;
  }

  /** Makes sure that a further word has room. */
  private makeRoom(length: number): void {
    while (this.ends[this.count - 1]! + length > this.units.length) {
      this.units = doubled(this.units, new Uint16Array(this.units.length * 2));
    }
  }

  /** Gives a number to the word that stands behind all others already. */
  private add(length: number, hash: number, slot: number): number {
    const id = this.count++;
    if (id === this.ends.length) {
      this.ends = doubled(this.ends, new Uint32Array(id * 2));
      this.hashes = doubled(this.hashes, new Int32Array(id * 2));
    }
    this.ends[id] = this.ends[id - 1]! + length;
    this.hashes[id] = hash;
    this.slots[slot] = id;
    if (id * 2 >= this.slots.length) {
      this.rehash();
    }
    return id;
  }

  private rehash(): void {
    const slots = new Uint32Array(this.slots.length * 2);
    const mask = slots.length - 1;
    for (let id = 1; id < this.count; id++) {
      let slot = this.hashes[id]! & mask;
      while (slots[slot] !== 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = id;
    }
    this.slots = slots;
  }
}

function textOf(units: Uint16Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at += PART) {
    text += String.fromCharCode(...units.subarray(at, Math.min(at + PART, end)));
  }
  return text;
}

function doubled<T extends Uint16Array | Uint32Array | Int32Array>(old: T, bigger: T): T {
  bigger.set(old);
  return bigger;
}
