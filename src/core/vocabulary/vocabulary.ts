/**
 * A fixed list of words that can be looked up in the middle of a text without making a string of
 * the part. A word's number is its place in the list; 0, the first word, stands for "not listed".
 */
export class Vocabulary {
  private readonly slots: Int32Array;
  private readonly mask: number;
  /** What was found last: on many lines it is the same again. */
  private last = 0;
  /** The words again as bytes, one behind another, and where each ends; others than ASCII are empty. */
  private readonly bytesOfWords: Uint8Array;
  private readonly byteEnds: Uint32Array;
  private readonly byteSlots: Uint16Array;
  /** What was found last of words that begin alike. */
  private readonly guesses = new Uint16Array(GUESSES);

  public constructor(private readonly words: readonly string[]) {
    let size = 64;
    while (size < words.length * 4) {
      size *= 2;
    }
    this.slots = new Int32Array(size);
    this.mask = size - 1;
    for (let id = 1; id < words.length; id++) {
      const entry = words[id]!;
      let slot = hashOf(entry, 0, entry.length) & this.mask;
      while (this.slots[slot] !== 0) {
        if (words[this.slots[slot]!] === entry) {
          throw new Error(`listed twice: ${entry}`);
        }
        slot = (slot + 1) & this.mask;
      }
      this.slots[slot] = id;
    }
    const ascii = words.map(word => (/^[ -~]+$/.test(word) ? word : ''));
    let end = 0;
    this.byteEnds = Uint32Array.from(ascii, word => (end += word.length));
    this.bytesOfWords = new TextEncoder().encode(ascii.join(''));
    this.byteSlots = new Uint16Array(size);
    this.addBytes();
  }

  /** The number of the word that is exactly `text[start, end)`, or 0. */
  public find(text: string, start: number, end: number): number {
    const { last, slots, words, mask } = this;
    if (last !== 0 && equals(words[last]!, text, start, end)) {
      return last;
    }
    let slot = hashOf(text, start, end) & mask;
    for (;;) {
      const id = slots[slot]!;
      if (id === 0) {
        return 0;
      }
      if (equals(words[id]!, text, start, end)) {
        this.last = id;
        return id;
      }
      slot = (slot + 1) & mask;
    }
  }

  /**
   * The number of the word of ASCII that begins at `bytes[start]` and ends where no word goes on
   * ({@link isWordByte}), or 0.
   */
  public findWord(bytes: Uint8Array, start: number): number {
    const key = (bytes[start]! + bytes[start + 2]! * 3 + bytes[start + 3]! * 5) & (GUESSES - 1);
    const guess = this.guesses[key]!;
    if (this.isAt(guess, bytes, start)) {
      return guess;
    }
    let end = start;
    while (isWordByte(bytes[end]!)) {
      end++;
    }
    const id = this.findBytes(bytes, start, end);
    this.guesses[key] = id;
    return id;
  }

  /** How many bytes the word behind a number has, if it is of ASCII. */
  public lengthOf(id: number): number {
    return id === 0 ? 0 : this.byteEnds[id]! - this.byteEnds[id - 1]!;
  }

  /** Whether a word begins at `bytes[start]` and ends there. */
  private isAt(id: number, bytes: Uint8Array, start: number): boolean {
    if (id === 0) {
      return false;
    }
    const { bytesOfWords, byteEnds } = this;
    const end = byteEnds[id]!;
    let at = start;
    for (let i = byteEnds[id - 1]!; i < end; i++) {
      if (bytesOfWords[i] !== bytes[at++]) {
        return false;
      }
    }
    return !isWordByte(bytes[at]!);
  }

  /** The number of the word that is exactly the ASCII `bytes[start, end)`, or 0. */
  public findBytes(bytes: Uint8Array, start: number, end: number): number {
    const { byteSlots, byteEnds, bytesOfWords, mask } = this;
    const length = end - start;
    let slot = sampleOf(bytes, start, end) & mask;
    for (let id = byteSlots[slot]!; id !== 0; id = byteSlots[slot]!) {
      const from = byteEnds[id]! - length;
      if (from === byteEnds[id - 1]!) {
        let i = 0;
        while (i < length && bytesOfWords[from + i] === bytes[start + i]) {
          i++;
        }
        if (i === length) {
          return id;
        }
      }
      slot = (slot + 1) & mask;
    }
    return 0;
  }

  /** Puts the words that are ASCII where {@link findBytes} looks for them. */
  private addBytes(): void {
    for (let id = 1; id < this.words.length; id++) {
      const start = this.byteEnds[id - 1]!;
      const end = this.byteEnds[id]!;
      if (end > start) {
        let slot = sampleOf(this.bytesOfWords, start, end) & this.mask;
        while (this.byteSlots[slot] !== 0) {
          slot = (slot + 1) & this.mask;
        }
        this.byteSlots[slot] = id;
      }
    }
  }
}

/** Beginnings of words that are told apart when guessing. */
const GUESSES = 64;

/** Printable ASCII but the blank. */
export function isWordByte(code: number): boolean {
  return code > 32 && code < 127;
}

/** A hash of some of the bytes, for where words are few or compared anyway. */
export function sampleOf(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  const middle = bytes[start + (length >> 1)]!;
  return length * 37 + bytes[start]! * 5 + middle * 11 + bytes[end - 1]! * 3;
}

/** FNV-1a over the UTF-16 units of `text[start, end)`. */
export function hashOf(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  // The low bits of FNV carry little of the last characters' high bits; fold them in.
  return hash ^ (hash >>> 15);
}

/** Whether `word` is exactly `text[start, end)`. */
export function equals(word: string, text: string, start: number, end: number): boolean {
  const length = end - start;
  if (word.length !== length) {
    return false;
  }
  for (let i = 0; i < length; i++) {
    if (word.charCodeAt(i) !== text.charCodeAt(start + i)) {
      return false;
    }
  }
  return true;
}

/** The {@link hashOf} of the text that the ASCII `bytes[start, end)` are. */
export function hashOfBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) {
    hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  }
  return hash ^ (hash >>> 15);
}
