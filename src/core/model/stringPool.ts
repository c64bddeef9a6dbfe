import { equals, hashOf } from './vocabulary';

/**
 * Keeps one copy of every address, program and odd word of a dump and gives it a number, so that
 * columns hold numbers and a million rows hold a few thousand strings. Number 0 is "nothing".
 */
export class StringPool {
  private readonly strings: string[] = [''];
  private hashes = new Int32Array(1024);
  private slots = new Int32Array(1024);

  /** How many numbers have been given, 0 included. */
  public get size(): number {
    return this.strings.length;
  }

  /** The number of `text[start, end)`, a new one where it was not seen before. */
  public intern(text: string, start = 0, end = text.length): number {
    if (start >= end) {
      return 0;
    }
    const hash = hashOf(text, start, end);
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const id = this.slots[slot] ?? 0;
      if (id === 0) {
        return this.add(text.slice(start, end), hash, slot);
      }
      if (this.hashes[id] === hash && equals(this.strings[id] ?? '', text, start, end)) {
        return id;
      }
      slot = (slot + 1) & mask;
    }
  }

  /** The string behind a number; the empty string for 0. */
  public get(id: number): string {
    return this.strings[id] ?? '';
  }

  private add(value: string, hash: number, slot: number): number {
    const id = this.strings.length;
    // A slice keeps its whole parent alive; the pool must not hold on to chunks of a file.
    this.strings.push(detached(value));
    this.slots[slot] = id;
    if (id * 2 >= this.slots.length) {
      this.rehash();
    }
    this.hashes[id] = hash;
    return id;
  }

  private rehash(): void {
    const size = this.slots.length * 2;
    const hashes = new Int32Array(size);
    hashes.set(this.hashes);
    this.hashes = hashes;
    this.slots = new Int32Array(size);
    for (let id = 1; id < this.strings.length - 1; id++) {
      this.place(id, hashes[id] ?? 0);
    }
    const last = this.strings.length - 1;
    const value = this.strings[last] ?? '';
    this.place(last, hashOf(value, 0, value.length));
  }

  private place(id: number, hash: number): void {
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    while (this.slots[slot] !== 0) {
      slot = (slot + 1) & mask;
    }
    this.slots[slot] = id;
  }
}

/** The same characters in a string of their own (V8 shares the parent of slices of 13 and more). */
function detached(value: string): string {
  if (value.length < 13) {
    return value;
  }
  const codes: number[] = [];
  for (let i = 0; i < value.length; i++) {
    codes.push(value.charCodeAt(i));
  }
  return codes.length < 4096 ? String.fromCharCode(...codes) : value;
}
